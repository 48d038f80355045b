// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrolment.h"
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

    // Inserts with a new id.
    void insert(WriteContext& write, Enrolment& enrolment);
    // Writes state, stop reason, next step and the moments.
    void update(WriteContext& write, const Enrolment& enrolment);
    // Ends it early; its open task is cancelled, and what of it still waits in the outbox is dropped.
    void stop(WriteContext& write, EnrolmentId id, StopReason reason);

private:
    Connection& m_db;
};

} // namespace outrider::store
