// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/return_date.h"

#include "core/contact/text.h"
#include "core/inbound/return_date_words.h"
#include "core/inbound/words.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace outrider::inbound {

using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr std::size_t readBytes = 4000;
constexpr auto farthest = days(400);

// ── The text as words, numbers and marks ─────────────────────────────────────────────────────

struct Token {
    enum class Kind { Word, Number, Mark };
    Kind kind = Kind::Mark;
    std::string_view text;
    int value = -1; // of a number of up to four digits

    bool isNumber(std::size_t most) const { return kind == Kind::Number && text.size() <= most; }

    bool isMark(std::string_view marks) const { return kind == Kind::Mark && marks.find(text.front()) != std::string_view::npos; }
};

std::vector<Token> tokensOf(std::string_view text) {
    std::vector<Token> tokens;
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) >= 0x80); };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (digit(text[at])) {
            while (end < text.size() && digit(text[end]))
                ++end;
            Token token{Token::Kind::Number, text.substr(at, end - at)};
            if (token.text.size() <= 4)
                token.value = std::stoi(std::string(token.text));
            tokens.push_back(token);
        } else if (letter(text[at])) {
            while (end < text.size() && letter(text[end]))
                ++end;
            tokens.push_back({Token::Kind::Word, text.substr(at, end - at)});
        } else if (text[at] != ' ' && text[at] != '\n' && text[at] != '\t' && text[at] != '\r') {
            tokens.push_back({Token::Kind::Mark, text.substr(at, 1)});
        }
        at = end;
    }
    return tokens;
}

// ── Days ─────────────────────────────────────────────────────────────────────────────────────

struct Found {
    std::size_t begin = 0; // in tokens
    std::size_t end = 0;
    sys_days day{};
    bool isRangeEnd = false; // "3-14 August"
};

class Finder {
public:
    Finder(std::string_view folded, std::optional<sys_days> written) : m_tokens(tokensOf(folded)), m_written(written) {
        constexpr std::array<std::string_view, 14> english{"the",  "and",   "i",      "will", "be",     "for",       "my",
                                                           "your", "thank", "please", "with", "office", "returning", "back"};
        m_english =
            std::count_if(m_tokens.begin(), m_tokens.end(), [&](const Token& t) { return isOneOf(t.text, english); }) >= 2;
        collect();
    }

    std::optional<sys_days> find() const {
        constexpr int closely = 4;
        constexpr int loosely = 10;
        if (auto day = afterReturn(closely))
            return day;
        if (auto day = beforeReturn(closely, true))
            return day;
        if (auto day = afterUntil())
            return day;
        if (auto day = beforeReturn(loosely, false))
            return day;
        if (auto day = afterReturn(loosely))
            return day;
        if (auto day = japanese())
            return day;
        return endOfRange();
    }

private:
    const Token* at(std::size_t index) const { return index < m_tokens.size() ? &m_tokens[index] : nullptr; }

    bool isPlausible(sys_days day) const { return !m_written || (day >= *m_written && day <= *m_written + farthest); }

