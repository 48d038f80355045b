// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queue.h"
#include "core/domain/task.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider::store {

// Tasks and today's queue. A day is given by its moments: [dayStart, dayEnd) in the person's zone.
class TaskRepository {
public:
    explicit TaskRepository(Connection& db) : m_db(db) {}

    std::optional<Task> find(TaskId id);
    std::vector<Task> openOf(LeadId lead); // by due
    std::optional<Task> openOf(EnrolmentId enrolment);

    void insert(WriteContext& write, Task& task); // with a new id
    void reschedule(WriteContext& write, TaskId id, Instant dueAt, bool snoozed);
    // Everything open and due before dayStart; how many.
    std::int64_t rescheduleOverdue(WriteContext& write, Instant dayStart, Instant until);
    void setNote(WriteContext& write, TaskId id, std::string_view note);
    void close(WriteContext& write, TaskId id, TaskState state, Disposition disposition = Disposition::None);
    void reopen(WriteContext& write, TaskId id);

    // What is due before dayEnd, in the queue's order (core/domain/queue_order.h).
    std::vector<QueueItem> queue(Instant dayStart, Instant dayEnd, int limit);
    QueueCounts counts(Instant dayStart, Instant dayEnd);
    std::optional<QueueItem> queueItem(TaskId id, Instant dayStart);
    DaySummary summary(Instant dayStart, Instant dayEnd);
    // The first task due at or after a moment; to say when work comes again.
    std::optional<Instant> nextDueFrom(Instant from);

    // The queue's two queries, for their plan test.
    static std::string overdueSql();
    static std::string channelSql();

private:
    Connection& m_db;
};

} // namespace outrider::store
