// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deliverability.h"

#include <optional>

namespace outrider::outreach {

// What is known of a mailbox when it is judged.
struct HealthFacts {
    const Mailbox& mailbox;
    const DnsReport* dns = nullptr;     // none: not asked yet
    const ProbeReport* probe = nullptr; // none: not sent yet
    std::int64_t sentInAWeek = 0;
    std::int64_t bounced = 0;
    std::int64_t refused = 0;
    std::int64_t sentInAMonth = 0;
    std::int64_t replies = 0;
    int sentInADay = 0;
    int limitToday = 0; // of 24 hours, the ramp's while it rises
    Instant now{};
};

// The health of a mailbox, each point with its reason: authentication 45 (SPF 15, DKIM 15, DMARC 10, MX 5), bounces 20,
// refusals 10, volume 10, replies 10, connection 5. What cannot be judged yet is left out of the whole.
MailboxHealth healthOf(const HealthFacts& facts);

} // namespace outrider::outreach
