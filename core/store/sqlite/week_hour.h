// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace outrider::store {

// Where somebody is, as far as their row says.
struct Whereabouts {
    std::string_view timeZone;
    std::string_view country;
    std::string_view region;
    std::string_view phoneKey;
};

// The hour of the week there at that moment (0: Monday, 00:00 to 00:59); none where the zone is not known. For bringing
// rows of before there was such a column up to it; who logs an e-mail today knows it (outreach/lead_zone.h). Thread-safe.
std::optional<int> weekHourThere(std::int64_t epochMillis, const Whereabouts& where);

} // namespace outrider::store
