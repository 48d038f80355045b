// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/task_flow.h"

#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/contact/text.h"
#include "core/outreach/lead_zone.h"
#include "core/outreach/mail_drafting.h"
#include "core/outreach/send_gate.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/attachment_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/store/repositories/task_repository.h"

namespace outrider::outreach {

using namespace outrider::store;

namespace {

constexpr int notNowDays = 90;

ActivityKind activityKind(Channel channel) {
    switch (channel) {
    case Channel::Call:
        return ActivityKind::Call;
    case Channel::LinkedIn:
        return ActivityKind::LinkedInTouch;
    case Channel::Sms:
        return ActivityKind::Sms;
    case Channel::Email:
    case Channel::Task:
        break;
    }
    return ActivityKind::TaskDone;
}

// Of a task without a strategy: the usual ones.
StrategyRules rulesOf(Connection& db, EnrolmentId id) {
    const auto enrolment = id ? EnrolmentRepository(db).find(id) : std::nullopt;
    const auto version = enrolment ? StrategyRepository(db).version(enrolment->version) : std::nullopt;
    return version ? version->rules : StrategyRules{};
}

Result<Task> openTask(Connection& db, TaskId id) {
    const auto task = TaskRepository(db).find(id);
    if (!task)
        return fail(ErrorCode::NotFound, "task " + std::to_string(id.value));
    if (task->state != TaskState::Open)
        return fail(ErrorCode::TaskNotOpen, std::string(name(task->state)));
    return *task;
}

Result<> checkReachable(Connection& db, LeadId id, Channel channel) {
    const auto lead = LeadRepository(db).find(id);
    if (!lead)
        return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
    if (lead->noContact.contains(channel))
        return fail(ErrorCode::LeadSuppressed, std::string(name(channel)));
    SuppressionRepository suppressions(db);
    if (channel == Channel::Email) {
        if (lead->reach != Reach::Ok)
            return fail(ErrorCode::LeadSuppressed, std::string(name(lead->reach)));
        if (suppressions.forEmail(lead->emailKey))
            return fail(ErrorCode::LeadSuppressed, lead->email);
    }
    const bool byPhone = channel == Channel::Call || channel == Channel::Sms;
    if (byPhone && (lead->reach == Reach::DoNotContact || suppressions.forPhone(lead->phoneKey)))
        return fail(ErrorCode::LeadSuppressed, lead->phone);
    return {};
}

// What the program itself sends, other than what a person does with their own phone.
Result<> checkSendable(Connection& db, LeadId id, Channel channel) {
    OUTRIDER_TRY(checkReachable(db, id, channel));
    if (const auto lead = LeadRepository(db).find(id); lead && !isReachable(lead->reach, channel))
        return fail(ErrorCode::LeadSuppressed, std::string(name(lead->reach)));
    return {};
}

struct Recipient {
    std::string display;
    std::string key;
};

Result<Recipient> recipientOf(const MailDraft& draft) {
    if (draft.channel == Channel::Sms) {
        OUTRIDER_ASSIGN(const contact::PhoneNumber number, contact::parsePhoneNumber(draft.toAddress, {}));
        return Recipient{number.e164, number.e164};
    }
    OUTRIDER_ASSIGN(const contact::EmailAddress address, contact::parseEmailAddress(draft.toAddress));
    return Recipient{address.display, address.key};
}

// What lists call a text message.
std::string titleOf(std::string_view text) {
    constexpr std::size_t longest = 60;
    std::string title = contact::collapsed(text);
    if (title.size() <= longest)
        return title;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0) == 0x80)
        --end;
    return title.substr(0, end) + "…";
}

} // namespace

