// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outreach/holidays.h"

#include <cstdint>
#include <span>

namespace outrider::outreach {

// How the day of a holiday is found in a year.
struct HolidayDate {
    enum class Kind : std::uint8_t { Fixed, Easter, OrthodoxEaster, NthWeekday, LastWeekday, WeekdayOnOrAfter };
    Kind kind = Kind::Fixed;
    int month = 0;
    int day = 0;     // or days after Easter Sunday
    int weekday = 0; // ISO: 1 is Monday
    int nth = 0;
};

struct HolidayRule {
    std::string_view country;
    HolidayDate date;
    std::string_view name;
};

// All there are, by country (holiday_rules.cpp names its sources).
std::span<const HolidayRule> holidayRules();

} // namespace outrider::outreach
