// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/merge.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// Rows that go from one lead to another, and back: what a merge writes, the record of it, and taking it apart. The rules,
// who wins and what becomes of strategies and messages, are services/merge_flow.h. Throws StoreException.
class MergeRepository {
public:
    explicit MergeRepository(Connection& db) : m_db(db) {}

    // What hangs on `gone` and would go to `kept`; what they both have is counted for neither.
    MergeCounts counts(LeadId kept, LeadId gone);

    // Messages to either that have not left for certain, by the time they may leave.
    std::vector<OutboxId> inFlight(LeadId kept, LeadId gone);

    // Where the changes of the running action begin; given to record().
    std::int64_t mark() { return m_db.integer("SELECT max(id) FROM change"); }

    // What happened with `gone` and is planned for it goes to `kept`; of what it says (second addresses, tags, lists, fields of
    // one's own) `kept` gets what it does not have, and the row in the trash keeps its own: an edit of the survivor cannot
    // lose it. Two running enrolments in one strategy must have been resolved before.
    void moveChildren(WriteContext& write, LeadId kept, LeadId gone);
    // One more way to reach a lead, behind those it has.
    void addContact(WriteContext& write, LeadId lead, const ContactPoint& contact);
    // A field of one's own: the kept lead says what the other one does.
    void takeCustom(WriteContext& write, LeadId kept, LeadId gone, std::string_view key);

    // Writes down all the running action changed since `mark`.
    MergeId record(WriteContext& write, LeadId kept, LeadId gone, std::int64_t mark);

    std::optional<MergeRecord> find(MergeId id);
    std::optional<MergeRecord> ofAction(ActionId action);
    std::vector<MergeRecord> ofLead(LeadId lead); // the youngest first
    std::vector<MergeRecord> latest(int limit);
    // A later merge that took the survivor of this one elsewhere.
    std::optional<MergeRecord> later(const MergeRecord& merge);

    // Gives back what is as the merge left it, names what is not, and forgets the merge. The strategies' runs that went
    // back, and those that go on: their steps are to be planned.
    struct TakenBack {
        SplitReport report;
        std::vector<EnrolmentId> running;
    };
    TakenBack takeBack(WriteContext& write, const MergeRecord& merge);

    static std::vector<std::string> statements(); // for the plan test

private:
    struct Part;
    void copySaid(WriteContext& write, LeadId kept, LeadId gone);
    bool putBack(WriteContext& write, const MergeRecord& merge, const Part& part);
    bool removeAdded(const MergeRecord& merge, const Part& part);
    void followRun(WriteContext& write, const MergeRecord& merge, EnrolmentId enrolment);
    std::int64_t countSince(const MergeRecord& merge);

    Connection& m_db;
};

} // namespace outrider::store
