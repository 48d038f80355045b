// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/custom_field.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace outrider {

namespace {

constexpr std::size_t mostDigits = 15; // what a double keeps
constexpr std::string_view choiceEnds = ",;|";

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return out;
}

tl::unexpected<Error> wrong(const CustomField& field, std::string_view wanted, std::string_view text) {
    return fail(ErrorCode::InvalidArgument, field.name + ": " + std::string(wanted) + ": " + std::string(text));
}

// "1,234,567" and the like: groups of three behind a first of one to three.
bool isGrouped(std::string_view text, char separator) {
    std::size_t group = 0;
    bool first = true;
    for (const char c : text) {
        if (c == separator) {
            if (group == 0 || group > 3 || (!first && group != 3))
                return false;
            first = false;
            group = 0;
        } else {
            ++group;
        }
    }
    return !first && group == 3;
}

std::string without(std::string_view text, char what) {
    std::string out(text);
    out.erase(std::remove(out.begin(), out.end(), what), out.end());
    return out;
}

std::optional<std::chrono::sys_days> dayOf(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                                           std::chrono::day(unsigned(day))};
    if (!date.ok() || year < 1000 || year > 9999)
        return std::nullopt;
    return std::chrono::sys_days(date);
}

std::optional<std::string> plainDate(std::string_view text) {
    std::array<int, 3> parts{};
    std::string separators;
    const char* at = text.data();
    const char* end = at + text.size();
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0) {
            if (at == end)
                return std::nullopt;
            separators += *at++;
            while (at != end && *at == ' ')
                ++at;
        }
        if (at == end || !isDigit(*at))
            return std::nullopt;
        const auto [next, error] = std::from_chars(at, end, parts.at(i));
        if (error != std::errc())
            return std::nullopt;
        at = next;
    }
    // A time of day behind it is not kept.
    if (at != end && (separators != "--" || (*at != 'T' && *at != ' ')))
        return std::nullopt;
    std::optional<std::chrono::sys_days> day;
    if (separators == "--" || (separators == "//" && parts[0] > 999))
        day = dayOf(parts[0], parts[1], parts[2]);
    else if (separators == "..")
        day = dayOf(parts[2], parts[1], parts[0]);
    else if (separators == "//" && parts[0] > 12) // else nobody knows which of the two is the month
        day = dayOf(parts[2], parts[1], parts[0]);
    else if (separators == "//" && parts[1] > 12)
        day = dayOf(parts[2], parts[0], parts[1]);
    if (!day)
        return std::nullopt;
    return toIso8601(Instant(*day)).substr(0, 10);
}

const std::string* choiceOf(const CustomField& field, std::string_view text) {
    for (const std::string& choice : field.choices) {
        if (choice == text)
            return &choice;
    }
    const std::string wanted = lower(text);
    for (const std::string& choice : field.choices) {
        if (lower(choice) == wanted)
            return &choice;
    }
    return nullptr;
}

std::string listOf(const std::vector<std::string>& choices) {
    constexpr std::size_t most = 8;
    std::string list;
    for (std::size_t i = 0; i < choices.size() && i < most; ++i)
        list += (list.empty() ? "" : ", ") + choices[i];
    return choices.size() > most ? list + ", \xE2\x80\xA6" : list;
}

Result<std::string> readChoices(const CustomField& field, std::string_view text) {
    std::vector<bool> chosen(field.choices.size(), false);
    for (std::string_view rest = text; !rest.empty();) {
        const auto end = rest.find_first_of(choiceEnds);
        const std::string_view part = trimmed(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (part.empty())
            continue;
        const std::string* choice = choiceOf(field, part);
        if (choice == nullptr)
            return wrong(field, "one of " + listOf(field.choices), part);
        chosen[std::size_t(choice - field.choices.data())] = true;
    }
    std::string value;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (chosen[i])
            value += (value.empty() ? "" : ", ") + field.choices[i];
    }
    return value;
}

