// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/domain/mail_draft.h"
#include "core/domain/outbox.h"
#include "core/domain/suppression.h"
#include "core/domain/task_outcome.h"
#include "core/outreach/strategy_flow.h"

namespace outrider::outreach {

// What happens when a person works a task, inside a write transaction: the deed itself, the timeline,
// the lead's status, the strategy's next step. One action, so one undo.
class TaskFlow {
public:
    TaskFlow(store::WriteContext& write, const Surroundings& surroundings, Random& random)
        : m_write(write),
          m_surroundings(surroundings),
          m_random(random) {}

    // Done: an e-mail, and a text message over a phone line, goes to the outbox and is held for the mailbox's undo window;
    // anything else is logged, and so is what has an outcome: the lead was reached another way, so it is not sent.
    // TaskNotOpen, LeadSuppressed, MissingVariable and whatever else the draft's problem is.
    Result<TaskOutcome> complete(TaskId task, const TaskCompletion& completion);

    // Not done; the strategy goes on as if it had been.
    Result<TaskOutcome> skip(TaskId task, std::string_view note);

    Result<> snooze(TaskId task, Instant until);

    // An e-mail or a text message without a task.
    Result<OutboxId> send(LeadId lead, const MailDraft& draft);

    // They will not buy now: the strategy ends and a task remembers, then or in three months. When it is due.
    Instant notNow(LeadId lead, Channel channel, std::string_view said, std::optional<Instant> until = std::nullopt);

    // A meeting was agreed: the lead is qualified, so its strategy stops. True: a strategy it is in goes on all the same.
    bool meeting(LeadId lead, EnrolmentId enrolment);

    // Nobody is to reach this lead any more: address and number are suppressed, strategies stop, the
    // status is "disqualified".
    Result<> doNotContact(LeadId lead, SuppressionReason reason, std::string_view source);

private:
    Result<MailDraft> draftFor(const Task& task);
    Result<OutboxItem> enqueue(MailDraft draft, LeadId lead, const Task* task);
    Result<TaskOutcome> applyDisposition(const Task& task, Disposition disposition, TaskOutcome outcome);
    void logTouch(const Task& task, const TaskCompletion& completion);
    void describeNext(const Task& task, TaskOutcome& outcome);

    store::WriteContext& m_write;
    const Surroundings& m_surroundings;
    Random& m_random;
};

} // namespace outrider::outreach
