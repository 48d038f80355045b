// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/send_gate.h"

#include <algorithm>

namespace outrider::outreach {

namespace {

bool isDayOff(const std::vector<PlanReason>& trace) {
    return std::ranges::any_of(trace,
                               [](PlanReason reason) { return reason == PlanReason::DayOff || reason == PlanReason::Holiday; });
}

// Of all the limits that are reached, the one that lasts longest is the reason.
SendGate limitsGate(const SendGateInput& input) {
    SendGate gate{SendGate::Verdict::Go, WaitReason::None, input.now};
    const auto until = [&](WaitReason reason, Instant earliest) {
        if (earliest > gate.earliestAt)
            gate = {SendGate::Verdict::Wait, reason, earliest};
    };
    const std::string_view recipient = input.item.recipientKey;
    for (const SendLimit& limit : limitsOf(input.mailbox, recipient.substr(recipient.rfind('@') + 1), input.now)) {
        if (limit.most <= 0) {
            until(limit.reason, input.now + limit.window);
            continue;
        }
        const auto before = input.handedOver(limit.scope, limit.most);
        if (!before || *before + limit.window <= input.now)
            continue;
        Instant free = *before + limit.window;
        if (limit.reason == WaitReason::RampLimit)
            free = std::min(free, std::max(rampRises(input.mailbox, input.now), input.now + Millis(1)));
        until(limit.reason, free);
    }
    if (const auto last = input.handedOver(SendLimit::Scope::Mailbox, 1))
        until(WaitReason::Spacing, *last + spacingAfter(input.mailbox, *last));
    return gate;
}

} // namespace

SendGate sendGate(const SendGateInput& input) {
    using Verdict = SendGate::Verdict;
    const auto wait = [&](WaitReason reason, Instant until) {
        return SendGate{Verdict::Wait, reason, std::max(until, input.now + Millis(1))};
    };
    constexpr auto lookAgain = std::chrono::minutes(1); // for what only a person ends

    if (input.suppressed || input.strategyEnded)
        return {Verdict::Drop, WaitReason::None, input.now};
    if (input.fenced || (input.item.state == OutboxState::Held && input.item.waitReason == WaitReason::SendFence))
        return wait(WaitReason::SendFence, input.now + lookAgain);
    if (input.everythingHeld || (input.item.state == OutboxState::Held && input.item.waitReason == WaitReason::HeldByUser))
        return wait(WaitReason::HeldByUser, input.now + lookAgain);
    if (input.item.earliestAt > input.now)
        return wait(input.item.waitReason, input.item.earliestAt);
    if (input.mailbox.state == MailboxState::Paused)
        return wait(WaitReason::MailboxPaused, input.now + lookAgain);
    if (input.mailbox.state == MailboxState::NeedsAttention)
        return wait(WaitReason::MailboxSignedOut, input.now + lookAgain);
    if (input.gap && input.gap->until > input.now)
        return wait(input.gap->reason, input.gap->until);
    if (input.window) {
        std::vector<PlanReason> trace;
        const auto opens = firstMomentInside(*input.window, input.zone, input.daysOff, input.now, &trace);
        if (!opens) // a window that never opens: look again tomorrow, somebody may change it
            return wait(WaitReason::OutsideHours, input.now + std::chrono::hours(24));
        if (*opens > input.now)
            return wait(isDayOff(trace) ? WaitReason::DayOff : WaitReason::OutsideHours, *opens);
    }
    return limitsGate(input);
}

std::vector<SendCheck> sendChecks(const SendGateInput& input) {
    using What = SendCheck::What;
    using State = SendCheck::State;
    const SendGate gate = sendGate(input);
    std::vector<SendCheck> checks;
    bool waits = false;
    // Asked one after another; behind the first that waits nothing has been asked.
    const auto ask = [&](What what, bool stops, WaitReason reason = WaitReason::None) {
        checks.push_back({.what = what, .state = waits ? State::Later : stops ? State::Waits : State::Passed, .reason = reason});
        if (checks.back().state == State::Waits && gate.verdict == SendGate::Verdict::Wait && gate.earliestAt > input.now)
            checks.back().until = gate.earliestAt;
        waits = waits || stops;
        return checks.back().state == State::Waits;
    };
    const bool held = input.item.state == OutboxState::Held && input.item.waitReason == WaitReason::HeldByUser;
    ask(What::Reach, input.suppressed);
    if (input.item.enrolment)
        ask(What::Strategy, input.strategyEnded);
    const bool fenced = input.fenced || (input.item.state == OutboxState::Held && input.item.waitReason == WaitReason::SendFence);
    if (ask(What::Fence, fenced, WaitReason::SendFence) || ask(What::Hold, input.everythingHeld || held, WaitReason::HeldByUser))
        checks.back().until.reset(); // only a person ends that
    if (checks.back().what == What::Fence)
        ask(What::Hold, input.everythingHeld || held, WaitReason::HeldByUser);
    // What it waits for by its own row: the reasons below are asked anew.
    const WaitReason own = input.item.waitReason;
    const bool timed = own == WaitReason::UndoWindow || own == WaitReason::RetryLater || own == WaitReason::Offline;
    if (timed)
        ask(What::Time, input.item.earliestAt > input.now, own);
    const bool paused = input.mailbox.state == MailboxState::Paused;
    if (ask(What::Mailbox, input.mailbox.state != MailboxState::Active,
            paused ? WaitReason::MailboxPaused : WaitReason::MailboxSignedOut))
        checks.back().until.reset();
    if (input.gap && ask(What::Time, input.gap->until > input.now, input.gap->reason))
        checks.back().until = input.gap->until;
    if (input.window) {
        std::vector<PlanReason> trace;
        const auto opens = firstMomentInside(*input.window, input.zone, input.daysOff, input.now, &trace);
        ask(What::Hours, !opens || *opens > input.now, isDayOff(trace) ? WaitReason::DayOff : WaitReason::OutsideHours);
        checks.back().until = opens && *opens > input.now ? opens : std::nullopt;
    }
    const std::string_view recipient = input.item.recipientKey;
    for (const SendLimit& limit : limitsOf(input.mailbox, recipient.substr(recipient.rfind('@') + 1), input.now)) {
        // How many of it are used: the newest hand-overs that lie within its window, found by halving.
        const auto within = [&](int n) {
            const auto at = input.handedOver(limit.scope, n);
            return at && *at + limit.window > input.now;
        };
        int used = 0;
        for (int beyond = limit.most + 1; beyond - used > 1;) {
            const int middle = used + (beyond - used) / 2;
            (within(middle) ? used : beyond) = middle;
        }
        if (ask(What::Limit, used >= limit.most, limit.reason) && limit.most > 0) {
            if (const auto before = input.handedOver(limit.scope, limit.most))
                checks.back().until = *before + limit.window;
        }
        checks.back().free = std::max(0, limit.most - used);
        checks.back().most = limit.most;
    }
    const auto last = input.handedOver(SendLimit::Scope::Mailbox, 1);
    const auto spaced = last ? *last + spacingAfter(input.mailbox, *last) : input.now;
    ask(What::Spacing, spaced > input.now, WaitReason::Spacing);
    checks.back().until = spaced > input.now ? std::optional(spaced) : std::nullopt;
    return checks;
}

} // namespace outrider::outreach
