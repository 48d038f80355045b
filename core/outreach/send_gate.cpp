// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/send_gate.h"

#include <algorithm>

namespace outrider::outreach {

namespace {

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
    if (input.window) {
        std::vector<PlanReason> trace;
        const auto opens = firstMomentInside(*input.window, input.zone, input.daysOff, input.now, &trace);
        if (!opens) // a window that never opens: look again tomorrow, somebody may change it
            return wait(WaitReason::OutsideHours, input.now + std::chrono::hours(24));
        if (*opens > input.now)
            return wait(std::ranges::find(trace, PlanReason::DayOff) == trace.end() ? WaitReason::OutsideHours
                                                                                    : WaitReason::DayOff,
                        *opens);
    }
    return limitsGate(input);
}

} // namespace outrider::outreach
