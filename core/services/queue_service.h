// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/mail_draft.h"
#include "core/domain/queue.h"
#include "core/domain/task_outcome.h"
#include "core/services/lead_service.h"

#include <QFuture>

#include <vector>

namespace outrider {

// Today, as the person works it.
struct Today {
    std::chrono::sys_days date{}; // the person's local date
    std::vector<QueueItem> items; // in the queue's order
    QueueCounts counts;           // of everything due, also beyond `items`
    DaySummary summary;           // what was done today
    QueueCounts tomorrow;         // what is due on the next day alone
    static constexpr int manyWithoutNextStep = 1000;
    int noNextStep = 0; // open leads without a task, a strategy or a message on its way; counted up to that many
};

// One task with everything known about its lead, ready to be worked without another look.
struct TaskDetail {
    QueueItem item;
    Task task;
    LeadDetail lead;
    std::optional<Step> step;
    std::optional<MailDraft> draft; // e-mail, LinkedIn, SMS, call: subject and text filled from the template
    int sentToday = 0;              // by the draft's mailbox, in 24 hours
    int dailyLimit = 0;
    std::vector<TimelineEntry> timeline; // the latest entries
    std::vector<Activity> notes;         // the latest notes
    std::string whyNow;                  // machine names of the planner's reasons, comma separated
    std::string noteDraft;               // what was being written about it, see keepNote
};

// The task queue. Thread-safe; every call returns at once.
class QueueService {
public:
    explicit QueueService(ServiceContext& context) : m_context(context) {}

    QFuture<Result<Today>> today(int limit = 2000);
    // Another day's tasks alone: [date, date + 1).
    QFuture<Result<Today>> onDate(std::chrono::sys_days date, int limit = 2000);
    QFuture<Result<TaskDetail>> open(TaskId id);

    // Each is one action, undone by HistoryService::undo.
    QFuture<Result<TaskOutcome>> complete(TaskId id, TaskCompletion completion);
    QFuture<Result<TaskOutcome>> skip(TaskId id, std::string note = {});
    // A note while it is being written, kept over a crash until the task is done or skipped. Not an action.
    QFuture<Result<>> keepNote(TaskId id, std::string text); // empty: forgets it
    QFuture<Result<>> snooze(TaskId id, Instant until);
    // The next open task of each of these leads, moved to `until` as one action; how many had one.
    QFuture<Result<std::int64_t>> snoozeNext(LeadSelection leads, Instant until, ProgressPtr progress = {});
    // Everything overdue, moved to `until` as one action; how many.
    QFuture<Result<std::int64_t>> snoozeOverdue(Instant until);

    // When skipping would make the next step due: shown before it is done.
    QFuture<Result<TaskOutcome>> previewSkip(TaskId id);

    // A message to a lead outside a strategy. `draft` from newMail or answer, edited.
    QFuture<Result<MailDraft>> newMail(LeadId lead);
    QFuture<Result<MailDraft>> answer(MessageId message);
    QFuture<Result<OutboxId>> send(LeadId lead, MailDraft draft);

    // The moments the snooze keys stand for, in the person's zone.
    enum class Snooze { Hour, Afternoon, Tomorrow, Monday };
    Instant snoozeUntil(Snooze snooze) const;

private:
    ServiceContext& m_context;
};

} // namespace outrider
