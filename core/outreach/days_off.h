// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outreach/holidays.h"
#include "core/outreach/zone.h"

#include <initializer_list>
#include <memory>
#include <set>

namespace outrider::outreach {

// Days nobody is reached on: days off of the person, and the holidays of the lead's country. A small value: cheap to copy.
class DaysOff {
public:
    DaysOff();
    DaysOff(std::initializer_list<LocalDay> days);

    void insert(LocalDay day);
    // These, and the holidays of a country; nullptr: without any.
    DaysOff with(const HolidayCalendar* country) const;

    bool contains(LocalDay day) const { return m_own->contains(day) || isHoliday(day); }
    bool isHoliday(LocalDay day) const { return m_country != nullptr && m_country->contains(day); }
    const HolidayCalendar* country() const { return m_country; }
    const std::set<LocalDay>& own() const { return *m_own; } // of the person

private:
    std::shared_ptr<const std::set<LocalDay>> m_own; // never null
    const HolidayCalendar* m_country = nullptr;
};

// The holiday a step due on `due` was moved over last, as it is called there; empty: none in the ten days before.
std::string_view holidayBefore(LocalDay due, const DaysOff& daysOff);

} // namespace outrider::outreach
