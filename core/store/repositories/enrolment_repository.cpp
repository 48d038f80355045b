// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/enrolment_repository.h"

#include "core/store/journal/journaled_tables.h"

namespace outrider::store {

namespace {

const std::string columns = "SELECT id, lead_id, strategy_id, version_id, state, stop_reason, next_step, enrolled_at,"
                            " last_step_at, paused_until, ended_at, stop_cause, starts_at, pause_reason, canary FROM enrolment";

// What the column of the first schema holds; newer reasons stand beside it.
StopReason oldReason(StopReason reason) { return reason > StopReason::Trashed ? StopReason::Removed : reason; }
StopReason newReason(StopReason reason) { return reason > StopReason::Trashed ? reason : StopReason::None; }

Enrolment read(const Statement& row) {
    return {.id = row.id<EnrolmentId>(0),
            .lead = row.id<LeadId>(1),
            .strategy = row.id<StrategyId>(2),
            .version = row.id<StrategyVersionId>(3),
            .state = row.value<EnrolmentState>(4),
            .stopReason = row.integer(11) != 0 ? row.value<StopReason>(11) : row.value<StopReason>(5),
            .nextStep = static_cast<int>(row.integer(6)),
            .enrolledAt = row.instant(7),
            .lastStepAt = row.optionalInstant(8),
            .pausedUntil = row.optionalInstant(9),
            .endedAt = row.optionalInstant(10),
            .startsAt = row.optionalInstant(12),
            .pauseReason = row.value<PauseReason>(13),
            .canary = row.value<CanaryPart>(14)};
}

} // namespace

std::optional<Enrolment> EnrolmentRepository::find(EnrolmentId id) {
    Statement row = m_db.query(columns + " WHERE id = ?1", id);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::vector<Enrolment> EnrolmentRepository::ofLead(LeadId lead) {
    std::vector<Enrolment> enrolments;
    Statement rows = m_db.query(columns + " WHERE lead_id = ?1 ORDER BY id", lead);
    while (rows.step())
        enrolments.push_back(read(rows));
    return enrolments;
}

std::optional<Enrolment> EnrolmentRepository::running(LeadId lead, StrategyId strategy) {
    Statement row = strategy ? m_db.query(columns + " WHERE lead_id = ?1 AND strategy_id = ?2 AND state < 2", lead, strategy)
                             : m_db.query(columns + " WHERE lead_id = ?1 AND state < 2 ORDER BY id LIMIT 1", lead);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::vector<EnrolmentId> EnrolmentRepository::runningIn(StrategyId strategy) {
    std::vector<EnrolmentId> ids;
    Statement rows = m_db.query("SELECT id FROM enrolment WHERE strategy_id = ?1 AND state IN (0, 1)", strategy);
    while (rows.step())
        ids.push_back(rows.id<EnrolmentId>(0));
    return ids;
}

std::vector<EnrolmentId> EnrolmentRepository::heldIn(StrategyVersionId version) {
    std::vector<EnrolmentId> ids;
    Statement rows = m_db.query("SELECT id FROM enrolment WHERE version_id = ?1 AND canary > 0 AND canary = ?2 AND state = 1"
                                " AND pause_reason = ?3 ORDER BY id",
                                version, CanaryPart::Held, PauseReason::Canary);
    while (rows.step())
        ids.push_back(rows.id<EnrolmentId>(0));
    return ids;
}

std::vector<EnrolmentId> EnrolmentRepository::ofColleagues(LeadId lead) {
    std::vector<EnrolmentId> ids;
    Statement rows = m_db.query("SELECT e.id FROM lead l JOIN enrolment e ON e.lead_id = l.id AND e.state < 2"
                                " WHERE l.company_id = (SELECT company_id FROM lead WHERE id = ?1) AND l.id <> ?1"
                                " AND l.company_id IS NOT NULL ORDER BY e.id",
                                lead);
    while (rows.step())
        ids.push_back(rows.id<EnrolmentId>(0));
    return ids;
}

int EnrolmentRepository::heldSinceFirst(StrategyVersionId version, int most) {
    Statement rows =
        m_db.query("SELECT canary FROM enrolment WHERE version_id = ?1 AND canary > 0 ORDER BY id DESC LIMIT ?2", version, most);
    int held = 0;
    while (rows.step()) {
        if (rows.value<CanaryPart>(0) == CanaryPart::First)
            return held;
        ++held;
    }
    return held < most ? -1 : held; // nobody yet
}

std::optional<EnrolmentRepository::Turn> EnrolmentRepository::lastTurn(StrategyId strategy) {
    Statement row = m_db.query("SELECT starts_at, count(*) FROM enrolment WHERE strategy_id = ?1 AND starts_at ="
                               " (SELECT max(starts_at) FROM enrolment WHERE strategy_id = ?1 AND starts_at IS NOT NULL)"
                               " AND starts_at IS NOT NULL GROUP BY starts_at",
                               strategy);
    return row.step() ? std::optional(Turn{row.instant(0), int(row.integer(1))}) : std::nullopt;
}

std::vector<EnrolmentRepository::StepPast> EnrolmentRepository::past(EnrolmentId id) {
    std::vector<StepPast> out;
    Statement rows = m_db.query("SELECT st.position, t.state, t.due_at, coalesce((SELECT o.settled_at FROM outbox o"
                                " WHERE o.task_id = t.id AND o.state = 4), t.closed_at)"
                                " FROM task t JOIN step st ON st.id = t.step_id"
                                " WHERE t.enrolment_id = ?1 AND t.enrolment_id IS NOT NULL ORDER BY t.id",
                                id);
    while (rows.step()) {
        StepPast step{.position = static_cast<int>(rows.integer(0)), .state = rows.value<TaskState>(1)};
        const bool worked = step.state == TaskState::Done || step.state == TaskState::Skipped;
        step.at = rows.optionalInstant(worked ? 3 : 2);
        out.push_back(step);
    }
    return out;
}

std::string EnrolmentRepository::source(const Enrolment& enrolment) {
    return m_db.text("SELECT text FROM activity WHERE lead_id = ?1 AND kind = 11 AND enrolment_id = ?2", enrolment.lead,
                     enrolment.id);
}

void EnrolmentRepository::insert(WriteContext& write, Enrolment& enrolment) {
    enrolment.id = write.newId<EnrolmentId>();
    m_db.run("INSERT INTO enrolment(id, lead_id, strategy_id, version_id, state, stop_reason, next_step, enrolled_at,"
             " last_step_at, paused_until, ended_at, stop_cause, starts_at, pause_reason, canary)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
             enrolment.id, enrolment.lead, enrolment.strategy, enrolment.version, enrolment.state,
             oldReason(enrolment.stopReason), enrolment.nextStep, enrolment.enrolledAt, enrolment.lastStepAt,
             enrolment.pausedUntil, enrolment.endedAt, newReason(enrolment.stopReason), enrolment.startsAt, enrolment.pauseReason,
             enrolment.canary);
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("enrolment")->number, enrolment.id.value);
}

void EnrolmentRepository::update(WriteContext& write, const Enrolment& enrolment) {
    m_db.run("UPDATE enrolment SET state = ?2, stop_reason = ?3, next_step = ?4, last_step_at = ?5, paused_until = ?6,"
             " ended_at = ?7, stop_cause = ?8, starts_at = ?9, pause_reason = ?10 WHERE id = ?1",
             enrolment.id, enrolment.state, oldReason(enrolment.stopReason), enrolment.nextStep, enrolment.lastStepAt,
             enrolment.pausedUntil, enrolment.endedAt, newReason(enrolment.stopReason), enrolment.startsAt,
             enrolment.pauseReason);
    write.touched(EntityKind::Lead, enrolment.lead.value);
}

void EnrolmentRepository::setVersion(WriteContext&, EnrolmentId id, StrategyVersionId version) {
    m_db.run("UPDATE enrolment SET version_id = ?2 WHERE id = ?1", id, version);
}

void EnrolmentRepository::stop(WriteContext& write, EnrolmentId id, StopReason reason) {
    m_db.run("UPDATE enrolment SET state = 3, stop_reason = ?2, ended_at = ?3, paused_until = NULL, stop_cause = ?4"
             " WHERE id = ?1 AND state < 2",
             id, oldReason(reason), write.now, newReason(reason)); // the rest is the trigger enrolment_ended
    write.touched(EntityKind::Lead, m_db.integer("SELECT lead_id FROM enrolment WHERE id = ?1", id));
}

} // namespace outrider::store
