// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include "core/base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace outrider::transport {

// RFC 3501 §9 date-time: "17-Jul-1996 02:44:25 -0700".
std::optional<Instant> parseImapDateTime(std::string_view text);
std::string imapDateTime(Instant instant); // in UTC

// "1-Feb-2026".
std::string imapDate(std::chrono::sys_days day);

} // namespace outrider::transport
