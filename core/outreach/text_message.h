// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"

#include <optional>
#include <string_view>

namespace outrider::outreach {

// How many parts a text message is sent and paid as: 160 characters of the GSM alphabet in one, 153 in each of several; 70
// and 67 units of UTF-16 as soon as a single character is not in that alphabet (3GPP TS 23.038, TS 23.040).
struct TextSize {
    bool unicode = false;
    int units = 0;
    int segments = 0;
    std::string_view firstOutside; // the first character that is not in the GSM alphabet; empty: none

    bool operator==(const TextSize&) const = default;
};

TextSize textSize(std::string_view utf8);

inline constexpr int mostTextCharacters = 1600;
int charactersOf(std::string_view utf8);

// When text messages may reach anybody: from 8 to 21 on the recipient's clock, every day of the week (47 CFR 64.1200(c)(1)).
inline constexpr Window textHours{.days = Weekdays::all(), .startMinute = 8 * 60, .endMinute = 21 * 60};

// What is left of a window within those hours; it may never open.
Window withinTextHours(const std::optional<Window>& window);

} // namespace outrider::outreach
