// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/person_name.h"

#include "core/contact/text.h"

#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <vector>

namespace outrider::contact {

namespace {

// Words that belong to the last name which follows them.
constexpr std::array<std::string_view, 33> particles{"al", "ap", "ben", "bin", "da",  "dal", "de",  "del", "della", "den", "der",
                                                     "di", "do", "dos", "du",  "el",  "ibn", "la",  "las", "le",    "los", "mac",
                                                     "ní", "o'", "op",  "san", "st.", "te",  "ten", "ter", "van",   "von", "zu"};

constexpr std::array<std::string_view, 26> salutations{
    "dr", "dr.", "frau", "herr", "hr.", "ing.", "m.",  "mag.", "me",   "mevrouw", "mlle", "mme", "monsieur",
    "mr", "mr.", "mrs",  "mrs.", "ms",  "ms.",  "pan", "pani", "prof", "prof.",   "sir",  "sr.", "sra."};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), folded(word)) != words.end();
}

std::string join(const std::vector<std::string_view>& words, std::size_t from, std::size_t to) {
    std::string out;
    for (std::size_t i = from; i < to; ++i) {
        if (!out.empty())
            out += ' ';
        out += words[i];
    }
    return out;
}

// Whether a name is written in Han characters, kana or Hangul: then the family's comes first.
bool isFamilyFirst(std::string_view word) {
    const auto first =
        icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size()))).char32At(0);
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(first, &status);
    return U_SUCCESS(status)
           && (script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_HANGUL);
}

} // namespace

PersonName splitFullName(std::string_view fullName) {
    PersonName name;
    const std::string text = collapsed(fullName);
    if (const auto comma = text.find(", "); comma != std::string::npos && comma > 0) {
        name.last = text.substr(0, comma);
        const PersonName rest = splitFullName(std::string_view(text).substr(comma + 2));
        name.salutation = rest.salutation;
        name.first = rest.first;
        name.middle = rest.last.empty() ? rest.middle : rest.middle + (rest.middle.empty() ? "" : " ") + rest.last;
        return name;
    }

    std::vector<std::string_view> words;
    for (const auto word : split(text, " ")) {
        if (!word.empty())
            words.push_back(word);
    }
    std::size_t first = 0;
    while (first + 1 < words.size() && among(salutations, words[first]))
        ++first;
    name.salutation = join(words, 0, first);
    if (first == words.size())
        return name;
    if (first + 1 == words.size()) {
        name.first = std::string(words[first]);
        return name;
    }
    if (first + 2 == words.size() && isFamilyFirst(words[first])) {
        name.last = std::string(words[first]);
        name.first = std::string(words[first + 1]);
        return name;
    }
    std::size_t last = words.size() - 1;
    while (last > first + 1 && among(particles, words[last - 1]))
        --last;
    name.first = std::string(words[first]);
    name.middle = join(words, first + 1, last);
    name.last = join(words, last, words.size());
    return name;
}

} // namespace outrider::contact