Result<std::string> readMoney(const CustomField& field, std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> signs{
        std::pair{"\xE2\x82\xAC", "EUR"}, {"$", "USD"}, {"\xC2\xA3", "GBP"}, {"\xC2\xA5", "JPY"}};
    std::string amount(text);
    std::string currency;
    for (const auto& [sign, code] : signs) {
        if (const auto at = amount.find(sign); at != std::string::npos) {
            amount.erase(at, sign.size());
            // "$" is that of many countries: it is the field's when that has one.
            currency = code == "USD" && field.currency.ends_with('D') ? field.currency : std::string(code);
        }
    }
    std::string letters;
    std::string rest;
    for (const char c : amount)
        ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? letters : rest) += c;
    if (!letters.empty()) {
        for (char& c : letters)
            c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
        currency = letters;
    }
    if (!currency.empty() && currency != field.currency)
        return wrong(field, "an amount in " + field.currency, text);
    auto number = plainNumber(trimmed(rest));
    if (!number)
        return wrong(field, "an amount, such as 1200 or 99.50 " + field.currency, text);
    if (const auto dot = number->find('.'); dot != std::string::npos && number->size() - dot == 2)
        *number += '0';
    return *number + ' ' + field.currency;
}

Result<std::string> readUrl(const CustomField& field, std::string_view text) {
    std::string url(text);
    if (const auto colon = url.find("://"); colon == std::string::npos) {
        url.insert(0, "https://");
    } else {
        const std::string scheme = lower(url.substr(0, colon));
        if (scheme != "http" && scheme != "https")
            return wrong(field, "a web address", text);
        url.replace(0, colon, scheme);
    }
    const auto begin = url.find("://") + 3;
    const std::string host = url.substr(begin, url.find_first_of("/?#", begin) - begin);
    const bool spaced =
        std::any_of(url.begin(), url.end(), [](char c) { return isSpace(c) || c == '<' || c == '>' || c == '"'; });
    if (spaced || host.empty() || host.find('@') != std::string::npos || host.find('.') == std::string::npos
        || host.front() == '.' || host.back() == '.')
        return wrong(field, "a web address", text);
    return url;
}

} // namespace

std::optional<std::string> plainNumber(std::string_view text) {
    text = trimmed(text);
    bool negative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        negative = text.front() == '-';
        text = trimmed(text.substr(1));
    }
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // Groups are also parted by spaces, narrow and unbroken ones, and apostrophes.
        if (text.substr(i).starts_with("\xC2\xA0")) {
            ++i;
            continue;
        }
        if (text.substr(i).starts_with("\xE2\x80\xAF")) {
            i += 2;
            continue;
        }
        if (text[i] == ' ' || text[i] == '\'')
            continue;
        if (!isDigit(text[i]) && text[i] != '.' && text[i] != ',')
            return std::nullopt;
        digits += text[i];
    }
    const auto dot = digits.rfind('.');
    const auto comma = digits.rfind(',');
    if (dot != std::string::npos && comma != std::string::npos) {
        const char groups = dot < comma ? '.' : ',';
        const auto decimal = std::max(dot, comma);
        if (!isGrouped(digits.substr(0, decimal), groups))
            return std::nullopt;
        std::string whole = without(digits.substr(0, decimal), groups);
        digits = whole + '.' + digits.substr(decimal + 1);
    } else if (comma != std::string::npos) {
        if (isGrouped(digits, ','))
            digits = without(digits, ',');
        else
            std::replace(digits.begin(), digits.end(), ',', '.');
    } else if (std::count(digits.begin(), digits.end(), '.') > 1) {
        if (!isGrouped(digits, '.'))
            return std::nullopt;
        digits = without(digits, '.');
    }
    if (std::count(digits.begin(), digits.end(), '.') > 1 || digits.find_first_of("0123456789") == std::string::npos)
        return std::nullopt;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.find('.') != std::string::npos)
        digits.erase(digits.find_last_not_of('0') + 1);
    if (!digits.empty() && digits.back() == '.')
        digits.pop_back();
    if (digits.empty() || digits.front() == '.')
        digits.insert(0, "0");
    if (digits.size() - (digits.find('.') != std::string::npos ? 1 : 0) > mostDigits)
        return std::nullopt;
    return (negative && digits != "0" ? "-" : "") + digits;
}

