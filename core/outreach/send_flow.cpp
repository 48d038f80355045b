// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/send_flow.h"

#include "core/outreach/lead_zone.h"
#include "core/outreach/mailbox_health.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/attachment_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/store/repositories/task_repository.h"

namespace outrider::outreach {

using namespace outrider::store;

void applyHardBounce(WriteContext& write, LeadId id, std::string_view addressKey, std::string_view source) {
    SuppressionRepository(write.db).add(write, SuppressionKind::Email, addressKey, SuppressionReason::HardBounce, source);
    LeadRepository leads(write.db);
    const auto lead = leads.find(id);
    if (!lead || lead->emailKey != addressKey) // a second address: the lead has others
        return;
    if (lead->reach == Reach::Ok)
        leads.setReach(write, id, Reach::Bounced);
    EnrolmentRepository enrolments(write.db);
    for (const Enrolment& enrolment : enrolments.ofLead(id)) {
        if (enrolment.isRunning())
            enrolments.stop(write, enrolment.id, StopReason::Bounce);
    }
}

void SendFlow::log(const OutboxItem& item, ActivityKind kind, std::string_view text) {
    Activity activity{.lead = item.lead,
                      .kind = kind,
                      .enrolment = item.enrolment,
                      .step = item.step,
                      .message = item.message,
                      .subject = item.subject,
                      .text = std::string(text)};
    const auto lead = kind == ActivityKind::EmailSent ? LeadRepository(m_write.db).find(item.lead) : std::nullopt;
    if (lead)
        ActivityRepository(m_write.db)
            .appendSent(m_write, activity, weekHour(zoneOf(*lead, m_surroundings.zone).zone, m_write.now));
    else
        ActivityRepository(m_write.db).append(m_write, activity);
}

void SendFlow::sent(const OutboxItem& item, std::string_view answer) {
    OutboxRepository(m_write.db).settle(m_write, item.id, OutboxState::Sent, false, answer);
    MessageRepository(m_write.db).setAt(m_write, item.message, m_write.now);
    std::string files; // by name, in the timeline
    for (const MailAttachment& one : AttachmentRepository(m_write.db).ofMessage(item.message))
        files += (files.empty() ? "" : ", ") + one.name;
    const bool text = item.channel == Channel::Sms;
    log(item, text ? ActivityKind::Sms : ActivityKind::EmailSent, text ? item.raw : files);
    noteFirstTouch(m_write, item.lead, name(item.channel));
    if (!item.enrolment)
        return;
    // Only the step it was made for: a strategy that has moved on meanwhile is left where it is.
    const auto enrolment = EnrolmentRepository(m_write.db).find(item.enrolment);
    const auto step = StrategyRepository(m_write.db).step(item.step);
    if (enrolment && step && enrolment->isRunning() && enrolment->nextStep == step->position)
        StrategyFlow(m_write, m_surroundings).stepDone(item.enrolment, m_write.now);
}

void SendFlow::addressRefused(const OutboxItem& item, std::string_view answer) {
    OutboxRepository(m_write.db).settle(m_write, item.id, OutboxState::Refused, true, answer);
    log(item, ActivityKind::Bounce, answer);
    applyHardBounce(m_write, item.lead, item.recipientKey, "refused at sending");
    pauseWhenUnhealthy(m_write, item.mailbox);
}

void SendFlow::optedOut(const OutboxItem& item, std::string_view answer) {
    OutboxRepository(m_write.db).settle(m_write, item.id, OutboxState::Refused, true, answer);
    leaveAlone(item, answer);
}

void SendFlow::undelivered(const OutboxItem& item, bool optedOut, std::string_view answer) {
    log(item, ActivityKind::SendFailed, answer);
    if (optedOut)
        leaveAlone(item, answer);
}

void SendFlow::leaveAlone(const OutboxItem& item, std::string_view answer) {
    SuppressionRepository(m_write.db)
        .add(m_write, SuppressionKind::Phone, item.recipientKey, SuppressionReason::OptOut, "told the phone line's provider");
    Activity activity{.lead = item.lead,
                      .kind = ActivityKind::OptOut,
                      .enrolment = item.enrolment,
                      .step = item.step,
                      .message = item.message,
                      .subject = std::string(suppressionReasonNames.name(SuppressionReason::OptOut)),
                      .text = std::string(answer)};
    ActivityRepository(m_write.db).append(m_write, activity);
    EnrolmentRepository enrolments(m_write.db);
    for (const Enrolment& enrolment : enrolments.ofLead(item.lead)) {
        if (enrolment.isRunning())
            enrolments.stop(m_write, enrolment.id, StopReason::OptOut);
    }
}

void SendFlow::refused(const OutboxItem& item, bool hard, std::string_view answer) {
    OutboxRepository(m_write.db).settle(m_write, item.id, OutboxState::Refused, hard, answer);
    log(item, ActivityKind::SendFailed, answer);
    reopenTask(item, answer);
    if (!hard || !pauseWhenRefused(m_write, item.mailbox, answer))
        pauseWhenUnhealthy(m_write, item.mailbox);
}

void SendFlow::unknown(const OutboxItem& item, std::string_view what) {
    OutboxRepository(m_write.db).settle(m_write, item.id, OutboxState::Unknown, false, what);
    log(item, ActivityKind::SendUnknown, what);
}

void SendFlow::deferred(const OutboxItem& item, WaitReason reason, Instant earliest, std::string_view answer) {
    OutboxRepository outbox(m_write.db);
    outbox.unclaim(m_write, item.id, reason, earliest, answer);
    outbox.setAnswer(m_write, item.id, answer);
}

void SendFlow::dropped(const OutboxItem& item) {
    OutboxRepository(m_write.db).move(m_write, item.id, OutboxState::Dropped);
    reopenTask(item, {});
}

void SendFlow::obsolete(const OutboxItem& item) { OutboxRepository(m_write.db).move(m_write, item.id, OutboxState::Dropped); }

void SendFlow::reopenTask(const OutboxItem& item, std::string_view note) {
    if (!item.task)
        return;
    if (item.enrolment) {
        const auto enrolment = EnrolmentRepository(m_write.db).find(item.enrolment);
        if (!enrolment || !enrolment->isRunning())
            return;
    }
    TaskRepository tasks(m_write.db);
    tasks.reopen(m_write, item.task);
    if (!note.empty())
        tasks.setNote(m_write, item.task, note);
}

} // namespace outrider::outreach
