// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/words.h"

#include "core/contact/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace outrider::contact {

namespace {

// What FTS5's unicode61 takes for part of a word: letters, numbers, private use.
bool isWordPart(UChar32 c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    constexpr std::uint32_t parts = U_GC_L_MASK | U_GC_N_MASK | U_GC_CO_MASK;
    return (U_GET_GC_MASK(c) & parts) != 0;
}

// Calls fn(word) for every word of a folded text, until fn says false.
template <typename Fn>
void eachWord(std::string_view folded, Fn fn) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.data());
    const auto length = static_cast<std::int64_t>(folded.size());
    std::int64_t start = -1;
    for (std::int64_t at = 0; at < length;) {
        const std::int64_t from = at;
        UChar32 c = bytes[at];
        if (c < 0x80)
            ++at;
        else
            U8_NEXT(bytes, at, length, c);
        if (c >= 0 && isWordPart(c)) {
            start = start < 0 ? from : start;
        } else if (start >= 0) {
            if (!fn(folded.substr(std::size_t(start), std::size_t(from - start))))
                return;
            start = -1;
        }
    }
    if (start >= 0)
        fn(folded.substr(std::size_t(start)));
}

} // namespace

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    eachWord(unaccented(text), [&words](std::string_view word) {
        words.emplace_back(word);
        return true;
    });
    return words;
}

bool wordsBegin(std::string_view text, const std::vector<std::string>& words) {
    std::vector<bool> found(words.size());
    std::size_t missing = words.size();
    eachWord(unaccented(text), [&](std::string_view word) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!found[i] && word.starts_with(words[i])) {
                found[i] = true;
                --missing;
            }
        }
        return missing > 0;
    });
    return missing == 0;
}

WordFit wordFit(std::string_view folded, std::string_view word) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.data());
    const auto length = static_cast<std::int32_t>(folded.size());
    auto best = WordFit::None;
    for (auto at = folded.find(word); at != std::string_view::npos && !word.empty(); at = folded.find(word, at + 1)) {
        UChar32 before = ' ';
        UChar32 after = ' ';
        if (auto start = static_cast<std::int32_t>(at); start > 0)
            U8_PREV(bytes, 0, start, before);
        if (auto end = static_cast<std::int32_t>(at + word.size()); end < length)
            U8_NEXT(bytes, end, length, after);
        if (before >= 0 && isWordPart(before))
            continue; // in the middle of a word
        if (after < 0 || !isWordPart(after))
            return WordFit::Whole;
        best = WordFit::Begins;
    }
    return best;
}

std::string_view nationalDigits(std::string_view e164) {
    constexpr std::string_view twoDigits =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62"
        " 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
    if (e164.size() < 5 || e164.front() != '+')
        return {};
    if (e164[1] == '1' || e164[1] == '7')
        return e164.substr(2);
    return e164.substr(twoDigits.find(e164.substr(1, 2)) == std::string_view::npos ? 4 : 3);
}

std::string afterPrefix(std::string_view prefix) {
    std::string after(prefix);
    while (!after.empty() && static_cast<unsigned char>(after.back()) == 0xFF)
        after.pop_back();
    if (!after.empty())
        after.back() = static_cast<char>(static_cast<unsigned char>(after.back()) + 1);
    return after;
}

} // namespace outrider::contact