Result<TaskOutcome> TaskFlow::complete(TaskId id, const TaskCompletion& completion) {
    OUTRIDER_ASSIGN(const Task task, openTask(m_write.db, id));
    TaskOutcome outcome{.action = m_write.action};
    TaskRepository tasks(m_write.db);

    // With an outcome the lead was reached another way: nothing is sent.
    const bool sends =
        (task.channel == Channel::Email && task.step) || (task.channel == Channel::Sms && completion.overPhoneLine);
    if (sends && completion.disposition == Disposition::None) {
        OUTRIDER_TRY(checkSendable(m_write.db, task.lead, task.channel));
        OUTRIDER_ASSIGN(MailDraft draft, draftFor(task));
        if (completion.subject || completion.body) { // written by the person: nothing is missing any more
            draft.subject = completion.subject.value_or(draft.subject);
            draft.body = completion.body.value_or(draft.body);
            OUTRIDER_TRY(checkFilled(draft)); // "Hi {{first_name}}," is nobody's writing
            if (draft.problem && draft.problem->code == ErrorCode::MissingVariable)
                draft.problem.reset();
        }
        if (completion.attachments)
            draft.attachments = *completion.attachments;
        OUTRIDER_ASSIGN(const OutboxItem item, enqueue(draft, task.lead, &task));
        tasks.close(m_write, id, TaskState::Done);
        if (!completion.note.empty()) {
            Activity note{.lead = task.lead, .kind = ActivityKind::Note, .text = completion.note};
            ActivityRepository(m_write.db).append(m_write, note);
        }
        outcome.outbox = item.id;
        outcome.leavesAt = item.earliestAt;
        outcome.next = TaskOutcome::Next::AfterSend;
        return outcome;
    }

    if (task.channel != Channel::Email) // logging one sends nothing
        OUTRIDER_TRY(checkReachable(m_write.db, task.lead, task.channel));
    tasks.close(m_write, id, TaskState::Done, completion.disposition);
    logTouch(task, completion);
    if (isTouch(activityKind(task.channel)))
        noteFirstTouch(m_write, task.lead, name(task.channel));
    return applyDisposition(task, completion.disposition, std::move(outcome));
}

Result<MailDraft> TaskFlow::draftFor(const Task& task) {
    if (!task.step)
        return textTo(m_write.db, task.lead);
    const auto step = StrategyRepository(m_write.db).step(task.step);
    if (!step)
        return fail(ErrorCode::NotFound, "the task's step");
    return draftOfStep(m_write.db, task.lead, task.enrolment, *step);
}

void TaskFlow::logTouch(const Task& task, const TaskCompletion& completion) {
    const auto step = StrategyRepository(m_write.db).step(task.step);
    Activity activity{.lead = task.lead,
                      .kind = activityKind(task.channel),
                      .enrolment = task.enrolment,
                      .step = task.step,
                      .disposition = completion.disposition,
                      .durationSeconds = completion.durationSeconds,
                      .subject = !task.title.empty() ? task.title
                                 : step              ? stepTitle(m_write.db, task.lead, step->subject, step->position)
                                                     : std::string(),
                      .text = completion.note};
    ActivityRepository(m_write.db).append(m_write, activity);
}

Result<TaskOutcome> TaskFlow::applyDisposition(const Task& task, Disposition disposition, TaskOutcome outcome) {
    switch (disposition) {
    case Disposition::Meeting:
        if (meeting(task.lead, task.enrolment))
            break; // its strategy goes on
        outcome.next = TaskOutcome::Next::Stopped;
        return outcome;
    case Disposition::Never:
        OUTRIDER_TRY(doNotContact(task.lead, SuppressionReason::DoNotContact, "said never"));
        outcome.next = TaskOutcome::Next::Stopped;
        return outcome;
    case Disposition::NotNow:
        outcome.next = TaskOutcome::Next::Stopped;
        outcome.nextAt = notNow(task.lead, task.channel, "Said not now");
        return outcome;
    case Disposition::None:
    case Disposition::NoAnswer:
    case Disposition::Voicemail:
    case Disposition::Talked:
        break;
    }
    if (disposition == Disposition::Talked && rulesOf(m_write.db, task.enrolment).stops.talked) {
        EnrolmentRepository(m_write.db).stop(m_write, task.enrolment, StopReason::CallOutcome);
        outcome.next = TaskOutcome::Next::Stopped;
        return outcome;
    }
    if (task.enrolment) {
        StrategyFlow(m_write, m_surroundings).stepDone(task.enrolment, m_write.now);
        describeNext(task, outcome);
    }
    return outcome;
}

