// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/sender.h"

#include "core/base/log.h"
#include "core/outreach/lead_zone.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/send_gate.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"

#include <algorithm>
#include <utility>

namespace outrider::outreach {

using namespace outrider::store;
using transport::SendKind;
using transport::SendOutcome;
using transport::SendStage;

namespace {

constexpr int lookedAtOnce = 50;
constexpr int maxAttempts = 6;

ActionInfo engineAction(std::string name, const OutboxItem& item) {
    return {.name = std::move(name), .subject = item.recipient, .origin = Origin::Engine, .undoable = false};
}

// A minute, two, four… up to an hour.
Instant retryAt(Instant now, int attempts) {
    return now + std::chrono::minutes(std::min(60, 1 << std::clamp(attempts - 1, 0, 6)));
}

// Whether a 5xx to RCPT speaks of the address (RFC 3463 §3.2) and not of us, a policy or a full box.
bool addressDoesNotExist(const SendOutcome& outcome) {
    if (outcome.stage != SendStage::Recipient || outcome.kind != SendKind::RefusedHard)
        return false;
    for (const std::string_view status : {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}) {
        const auto at = outcome.answer.find(status);
        const auto after = at + status.size();
        if (at != std::string::npos
            && (after == outcome.answer.size() || outcome.answer[after] < '0' || outcome.answer[after] > '9'))
            return true;
    }
    return false;
}

// What keeps every message of the mailbox from leaving until a person does something.
bool needsAttention(ErrorCode code) {
    return code == ErrorCode::AuthFailed || code == ErrorCode::CertificateInvalid || code == ErrorCode::TlsFailed
           || code == ErrorCode::SecretMissing || code == ErrorCode::HostNotFound || code == ErrorCode::InvalidArgument;
}

bool isTheMessagesFault(ErrorCode code) {
    return code == ErrorCode::MessageMalformed || code == ErrorCode::InvalidEmail || code == ErrorCode::MessageTooLarge;
}

SendGate gateFor(WriteContext& write, const OutboxItem& item, const Mailbox& mailbox, const Surroundings& surroundings) {
    OutboxRepository outbox(write.db);
    const auto lead = LeadRepository(write.db).find(item.lead);
    const LeadZone zone = zoneOf(lead.value_or(Lead{}), surroundings.zone);
    SendGateInput input{.now = write.now, .item = item, .mailbox = mailbox, .zone = zone.zone, .daysOff = surroundings.daysOff};
    input.fenced = !SendFence::lets(write.db, item.id);
    input.suppressed = !lead || lead->trashedAt || lead->reach != Reach::Ok
                       || SuppressionRepository(write.db).forEmail(item.recipientKey).has_value();
    if (item.enrolment) {
        const auto enrolment = EnrolmentRepository(write.db).find(item.enrolment);
        input.strategyEnded = !enrolment || enrolment->state == EnrolmentState::Stopped;
        StrategyRepository strategies(write.db);
        const auto step = strategies.step(item.step);
        const auto version = enrolment ? strategies.version(enrolment->version) : std::nullopt;
        if (step && version)
            input.window = step->window.value_or(version->window);
    }
    const std::string_view recipient = item.recipientKey;
    input.handedOver = [&outbox, &mailbox, domain = recipient.substr(recipient.rfind('@') + 1)](SendLimit::Scope scope, int n) {
        return scope == SendLimit::Scope::Domain ? outbox.handedOverTo(domain, n) : outbox.handedOver(mailbox.id, n);
    };
    return sendGate(input);
}

} // namespace

Sender::Report Sender::run(MailboxId mailbox, transport::MailTransport& transport, int max, const Progress& progress) {
    Report report;
    if (max <= 0 || progress.cancelled())
        return report;
    auto looked = wait(m_store.writeSilently([&](WriteContext& write) { return claimNext(write, mailbox); }));
    if (!looked) {
        report.stoppedBy = looked.error();
        return report;
    }
    std::optional<Claimed> claimed = take(*std::move(looked), report);
    for (int done = 1; claimed; ++done) {
        const OutboxItem& item = claimed->item;
        const SendOutcome outcome = transport.send(
            {.sender = claimed->sender, .recipient = item.recipient}, item.raw, [&] { return recordSending(item); }, progress);
        claimed = settle(item, outcome, done < max && !progress.cancelled(), report);
    }
    return report;
}

std::optional<Sender::Claimed> Sender::take(Looked looked, Report& report) {
    report.waiting += looked.waiting;
    report.dropped += looked.dropped;
    return std::move(looked.claimed);
}

Result<Sender::Looked> Sender::claimNext(WriteContext& write, MailboxId id) {
    const Surroundings surroundings = m_surroundings();
    const auto mailbox = MailboxRepository(write.db).find(id);
    if (!mailbox)
        return fail(ErrorCode::NoMailbox);
    Looked looked;
    if (SettingRepository(write.db).get("send.held") == "true") // the person's switch: every message keeps its own reason
        return looked;
    m_store.fence().checkClock(write.db, write.now);
    OutboxRepository outbox(write.db);
    for (const OutboxId candidate : outbox.due(id, write.now, lookedAtOnce)) {
        const auto item = outbox.find(candidate);
        if (!item)
            continue;
        const SendGate gate = gateFor(write, *item, *mailbox, surroundings);
        switch (gate.verdict) {
        case SendGate::Verdict::Go:
            outbox.claim(write, *item);
            looked.claimed = Claimed{*item, mailbox->address};
            return looked;
        case SendGate::Verdict::Wait:
            if (isOfMailbox(gate.reason)) { // and so of everything behind it
                looked.waiting += int(outbox.deferDue(write, id, gate.reason, gate.earliestAt));
                return looked;
            }
            if (gate.reason == WaitReason::SendFence && item->state == OutboxState::Queued)
                outbox.move(write, candidate, OutboxState::Held, gate.reason);
            else
                outbox.setWait(write, candidate, gate.reason, gate.earliestAt);
            ++looked.waiting;
            break;
        case SendGate::Verdict::Drop:
            SendFlow(write, surroundings).obsolete(*item);
            ++looked.dropped;
            break;
        }
    }
    return looked;
}

bool Sender::recordSending(const OutboxItem& item) {
    const auto recorded = wait(m_store.writeSilently([&](WriteContext& write) -> Result<std::int64_t> {
        OutboxRepository(write.db).move(write, item.id, OutboxState::Sending);
        return m_store.fence().count(write.db, write.now);
    }));
    if (!recorded || !m_store.fence().follow(*recorded)) {
        qCWarning(logSend, "message %lld is not sent: recording it failed", static_cast<long long>(item.id.value));
        return false;
    }
    return true;
}

std::optional<Sender::Claimed> Sender::settle(const OutboxItem& item, const SendOutcome& outcome, bool another, Report& report) {
    const Surroundings surroundings = m_surroundings();
    const int attempts = item.attempts + 1;
    const bool mailboxFault = outcome.kind == SendKind::NotSent && needsAttention(outcome.error.code);
    // The next message would fare no better.
    const bool stops = outcome.kind == SendKind::NotSent && !isTheMessagesFault(outcome.error.code);
    std::optional<Error> notClaimed;
    const auto record = [&](WriteContext& write) -> Result<Looked> {
        SendFlow flow(write, surroundings);
        switch (outcome.kind) {
        case SendKind::Sent:
            flow.sent(item, outcome.answer);
            break;
        case SendKind::Unknown:
            flow.unknown(item, outcome.answer.empty() ? outcome.error.detail : outcome.answer);
            break;
        case SendKind::RefusedHard:
            if (addressDoesNotExist(outcome))
                flow.addressRefused(item, outcome.answer);
            else
                flow.refused(item, true, outcome.answer);
            break;
        case SendKind::RefusedSoft:
            if (attempts >= maxAttempts)
                flow.refused(item, false, outcome.answer);
            else
                flow.deferred(item, WaitReason::RetryLater, retryAt(write.now, attempts), outcome.answer);
            break;
        case SendKind::NotSent:
            if (isTheMessagesFault(outcome.error.code)) {
                flow.refused(item, true, outcome.error.detail);
                break;
            }
            flow.deferred(item, mailboxFault ? WaitReason::MailboxSignedOut : WaitReason::Offline, retryAt(write.now, attempts),
                          outcome.error.detail);
            if (mailboxFault)
                MailboxRepository(write.db).setState(write, item.mailbox, MailboxState::NeedsAttention, name(outcome.error.code));
            break;
        }
        if (stops || !another)
            return Looked();
        auto next = claimNext(write, item.mailbox);
        if (!next) { // the outcome counts whatever becomes of the next
            notClaimed = next.error();
            return Looked();
        }
        return next;
    };
    auto settled = wait(m_store.write(engineAction("send", item), record));
    if (!settled && std::exchange(another, false)) // by itself, then
        settled = wait(m_store.write(engineAction("send", item), record));
    if (!settled) {
        // The outcome is known but could not be written: it stays `sending`, which is `unknown` at the
        // next start. Never the other way round.
        qCCritical(logSend, "the outcome of message %lld could not be recorded", static_cast<long long>(item.id.value));
        report.stoppedBy = settled.error();
        return std::nullopt;
    }
    switch (outcome.kind) {
    case SendKind::Sent:
        ++report.sent;
        report.copies.push_back({item.messageIdHeader, item.raw, m_store.clock().now()});
        break;
    case SendKind::Unknown:
        ++report.unknown;
        break;
    case SendKind::RefusedHard:
        ++report.refused;
        break;
    case SendKind::RefusedSoft:
        attempts >= maxAttempts ? ++report.refused : ++report.deferred;
        break;
    case SendKind::NotSent:
        if (isTheMessagesFault(outcome.error.code)) {
            ++report.refused;
        } else {
            ++report.deferred;
            report.stoppedBy = outcome.error;
        }
        break;
    }
    if (notClaimed)
        report.stoppedBy = notClaimed;
    return take(*std::move(settled), report);
}

} // namespace outrider::outreach
