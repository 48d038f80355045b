// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/task_repository.h"

#include "core/store/journal/journaled_tables.h"

namespace outrider::store {

namespace {

const std::string columns = "SELECT id, lead_id, enrolment_id, step_id, channel, state, title, note, due_at, snoozed,"
                            " disposition, created_at, closed_at FROM task";

Task read(const Statement& row) {
    return {.id = row.id<TaskId>(0),
            .lead = row.id<LeadId>(1),
            .enrolment = row.id<EnrolmentId>(2),
            .step = row.id<StepId>(3),
            .channel = row.value<Channel>(4),
            .state = row.value<TaskState>(5),
            .title = row.text(6),
            .note = row.text(7),
            .dueAt = row.instant(8),
            .snoozed = row.integer(9) != 0,
            .disposition = row.value<Disposition>(10),
            .createdAt = row.instant(11),
            .closedAt = row.optionalInstant(12)};
}

// The rest of a queue row is looked up for the few rows shown, not joined into the ordered walk.
const std::string itemColumns =
    "SELECT t.id, t.lead_id, l.first_name, l.last_name, l.email, l.phone, l.company_name, t.channel, t.due_at, t.score,"
    " t.title, t.note, s.id, s.name, st.position,"
    " (SELECT count(*) FROM step x WHERE x.version_id = e.version_id), st.subject, e.last_step_at"
    " FROM task t JOIN lead l ON l.id = t.lead_id"
    " LEFT JOIN enrolment e ON e.id = t.enrolment_id LEFT JOIN strategy s ON s.id = e.strategy_id"
    " LEFT JOIN step st ON st.id = t.step_id";

QueueItem readItem(const Statement& row, Instant dayStart) {
    Lead lead;
    lead.firstName = row.text(2);
    lead.lastName = row.text(3);
    lead.email = row.text(4);
    lead.phone = row.text(5);
    QueueItem item;
    item.task = row.id<TaskId>(0);
    item.lead = row.id<LeadId>(1);
    item.leadName = displayName(lead);
    item.companyName = row.text(6);
    item.channel = row.value<Channel>(7);
    item.dueAt = row.instant(8);
    item.overdue = item.dueAt < dayStart;
    item.score = static_cast<int>(row.integer(9));
    item.title = row.text(10);
    item.note = row.text(11);
    item.strategy = row.id<StrategyId>(12);
    item.strategyName = row.text(13);
    item.step = static_cast<int>(row.integer(14));
    item.stepCount = static_cast<int>(row.integer(15));
    item.stepSubject = row.text(16);
    item.previousStepAt = row.optionalInstant(17);
    return item;
}

} // namespace

std::string TaskRepository::overdueSql() {
    return itemColumns + " WHERE t.state = 0 AND t.due_at < ?1 ORDER BY t.due_at, t.score DESC, t.id LIMIT ?2";
}

std::string TaskRepository::channelSql() {
    return itemColumns
           + " WHERE t.state = 0 AND t.channel = ?3 AND t.due_at >= ?1 AND t.due_at < ?4"
             " ORDER BY t.due_at, t.score DESC, t.id LIMIT ?2";
}

std::optional<Task> TaskRepository::find(TaskId id) {
    Statement row = m_db.query(columns + " WHERE id = ?1", id);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::vector<Task> TaskRepository::openOf(LeadId lead) {
    std::vector<Task> tasks;
    Statement rows = m_db.query(columns + " WHERE lead_id = ?1 AND state = 0 ORDER BY due_at, id", lead);
    while (rows.step())
        tasks.push_back(read(rows));
    return tasks;
}

std::optional<Task> TaskRepository::openOf(EnrolmentId enrolment) {
    Statement row = m_db.query(columns + " WHERE enrolment_id = ?1 AND enrolment_id IS NOT NULL AND state = 0", enrolment);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

void TaskRepository::insert(WriteContext& write, Task& task) {
    task.id = write.newId<TaskId>();
    if (task.createdAt == Instant{})
        task.createdAt = write.now;
    m_db.run("INSERT INTO task(id, lead_id, enrolment_id, step_id, channel, state, title, note, due_at, snoozed,"
             " disposition, created_at, closed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
             task.id, task.lead, orNull(task.enrolment), orNull(task.step), task.channel, task.state, task.title, task.note,
             task.dueAt, task.snoozed, task.disposition, task.createdAt, task.closedAt);
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("task")->number, task.id.value);
}

void TaskRepository::reschedule(WriteContext&, TaskId id, Instant dueAt, bool snoozed) {
    m_db.run("UPDATE task SET due_at = ?2, snoozed = ?3 WHERE id = ?1", id, dueAt, snoozed);
}

std::int64_t TaskRepository::rescheduleOverdue(WriteContext&, Instant dayStart, Instant until) {
    m_db.run("UPDATE task SET due_at = ?2, snoozed = 1 WHERE state = 0 AND due_at < ?1", dayStart, until);
    return m_db.changeCount();
}

void TaskRepository::setNote(WriteContext&, TaskId id, std::string_view note) {
    m_db.run("UPDATE task SET note = ?2 WHERE id = ?1", id, note);
}

void TaskRepository::close(WriteContext& write, TaskId id, TaskState state, Disposition disposition) {
    m_db.run("UPDATE task SET state = ?2, disposition = ?3, closed_at = ?4 WHERE id = ?1 AND state = 0", id, state, disposition,
             write.now);
}

void TaskRepository::reopen(WriteContext&, TaskId id) {
    m_db.run("UPDATE task SET state = 0, disposition = 0, closed_at = NULL WHERE id = ?1 AND state <> 0", id);
}

std::vector<QueueItem> TaskRepository::queue(Instant dayStart, Instant dayEnd, int limit) {
    std::vector<QueueItem> items;
    const auto room = [&] { return limit - static_cast<int>(items.size()); };
    {
        Statement rows = m_db.query(overdueSql(), dayStart, room());
        while (rows.step())
            items.push_back(readItem(rows, dayStart));
    }
    for (const Channel channel : channels) {
        if (room() <= 0)
            break;
        Statement rows = m_db.query(channelSql(), dayStart, room(), channel, dayEnd);
        while (rows.step())
            items.push_back(readItem(rows, dayStart));
    }
    return items;
}

QueueCounts TaskRepository::counts(Instant dayStart, Instant dayEnd) {
    QueueCounts counts;
    counts.overdue = static_cast<int>(m_db.integer("SELECT count(*) FROM task WHERE state = 0 AND due_at < ?1", dayStart));
    for (const Channel channel : channels)
        counts.byChannel.at(static_cast<std::size_t>(channel)) = static_cast<int>(
            m_db.integer("SELECT count(*) FROM task WHERE state = 0 AND channel = ?3 AND due_at >= ?1 AND due_at < ?2", dayStart,
                         dayEnd, channel));
    return counts;
}

std::optional<QueueItem> TaskRepository::queueItem(TaskId id, Instant dayStart) {
    Statement row = m_db.query(itemColumns + " WHERE t.id = ?1", id);
    return row.step() ? std::optional(readItem(row, dayStart)) : std::nullopt;
}

DaySummary TaskRepository::summary(Instant dayStart, Instant dayEnd) {
    DaySummary summary;
    Statement rows = m_db.query("SELECT channel, state, disposition, closed_at FROM task"
                                " WHERE closed_at >= ?1 AND closed_at < ?2 AND state IN (1, 2)",
                                dayStart, dayEnd);
    while (rows.step()) {
        if (rows.value<TaskState>(1) == TaskState::Skipped) {
            ++summary.skipped;
        } else {
            ++summary.done;
            ++summary.doneByChannel.at(static_cast<std::size_t>(rows.integer(0)));
        }
        summary.talked += rows.value<Disposition>(2) == Disposition::Talked ? 1 : 0;
        summary.meetings += rows.value<Disposition>(2) == Disposition::Meeting ? 1 : 0;
        const Instant at = rows.instant(3);
        summary.firstAt = std::min(at, summary.firstAt.value_or(at));
        summary.lastAt = std::max(at, summary.lastAt.value_or(at));
    }
    return summary;
}

std::optional<Instant> TaskRepository::nextDueFrom(Instant from) {
    Statement row = m_db.query("SELECT due_at FROM task WHERE state = 0 AND due_at >= ?1 ORDER BY due_at LIMIT 1", from);
    return row.step() ? std::optional(row.instant(0)) : std::nullopt;
}

} // namespace outrider::store