void TaskFlow::describeNext(const Task& task, TaskOutcome& outcome) {
    const auto enrolment = EnrolmentRepository(m_write.db).find(task.enrolment);
    if (!enrolment)
        return;
    if (!enrolment->isRunning()) {
        outcome.next = enrolment->state == EnrolmentState::Finished ? TaskOutcome::Next::Finished : TaskOutcome::Next::Stopped;
        return;
    }
    outcome.next = TaskOutcome::Next::Step;
    outcome.nextStep = enrolment->nextStep;
    if (const auto next = TaskRepository(m_write.db).openOf(task.enrolment)) {
        outcome.nextAt = next->dueAt;
        outcome.nextChannel = next->channel;
    }
}

Result<TaskOutcome> TaskFlow::skip(TaskId id, std::string_view note) {
    OUTRIDER_ASSIGN(const Task task, openTask(m_write.db, id));
    TaskOutcome outcome{.action = m_write.action};
    TaskRepository(m_write.db).close(m_write, id, TaskState::Skipped);
    const auto step = StrategyRepository(m_write.db).step(task.step);
    Activity activity{.lead = task.lead,
                      .kind = ActivityKind::StepSkipped,
                      .enrolment = task.enrolment,
                      .step = task.step,
                      .subject = !task.title.empty() ? task.title
                                 : step              ? stepTitle(m_write.db, task.lead, step->subject, step->position)
                                                     : std::string(),
                      .text = std::string(note)};
    ActivityRepository(m_write.db).append(m_write, activity);
    if (task.enrolment) {
        StrategyFlow(m_write, m_surroundings).stepDone(task.enrolment, m_write.now);
        describeNext(task, outcome);
    }
    return outcome;
}

Result<> TaskFlow::snooze(TaskId id, Instant until) {
    OUTRIDER_ASSIGN(const Task task, openTask(m_write.db, id));
    if (until <= m_write.now)
        return fail(ErrorCode::InvalidArgument, "a moment in the past");
    TaskRepository(m_write.db).reschedule(m_write, task.id, until, true);
    return {};
}

Result<OutboxId> TaskFlow::send(LeadId lead, const MailDraft& draft) {
    OUTRIDER_TRY(checkSendable(m_write.db, lead, draft.channel));
    OUTRIDER_TRY(checkFilled(draft));
    OUTRIDER_ASSIGN(const OutboxItem item, enqueue(draft, lead, nullptr));
    return item.id;
}

Result<OutboxItem> TaskFlow::enqueue(MailDraft draft, LeadId lead, const Task* task) {
    AttachmentRepository attachments(m_write.db);
    OUTRIDER_TRY(checkAttachments(draft.attachments));
    attachments.store(m_write, draft.attachments);
    for (MailAttachment& one : draft.attachments) {
        if (!one.data)
            one.data = std::make_shared<const std::string>(attachments.content(one.hash));
    }
    const bool text = draft.channel == Channel::Sms;
    OUTRIDER_ASSIGN(const ComposedMail composed, compose(draft, m_write.now, m_surroundings.zone, m_random));
    OUTRIDER_ASSIGN(const Recipient recipient, recipientOf(draft));
    const auto mailbox = MailboxRepository(m_write.db).find(draft.mailbox);
    if (!mailbox || isPhoneLine(mailbox->account) != text)
        return fail(text ? ErrorCode::NoPhoneLine : ErrorCode::NoMailbox);
    if (text)
        draft.subject = titleOf(composed.text);

    const auto packed = AttachmentRepository::pack(composed.raw, draft.attachments);
    Message message{.lead = lead,
                    .mailbox = draft.mailbox,
                    .direction = Direction::Outbound,
                    .messageClass = MessageClass::Own,
                    .messageIdHeader = composed.messageIdHeader,
                    .inReplyTo = draft.inReplyTo,
                    .from = draft.fromAddress,
                    .to = draft.toAddress,
                    .subject = draft.subject,
                    .text = composed.text,
                    .raw = packed.raw,
                    .at = m_write.now,
                    .handled = true};
    MessageRepository(m_write.db).insert(m_write, message);
    attachments.setOfMessage(m_write, message.id, draft.attachments, packed);

    const auto hold = std::chrono::seconds(mailbox->holdSeconds);
    OutboxItem item{.lead = lead,
                    .mailbox = draft.mailbox,
                    .message = message.id,
                    .channel = draft.channel,
                    .recipient = recipient.display,
                    .recipientKey = recipient.key,
                    .messageIdHeader = composed.messageIdHeader,
                    .idempotencyKey = composed.messageIdHeader,
                    .subject = draft.subject,
                    .state = hold.count() > 0 ? OutboxState::Held : OutboxState::Queued,
                    .waitReason = hold.count() > 0 ? WaitReason::UndoWindow : WaitReason::None,
                    .earliestAt = m_write.now + hold};
    if (task != nullptr) {
        item.enrolment = task->enrolment;
        item.step = task->step;
        item.task = task->id;
        // One that was refused makes room for the person's new try; otherwise the same step can never be
        // queued twice for the same address, whatever goes wrong above.
        OutboxRepository outbox(m_write.db);
        if (const auto before = outbox.ofTask(task->id); before && before->state == OutboxState::Refused)
            outbox.move(m_write, before->id, OutboxState::Dropped);
        if (outbox.existsFor(task->enrolment, task->step))
            return fail(ErrorCode::AlreadyExists, recipient.display);
    }
    OutboxRepository(m_write.db).insert(m_write, item);
    return item;
}

