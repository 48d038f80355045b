// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/days_off.h"

namespace outrider::outreach {

DaysOff::DaysOff() {
    static const auto none = std::make_shared<const std::set<LocalDay>>();
    m_own = none;
}

DaysOff::DaysOff(std::initializer_list<LocalDay> days) : m_own(std::make_shared<const std::set<LocalDay>>(days)) {}

void DaysOff::insert(LocalDay day) {
    auto days = *m_own;
    days.insert(day);
    m_own = std::make_shared<const std::set<LocalDay>>(std::move(days));
}

DaysOff DaysOff::with(const HolidayCalendar* country) const {
    DaysOff both = *this;
    both.m_country = country;
    return both;
}

std::string_view holidayBefore(LocalDay due, const DaysOff& daysOff) {
    constexpr int looked = 10;
    for (int back = 1; back <= looked; ++back) {
        if (daysOff.isHoliday(due - std::chrono::days(back)))
            return daysOff.country()->nameOf(due - std::chrono::days(back));
    }
    return {};
}

} // namespace outrider::outreach
