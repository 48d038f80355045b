// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/merge.h"

#include <QFuture>

#include <vector>

namespace outrider {

class ServiceContext;

// Two leads become one, and two again. Thread-safe; every call returns at once.
//
// A merge is one action. The lead that goes keeps its row, in the trash; all that hung on it hangs on the one that stays.
// Undo takes it back at once; weeks later split() does, from the record of the merge, which outlives the journal: everybody
// gets back what was theirs, what came in since stays with the survivor (but for what belongs to a strategy's run that goes
// back), and what somebody changed since is left and named.
class MergeService {
public:
    explicit MergeService(ServiceContext& context) : m_context(context) {}

    // NotFound; InvalidArgument: one and the same lead, or one is in the trash. InvalidField: a choice nobody has.
    QFuture<Result<MergeComparison>> compare(LeadId kept, LeadId gone, MergeChoice choice = {});
    QFuture<Result<MergeReport>> merge(LeadId kept, LeadId gone, MergeChoice choice = {});

    // NotFound: it does not stand, or no longer. Conflict: the survivor was itself merged since; that comes first.
    QFuture<Result<SplitReport>> split(MergeId id);

    // Those a lead had a part in, the youngest first; all of them without a lead.
    QFuture<Result<std::vector<MergeRecord>>> ofLead(LeadId lead);
    QFuture<Result<std::vector<MergeRecord>>> latest(int limit);

private:
    ServiceContext& m_context;
};

} // namespace outrider
