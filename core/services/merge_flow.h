// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/merge.h"
#include "core/outreach/strategy_flow.h"
#include "core/store/store.h"

namespace outrider {

// The rules of a merge: who says what, what becomes of strategies and messages, inside a transaction. The rows are
// store/repositories/merge_repository.h. Throws StoreException like the repositories it uses.
class MergeFlow {
public:
    // NotFound, InvalidArgument, InvalidField as MergeService::compare. Reads only.
    static Result<MergeComparison> compare(store::Connection& db, LeadId kept, LeadId gone, const MergeChoice& choice);

    MergeFlow(store::WriteContext& write, const outreach::Surroundings& surroundings)
        : m_write(write),
          m_surroundings(surroundings) {}

    Result<MergeReport> merge(LeadId kept, LeadId gone, const MergeChoice& choice);
    Result<SplitReport> split(MergeId id);
    // An undo took a merge back: messages that were dropped do not come back, so their steps are due again.
    void undone(LeadId kept, LeadId gone);

private:
    void endOneOfTwo(const MergeComparison& decided);
    void takeFields(const MergeComparison& decided);
    void holdReach(const MergeComparison& decided);
    void dropMessages(const MergeComparison& decided);
    void planAgain(const std::vector<EnrolmentId>& runs);

    store::WriteContext& m_write;
    const outreach::Surroundings& m_surroundings;
};

} // namespace outrider
