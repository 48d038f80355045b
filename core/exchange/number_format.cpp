// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/number_format.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>

namespace outrider::exchange {

namespace {

constexpr double lastDay = 2958466; // 10000-01-01, which no spreadsheet shows as a date

std::string padded(std::int64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string clockText(std::int64_t seconds) {
    return padded(seconds / 3600, 2) + ':' + padded(seconds / 60 % 60, 2) + ':' + padded(seconds % 60, 2);
}

std::string dateText(double serial, const NumberFormat& format, bool from1904) {
    constexpr std::int64_t secondsOfDay = 86400;
    auto day = static_cast<std::int64_t>(std::floor(serial));
    auto seconds = static_cast<std::int64_t>(std::llround((serial - std::floor(serial)) * double(secondsOfDay)));
    if (seconds == secondsOfDay) {
        ++day;
        seconds = 0;
    }
    if (format.elapsed)
        return clockText(day * secondsOfDay + seconds);
    if (!format.date || (day == 0 && !from1904))
        return clockText(seconds);
    using std::chrono::days;
    using std::chrono::sys_days;
    using std::chrono::year;
    sys_days base = sys_days(year(1899) / 12 / 30);
    if (from1904)
        base = sys_days(year(1904) / 1 / 1);
    else if (day < 60) // the twenty-ninth of February 1900, which never was, is day 60
        base = sys_days(year(1899) / 12 / 31);
    const std::chrono::year_month_day date(base + days(day));
    std::string text =
        padded(int(date.year()), 4) + '-' + padded(unsigned(date.month()), 2) + '-' + padded(unsigned(date.day()), 2);
    if (format.time || seconds != 0)
        text += ' ' + clockText(seconds);
    return text;
}

// As a person would write it: whole numbers without a point or an exponent.
std::string plainText(double value) {
    std::array<char, 32> text{};
    const bool whole = value == std::floor(value) && std::fabs(value) < 1e17;
    std::snprintf(text.data(), text.size(), whole ? "%.0f" : "%.15g", value);
    return text.data();
}

} // namespace

NumberFormat builtInFormat(int id) {
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return {.date = true};
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47)
        return {.time = true};
    if (id == 22)
        return {.date = true, .time = true};
    if (id == 46)
        return {.time = true, .elapsed = true};
    return {};
}

NumberFormat parseNumberFormat(std::string_view code) {
    NumberFormat format;
    std::size_t zeros = 0;
    bool onlyZeros = true;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const auto end = std::min(code.find(']', i), code.size());
            const auto inside = code.substr(i + 1, end - i - 1);
            if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos)
                format.time = format.elapsed = true;
            i = end;
        } else {
            const char low = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
            format.date |= low == 'd' || low == 'y';
            format.time |= low == 'h' || low == 's';
            if (low == 'm' && !format.time)
                format.date |= code.find_first_of("hHsS", i) == std::string_view::npos || format.date;
            zeros += c == '0' ? 1 : 0;
            onlyZeros &= c == '0';
        }
    }
    if (code == "General" || code == "GENERAL" || code.substr(0, 8) == "Standard")
        return {};
    if (!format.date && !format.time && onlyZeros && zeros > 1 && zeros < 20)
        format.digits = static_cast<int>(zeros);
    return format;
}

std::string numberText(std::string_view raw, const NumberFormat& format, bool from1904) {
    double value = 0;
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
    if (error != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value))
        return std::string(raw);
    if ((format.date || format.time) && value >= 0 && (value < lastDay || format.elapsed) && value < 1e9)
        return dateText(value, format, from1904);
    std::string text = plainText(value);
    if (format.digits > 0 && text.find_first_not_of("0123456789") == std::string::npos
        && text.size() < static_cast<std::size_t>(format.digits))
        text.insert(0, static_cast<std::size_t>(format.digits) - text.size(), '0');
    return text;
}

} // namespace outrider::exchange
