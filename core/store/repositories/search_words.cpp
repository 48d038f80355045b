// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/search_words.h"

#include "core/contact/text.h"
#include "core/contact/words.h"

#include <algorithm>

namespace outrider::store {

namespace {

constexpr std::size_t fewestDigits = 5; // of what may be a phone number; "24 7" is two words
constexpr std::size_t longestWord = 64; // bytes; nobody types more, and the index keeps no more

// The digits of what may be a phone number: nothing else in it but what numbers are grouped with.
std::string phoneDigits(std::string_view typed) {
    std::string digits;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const char c = typed[i];
        if (typed.substr(i, 3) == "(0)") { // +49 (0)30: not dialled
            i += 2;
            continue;
        }
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view("+-./() ").find(c) == std::string_view::npos)
            return {};
    }
    if (digits.size() < fewestDigits)
        return {};
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

} // namespace

std::string firstLetters(std::string_view word, std::size_t count) {
    std::size_t end = 0;
    for (; end < word.size(); ++end) {
        if ((static_cast<unsigned char>(word[end]) & 0xC0) != 0x80 && count-- == 0)
            break;
    }
    return std::string(word.substr(0, end));
}

SearchWords::SearchWords(std::string_view typed) {
    for (std::string& word : contact::wordsOf(typed)) {
        if (word.size() > longestWord)
            word.resize(longestWord);
        words.push_back({std::move(word), {}});
    }
    phrase = contact::unaccented(contact::collapsed(typed));
    digits = phoneDigits(contact::trimmed(typed));
}

bool SearchWords::hasNumber(std::string_view e164) const {
    return !digits.empty() && !e164.empty()
           && (e164.substr(1).starts_with(digits) || contact::nationalDigits(e164).starts_with(digits));
}

bool SearchWords::find(std::string_view text) const {
    const auto all = [&] {
        const std::vector<std::string> found = contact::wordsOf(text);
        const auto begins = [&found](const std::string& wanted) {
            return std::any_of(found.begin(), found.end(), [&](const std::string& word) { return word.starts_with(wanted); });
        };
        return std::all_of(words.begin(), words.end(), [&](const Word& word) {
            return begins(word.text) || std::any_of(word.others.begin(), word.others.end(), begins);
        });
    };
    return all() || (!digits.empty() && contact::wordsBegin(text, {digits}));
}

std::string toFilterWords(const SearchWords& words) {
    std::string text;
    for (const SearchWords::Word& word : words.words)
        text += (text.empty() ? "" : " ") + word.text;
    return words.digits.empty() ? text : text + '+' + words.digits;
}

std::string toCandidates(const SearchWords& words) {
    std::string query;
    for (const SearchWords::Word& word : words.words)
        query += (query.empty() ? "\"" : " AND \"") + firstLetters(word.text, SearchWords::longestTerm) + "\"*";
    if (!words.digits.empty())
        query = "(" + query + ") OR \"" + firstLetters(words.digits, SearchWords::longestTerm) + "\"*";
    return query;
}

std::string hasWordsSql() {
    return "has_words(l.name_key || ' ' || l.company_key || ' ' || l.email || ' ' || l.middle_name || ' ' || l.job_title,"
           " l.phone_key, (SELECT group_concat(CASE c.kind WHEN 1 THEN c.key ELSE c.value END, ' ') FROM contact_point c"
           " WHERE c.lead_id = l.id AND c.kind < 2), ?)";
}

} // namespace outrider::store