bool TaskFlow::meeting(LeadId lead, EnrolmentId enrolment) {
    Activity meeting{.lead = lead, .kind = ActivityKind::Meeting, .enrolment = enrolment};
    ActivityRepository(m_write.db).append(m_write, meeting);
    for (const Enrolment& one : EnrolmentRepository(m_write.db).ofLead(lead)) {
        if (one.isRunning() && !rulesOf(m_write.db, one.id).stops.meeting)
            return true; // a final status would end it
    }
    LeadRepository(m_write.db).setStatus(m_write, lead, statuses::qualified);
    return false;
}

Instant TaskFlow::notNow(LeadId id, Channel channel, std::string_view said, std::optional<Instant> until) {
    EnrolmentRepository enrolments(m_write.db);
    for (const Enrolment& enrolment : enrolments.ofLead(id)) {
        if (enrolment.isRunning())
            enrolments.stop(m_write, enrolment.id, StopReason::Removed);
    }
    const auto lead = LeadRepository(m_write.db).find(id);
    const Zone zone = lead ? zoneOf(*lead, m_surroundings.zone).zone : m_surroundings.zone;
    const DaysOff daysOff = m_surroundings.daysOffFor(lead.value_or(Lead{}));
    const LocalDay day = zone.dayOf(m_write.now) + std::chrono::days(notNowDays);
    const Window hours{};
    Task again{.lead = id,
               .channel = channel,
               .title = {},
               .note = std::string(said),
               .dueAt =
                   until ? *until
                         : firstMomentInside(hours, zone, daysOff, zone.startOf(day)).value_or(zone.at(day, hours.startMinute))};
    TaskRepository(m_write.db).insert(m_write, again);
    return again.dueAt;
}

Result<> TaskFlow::doNotContact(LeadId id, SuppressionReason reason, std::string_view source) {
    LeadRepository leads(m_write.db);
    const auto lead = leads.find(id);
    if (!lead)
        return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
    SuppressionRepository suppressions(m_write.db);
    suppressions.add(m_write, SuppressionKind::Email, lead->emailKey, reason, source);
    suppressions.add(m_write, SuppressionKind::Phone, lead->phoneKey, reason, source);
    for (const ContactPoint& contact : lead->otherContacts) {
        if (contact.kind != ContactKind::Url)
            suppressions.add(m_write, contact.kind == ContactKind::Email ? SuppressionKind::Email : SuppressionKind::Phone,
                             contact.key, reason, source);
    }
    EnrolmentRepository enrolments(m_write.db);
    for (const Enrolment& enrolment : enrolments.ofLead(id)) {
        if (enrolment.isRunning())
            enrolments.stop(m_write, enrolment.id,
                            reason == SuppressionReason::OptOut ? StopReason::OptOut : StopReason::DoNotContact);
    }
    leads.setReach(m_write, id, reason == SuppressionReason::OptOut ? Reach::OptedOut : Reach::DoNotContact);
    leads.setStatus(m_write, id, statuses::disqualified);
    Activity activity{.lead = id,
                      .kind = ActivityKind::OptOut,
                      .subject = std::string(suppressionReasonNames.name(reason)),
                      .text = std::string(source)};
    ActivityRepository(m_write.db).append(m_write, activity);
    return {};
}

} // namespace outrider::outreach
