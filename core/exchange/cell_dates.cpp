// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/cell_dates.h"

#include "core/contact/text.h"
#include "core/exchange/cell_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

namespace outrider::exchange {

namespace {

using namespace std::chrono;
using contact::trimmed;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Numbers and words of a date, in order.
struct DateTokens {
    struct Token {
        int number = -1;
        int digits = 0;
        int month = 0;   // a month's name
        char before = 0; // what separates it from the one before
    };

    std::array<Token, 3> date{};
    int count = 0;
    std::string_view rest; // time and zone
    bool bad = false;
};

int monthOf(std::string_view word) {
    // clang-format off
    static const std::unordered_map<std::string_view, int> months{
        {"jan", 1}, {"january", 1}, {"januar", 1}, {"jänner", 1}, {"janner", 1}, {"janvier", 1},
        {"janv", 1}, {"enero", 1}, {"ene", 1}, {"gennaio", 1}, {"gen", 1}, {"januari", 1}, {"janeiro", 1},
        {"styczen", 1}, {"stycznia", 1}, {"sty", 1},
        {"feb", 2}, {"february", 2}, {"februar", 2}, {"fevrier", 2}, {"fevr", 2}, {"fev", 2},
        {"febrero", 2}, {"febbraio", 2}, {"februari", 2}, {"fevereiro", 2}, {"luty", 2}, {"lutego", 2},
        {"lut", 2},
        {"mar", 3}, {"march", 3}, {"marz", 3}, {"maerz", 3}, {"mrz", 3}, {"mars", 3}, {"marzo", 3},
        {"maart", 3}, {"mrt", 3}, {"marco", 3}, {"marzec", 3}, {"marca", 3},
        {"apr", 4}, {"april", 4}, {"avril", 4}, {"avr", 4}, {"abril", 4}, {"abr", 4}, {"aprile", 4},
        {"kwiecien", 4}, {"kwietnia", 4}, {"kwi", 4},
        {"may", 5}, {"mai", 5}, {"mayo", 5}, {"maggio", 5}, {"mag", 5}, {"mei", 5}, {"maio", 5}, {"maj", 5},
        {"maja", 5},
        {"jun", 6}, {"june", 6}, {"juni", 6}, {"juin", 6}, {"junio", 6}, {"giugno", 6}, {"giu", 6},
        {"junho", 6}, {"czerwiec", 6}, {"czerwca", 6}, {"cze", 6},
        {"jul", 7}, {"july", 7}, {"juli", 7}, {"juillet", 7}, {"juil", 7}, {"julio", 7}, {"luglio", 7},
        {"lug", 7}, {"julho", 7}, {"lipiec", 7}, {"lipca", 7}, {"lip", 7},
        {"aug", 8}, {"august", 8}, {"aout", 8}, {"agosto", 8}, {"ago", 8}, {"augustus", 8}, {"sierpien", 8},
        {"sierpnia", 8}, {"sie", 8},
        {"sep", 9}, {"sept", 9}, {"september", 9}, {"septembre", 9}, {"septiembre", 9}, {"settembre", 9},
        {"set", 9}, {"setembro", 9}, {"wrzesien", 9}, {"wrzesnia", 9}, {"wrz", 9},
        {"oct", 10}, {"october", 10}, {"okt", 10}, {"oktober", 10}, {"octobre", 10}, {"octubre", 10},
        {"ottobre", 10}, {"ott", 10}, {"outubro", 10}, {"out", 10}, {"pazdziernik", 10},
        {"pazdziernika", 10}, {"paz", 10},
        {"nov", 11}, {"november", 11}, {"novembre", 11}, {"noviembre", 11}, {"novembro", 11},
        {"listopad", 11}, {"listopada", 11}, {"lis", 11},
        {"dec", 12}, {"december", 12}, {"dez", 12}, {"dezember", 12}, {"decembre", 12}, {"diciembre", 12},
        {"dic", 12}, {"dicembre", 12}, {"dezembro", 12}, {"grudzien", 12}, {"grudnia", 12}, {"gru", 12},
    };
    // clang-format on
    const auto found = months.find(word);
    return found == months.end() ? 0 : found->second;
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

// Words that may stand in a date without being a month: weekdays, "of", "1st", "de".
bool isDateFiller(std::string_view word) {
    static const std::unordered_set<std::string_view> words{
        "st",       "nd",       "rd",       "th",       "of",         "de",      "del",     "den",      "dne",     "er",
        "mon",      "tue",      "wed",      "thu",      "fri",        "sat",     "sun",     "monday",   "tuesday", "wednesday",
        "thursday", "friday",   "saturday", "sunday",   "mo",         "di",      "mi",      "do",       "fr",      "sa",
        "so",       "montag",   "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",  "lun",     "mar",
        "mer",      "jeu",      "ven",      "sam",      "dim",        "lundi",   "mardi",   "mercredi", "jeudi",   "vendredi",
        "samedi",   "dimanche", "lunes",    "martes",   "miercoles",  "jueves",  "viernes", "sabado",   "domingo"};
    return words.contains(word);
}

DateTokens tokensOf(std::string_view text) {
    DateTokens tokens;
    std::size_t at = 0;
    char before = 0;
    while (at < text.size() && tokens.count < 3) {
        const char c = text[at];
        const std::size_t from = at;
        if (isDigit(c)) {
            while (at < text.size() && isDigit(text[at]))
                ++at;
            if (at < text.size() && text[at] == ':') { // a time: the date ended before
                tokens.bad = true;
                return tokens;
            }
            auto& token = tokens.date[std::size_t(tokens.count++)];
            token.digits = int(at - from);
            token.before = before;
            if (at - from > 9)
                tokens.bad = true;
            else
                std::from_chars(text.data() + from, text.data() + at, token.number);
            before = 0;
        } else if (isLetter(c)) {
            while (at < text.size() && isLetter(text[at]))
                ++at;
            const std::string word = contact::unaccented(text.substr(from, at - from));
            if (const int month = monthOf(word); month > 0) {
                auto& token = tokens.date[std::size_t(tokens.count++)];
                token.month = month;
                token.before = before;
                before = 0;
            } else if (!isDateFiller(word)) {
                tokens.bad = true;
                return tokens;
            }
        } else {
            if (c != ' ' || before == 0)
                before = c;
            ++at;
        }
    }
    tokens.rest = text.substr(at);
    return tokens;
}

std::optional<milliseconds> parseTime(std::string_view text, bool& twelveHours) {
    twelveHours = false;
    text = trimmed(text);
    while (!text.empty() && (text.front() == 'T' || text.front() == 't' || text.front() == ',' || text.front() == '.'))
        text = trimmed(text.substr(1));
    if (text.empty())
        return milliseconds(0);
    const auto number = [&](int most) -> std::optional<int> {
        int value = 0;
        std::size_t digits = 0;
        while (digits < text.size() && isDigit(text[digits]) && digits < std::size_t(most))
            value = value * 10 + (text[digits++] - '0');
        if (digits == 0)
            return std::nullopt;
        text.remove_prefix(digits);
        return value;
    };
    const auto take = [&](char c) {
        if (text.empty() || text.front() != c)
            return false;
        text.remove_prefix(1);
        return true;
    };
    auto hour = number(2);
    if (!hour || (!take(':') && !take('h')))
        return std::nullopt;
    const auto minute = number(2);
    if (!minute)
        return std::nullopt;
    std::optional<int> second = 0;
    int thousandths = 0;
    if (take(':')) {
        second = number(2);
        if (!second)
            return std::nullopt;
        if (take('.') || take(',')) {
            int scale = 100;
            while (!text.empty() && isDigit(text.front())) {
                thousandths += scale * (text.front() - '0');
                scale /= 10;
                text.remove_prefix(1);
            }
        }
    }
    text = trimmed(text);
    const std::string half = contact::asciiLower(text.substr(0, 2));
    if (half == "am" || half == "pm") {
        twelveHours = true;
        if (*hour < 1 || *hour > 12)
            return std::nullopt;
        hour = *hour % 12 + (half == "pm" ? 12 : 0);
        text = trimmed(text.substr(2));
    }
    milliseconds offset(0);
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        const int sign = text.front() == '+' ? 1 : -1;
        text.remove_prefix(1);
        const auto hours = number(2);
        take(':');
        const auto minutes = number(2);
        if (!hours || *hours > 14)
            return std::nullopt;
        offset = sign * (std::chrono::hours(*hours) + std::chrono::minutes(minutes.value_or(0)));
        text = trimmed(text);
    }
    const std::string zone = contact::asciiLower(text);
    if (!zone.empty() && zone != "z" && zone != "utc" && zone != "gmt" && zone != "uhr" && zone.front() != '('
        && zone.front() != '[')
        return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return hours(*hour) + minutes(*minute) + seconds(*second) + milliseconds(thousandths) - offset;
}

std::optional<sys_days> dayOf(int y, int m, int d, int yearDigits) {
    if (yearDigits <= 2)
        y += y < 70 ? 2000 : 1900;
    const year_month_day date{year(y), month(unsigned(m)), day(unsigned(d))};
    if (m < 1 || d < 1 || !date.ok() || y < 1900 || y > 2200)
        return std::nullopt;
    return sys_days(date);
}

// What two numbers and a year, or two numbers and more, say about their order.
enum class Numeric { None, DayFirst, MonthFirst, Either, Ambiguous };

bool allNumbers(const DateTokens& t) {
    return t.count == 3 && std::all_of(t.date.begin(), t.date.end(), [](const auto& x) { return x.number >= 0; });
}

Numeric numericOrder(const DateTokens& t) {
    if (t.bad || !allNumbers(t) || t.date[0].digits > 2 || t.date[1].digits > 2
        || (t.date[2].digits != 4 && t.date[2].digits != 2))
        return Numeric::None;
    const int first = t.date[0].number;
    const int second = t.date[1].number;
    if (first < 1 || second < 1 || (first > 12 && second > 12) || first > 31 || second > 31)
        return Numeric::None;
    if (first == second)
        return Numeric::Either;
    if (t.date[1].before == '.')
        return Numeric::DayFirst;
    if (first > 12)
        return Numeric::DayFirst;
    if (second > 12)
        return Numeric::MonthFirst;
    return Numeric::Ambiguous;
}

std::optional<Instant> serialDate(std::string_view text) {
    const auto number = parseNumber(text);
    if (!number)
        return std::nullopt;
    constexpr double firstSerial = 18264; // 1950-01-01
    constexpr double lastSerial = 73051;  // 2100-01-01
    if (*number >= firstSerial && *number < lastSerial) {
        const auto millisecondsOfDays = static_cast<std::int64_t>((*number - 25569) * 86400000.0 + 0.5);
        return fromEpochMillis(millisecondsOfDays);
    }
    if (*number >= 1e9 && *number < 4e9) // Unix seconds from 2001 on
        return fromEpochMillis(static_cast<std::int64_t>(*number * 1000));
    if (*number >= 1e12 && *number < 4e12) // milliseconds
        return fromEpochMillis(static_cast<std::int64_t>(*number));
    return std::nullopt;
}

} // namespace

void DateOrderFinder::observe(std::string_view cell) {
    const auto text = trimmed(cell);
    if (text.size() < 6 || text.size() > 40)
        return;
    const DateTokens tokens = tokensOf(text);
    const Numeric order = numericOrder(tokens);
    if (order == Numeric::None)
        return;
    bool twelveHours = false;
    if (parseTime(tokens.rest, twelveHours) && twelveHours)
        ++m_twelveHours;
    m_dayFirst += order == Numeric::DayFirst ? 1 : 0;
    m_monthFirst += order == Numeric::MonthFirst ? 1 : 0;
    m_ambiguous += order == Numeric::Ambiguous ? 1 : 0;
}

DateOrder DateOrderFinder::order() const {
    if (contradictory())
        return DateOrder::Unknown;
    if (m_dayFirst > 0)
        return DateOrder::DayFirst;
    return m_monthFirst > 0 || m_twelveHours > 0 ? DateOrder::MonthFirst : DateOrder::Unknown;
}

std::optional<Instant> parseDate(std::string_view cell, DateOrder order, bool serials) {
    const auto text = trimmed(cell);
    if (text.size() < 5 || text.size() > 60)
        return std::nullopt;
    if (serials) {
        if (const auto moment = serialDate(text))
            return moment;
    }
    if (text.size() == 8 && std::all_of(text.begin(), text.end(), isDigit)) { // 20240312
        int value = 0;
        std::from_chars(text.data(), text.data() + 8, value);
        const auto date = dayOf(value / 10000, value / 100 % 100, value % 100, 4);
        return date ? std::optional<Instant>(*date) : std::nullopt;
    }
    const DateTokens t = tokensOf(text);
    if (t.bad || t.count != 3)
        return std::nullopt;
    bool twelveHours = false;
    const auto time = parseTime(t.rest, twelveHours);
    if (!time)
        return std::nullopt;
    std::optional<sys_days> date;
    const auto& [a, b, c] = t.date;
    if (b.month > 0 && a.number >= 0 && c.number >= 0) { // 12 Mar 2024, 7-Feb-22, 2024-Mar-12
        date = a.digits == 4 ? dayOf(a.number, b.month, c.number, 4) : dayOf(c.number, b.month, a.number, c.digits);
    } else if (a.month > 0 && b.number >= 0 && c.number >= 0) { // March 12, 2024
        date = dayOf(c.number, a.month, b.number, c.digits);
    } else if (allNumbers(t) && a.digits == 4 && b.digits <= 2 && c.digits <= 2) { // ISO, 2024/3/12
        date = dayOf(a.number, b.number, c.number, 4);
    } else {
        const Numeric numeric = numericOrder(t);
        const bool dayFirst = numeric == Numeric::DayFirst || numeric == Numeric::Either
                              || (numeric == Numeric::Ambiguous && order == DateOrder::DayFirst);
        const bool monthFirst =
            numeric == Numeric::MonthFirst || (numeric == Numeric::Ambiguous && order == DateOrder::MonthFirst);
        if (dayFirst)
            date = dayOf(c.number, b.number, a.number, c.digits);
        else if (monthFirst)
            date = dayOf(c.number, a.number, b.number, c.digits);
    }
    return date ? std::optional<Instant>(*date + *time) : std::nullopt;
}

} // namespace outrider::exchange
