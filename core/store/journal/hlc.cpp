// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/hlc.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace outrider::store {

namespace {

std::int64_t hex(std::string_view digits) {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

} // namespace

std::string nextHlc(std::string_view last, Instant now, std::uint16_t replica) {
    std::int64_t millis = std::max<std::int64_t>(toEpochMillis(now), 0);
    std::int64_t counter = 0;
    if (last.size() == 20) {
        const auto lastMillis = hex(last.substr(0, 12));
        if (lastMillis >= millis) {
            millis = lastMillis;
            counter = hex(last.substr(12, 4)) + 1;
            if (counter > 0xFFFF) {
                ++millis;
                counter = 0;
            }
        }
    }
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%012llx%04llx%04x", static_cast<unsigned long long>(millis),
                  static_cast<unsigned long long>(counter), unsigned(replica));
    return text.data();
}

} // namespace outrider::store
