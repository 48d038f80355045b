// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/sender.h"

#include "core/base/log.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/send_questions.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/phone_delivery_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace outrider::outreach {

using namespace outrider::store;
using transport::SendKind;
using transport::SendOutcome;
using transport::SendStage;

namespace {

constexpr int lookedAtOnce = 50;
constexpr auto firstStatus = std::chrono::seconds(20); // after a text message was taken, it is known how it fared
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

struct Sender::Settling {
    Batch batch;
    Outcomes outcomes; // of the first of them; the others were not tried
    QFuture<Result<Looked>> done;
};

Sender::Report Sender::run(MailboxId mailbox, transport::MailTransport& transport, int max, const Progress& progress) {
    Report report;
    if (max <= 0 || progress.cancelled())
        return report;
    auto looked = wait(m_store.writeSilently([&](WriteContext& write) { return claim(write, mailbox, 1, false); }));
    if (!looked) {
        report.stoppedBy = looked.error();
        return report;
    }
    report.waiting = looked->waiting;
    report.dropped = looked->dropped;
    Batch ready = std::move(looked->claimed);
    int left = max - int(ready.size()); // to be claimed
    std::unique_ptr<Settling> settling;
    const auto collect = [&] {
        if (!settling)
            return;
        const auto collected = std::exchange(settling, nullptr);
        for (Claimed& claimed : settled(*collected, report)) {
            ready.push_back(std::move(claimed));
            --left;
        }
    };
    for (int together = 1;;) {
        if (ready.empty())
            collect();
        if (ready.empty())
            return report;
        const auto count = std::min(ready.size(), std::size_t(together));
        Batch batch(std::make_move_iterator(ready.begin()), std::make_move_iterator(ready.begin() + std::ptrdiff_t(count)));
        ready.erase(ready.begin(), ready.begin() + std::ptrdiff_t(count));
        const Stopwatch watch;
        Outcomes outcomes;
        for (std::size_t i = 0; i < batch.size() && (i == 0 || !progress.cancelled()); ++i) {
            const auto& [item, sender, number] = batch[i];
            outcomes.push_back(transport.send(
                {.sender = sender,
                 .recipient = item.recipient,
                 .idempotencyKey = item.idempotencyKey,
                 .reference = item.providerRef},
                item.raw, [&] { return recordSending(batch, i, transport.reference()); }, progress));
            if (outcomes.back().kind != SendKind::Sent)
                break;
        }
        // What a refusal means for those behind it (the mailbox may pause) is asked before the next leaves.
        const bool smooth = outcomes.back().kind == SendKind::Sent;
        together = smooth ? fitsInto(watch.elapsed(), outcomes.size()) : 1;
        const bool fast = together > 1;
        collect();
        const bool ends = stopsAll(outcomes.back()) || progress.cancelled() || report.stoppedBy;
        if (!smooth || ends) { // what was claimed ahead waits again
            left = ends ? 0 : left + int(batch.size() - outcomes.size() + ready.size());
            batch.insert(batch.end(), std::make_move_iterator(ready.begin()), std::make_move_iterator(ready.end()));
            ready.clear();
        }
        const int wanted = std::max(0, std::min(left, (fast ? 2 * together : 1) - int(ready.size())));
        settling = settle(std::move(batch), std::move(outcomes), wanted, fast);
    }
}

Result<Sender::Looked> Sender::claim(WriteContext& write, MailboxId id, int most, bool begins) {
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
    bool goesOn = true;
    for (const OutboxId candidate : outbox.due(id, write.now, std::max(lookedAtOnce, most))) {
        if (looked.claimed.size() == static_cast<std::size_t>(most) || !goesOn)
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
                goesOn = false;
                break;
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
    if (begins)
        begin(write, looked.claimed);
    return looked;
}

void Sender::begin(WriteContext& write, std::span<Claimed> batch) {
    if (batch.empty())
        return;
    auto number = m_store.fence().count(write.db, write.now, static_cast<int>(batch.size()));
    for (Claimed& claimed : batch) {
        OutboxRepository(write.db).beginSending(write, claimed.item.id, number);
        claimed.number = number++;
    }
}

// Together with it those behind it that are not recorded yet.
bool Sender::recordSending(Batch& batch, std::size_t index, const std::string& reference) {
    Claimed& claimed = batch[index];
    if (claimed.number == 0 || !reference.empty()) {
        const auto recorded = wait(m_store.writeSilently([&](WriteContext& write) -> Result<> {
            if (!reference.empty())
                OutboxRepository(write.db).setProviderRef(write, claimed.item.id, reference);
            if (claimed.number == 0)
                begin(write, std::span(batch).subspan(index));
            return {};
        }));
        if (!recorded) {
            for (std::size_t i = index; i < batch.size(); ++i)
                batch[i].number = 0;
            qCWarning(logSend, "message %lld is not sent: recording it failed", static_cast<long long>(claimed.item.id.value));
            return false;
        }
    }
    if (!m_store.fence().follow(claimed.number)) {
        qCWarning(logSend, "message %lld is not sent: the record of this workspace cannot be written",
                  static_cast<long long>(claimed.item.id.value));
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
        if (item.channel == Channel::Sms)
            PhoneDeliveryRepository(write.db).insert(write, item.id, outcome.messageId, write.now + firstStatus);
        else if (!outcome.messageId.empty())
            MessageRepository(write.db).addAlias(write, item.message, outcome.messageId);
        break;
    case SendKind::Unknown:
        flow.unknown(item, outcome.answer.empty() ? outcome.error.detail : outcome.answer);
        break;
    case SendKind::RefusedHard:
        if (outcome.optedOut)
            flow.optedOut(item, outcome.answer);
        else if (item.channel == Channel::Email && addressDoesNotExist(outcome))
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

std::unique_ptr<Sender::Settling> Sender::settle(Batch batch, Outcomes outcomes, int next, bool begins) {
    auto settling = std::make_unique<Settling>();
    settling->batch = std::move(batch);
    settling->outcomes = std::move(outcomes);
    settling->done = m_store.write(
        sendAction(settling->batch.front().item, settling->outcomes.size()),
        [this, next, begins, &batch = settling->batch, &outcomes = settling->outcomes](WriteContext& write) -> Result<Looked> {
            const Surroundings surroundings = m_surroundings();
            for (std::size_t i = 0; i < outcomes.size(); ++i)
                record(write, batch[i].item, outcomes[i], surroundings);
            for (std::size_t i = outcomes.size(); i < batch.size(); ++i)
                OutboxRepository(write.db).putBack(write, batch[i].item.id, "not tried");
            return next > 0 ? claim(write, batch.front().item.mailbox, next, begins) : Result<Looked>(Looked());
        });
    return settling;
}

Sender::Batch Sender::settled(Settling& settling, Report& report) {
    auto looked = wait(settling.done);
    if (looked) {
        for (std::size_t i = 0; i < settling.outcomes.size(); ++i)
            tell(settling.batch[i].item, settling.outcomes[i], report);
        report.waiting += looked->waiting;
        report.dropped += looked->dropped;
        return std::move(looked->claimed);
    }
    // One by one, then, and without another: the outcome counts whatever becomes of the next.
    for (std::size_t i = 0; i < settling.batch.size(); ++i) {
        if (!settleAlone(settling.batch[i], i < settling.outcomes.size() ? &settling.outcomes[i] : nullptr, report))
            break;
    }
    if (!report.stoppedBy)
        report.stoppedBy = looked.error();
    return {};
}

// Without an outcome: it was not tried.
bool Sender::settleAlone(const Claimed& claimed, const SendOutcome* outcome, Report& report) {
    const OutboxItem& item = claimed.item;
    const auto alone = wait(m_store.write(sendAction(item, 1), [&](WriteContext& write) -> Result<> {
        if (outcome != nullptr)
            record(write, item, *outcome, m_surroundings());
        else
            OutboxRepository(write.db).putBack(write, item.id, "not tried");
        return {};
    }));
    if (!alone) {
        // The outcome is known but could not be written: it stays `sending`, which is `unknown` at the
        // next start. Never the other way round.
        qCCritical(logSend, "the outcome of message %lld could not be recorded", static_cast<long long>(item.id.value));
        report.stoppedBy = alone.error();
        return false;
    }
    if (outcome != nullptr)
        tell(item, *outcome, report);
    return true;
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
