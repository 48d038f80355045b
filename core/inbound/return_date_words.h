// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace outrider::inbound {

// Private to return_date: the words of eight languages that tell days, lower case and without accents.

using Numbers = std::map<std::string_view, int>;

const Numbers& months();   // 1 to 12
const Numbers& weekdays(); // 1 Monday … 7 Sunday

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isTomorrow(std::string_view word);
bool isReturn(std::string_view word);    // somebody comes back
bool isUntil(std::string_view word);     // somebody is away up to a day
bool isInclusive(std::string_view word); // …and on that day too
// "between 3 and 14 August", "tussen 3 en 14 augustus": the second day is the last.
bool isAnd(std::string_view word);
bool isBetween(std::string_view word);

} // namespace outrider::inbound
