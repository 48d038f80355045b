// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include <array>
#include <cstdio>
#include <optional>

namespace outrider {

namespace chrono = std::chrono;

std::string toIso8601(Instant instant) {
    const auto day = chrono::floor<chrono::days>(instant);
    const chrono::year_month_day date(day);
    const chrono::hh_mm_ss time(instant - day);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()), int(time.seconds().count()),
                  int(time.subseconds().count()));
    return text.data();
}

std::string toIsoDate(chrono::sys_days day) { return toIso8601(Instant(day)).substr(0, 10); }

namespace {

class IsoReader {
public:
    explicit IsoReader(std::string_view text) : m_rest(text) {}

    bool atEnd() const { return m_rest.empty(); }

    bool skip(char wanted) {
        if (m_rest.empty() || m_rest.front() != wanted)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    std::optional<int> digits(std::size_t count) {
        if (m_rest.size() < count)
            return std::nullopt;
        int value = 0;
        for (const char c : m_rest.substr(0, count)) {
            if (c < '0' || c > '9')
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        m_rest.remove_prefix(count);
        return value;
    }

    // Any number of fraction digits, as milliseconds.
    std::optional<int> fraction() {
        int millis = 0;
        int scale = 100;
        bool any = false;
        while (!m_rest.empty() && m_rest.front() >= '0' && m_rest.front() <= '9') {
            millis += (m_rest.front() - '0') * scale;
            scale /= 10;
            any = true;
            m_rest.remove_prefix(1);
        }
        return any ? std::optional(millis) : std::nullopt;
    }

private:
    std::string_view m_rest;
};

std::optional<Instant> readIso8601(std::string_view text) {
    IsoReader in(text);
    const auto year = in.digits(4);
    if (!year || !in.skip('-'))
        return std::nullopt;
    const auto month = in.digits(2);
    if (!month || !in.skip('-'))
        return std::nullopt;
    const auto day = in.digits(2);
    if (!day)
        return std::nullopt;
    const chrono::year_month_day date{chrono::year(*year), chrono::month(unsigned(*month)), chrono::day(unsigned(*day))};
    if (!date.ok())
        return std::nullopt;
    Instant instant = chrono::sys_days(date);
    if (in.atEnd())
        return instant;

    if (!in.skip('T') && !in.skip(' '))
        return std::nullopt;
    const auto hour = in.digits(2);
    if (!hour || *hour > 23 || !in.skip(':'))
        return std::nullopt;
    const auto minute = in.digits(2);
    if (!minute || *minute > 59)
        return std::nullopt;
    instant += chrono::hours(*hour) + chrono::minutes(*minute);
    if (in.skip(':')) {
        const auto second = in.digits(2);
        if (!second || *second > 60)
            return std::nullopt;
        instant += chrono::seconds(*second);
        if (in.skip('.')) {
            const auto millis = in.fraction();
            if (!millis)
                return std::nullopt;
            instant += Millis(*millis);
        }
    }
    if (in.atEnd() || (in.skip('Z') && in.atEnd()))
        return instant;

    const bool ahead = in.skip('+');
    if (!ahead && !in.skip('-'))
        return std::nullopt;
    const auto zoneHour = in.digits(2);
    in.skip(':');
    const auto zoneMinute = in.digits(2);
    if (!zoneHour || *zoneHour > 14 || !zoneMinute || *zoneMinute > 59 || !in.atEnd())
        return std::nullopt;
    const auto offset = chrono::hours(*zoneHour) + chrono::minutes(*zoneMinute);
    return ahead ? instant - offset : instant + offset;
}

} // namespace

Result<Instant> parseIso8601(std::string_view text) {
    if (const auto instant = readIso8601(text))
        return *instant;
    return fail(ErrorCode::InvalidArgument, "not an ISO 8601 date: " + std::string(text));
}

Instant SystemClock::now() const { return chrono::floor<Millis>(chrono::system_clock::now()); }

OffsetClock::OffsetClock(Instant start) : m_offset(start - SystemClock().now()) {}

Instant OffsetClock::now() const { return SystemClock().now() + m_offset; }

} // namespace outrider
