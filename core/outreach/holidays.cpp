// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/holidays.h"

#include "core/outreach/holiday_rules.h"

#include <algorithm>
#include <map>

namespace outrider::outreach {

namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::year;

constexpr int firstYear = 2000;
constexpr int lastYear = 2099;
constexpr LocalDay firstDay{year(firstYear) / 1 / 1};
constexpr LocalDay endDay{year(lastYear + 1) / 1 / 1};

LocalDay date(int y, int m, int d) { return LocalDay{year(y) / month(unsigned(m)) / std::chrono::day(unsigned(d))}; }

// Anonymous Gregorian algorithm (Nature, 1876; Meeus, Astronomical Algorithms, ch. 8).
LocalDay easterSunday(int y) {
    const int a = y % 19;
    const int b = y / 100;
    const int c = y % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return date(y, n / 31, n % 31 + 1);
}

// Meeus's Julian algorithm; the Julian calendar is 13 days behind until 2099.
LocalDay orthodoxSunday(int y) {
    const int d = (19 * (y % 19) + 15) % 30;
    const int e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    const int n = d + e + 114;
    return date(y, n / 31, n % 31 + 1) + days(13);
}

LocalDay onOrAfter(LocalDay from, int weekday) { return from + days((weekday + 7 - int(isoWeekday(from))) % 7); }

LocalDay dayIn(int y, const HolidayDate& rule) {
    switch (rule.kind) {
    case HolidayDate::Kind::Fixed:
        return date(y, rule.month, rule.day);
    case HolidayDate::Kind::Easter:
        return easterSunday(y) + days(rule.day);
    case HolidayDate::Kind::OrthodoxEaster:
        return orthodoxSunday(y) + days(rule.day);
    case HolidayDate::Kind::NthWeekday:
        return onOrAfter(date(y, rule.month, 1), rule.weekday) + days(7 * (rule.nth - 1));
    case HolidayDate::Kind::LastWeekday: {
        const LocalDay next = rule.month == 12 ? date(y + 1, 1, 1) : date(y, rule.month + 1, 1);
        return onOrAfter(next - days(7), rule.weekday);
    }
    case HolidayDate::Kind::WeekdayOnOrAfter:
        return onOrAfter(date(y, rule.month, rule.day), rule.weekday);
    }
    return {};
}

// What is made of a holiday on a weekend.
enum class Substitute { None, NextFreeWeekday, MondayForSunday, NearestWeekday };

Substitute substituteIn(std::string_view country) {
    if (country == "US")
        return Substitute::NearestWeekday;
    if (country == "ZA")
        return Substitute::MondayForSunday;
    for (const std::string_view one : {"AU", "CA", "GB", "IE", "NZ"}) {
        if (country == one)
            return Substitute::NextFreeWeekday;
    }
    return Substitute::None;
}

} // namespace

HolidayCalendar::HolidayCalendar(std::string_view country)
    : m_country(country),
      m_days(std::size_t((endDay - firstDay).count())) {
    for (int y = firstYear; y <= lastYear; ++y)
        addYear(y);
}

void HolidayCalendar::addYear(int y) {
    std::vector<std::pair<LocalDay, std::string_view>> found;
    for (const HolidayRule& rule : holidayRules()) {
        if (rule.country == m_country)
            found.emplace_back(dayIn(y, rule.date), rule.name);
    }
    if (m_country == "NL" && isoWeekday(date(y, 4, 27)) == 7) // the king's day is never kept on a Sunday
        std::ranges::replace(found, std::pair(date(y, 4, 27), std::string_view("Koningsdag")),
                             std::pair(date(y, 4, 26), std::string_view("Koningsdag")));
    std::ranges::sort(found);
    for (const auto& [day, name] : found)
        add(day, name);
    const Substitute substitute = substituteIn(m_country);
    for (const auto& [day, name] : found) {
        const unsigned weekday = isoWeekday(day);
        if (weekday < 6 || substitute == Substitute::None)
            continue;
        LocalDay instead = day + days(1);
        if (substitute == Substitute::NearestWeekday) {
            instead = weekday == 6 ? day - days(1) : day + days(1);
        } else if (substitute == Substitute::MondayForSunday) {
            if (weekday == 6)
                continue;
        } else {
            while (isoWeekday(instead) > 5 || contains(instead))
                instead += days(1);
        }
        if (!contains(instead))
            add(instead, name);
    }
}

void HolidayCalendar::add(LocalDay day, std::string_view name) {
    if (day < firstDay || day >= endDay || contains(day))
        return;
    const auto known = std::ranges::find(m_names, name);
    m_days[std::size_t((day - firstDay).count())] = std::uint8_t(known - m_names.begin() + 1);
    if (known == m_names.end())
        m_names.push_back(name);
}

bool HolidayCalendar::contains(LocalDay day) const {
    return day >= firstDay && day < endDay && m_days[std::size_t((day - firstDay).count())] != 0;
}

std::string_view HolidayCalendar::nameOf(LocalDay day) const {
    return contains(day) ? m_names[std::size_t(m_days[std::size_t((day - firstDay).count())] - 1)] : std::string_view();
}

std::vector<std::pair<LocalDay, std::string_view>> HolidayCalendar::ofYear(int y) const {
    std::vector<std::pair<LocalDay, std::string_view>> out;
    for (LocalDay day = date(y, 1, 1); day < date(y + 1, 1, 1); day += days(1)) {
        if (contains(day))
            out.emplace_back(day, nameOf(day));
    }
    return out;
}

namespace {

const std::map<std::string_view, HolidayCalendar>& calendars() {
    static const auto all = [] {
        std::map<std::string_view, HolidayCalendar> made;
        for (const HolidayRule& rule : holidayRules())
            made.try_emplace(rule.country, rule.country);
        return made;
    }();
    return all;
}

} // namespace

const HolidayCalendar* holidaysIn(std::string_view countryCode) {
    const auto found = calendars().find(countryCode);
    return found == calendars().end() ? nullptr : &found->second;
}

std::vector<std::string_view> countriesWithHolidays() {
    std::vector<std::string_view> out;
    for (const auto& [code, calendar] : calendars())
        out.push_back(code);
    return out;
}

} // namespace outrider::outreach