Result<> checkCustomField(const CustomField& field) {
    if (trimmed(field.name).empty() || toFieldKey(field.key).empty() || field.key != toFieldKey(field.key))
        return fail(ErrorCode::InvalidArgument, "a field needs a name");
    if (field.type == CustomFieldType::Money
        && (field.currency.size() != 3
            || !std::all_of(field.currency.begin(), field.currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; })))
        return fail(ErrorCode::InvalidArgument, field.name + ": a currency, such as EUR");
    const bool chooses = field.type == CustomFieldType::Choice || field.type == CustomFieldType::MultiChoice;
    if (chooses && field.choices.empty())
        return fail(ErrorCode::InvalidArgument, field.name + ": what there is to choose from");
    std::vector<std::string> known;
    for (const std::string& choice : field.choices) {
        if (trimmed(choice).empty() || choice.size() != trimmed(choice).size()
            || choice.find_first_of(choiceEnds) != std::string::npos)
            return fail(ErrorCode::InvalidArgument, field.name + ": a choice without \",\", \";\" and \"|\": " + choice);
        if (std::find(known.begin(), known.end(), lower(choice)) != known.end())
            return fail(ErrorCode::AlreadyExists, choice);
        known.push_back(lower(choice));
    }
    return {};
}

Result<std::string> readCustomValue(const CustomField& field, std::string_view raw) {
    const std::string_view text = trimmed(raw);
    if (text.empty())
        return std::string();
    switch (field.type) {
    case CustomFieldType::Text:
        return std::string(text);
    case CustomFieldType::Number:
        if (auto number = plainNumber(text))
            return *std::move(number);
        return wrong(field, "a number, such as 12 or 3.5", text);
    case CustomFieldType::Money:
        return readMoney(field, text);
    case CustomFieldType::Date:
        if (auto date = plainDate(text))
            return *std::move(date);
        return wrong(field, "a date, such as 2026-11-19", text);
    case CustomFieldType::Choice:
        if (const std::string* choice = choiceOf(field, text))
            return *choice;
        return wrong(field, "one of " + listOf(field.choices), text);
    case CustomFieldType::MultiChoice:
        return readChoices(field, text);
    case CustomFieldType::YesNo: {
        constexpr std::array<std::string_view, 10> yes{"yes", "y", "true", "1", "on", "x", "ja", "oui", "s\xC3\xAD", "si"};
        constexpr std::array<std::string_view, 6> no{"no", "n", "false", "0", "off", "nein"};
        const std::string word = lower(text);
        if (std::find(yes.begin(), yes.end(), word) != yes.end())
            return std::string("yes");
        if (std::find(no.begin(), no.end(), word) != no.end())
            return std::string("no");
        return wrong(field, "yes or no", text);
    }
    case CustomFieldType::Url:
        return readUrl(field, text);
    }
    return std::string(text);
}

std::optional<double> customNumber(CustomFieldType type, std::string_view value) {
    if (type != CustomFieldType::Number && type != CustomFieldType::Money)
        return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc())
        return std::nullopt;
    return number;
}

FieldType fieldTypeOf(CustomFieldType type) {
    switch (type) {
    case CustomFieldType::Text:
        return FieldType::Text;
    case CustomFieldType::Number:
    case CustomFieldType::Money:
        return FieldType::Number;
    case CustomFieldType::Date:
        return FieldType::Date;
    case CustomFieldType::Choice:
        return FieldType::Choice;
    case CustomFieldType::MultiChoice:
        return FieldType::Tags;
    case CustomFieldType::YesNo:
        return FieldType::YesNo;
    case CustomFieldType::Url:
        return FieldType::Url;
    }
    return FieldType::Text;
}

} // namespace outrider
