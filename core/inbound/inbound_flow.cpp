// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/inbound_flow.h"

#include "core/inbound/auto_reply_kind.h"
#include "core/outreach/lead_zone.h"
#include "core/outreach/mailbox_health.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/status_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>

namespace outrider::inbound {

using namespace outrider::store;

namespace {

void noteMatch(IncomingMail& mail, const MailMatch& match) {
    mail.message.matchedBy = name(match.why);
    mail.message.matchEvidence = match.evidence;
}

} // namespace

void InboundFlow::file(IncomingMail& mail, LeadId lead, bool handled) {
    mail.message.lead = lead;
    mail.message.handled = handled;
    MessageRepository(m_write.db).insert(m_write, mail.message);
}

void InboundFlow::log(const Message& message, LeadId lead, ActivityKind kind, const std::optional<OutboxItem>& sent,
                      std::string text) {
    Activity activity{.lead = lead,
                      .at = message.at,
                      .kind = kind,
                      .enrolment = sent ? sent->enrolment : EnrolmentId{},
                      .step = sent ? sent->step : StepId{},
                      .message = message.id,
                      .subject = message.subject,
                      .text = std::move(text)};
    ActivityRepository(m_write.db).append(m_write, activity);
}

void InboundFlow::settleUnknown(const std::optional<OutboxItem>& sent) {
    if (!sent || sent->state != OutboxState::Unknown)
        return;
    outreach::SendFlow(m_write, m_surroundings).sent(*sent, "answered");
}

void InboundFlow::reply(const Message& message, LeadId lead, const std::optional<OutboxItem>& sent) {
    log(message, lead, ActivityKind::EmailReceived, sent, {});
    settleUnknown(sent);
    EnrolmentRepository enrolments(m_write.db);
    StrategyRepository strategies(m_write.db);
    bool goesOn = false;
    for (const Enrolment& enrolment : enrolments.ofLead(lead)) {
        const auto version = enrolment.isRunning() ? strategies.version(enrolment.version) : std::nullopt;
        if (version && !version->rules.stops.reply)
            goesOn = true;
        else if (enrolment.isRunning())
            enrolments.stop(m_write, enrolment.id, StopReason::Reply);
    }
    outreach::StrategyFlow(m_write, m_surroundings).colleagueReplied(lead);
    if (goesOn) // a final status would end that too
        return;
    // Somebody the person has given up on, or won, stays where they are; the answer is in the inbox.
    LeadRepository leads(m_write.db);
    const auto status = StatusRepository(m_write.db).find(leads.statusOf(lead));
    if (status && !status->isTerminal())
        leads.setStatus(m_write, lead, statuses::replied);
}

Result<> InboundFlow::applyAsReply(const Message& message, LeadId lead) {
    MessageRepository messages(m_write.db);
    messages.setLead(m_write, message.id, lead);
    messages.setClass(m_write, message.id, MessageClass::Reply);
    messages.setMatch(m_write, message.id, "person", {});
    reply(message, lead, std::nullopt);
    return {};
}

Result<> InboundFlow::bounce(IncomingMail& mail, const MailMatch& match) {
    file(mail, match.lead, true);
    bounced(mail, match);
    return {};
}

void InboundFlow::bounced(const IncomingMail& mail, const MailMatch& match) {
    const Classification& judged = mail.classification;
    log(mail.message, match.lead, ActivityKind::Bounce, match.sent, judged.evidence.empty() ? judged.reason : judged.evidence);
    if (match.needsReview()) // may be forged, or about an address the mail was passed on to
        return;
    settleUnknown(match.sent); // it left, even if it did not arrive
    if (match.sent)
        outreach::pauseWhenUnhealthy(m_write, match.sent->mailbox);
    if (judged.hard.value_or(false)) {
        const std::string& key = !mail.recipientKey.empty() ? mail.recipientKey
                                 : match.sent               ? match.sent->recipientKey
                                                            : mail.recipientKey;
        if (!key.empty())
            outreach::applyHardBounce(m_write, match.lead, key, "bounce");
    }
}

void InboundFlow::autoReply(IncomingMail& mail, const MailMatch& match) {
    file(mail, match.lead, true);
    away(mail, match);
}

void InboundFlow::away(const IncomingMail& mail, const MailMatch& match) {
    std::string text;
    if (match.needsReview()) { // anybody can say that somebody is away
        log(mail.message, match.lead, ActivityKind::AutoReply, match.sent, {});
        return;
    }
    settleUnknown(match.sent);
    if (mail.classification.reason == name(AutoReplyKind::Left)) {
        text = mail.classification.contact.empty() ? "left" : "left, " + mail.classification.contact;
        EnrolmentRepository enrolments(m_write.db);
        for (const Enrolment& enrolment : enrolments.ofLead(match.lead)) {
            if (enrolment.isRunning()) // writing on would reach nobody
                enrolments.stop(m_write, enrolment.id, StopReason::Bounce);
        }
    } else if (const auto& back = mail.classification.returnDate) {
        text = toIsoDate(*back);
        const auto lead = LeadRepository(m_write.db).find(match.lead);
        const auto zone = lead ? outreach::zoneOf(*lead, m_surroundings.zone).zone : m_surroundings.zone;
        const Instant until = zone.startOf(*back);
        if (until > m_write.now) {
            outreach::StrategyFlow flow(m_write, m_surroundings);
            for (const Enrolment& enrolment : EnrolmentRepository(m_write.db).ofLead(match.lead)) {
                if (enrolment.isRunning())
                    flow.pauseUntil(enrolment.id, until);
            }
        }
    }
    log(mail.message, match.lead, ActivityKind::AutoReply, match.sent, std::move(text));
}

MessageClass filedAs(const IncomingMail& mail, const MailMatch& match) {
    const MessageClass judged = mail.message.messageClass;
    if (judged == MessageClass::Bounce || judged == MessageClass::AutoReply)
        return judged;
    if (match.by == MailMatch::By::ThreadOtherSender)
        return MessageClass::Other;
    return judged == MessageClass::OptOut ? judged : MessageClass::Reply;
}

Result<> InboundFlow::applyPast(IncomingMail& mail, const MailMatch& match) {
    noteMatch(mail, match);
    const MessageClass filed = filedAs(mail, match);
    if (filed == MessageClass::Reply) {
        const auto enrolments = EnrolmentRepository(m_write.db).ofLead(match.lead);
        if (std::any_of(enrolments.begin(), enrolments.end(), [&](const Enrolment& enrolment) {
                return enrolment.isRunning() && enrolment.enrolledAt <= mail.message.at;
            }))
            return apply(mail, match);
    } else if (filed != MessageClass::Other) {
        return apply(mail, match);
    }
    mail.message.messageClass = filed;
    file(mail, match.lead, true);
    log(mail.message, match.lead, ActivityKind::EmailReceived, match.sent, {});
    return {};
}

void InboundFlow::applyOwn(IncomingMail& mail, const OwnMail& own, bool past) {
    mail.message.direction = Direction::Outbound;
    mail.message.messageClass = MessageClass::Own;
    mail.message.rule = "own.elsewhere"; // MessageRepository::lastOutboundTo looks at those of ours
    file(mail, own.lead, true);
    log(mail.message, own.lead, ActivityKind::EmailSentElsewhere, own.sent, {});
    if (past)
        return;
    outreach::noteFirstTouch(m_write, own.lead, "email");
    if (own.answers)
        MessageRepository(m_write.db).setHandled(m_write, own.answers, true);
    const auto enrolment = own.sent ? EnrolmentRepository(m_write.db).find(own.sent->enrolment) : std::nullopt;
    if (!enrolment || !enrolment->isRunning())
        return;
    TaskRepository tasks(m_write.db);
    const auto task = tasks.openOf(enrolment->id);
    if (!task || task->channel != Channel::Email || task->dueAt > mail.message.at + std::chrono::hours(24))
        return;
    tasks.close(m_write, task->id, TaskState::Done);
    outreach::StrategyFlow(m_write, m_surroundings).stepDone(enrolment->id, mail.message.at);
}

Result<> InboundFlow::reapply(const Message& message, const IncomingMail& judged) {
    MessageRepository messages(m_write.db);
    const MailMatch found = findMatch(m_write.db, judged);
    const MailMatch match = message.lead && found.lead != message.lead
                                ? MailMatch{.by = MailMatch::By::Address, .lead = message.lead, .sent = std::nullopt}
                                : found;
    const MessageClass filed = filedAs(judged, match);
    messages.setClass(m_write, message.id, filed);
    if (!match.lead)
        return {};
    IncomingMail mail = judged;
    mail.message.id = message.id;
    switch (filed) {
    case MessageClass::Bounce:
        bounced(mail, match);
        break;
    case MessageClass::AutoReply:
        away(mail, match);
        break;
    case MessageClass::OptOut:
        return outreach::TaskFlow(m_write, m_surroundings, m_random)
            .doNotContact(match.lead, SuppressionReason::OptOut, "their e-mail");
    case MessageClass::Reply: {
        messages.setHandled(m_write, message.id, false);
        reply(mail.message, match.lead, match.sent);
        break;
    }
    case MessageClass::Other:
    case MessageClass::Own:
        break;
    }
    return {};
}

Result<> InboundFlow::apply(IncomingMail& mail, const MailMatch& match) {
    noteMatch(mail, match);
    switch (mail.message.messageClass) {
    case MessageClass::Bounce:
        return bounce(mail, match);
    case MessageClass::AutoReply:
        autoReply(mail, match);
        return {};
    case MessageClass::OptOut:
    case MessageClass::Reply:
    case MessageClass::Other:
    case MessageClass::Own:
        break;
    }
    if (match.by == MailMatch::By::ThreadOtherSender) {
        // Forwarded, or written from an address nobody knows: shown with the lead, but whether the
        // strategy is over is for the person to say.
        mail.message.messageClass = MessageClass::Other;
        file(mail, match.lead, false);
        log(mail.message, match.lead, ActivityKind::EmailReceived, match.sent, {});
        return {};
    }
    if (mail.message.messageClass == MessageClass::OptOut) {
        file(mail, match.lead, true);
        log(mail.message, match.lead, ActivityKind::EmailReceived, match.sent, {});
        settleUnknown(match.sent);
        return outreach::TaskFlow(m_write, m_surroundings, m_random)
            .doNotContact(match.lead, SuppressionReason::OptOut, "their e-mail");
    }
    mail.message.messageClass = MessageClass::Reply;
    file(mail, match.lead, false);
    reply(mail.message, match.lead, match.sent);
    return {};
}

std::string_view actionName(const IncomingMail& mail, const MailMatch& match) {
    switch (mail.message.messageClass) {
    case MessageClass::Bounce:
        return "inbox.bounce";
    case MessageClass::AutoReply:
        return "inbox.auto_reply";
    case MessageClass::OptOut:
        return match.by == MailMatch::By::ThreadOtherSender ? "inbox.review" : "inbox.opt_out";
    case MessageClass::Reply:
    case MessageClass::Other:
    case MessageClass::Own:
        break;
    }
    return match.by == MailMatch::By::ThreadOtherSender ? "inbox.review" : "inbox.reply";
}

} // namespace outrider::inbound
