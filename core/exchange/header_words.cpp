// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/header_words.h"

#include "core/contact/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace outrider::exchange {

namespace {

enum class Kind { Break, Lower, Upper, Digit, Other /* letters without case */ };

Kind kindOf(UChar32 c) {
    if (c < 0)
        return Kind::Break;
    if (u_isupper(c) || u_istitle(c))
        return Kind::Upper;
    if (u_islower(c))
        return Kind::Lower;
    if (u_isdigit(c))
        return Kind::Digit;
    const auto mark = U_GET_GC_MASK(c) & U_GC_M_MASK;
    return u_isalpha(c) || mark != 0 ? Kind::Other : Kind::Break;
}

// "'s" at a word's end and "l'", "d'" at its beginning are no words of their own.
bool isApostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x00B4 || c == '`'; }

bool isLowerAt(std::string_view text, int at) {
    UChar32 c = 0;
    if (at >= static_cast<int>(text.size()))
        return false;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, static_cast<int>(text.size()), c);
    return kindOf(c) == Kind::Lower;
}

} // namespace

std::vector<std::string> headerWords(std::string_view header) {
    std::vector<std::string> words;
    std::string word;
    Kind before = Kind::Break;
    std::size_t uppers = 0; // how many capitals in a row end the word
    bool afterApostrophe = false;
    const auto end = [&] {
        if (!word.empty() && !(afterApostrophe && (word == "s" || word == "S")))
            words.push_back(contact::unaccented(word));
        word.clear();
        uppers = 0;
        afterApostrophe = false;
    };
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(header.data());
    const int length = static_cast<int>(header.size());
    for (int at = 0; at < length;) {
        const int from = at;
        UChar32 c = 0;
        U8_NEXT(bytes, at, length, c);
        const Kind kind = kindOf(c);
        if (kind == Kind::Break) {
            end();
            afterApostrophe = isApostrophe(c) && !words.empty();
            if (c == '#')
                words.emplace_back("#");
            before = Kind::Break;
            continue;
        }
        const auto character = header.substr(std::size_t(from), std::size_t(at - from));
        if (!word.empty()) {
            const bool digits = (kind == Kind::Digit) != (before == Kind::Digit);
            if (digits || (kind == Kind::Upper && before == Kind::Lower)) {
                end();
            } else if (kind == Kind::Lower && before == Kind::Upper && uppers > 1 && !(c == 's' && !isLowerAt(header, at))) {
                // "URLName": the last capital begins the next word; "URLs" is one word
                std::size_t cut = word.size() - 1;
                while (cut > 0 && (static_cast<unsigned char>(word[cut]) & 0xC0U) == 0x80)
                    --cut;
                std::string next = word.substr(cut);
                word.resize(cut);
                end();
                word = std::move(next);
            }
        }
        word += character;
        uppers = kind == Kind::Upper ? uppers + 1 : 0;
        before = kind;
    }
    end();
    return words;
}

std::string headerKey(std::string_view header) {
    std::string key;
    for (const std::string& word : headerWords(header))
        key += word;
    return key;
}

} // namespace outrider::exchange
