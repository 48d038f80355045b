// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/return_date.h"

#include "core/contact/text.h"
#include "core/inbound/words.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace outrider::inbound {

using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr std::size_t readBytes = 4000;
constexpr auto farthest = days(400);

// ── Words of eight languages, without accents ────────────────────────────────────────────────

using Numbers = std::map<std::string_view, int>;

const Numbers& months() {
    static const Numbers names = [] {
        constexpr std::array<std::string_view, 12> spellings{
            "january jan januar jaenner janner janvier janv enero ene gennaio gen januari janeiro styczen stycznia sty",
            "february feb februar fevrier fevr fev febrero febbraio februari fevereiro luty lutego lut",
            "march mar marz maerz mars marzo maart mrt marco marzec marca",
            "april apr avril avr abril abr aprile kwiecien kwietnia kwi",
            "may mai mayo maggio mag mei maio maj maja",
            "june jun juni juin junio giugno giu junho czerwiec czerwca cze",
            "july jul juli juillet juil julio luglio lug julho lipiec lipca lip",
            "august aug aout agosto augustus sierpien sierpnia",
            "september sep sept septembre septiembre settembre setembro set wrzesien wrzesnia wrz",
            "october oct oktober okt octobre octubre ottobre ott outubro pazdziernik pazdziernika paz",
            "november nov novembre noviembre novembro listopad listopada lis",
            "december dec dezember dez decembre diciembre dic dicembre dezembro grudzien grudnia gru",
        };
        Numbers all;
        for (int month = 1; month <= 12; ++month) {
            for (const std::string_view name : contact::split(spellings[std::size_t(month - 1)], " "))
                all.emplace(name, month);
        }
        return all;
    }();
    return names;
}

// 1 Monday … 7 Sunday
const Numbers& weekdays() {
    static const Numbers names = [] {
        constexpr std::array<std::string_view, 7> spellings{
            "monday montag lundi lunes lunedi maandag segunda poniedzialek poniedzialku",
            "tuesday dienstag mardi martes martedi dinsdag terca wtorek wtorku",
            "wednesday mittwoch mercredi miercoles mercoledi woensdag quarta sroda srode srody",
            "thursday donnerstag jeudi jueves giovedi donderdag quinta czwartek czwartku",
            "friday freitag vendredi viernes venerdi vrijdag sexta piatek piatku",
            "saturday samstag sonnabend samedi sabado sabato zaterdag sobota sobote soboty",
            "sunday sonntag dimanche domingo domenica zondag niedziela niedziele niedzieli",
        };
        Numbers all;
        for (int day = 1; day <= 7; ++day) {
            for (const std::string_view name : contact::split(spellings[std::size_t(day - 1)], " "))
                all.emplace(name, day);
        }
        return all;
    }();
    return names;
}

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isTomorrow(std::string_view word) {
    constexpr std::array<std::string_view, 7> words{"tomorrow", "morgen", "demain", "manana", "domani", "amanha", "jutro"};
    return isOneOf(word, words);
}

// Somebody comes back.
bool isReturn(std::string_view word) {
    constexpr std::array<std::string_view, 50> words{
        "back",      "return",   "returning", "returns",     "zuruck",      "wieder",        "erreichbar",      "ruckkehr",
        "retour",    "rentre",   "rentrerai", "reprends",    "reprendrai",  "revenir",       "reviens",         "vuelvo",
        "volvere",   "vuelta",   "regreso",   "regresare",   "reincorporo", "reincorporare", "reincorporacion", "rientro",
        "rientrero", "torno",    "tornero",   "ritorno",     "ritornero",   "terug",         "terugkeer",       "weer",
        "volto",     "voltarei", "regresso",  "regressarei", "retorno",     "retornarei",    "wracam",          "wroce",
        "powrot",    "powracam", "powrocie",  "dostepny",    "dostepna",    "available",     "reachable",       "resume",
        "tilbake",   "tillbaka"};
    return isOneOf(word, words);
}

// Somebody is away up to a day.
bool isUntil(std::string_view word) {
    constexpr std::array<std::string_view, 17> words{"until", "till", "til",  "through", "thru", "bis", "jusqu", "jusque", "au",
                                                     "hasta", "al",   "fino", "tot",     "ate",  "do",  "to",    "tm"};
    return isOneOf(word, words);
}

// …and on that day too.
bool isInclusive(std::string_view word) {
    constexpr std::array<std::string_view, 18> words{
        "through",   "thru",    "including", "inclusive", "inclusief", "incl",      "einschliesslich", "einschl",  "inkl",
        "inklusive", "compris", "inclus",    "incluido",  "incluso",   "inclusivo", "compreso",        "wlacznie", "tm"};
    return isOneOf(word, words);
}

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
};

class Finder {
public:
    Finder(std::string_view folded, std::optional<sys_days> written) : m_tokens(tokensOf(folded)), m_written(written) {
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
            if (!token->isMark(",") && token->text != "de" && token->text != "del")
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
        if (!hasYear && mark->text == "." && (mark2 == nullptr || mark2->text != "."))
            return std::nullopt;
        const int year = hasYear ? three->value : -1;
        const std::size_t end = hasYear ? index + 5 : index + (mark->text == "." ? 4 : 3);
        const auto dayFirst = dayOf(year, two->value, one->value);
        const auto monthFirst = mark->text == "/" ? dayOf(year, one->value, two->value) : std::nullopt;
        if (!dayFirst && !monthFirst)
            return std::nullopt;
        // Of two readings the sooner one: nobody is away for half a year.
        const auto day = !dayFirst ? *monthFirst : !monthFirst || !m_written ? *dayFirst : std::min(*dayFirst, *monthFirst);
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
        const int year = yearAt(next, end);
        const auto day = dayOf(year, month, number->value);
        return day ? std::optional(Found{index, end, *day}) : std::nullopt;
    }

    // "Monday", "tomorrow": the next one after the mail was written.
    std::optional<Found> relative(std::size_t index) const {
        const Token& token = m_tokens[index];
        if (!m_written || token.kind != Token::Kind::Word)
            return std::nullopt;
        if (isTomorrow(token.text))
            return Found{index, index + 1, *m_written + days(1)};
        const auto found = weekdays().find(token.text);
        if (found == weekdays().end())
            return std::nullopt;
        const int today = int(std::chrono::weekday(*m_written).iso_encoding());
        const int ahead = (found->second - today + 6) % 7 + 1;
        return Found{index, index + 1, *m_written + days(ahead)};
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
            if (until)
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
        for (std::size_t index = 1; index < m_found.size(); ++index) {
            const std::size_t gap = m_found[index - 1].end;
            if (m_found[index].begin > gap && m_found[index].begin - gap <= 2 && m_tokens[gap].isMark("-"))
                return m_found[index].day;
        }
        return std::nullopt;
    }

    std::vector<Token> m_tokens;
    std::optional<sys_days> m_written;
    std::vector<Found> m_found;
};

} // namespace

std::optional<sys_days> findReturnDate(std::string_view text, std::optional<sys_days> written) {
    std::string folded = contact::unaccented(startOf(text, readBytes));
    // Dutch "until and with": two words of one letter each would be found everywhere.
    for (const std::string_view through : {"t/m", "t.e.m."}) {
        for (auto at = folded.find(through); at != std::string::npos; at = folded.find(through, at))
            folded.replace(at, through.size(), "tm");
    }
    return Finder(folded, written).find();
}

} // namespace outrider::inbound
