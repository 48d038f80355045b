// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/merge_service.h"

#include "core/services/merge_flow.h"
#include "core/services/service_context.h"
#include "core/store/repositories/merge_repository.h"

namespace outrider {

using namespace outrider::store;

QFuture<Result<MergeComparison>> MergeService::compare(LeadId kept, LeadId gone, MergeChoice choice) {
    return m_context.store().read(
        [kept, gone, choice = std::move(choice)](ReadContext& r) { return MergeFlow::compare(r.db, kept, gone, choice); });
}

QFuture<Result<MergeReport>> MergeService::merge(LeadId kept, LeadId gone, MergeChoice choice) {
    return m_context.store().write(
        m_context.action("lead.merge"),
        [&context = m_context, kept, gone, choice = std::move(choice)](WriteContext& write) -> Result<MergeReport> {
            const outreach::Surroundings surroundings = context.surroundings();
            return MergeFlow(write, surroundings).merge(kept, gone, choice);
        });
}

QFuture<Result<SplitReport>> MergeService::split(MergeId id) {
    return m_context.store().write(m_context.action("lead.split"),
                                   [&context = m_context, id](WriteContext& write) -> Result<SplitReport> {
                                       const outreach::Surroundings surroundings = context.surroundings();
                                       return MergeFlow(write, surroundings).split(id);
                                   });
}

QFuture<Result<std::vector<MergeRecord>>> MergeService::ofLead(LeadId lead) {
    return m_context.store().read(
        [lead](ReadContext& r) -> Result<std::vector<MergeRecord>> { return MergeRepository(r.db).ofLead(lead); });
}

QFuture<Result<std::vector<MergeRecord>>> MergeService::latest(int limit) {
    return m_context.store().read(
        [limit](ReadContext& r) -> Result<std::vector<MergeRecord>> { return MergeRepository(r.db).latest(limit); });
}

} // namespace outrider