    // A day and month of a year, or of the next time they come.
    std::optional<sys_days> dayOf(int year, int month, int day) const {
        using namespace std::chrono;
        const auto make = [&](int y) -> std::optional<sys_days> {
            const year_month_day date{std::chrono::year(y), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
            if (month < 1 || month > 12 || day < 1 || !date.ok() || !isPlausible(sys_days(date)))
                return std::nullopt;
            return sys_days(date);
        };
        if (year >= 0)
            return make(year < 100 ? 2000 + year : year);
        if (!m_written)
            return std::nullopt;
        const int now = int(year_month_day(*m_written).year());
        const auto thisYear = make(now);
        return thisYear ? thisYear : make(now + 1);
    }

    int yearAt(std::size_t index, std::size_t& end) const {
        std::size_t next = index;
        while (const Token* token = at(next)) { // "December 5th, 2026", "5 de enero de 2026"
            if (!token->isMark(",-") && token->text != "de" && token->text != "del")
                break;
            ++next;
        }
        const Token* token = at(next);
        constexpr int first = 2000;
        constexpr int last = 2099;
        if (token == nullptr || token->kind != Token::Kind::Number || token->value < first || token->value > last
            || token->text.size() != 4)
            return -1;
        end = next + 1;
        return token->value;
    }

    // "bis 05.01", but not "bis 17.30 Uhr": a day without its second dot.
    bool isDayExpected(std::size_t index) const {
        constexpr std::array<std::string_view, 10> introducing{"ab", "am", "vom", "dem", "od", "dnia", "le", "il", "dal", "zum"};
        constexpr std::array<std::string_view, 7> hours{"uhr", "h", "hrs", "am", "pm", "godz", "godziny"};
        if (m_english || index == 0)
            return false;
        const Token& before = m_tokens[index - 1];
        const Token* behind = at(index + 3);
        return (isUntil(before.text) || isOneOf(before.text, introducing))
               && (behind == nullptr || !isOneOf(behind->text, hours));
    }

    // "2026-12-05", "05.12.2026", "5.12.", "12/5/26"
    std::optional<Found> numeric(std::size_t index) const {
        const Token* one = at(index);
        const Token* mark = at(index + 1);
        const Token* two = at(index + 2);
        if (one == nullptr || mark == nullptr || two == nullptr || !mark->isMark("./-") || !two->isNumber(2) || one->value < 0)
            return std::nullopt;
        const Token* mark2 = at(index + 3);
        const Token* three = at(index + 4);
        const bool hasThird = mark2 != nullptr && mark2->text == mark->text && three != nullptr
                              && three->kind == Token::Kind::Number && three->value >= 0;
        if (one->text.size() == 4) {
            if (!hasThird || !three->isNumber(2))
                return std::nullopt;
            const auto day = dayOf(one->value, two->value, three->value);
            return day ? std::optional(Found{index, index + 5, *day}) : std::nullopt;
        }
        if (!one->isNumber(2))
            return std::nullopt;
        const bool hasYear = hasThird && (three->text.size() == 4 || three->text.size() == 2);
        if (!hasYear && mark->text == "-") // "1-12 December" is a range
            return std::nullopt;
        // "9.30" is an hour; a day without a year has its second dot, or a slash.
        const bool closed = mark2 != nullptr && mark2->text == ".";
        if (!hasYear && mark->text == "." && !closed && (two->text.size() != 2 || !isDayExpected(index)))
            return std::nullopt;
        const int year = hasYear ? three->value : -1;
        const std::size_t end = hasYear ? index + 5 : index + (mark->text == "." && closed ? 4 : 3);
        const auto dayFirst = dayOf(year, two->value, one->value);
        const auto monthFirst = mark->text == "/" ? dayOf(year, one->value, two->value) : std::nullopt;
        if (!dayFirst && !monthFirst)
            return std::nullopt;
        // Only English has both readings: then the sooner one, for nobody is away for half a year.
        const bool dayLeads = !monthFirst || !m_written || !m_english;
        const auto day = !dayFirst ? *monthFirst : dayLeads ? *dayFirst : std::min(*dayFirst, *monthFirst);
        return Found{index, end, day};
    }

    // "2026年11月30日まで不在": the first date in Japanese or Chinese that says until or from.
    std::optional<sys_days> japanese() const {
        for (std::size_t index = 0; index + 5 < m_tokens.size(); ++index) {
            const Token& year = m_tokens[index];
            const Token& month = m_tokens[index + 2];
            const Token& day = m_tokens[index + 4];
            if (year.text.size() != 4 || year.value < 0 || !month.isNumber(2) || !day.isNumber(2)
                || !m_tokens[index + 1].text.starts_with("年") || !m_tokens[index + 3].text.starts_with("月")
                || !m_tokens[index + 5].text.starts_with("日"))
                continue;
            const std::string_view then = m_tokens[index + 5].text.substr(std::string_view("日").size());
            constexpr std::array<std::string_view, 5> cues{"まて", "から", "より", "に", "迄"}; // まで, without its mark
            if (std::any_of(cues.begin(), cues.end(), [&](std::string_view cue) { return then.starts_with(cue); }))
                return dayOf(year.value, month.value, day.value);
        }
        return std::nullopt;
    }

    static bool isOrdinal(const Token& token) {
        constexpr std::array<std::string_view, 10> endings{"st", "nd", "rd", "th", "er", "eme", "e", "o", "a", "ten"};
        return token.isMark(".") || isOneOf(token.text, endings);
    }

    int monthAt(std::size_t index) const {
        const Token* token = at(index);
        if (token == nullptr || token->kind != Token::Kind::Word)
            return 0;
        const auto found = months().find(token->text);
        return found == months().end() ? 0 : found->second;
    }

    // "5 December 2026", "5. Dezember", "1er mars", "5 de enero", "December 5th, 2026"
    std::optional<Found> named(std::size_t index) const {
        const Token* first = at(index);
        if (first == nullptr)
            return std::nullopt;
        std::size_t next = index + 1;
        if (first->isNumber(2)) {
            while (const Token* token = at(next)) {
                if (!isOrdinal(*token) && token->text != "de" && token->text != "of")
                    break;
                ++next;
                if (next > index + 3)
                    break;
            }
            if (const Token* dash = at(next); dash != nullptr && dash->isMark("-") && monthAt(next + 1) != 0) // "05-Jan-2027"
                ++next;
            const int month = monthAt(next);
            if (month == 0)
                return std::nullopt;
            ++next;
            if (const Token* dot = at(next); dot != nullptr && dot->isMark("."))
                ++next;
            std::size_t end = next;
            const int year = yearAt(next, end);
            const auto day = dayOf(year, month, first->value);
            return day ? std::optional(Found{index, end, *day}) : std::nullopt;
        }
        const int month = monthAt(index);
        if (month == 0)
            return std::nullopt;
        if (const Token* dot = at(next); dot != nullptr && dot->isMark("."))
            ++next;
        if (const Token* the = at(next); the != nullptr && the->text == "the")
            ++next;
        const Token* number = at(next);
        if (number == nullptr || !number->isNumber(2))
            return std::nullopt;
        ++next;
        if (const Token* ordinal = at(next); ordinal != nullptr && ordinal->kind == Token::Kind::Word && isOrdinal(*ordinal))
            ++next;
        std::size_t end = next;
        // "August 3-14": the second number is the day that matters.
        int dayNumber = number->value;
        bool range = false;
        if (const Token* dash = at(next);
            dash != nullptr && (dash->isMark("-") || dash->text == "to" || dash->text == "through")) {
            const Token* last = at(next + 1);
            const Token* behind = at(next + 2);
            if (last != nullptr && last->isNumber(2) && last->value > dayNumber
                && (behind == nullptr || !behind->isMark("-./:"))) {
                dayNumber = last->value;
                range = true;
                next += 2;
                if (const Token* ordinal = at(next);
                    ordinal != nullptr && ordinal->kind == Token::Kind::Word && isOrdinal(*ordinal))
                    ++next;
                end = next;
            }
        }
        const int year = yearAt(next, end);
        const auto day = dayOf(year, month, dayNumber);
        return day ? std::optional(Found{index, end, *day, range}) : std::nullopt;
    }

    bool areWords(std::size_t index, std::string_view words) const {
        for (const std::string_view word : contact::split(words, " ")) {
            if (index >= m_tokens.size() || m_tokens[index].text != word)
                return false;
            ++index;
        }
        return true;
    }

    sys_days next(int isoWeekday) const {
        const int today = int(std::chrono::weekday(*m_written).iso_encoding());
        return *m_written + days((isoWeekday - today + 6) % 7 + 1);
    }

    // "next week": its Monday.
    std::optional<Found> nextWeek(std::size_t index) const {
        constexpr std::array<std::string_view, 13> wordings{
            "next week",          "nachste woche",     "nachster woche",    "nachsten woche", "kommende woche",
            "kommender woche",    "semaine prochaine", "proxima semana",    "semana que vem", "settimana prossima",
            "prossima settimana", "volgende week",     "przyszlym tygodniu"};
        for (const std::string_view wording : wordings) {
            if (areWords(index, wording))
                return Found{index, index + contact::split(wording, " ").size(), next(1)};
        }
        return std::nullopt;
    }

    // "in two weeks", "in 10 Tagen": only a stretch that is said to lie ahead.
    std::optional<Found> ahead(std::size_t index) const {
        constexpr std::array<std::string_view, 8> introducing{"in", "dans", "en", "dentro", "tra", "fra", "over", "za"};
        if (!isOneOf(m_tokens[index].text, introducing))
            return std::nullopt;
        const std::size_t at = index + (index + 1 < m_tokens.size() && m_tokens[index + 1].text == "de" ? 2 : 1);
        if (at + 1 >= m_tokens.size())
            return std::nullopt;
        static const Numbers numbers{{"a", 1},    {"one", 1},   {"einer", 1}, {"einem", 1}, {"une", 1},  {"un", 1},
                                     {"una", 1},  {"uma", 1},   {"um", 1},    {"een", 1},   {"two", 2},  {"zwei", 2},
                                     {"deux", 2}, {"dos", 2},   {"due", 2},   {"twee", 2},  {"duas", 2}, {"dois", 2},
                                     {"dwa", 2},  {"three", 3}, {"drei", 3},  {"trois", 3}, {"tres", 3}, {"tre", 3},
                                     {"drie", 3}, {"trzy", 3},  {"four", 4},  {"vier", 4}};
        static const Numbers units{
            {"day", 1},       {"days", 1},      {"tag", 1},    {"tagen", 1},   {"jour", 1},     {"jours", 1},  {"dia", 1},
            {"dias", 1},      {"giorno", 1},    {"giorni", 1}, {"dag", 1},     {"dagen", 1},    {"dni", 1},    {"week", 7},
            {"weeks", 7},     {"woche", 7},     {"wochen", 7}, {"semaine", 7}, {"semaines", 7}, {"semana", 7}, {"semanas", 7},
            {"settimana", 7}, {"settimane", 7}, {"weken", 7},  {"tydzien", 7}, {"tygodnie", 7}};
        const Token& count = m_tokens[at];
        const auto word = numbers.find(count.text);
        const auto unit = units.find(m_tokens[at + 1].text);
        const int number = count.isNumber(2) ? count.value : word != numbers.end() ? word->second : 0;
        if (number <= 0 || unit == units.end())
            return std::nullopt;
        const sys_days day = *m_written + days(number * unit->second);
        return isPlausible(day) ? std::optional(Found{index, at + 2, day}) : std::nullopt;
    }

    // "Monday", "tomorrow": the next one after the mail was written.
    std::optional<Found> relative(std::size_t index) const {
        const Token& token = m_tokens[index];
        if (!m_written || token.kind != Token::Kind::Word)
            return std::nullopt;
        if (auto week = nextWeek(index))
            return week;
        if (auto stretch = ahead(index))
            return stretch;
        if (isTomorrow(token.text))
            return Found{index, index + 1, *m_written + days(1)};
        const auto found = weekdays().find(token.text);
        if (found == weekdays().end())
            return std::nullopt;
        // "Monday 30th", "lundi 30": the day of a month nobody had to name.
        const std::size_t number = index
                                   + (index + 1 < m_tokens.size() && m_tokens[index + 1].text == "feira" ? 2
                                      : areWords(index + 1, "- feira")                                   ? 3
                                                                                                         : 1);
        std::size_t at = number;
        while (at < m_tokens.size() && (m_tokens[at].isMark(",") || m_tokens[at].text == "the" || m_tokens[at].text == "den"))
            ++at;
        if (const Token* day = this->at(at); day != nullptr && day->isNumber(2) && day->value >= 1 && day->value <= 31) {
            const Token* behind = this->at(at + 1);
            if (behind == nullptr || behind->kind != Token::Kind::Mark || behind->isMark(".,;!")) {
                if (const auto inMonth = comingDay(day->value, found->second))
                    return Found{index, at + 1, *inMonth};
            }
        }
        return Found{index, index + 1, next(found->second)};
    }

    // The next day of a month with that number that is this weekday.
    std::optional<sys_days> comingDay(int number, int isoWeekday) const {
        constexpr int looked = 100;
        for (int ahead = 0; ahead <= looked; ++ahead) {
            const sys_days day = *m_written + days(ahead);
            if (int(unsigned(std::chrono::year_month_day(day).day())) == number
                && int(std::chrono::weekday(day).iso_encoding()) == isoWeekday)
                return day;
        }
        return std::nullopt;
    }

    void collect() {
        constexpr std::size_t mostDays = 40;
        for (std::size_t index = 0; index < m_tokens.size() && m_found.size() < mostDays;) {
            auto found = numeric(index);
            if (!found)
                found = named(index);
            if (found) {
                // "Monday, 5 January": the date says it better.
                if (!m_found.empty() && m_found.back().end - m_found.back().begin == 1 && found->begin - m_found.back().end <= 3
                    && m_tokens[m_found.back().begin].kind == Token::Kind::Word)
                    m_found.pop_back();
                index = found->end;
                m_found.push_back(*found);
                continue;
            }
            if (auto day = relative(index))
                m_found.push_back(*day);
            ++index;
        }
    }

    // How many words lie between two places; marks do not count.
    int wordsBetween(std::size_t from, std::size_t to) const {
        int count = 0;
        for (std::size_t index = from; index < to; ++index)
            count += m_tokens[index].kind == Token::Kind::Mark ? 0 : 1;
        return count;
    }

    std::optional<sys_days> afterReturn(int distance) const {
        for (const Found& found : m_found) {
            const std::size_t from = found.begin > 30 ? found.begin - 30 : 0;
            for (std::size_t index = found.begin; index > from; --index) {
                if (isReturn(m_tokens[index - 1].text) && wordsBetween(index, found.begin) <= distance && !isStart(found))
                    return found.day;
            }
        }
        return std::nullopt;
    }

    // "from 1 December": the day somebody leaves, when another day follows.
    bool isStart(const Found& found) const {
        constexpr std::array<std::string_view, 10> words{"from", "vom", "von", "du", "del", "desde", "dal", "van", "de", "od"};
        for (std::size_t back = 1; back <= 2 && found.begin >= back; ++back) {
            if (isOneOf(m_tokens[found.begin - back].text, words))
                return &found != &m_found.back() && afterUntil().has_value();
        }
        return false;
    }

    // "between 3 and 14 August"
    bool endsBetween(const Found& found) const {
        constexpr std::size_t near = 12;
        bool joined = false;
        for (std::size_t back = 1; back <= near && found.begin >= back; ++back) {
            const std::string_view word = m_tokens[found.begin - back].text;
            joined = joined || (back <= 3 && isAnd(word));
            if (joined && isBetween(word))
                return true;
        }
        return false;
    }

    std::optional<sys_days> afterUntil() const {
        for (const Found& found : m_found) {
            constexpr int near = 4;
            const std::size_t from = found.begin > 8 ? found.begin - 8 : 0;
            bool until = false;
            bool inclusive = false;
            for (std::size_t index = found.begin; index > from && wordsBetween(index, found.begin) < near; --index) {
                const std::string_view word = m_tokens[index - 1].text;
                const bool between = std::any_of(m_found.begin(), m_found.end(), [&](const Found& other) {
                    return &other != &found && other.end > index - 1 && other.begin < found.begin;
                });
                if (between)
                    break;
                until = until || isUntil(word);
                inclusive = inclusive || isInclusive(word);
            }
            for (std::size_t index = found.end; index < m_tokens.size() && index < found.end + 4; ++index)
                inclusive = inclusive || isInclusive(m_tokens[index].text);
            if (until || endsBetween(found))
                return inclusive ? found.day + days(1) : found.day;
        }
        return std::nullopt;
    }

    // "Ab dem 5. Januar bin ich wieder im Haus."
    std::optional<sys_days> beforeReturn(int distance, bool introduced) const {
        constexpr std::array<std::string_view, 20> words{"from", "on",     "of",    "ab", "am",   "dem", "le",
                                                         "des",  "partir", "vanaf", "op", "dal",  "il",  "desde",
                                                         "el",   "em",     "dia",   "od", "dnia", "w"};
        for (auto found = m_found.rbegin(); found != m_found.rend(); ++found) {
            const std::size_t from = found->begin > 3 ? found->begin - 3 : 0;
            const bool cue = std::any_of(m_tokens.begin() + std::ptrdiff_t(from), m_tokens.begin() + std::ptrdiff_t(found->begin),
                                         [&](const Token& token) { return isOneOf(token.text, words); });
            if (introduced && !cue)
                continue;
            for (std::size_t index = found->end; index < m_tokens.size() && wordsBetween(found->end, index) <= distance;
                 ++index) {
                if (isReturn(m_tokens[index].text))
                    return found->day;
            }
        }
        return std::nullopt;
    }

    // "1.12. - 12.12."
    std::optional<sys_days> endOfRange() const {
        for (const Found& found : m_found) {
            const bool dash = found.begin >= 2 && m_tokens[found.begin - 1].isMark("-");
            const bool behindDay = dash
                                   && (m_tokens[found.begin - 2].isNumber(2) || m_tokens[found.begin - 2].isMark(".")
                                       || std::any_of(m_found.begin(), m_found.end(),
                                                      [&](const Found& other) { return other.end == found.begin - 1; }));
            if (found.isRangeEnd || behindDay)
                return found.day;
        }
        return std::nullopt;
    }

    std::vector<Token> m_tokens;
    std::optional<sys_days> m_written;
    bool m_english = false; // by its commonest words
    std::vector<Found> m_found;
};

} // namespace

std::optional<sys_days> findReturnDate(std::string_view text, std::optional<sys_days> written) {
    std::string folded = contact::unaccented(startOf(text, readBytes));
    for (const std::string_view dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"}) {
        for (auto at = folded.find(dash); at != std::string::npos; at = folded.find(dash, at))
            folded.replace(at, dash.size(), "-");
    }
    // Dutch "until and with": two words of one letter each would be found everywhere.
    for (const std::string_view through : {"t/m", "t.e.m."}) {
        for (auto at = folded.find(through); at != std::string::npos; at = folded.find(through, at))
            folded.replace(at, through.size(), "tm");
    }
    return Finder(folded, written).find();
}

} // namespace outrider::inbound
