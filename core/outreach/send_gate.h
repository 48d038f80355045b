// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/lead.h"
#include "core/domain/mailbox.h"
#include "core/domain/outbox.h"
#include "core/domain/send_check.h"
#include "core/outreach/planner.h"
#include "core/outreach/send_limits.h"

#include <functional>
#include <optional>
#include <vector>

namespace outrider::outreach {

// Whether a lead that can be reached like that may be sent anything: an address that does not exist says nothing of a phone.
constexpr bool isReachable(Reach reach, Channel channel) {
    return reach == Reach::Ok || (channel == Channel::Sms && reach == Reach::Bounced);
}

// Everything that decides whether one message may leave now.
struct SendGateInput {
    Instant now{};
    bool everythingHeld = false; // the person's switch
    bool fenced = false;         // the send fence is up and nobody has released this one
    const OutboxItem& item;
    const Mailbox& mailbox;

    bool suppressed = false; // address, domain or the lead itself
    bool strategyEnded = false;

    // Of a strategy's message, and of every text message (withinTextHours); none for an e-mail written by hand, which
    // leaves at any hour.
    std::optional<Window> window;
    const Zone& zone; // the lead's
    const DaysOff& daysOff;
    std::optional<ContactGap> gap = {}; // of a strategy's message

    // From the ledger.
    // When the n-th newest hand-over of that scope was; nullopt: there were not so many.
    std::function<std::optional<Instant>(SendLimit::Scope, int n)> handedOver;
};

struct SendGate {
    enum class Verdict { Go, Wait, Drop };
    Verdict verdict = Verdict::Go;
    WaitReason reason = WaitReason::None;
    Instant earliestAt{}; // of Wait: not before; when the reason goes by itself
};

// The rule, as a pure function: what the sender asks before it claims, and what the outbox's list
// shows as the reason. Every waiting message gets a reason and a time; the time always lies ahead, so
// a limiter cannot stand still.
SendGate sendGate(const SendGateInput& input);

// Each question by itself, in the gate's order: those before the one that keeps the message have passed, those behind it
// are asked later. The gate's answer is the first that waits.
std::vector<SendCheck> sendChecks(const SendGateInput& input);

} // namespace outrider::outreach
