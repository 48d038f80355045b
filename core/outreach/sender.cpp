// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/sender.h"

#include "core/base/log.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/send_questions.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"

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
constexpr int mostTogether = 64;
constexpr std::chrono::nanoseconds sentTogether = std::chrono::milliseconds(10);

// Of several the number; history knows what to make of it.
ActionInfo sendAction(const OutboxItem& item, std::size_t count) {
    return {.name = "send",
            .subject = count == 1 ? item.recipient : std::to_string(count),
            .origin = Origin::Engine,
            .undoable = false};
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

bool stopsAll(const SendOutcome& outcome) { return outcome.kind == SendKind::NotSent && !isTheMessagesFault(outcome.error.code); }

// How many messages a server that took `count` in that time takes before anybody would notice.
int fitsInto(std::chrono::nanoseconds took, std::size_t count) {
    const std::chrono::nanoseconds each =
        std::max<std::chrono::nanoseconds>(took / std::int64_t(count), std::chrono::microseconds(1));
    return std::clamp(int(sentTogether / each), 1, std::min(int(count) * 2, mostTogether));
}

} // namespace

// The numbers under which the messages of a batch leave, once they are recorded.
class Sender::Numbers {
public:
    bool isRecorded(std::size_t index) const { return m_recorded && index >= m_from; }
    void recorded(std::size_t from, std::int64_t first) {
        m_from = from;
        m_first = first;
        m_recorded = true;
    }
    std::int64_t of(std::size_t index) const { return m_first + static_cast<std::int64_t>(index - m_from); }

private:
    std::size_t m_from = 0;
    std::int64_t m_first = 0;
    bool m_recorded = false;
};

Sender::Report Sender::run(MailboxId mailbox, transport::MailTransport& transport, int max, const Progress& progress) {
    Report report;
    if (max <= 0 || progress.cancelled())
        return report;
    auto looked = wait(m_store.writeSilently([&](WriteContext& write) { return claim(write, mailbox, 1); }));
    if (!looked) {
        report.stoppedBy = looked.error();
        return report;
    }
    Batch batch = take(*std::move(looked), report);
    for (int done = 0; !batch.empty();) {
        const Stopwatch watch;
        Numbers numbers;
        std::vector<SendOutcome> outcomes;
        for (std::size_t i = 0; i < batch.size() && (i == 0 || !progress.cancelled()); ++i) {
            const auto& [item, sender] = batch[i];
            outcomes.push_back(transport.send(
                {.sender = sender,
                 .recipient = item.recipient,
                 .idempotencyKey = item.idempotencyKey,
                 .reference = item.providerRef},
                item.raw, [&] { return recordSending(batch, i, numbers, transport.reference()); }, progress));
            if (stopsAll(outcomes.back()))
                break;
        }
        done += static_cast<int>(outcomes.size());
        const int together = progress.cancelled() ? 0 : std::min(max - done, fitsInto(watch.elapsed(), outcomes.size()));
        batch = settle(batch, outcomes, together, report);
    }
    return report;
}

Sender::Batch Sender::take(Looked looked, Report& report) {
    report.waiting += looked.waiting;
    report.dropped += looked.dropped;
    return std::move(looked.claimed);
}

