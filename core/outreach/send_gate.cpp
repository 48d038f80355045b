// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/send_gate.h"

#include <algorithm>

namespace outrider::outreach {

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
        const auto opens = firstMomentInside(*input.window, input.zone, input.daysOff, input.now);
        if (!opens) // a window that never opens: look again tomorrow, somebody may change it
            return wait(WaitReason::OutsideHours, input.now + std::chrono::hours(24));
        if (*opens > input.now)
            return wait(WaitReason::OutsideHours, *opens);
    }
    if (input.handedOverInADay >= input.mailbox.dailyLimit)
        return wait(WaitReason::DailyLimit, input.limitFreeAt.value_or(input.now + std::chrono::hours(24)));
    if (input.lastHandedOverAt) {
        const Instant spaced = *input.lastHandedOverAt + std::chrono::seconds(input.mailbox.spacingSeconds);
        if (spaced > input.now)
            return wait(WaitReason::Spacing, spaced);
    }
    return {Verdict::Go, WaitReason::None, input.now};
}

} // namespace outrider::outreach
