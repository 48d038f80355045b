// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outreach/zone.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outrider::outreach {

// The public holidays of one country, those that hold all over it, from 2000 to 2099; with the days that stand in where a
// holiday on a weekend is made up for. Immutable.
class HolidayCalendar {
public:
    explicit HolidayCalendar(std::string_view country);

    const std::string& country() const { return m_country; } // ISO 3166-1 alpha-2
    bool contains(LocalDay day) const;
    // As it is called there; empty: no holiday.
    std::string_view nameOf(LocalDay day) const;
    std::vector<std::pair<LocalDay, std::string_view>> ofYear(int year) const;

private:
    void addYear(int year);
    void add(LocalDay day, std::string_view name);

    std::string m_country;
    std::vector<std::string_view> m_names;
    std::vector<std::uint8_t> m_days; // for each day from 2000 on its name's place in m_names plus one; 0: none
};

// nullptr: of that country nothing is known here. Computed once, at the first question.
const HolidayCalendar* holidaysIn(std::string_view countryCode);
std::vector<std::string_view> countriesWithHolidays();

} // namespace outrider::outreach
