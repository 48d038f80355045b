// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace outrider {

// Meeting::recurrence of an occurrence that was to begin then: "20261124T090000Z"; of whole days "20261124".
inline std::string occurrenceKey(Instant start) {
    std::string text = toIso8601(start);
    text.resize(text.find('.'));
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text + 'Z';
}

inline std::string occurrenceKey(std::chrono::sys_days day) {
    std::string text = toIsoDate(day);
    std::erase(text, '-');
    return text;
}

} // namespace outrider
