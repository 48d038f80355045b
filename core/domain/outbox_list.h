// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"
#include "core/domain/outbox.h"

#include <optional>
#include <string>

namespace outrider {

// One message in the outbox's list.
struct OutboxRow {
    OutboxItem item; // without its raw bytes
    std::string leadName;
    std::string companyName;
    std::string strategyName; // empty: written by hand
    int step = -1;            // 0-based
    std::string mailboxAddress;
    std::optional<MailboxState> mailboxState; // none: the mailbox is gone
};

struct OutboxCounts {
    int waiting = 0; // queued or held
    int unknown = 0;
    int refused = 0; // today
    int sentToday = 0;
    std::optional<Instant> nextAt; // when the next one may leave
    std::optional<Instant> lastAt; // when the last of those with a time may
};

} // namespace outrider