Result<Sender::Looked> Sender::claim(WriteContext& write, MailboxId id, int most) {
    const Surroundings surroundings = m_surroundings();
    const auto mailbox = MailboxRepository(write.db).find(id);
    if (!mailbox)
        return fail(ErrorCode::NoMailbox);
    Looked looked;
    if (SettingRepository(write.db).get("send.held") == "true") // the person's switch: every message keeps its own reason
        return looked;
    m_store.fence().checkClock(write.db, write.now);
    OutboxRepository outbox(write.db);
    SendQuestions questions(write.db, write.now, *mailbox, surroundings);
    for (const OutboxId candidate : outbox.due(id, write.now, std::max(lookedAtOnce, most))) {
        if (looked.claimed.size() == static_cast<std::size_t>(most))
            break;
        const auto item = outbox.find(candidate);
        if (!item)
            continue;
        const SendGate gate = questions.gate(*item);
        switch (gate.verdict) {
        case SendGate::Verdict::Go:
            outbox.claim(write, *item);
            looked.claimed.push_back({*item, mailbox->address});
            break;
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

// Those before `index` were refused before they were handed over, or have left.
bool Sender::recordSending(const Batch& batch, std::size_t index, Numbers& numbers, const std::string& reference) {
    if (!numbers.isRecorded(index) || !reference.empty()) {
        const bool first = !numbers.isRecorded(index);
        const auto recorded = wait(m_store.writeSilently([&](WriteContext& write) -> Result<std::int64_t> {
            OutboxRepository outbox(write.db);
            if (!reference.empty())
                outbox.setProviderRef(write, batch[index].item.id, reference);
            if (!first)
                return 0;
            const auto number = m_store.fence().count(write.db, write.now, static_cast<int>(batch.size() - index));
            for (std::size_t i = index; i < batch.size(); ++i)
                outbox.beginSending(write, batch[i].item.id, number + static_cast<std::int64_t>(i - index));
            return number;
        }));
        if (recorded && first)
            numbers.recorded(index, *recorded);
        if (!recorded) {
            qCWarning(logSend, "message %lld is not sent: recording it failed",
                      static_cast<long long>(batch[index].item.id.value));
            return false;
        }
    }
    if (!m_store.fence().follow(numbers.of(index))) {
        qCWarning(logSend, "message %lld is not sent: the record of this workspace cannot be written",
                  static_cast<long long>(batch[index].item.id.value));
        return false;
    }
    return true;
}

void Sender::record(WriteContext& write, const OutboxItem& item, const SendOutcome& outcome, const Surroundings& surroundings) {
    SendFlow flow(write, surroundings);
    const int attempts = item.attempts + 1;
    Instant again = retryAt(write.now, attempts);
    if (outcome.retryAfter)
        again = std::max(again, write.now + *outcome.retryAfter);
    switch (outcome.kind) {
    case SendKind::Sent:
        flow.sent(item, outcome.answer);
        if (!outcome.messageId.empty())
            MessageRepository(write.db).addAlias(write, item.message, outcome.messageId);
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
            flow.deferred(item, WaitReason::RetryLater, again, outcome.answer);
        break;
    case SendKind::NotSent:
        if (isTheMessagesFault(outcome.error.code)) {
            flow.refused(item, true, outcome.error.detail);
            break;
        }
        if (needsAttention(outcome.error.code)) {
            flow.deferred(item, WaitReason::MailboxSignedOut, again, outcome.error.detail);
            MailboxRepository(write.db).setState(write, item.mailbox, MailboxState::NeedsAttention, name(outcome.error.code));
            break;
        }
        flow.deferred(item, outcome.retryAfter ? WaitReason::RetryLater : WaitReason::Offline, again, outcome.error.detail);
        if (outcome.retryAfter) // the provider means the whole mailbox
            OutboxRepository(write.db).deferDue(write, item.mailbox, WaitReason::RetryLater, again);
        break;
    }
}

Sender::Batch Sender::settle(const Batch& batch, const std::vector<SendOutcome>& outcomes, int next, Report& report) {
    const Surroundings surroundings = m_surroundings();
    const bool stops = stopsAll(outcomes.back()); // the next message would fare no better
    std::optional<Error> notClaimed;
    const auto settled =
        wait(m_store.write(sendAction(batch.front().item, outcomes.size()), [&](WriteContext& write) -> Result<Looked> {
            for (std::size_t i = 0; i < outcomes.size(); ++i)
                record(write, batch[i].item, outcomes[i], surroundings);
            for (std::size_t i = outcomes.size(); i < batch.size(); ++i)
                OutboxRepository(write.db).putBack(write, batch[i].item.id, "not tried");
            if (stops || next <= 0)
                return Looked();
            return claim(write, batch.front().item.mailbox, next);
        }));
    if (settled) {
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            tell(batch[i].item, outcomes[i], report);
        return take(*settled, report);
    }
    // One by one, then, and without another: the outcome counts whatever becomes of the next.
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const OutboxItem& item = batch[i].item;
        const bool tried = i < outcomes.size();
        const auto alone = tried ? wait(m_store.write(sendAction(item, 1),
                                                      [&](WriteContext& write) -> Result<> {
                                                          record(write, item, outcomes[i], surroundings);
                                                          return {};
                                                      }))
                                 : wait(m_store.writeSilently([&](WriteContext& write) -> Result<> {
                                       OutboxRepository(write.db).putBack(write, item.id, "not tried");
                                       return {};
                                   }));
        if (!alone) {
            // The outcome is known but could not be written: it stays `sending`, which is `unknown` at the
            // next start. Never the other way round.
            qCCritical(logSend, "the outcome of message %lld could not be recorded", static_cast<long long>(item.id.value));
            report.stoppedBy = alone.error();
            return {};
        }
        if (tried)
            tell(item, outcomes[i], report);
    }
    if (!report.stoppedBy)
        report.stoppedBy = settled.error();
    return {};
}

void Sender::tell(const OutboxItem& item, const SendOutcome& outcome, Report& report) const {
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
        item.attempts + 1 >= maxAttempts ? ++report.refused : ++report.deferred;
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
}

} // namespace outrider::outreach
