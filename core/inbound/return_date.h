// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace outrider::inbound {

// The day somebody says to be back on, in English, German, French, Spanish, Italian, Dutch, Portuguese or
// Polish: "back on Monday", "bis einschließlich 12.12.", "de retour le 5 janvier", "12/05/2026".
//
// `written` is the day the mail was written, where it was written: it tells which year, which Monday, and
// of 04/05 which of the two is the month. A day in the past, or more than 400 days ahead, is none.
std::optional<std::chrono::sys_days> findReturnDate(std::string_view text, std::optional<std::chrono::sys_days> written);

} // namespace outrider::inbound
