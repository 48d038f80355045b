// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"

#include <string_view>

namespace outrider {

// stateReason of a mailbox that paused by itself (core/outreach/mailbox_health.h); empty when a person paused it.
namespace pauseReasons {
inline constexpr std::string_view bounces = "bounce_rate";
inline constexpr std::string_view errors = "error_rate";
inline constexpr std::string_view policy = "policy_refusal"; // stateDetail has the server's words
} // namespace pauseReasons

// Stopped, and not by a person.
inline bool needsPerson(const Mailbox& mailbox) {
    return mailbox.state == MailboxState::NeedsAttention
           || (mailbox.state == MailboxState::Paused && !mailbox.stateReason.empty());
}

} // namespace outrider
