// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/mailbox.h"
#include "core/domain/outbox.h"

#include <chrono>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// At most `most` hand-overs in any window of that length.
struct SendLimit {
    enum class Scope {
        Mailbox,
        Domain, // to the recipient's domain, from any mailbox
    };
    WaitReason reason = WaitReason::DailyLimit;
    Scope scope = Scope::Mailbox;
    Millis window{};
    int most = 0;

    bool operator==(const SendLimit&) const = default;
};

// What a provider takes from one mailbox at most, as it says itself; 0: it does not say.
// support.google.com/a/answer/166852; Exchange Online limits, "Sending limits".
struct Provider {
    std::string_view name;
    int perMinute = 0;
    int perDay = 0;
};

// By the server mail leaves through; nullptr: none we know of.
const Provider* providerOf(const Mailbox& mailbox);

// Everything that limits a message of that mailbox to that domain at a moment: the mailbox's own limits, its ramp and
// its provider's.
std::vector<SendLimit> limitsOf(const Mailbox& mailbox, std::string_view recipientDomain, Instant now);

// How many may leave in 24 hours by the ramp; the daily limit when there is none or it is over. Never less on a later
// day, and never more than the step more.
int rampAllows(const Mailbox& mailbox, Instant now);
// When the ramp allows more; max() when it is over.
Instant rampRises(const Mailbox& mailbox, Instant now);

// The time kept after a hand-over of that mailbox: between spacingSeconds and spacingUpTo, drawn from its moment, so that
// everything that waits waits equally long and nothing overtakes.
std::chrono::seconds spacingAfter(const Mailbox& mailbox, Instant handOver);

// Whether a reason to wait is the mailbox's, and so that of everything in it.
bool isOfMailbox(WaitReason reason);

} // namespace outrider::outreach
