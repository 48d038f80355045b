// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_date.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace outrider::transport {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> monthNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

} // namespace

std::optional<Instant> parseImapDateTime(std::string_view text) {
    constexpr std::size_t length = 26; // " 1-Jul-1996 02:44:25 -0700"
    if (text.size() == length - 1)     // a day without its leading space
        return parseImapDateTime(" " + std::string(text));
    if (text.size() != length || text[2] != '-' || text[6] != '-' || text[14] != ':' || text[17] != ':')
        return std::nullopt;
    unsigned month = 0;
    while (month < monthNames.size() && monthNames[month] != text.substr(3, 3))
        ++month;
    const auto day = digits(text.substr(text[0] == ' ' ? 1 : 0, text[0] == ' ' ? 1 : 2));
    const auto year = digits(text.substr(7, 4));
    const auto hour = digits(text.substr(12, 2));
    const auto minute = digits(text.substr(15, 2));
    const auto second = digits(text.substr(18, 2));
    const auto zone = digits(text.substr(22, 4));
    if (month == monthNames.size() || !day || !year || !hour || !minute || !second || !zone)
        return std::nullopt;
    const year_month_day date{std::chrono::year(*year), std::chrono::month(month + 1),
                              std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60 || (text[21] != '+' && text[21] != '-'))
        return std::nullopt;
    const auto offset = hours(*zone / 100) + minutes(*zone % 100);
    const Instant local = sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second);
    return text[21] == '+' ? local - offset : local + offset;
}

std::string imapDateTime(Instant instant) {
    const auto day = floor<days>(instant);
    const year_month_day date(day);
    const hh_mm_ss time(floor<seconds>(instant - day));
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "%2u-%s-%04d %02d:%02d:%02d +0000", unsigned(date.day()),
                  monthNames[unsigned(date.month()) - 1].data(), int(date.year()), int(time.hours().count()),
                  int(time.minutes().count()), int(time.seconds().count()));
    return out.data();
}

std::string imapDate(sys_days day) {
    const year_month_day date(day);
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%u-%s-%04d", unsigned(date.day()), monthNames[unsigned(date.month()) - 1].data(),
                  int(date.year()));
    return out.data();
}

} // namespace outrider::transport
