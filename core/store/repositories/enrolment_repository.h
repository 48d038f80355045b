// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrolment.h"
#include "core/domain/task.h"
#include "core/store/store.h"

#include <optional>
#include <vector>

namespace outrider::store {

class EnrolmentRepository {
public:
    explicit EnrolmentRepository(Connection& db) : m_db(db) {}

    std::optional<Enrolment> find(EnrolmentId id);
    std::vector<Enrolment> ofLead(LeadId lead); // oldest first
    // The running one of the lead in that strategy; in any strategy when `strategy` is none.
    std::optional<Enrolment> running(LeadId lead, StrategyId strategy = {});
    std::vector<EnrolmentId> runningIn(StrategyId strategy);

    // Those a version's canary holds back until the person has looked.
    std::vector<EnrolmentId> heldIn(StrategyVersionId version);
    // How many of a version were held since the last one that went first, looking at `most` at most; -1: there was none.
    int heldSinceFirst(StrategyVersionId version, int most);
    // Those of the lead's colleagues: other leads of the same company.
    std::vector<EnrolmentId> ofColleagues(LeadId lead);
    // The latest moment enrolments of a strategy begin at when they take turns, and how many do.
    struct Turn {
        Instant startsAt{};
        int count = 0;
    };
    std::optional<Turn> lastTurn(StrategyId strategy);

    // What became of the steps that had their turn: a task's end, or when its message left.
    struct StepPast {
        int position = 0;
        TaskState state = TaskState::Open;
        std::optional<Instant> at; // done, skipped: when; open, cancelled: when it is, or was, due
    };
    std::vector<StepPast> past(EnrolmentId id);
    // Where the lead was enrolled from, as told then.
    std::string source(const Enrolment& enrolment);

    // Inserts with a new id.
    void insert(WriteContext& write, Enrolment& enrolment);
    // Writes state, reasons, next step and the moments.
    void update(WriteContext& write, const Enrolment& enrolment);
    void setVersion(WriteContext& write, EnrolmentId id, StrategyVersionId version);
    // Ends it early; its open task is cancelled, and what of it still waits in the outbox is dropped.
    void stop(WriteContext& write, EnrolmentId id, StopReason reason);

private:
    Connection& m_db;
};

} // namespace outrider::store
