// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// The calendars a mail carries (text/calendar, application/ics, an attached .ics), as UTF-8: invitations, answers to them,
// cancellations (RFC 6047). The same text twice, as most programs send it, is given once; three at most. Thread-safe;
// linear in the size of the mail.
std::vector<std::string> calendarTexts(std::string_view raw);

} // namespace outrider::transport
