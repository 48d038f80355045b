// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox_pause.h"
#include "core/store/store.h"

#include <optional>
#include <string_view>

namespace outrider::outreach {

// What a mailbox sent lately, and what came of it.
struct MailboxWeek {
    std::int64_t sent = 0;
    std::int64_t bounced = 0; // as far as known: bounces come hours later
    std::int64_t refused = 0; // by the server, at sending
};

// Why it is better not to send on: pauseReasons::bounces, pauseReasons::errors; nullopt: nothing speaks against it. Of
// fewer than twenty messages nothing is concluded.
std::optional<std::string_view> reasonToPause(const PauseRules& rules, const MailboxWeek& week);

// Whether a server's answer refuses the sender and not the message or its recipient: "550 5.7.1 …" (RFC 3463 §3.8). Not
// 5.7.12x and 5.7.13x, with which Exchange says that a recipient takes mail of its own people only.
bool isPolicyRefusal(std::string_view answer);

// Pauses an active mailbox at once when its own server has answered that, with the server's words; whether it did. What
// servers further on say, in bounces, is theirs to decide for their recipients, and counts among the bounces.
bool pauseWhenRefused(store::WriteContext& write, MailboxId id, std::string_view answer);

// Pauses an active mailbox when its last seven days are a reason to; what waits in it is held, not dropped, until a
// person resumes it. Practice mailboxes bounce on purpose and go on. Throws StoreException.
void pauseWhenUnhealthy(store::WriteContext& write, MailboxId id);

} // namespace outrider::outreach
