// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace outrider::exchange {

// In "03/04/2024", which comes first. Dots always mean the day.
enum class DateOrder { Unknown, DayFirst, MonthFirst };

// Decides the order of a column from all its cells together.
class DateOrderFinder {
public:
    void observe(std::string_view cell);

    // Unknown: no cell tells, or the cells contradict each other.
    DateOrder order() const;

    bool contradictory() const { return m_dayFirst > 0 && m_monthFirst > 0; }

    // Some cells cannot be read without knowing, and nothing tells.
    bool undecidable() const { return m_ambiguous > 0 && order() == DateOrder::Unknown; }

private:
    std::int64_t m_dayFirst = 0;
    std::int64_t m_monthFirst = 0;
    std::int64_t m_ambiguous = 0;
    std::int64_t m_twelveHours = 0; // "2:30 PM" goes with the month first
};

// ISO 8601, "12.3.2024", "3/12/2024 2:30 PM", "12 Mar 2024", "7-Feb-22", "März 12, 2024", RFC 5322,
// and, when `serials` is set, days since 1900 as spreadsheets count them and Unix times. Without a
// zone: UTC. Nothing when it is no date, does not exist or its order is not known.
std::optional<Instant> parseDate(std::string_view cell, DateOrder order, bool serials);

} // namespace outrider::exchange
