// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/words.h"

#include "core/contact/text.h"

namespace outrider::inbound {

namespace {

constexpr std::size_t longestExcerpt = 200;

} // namespace

std::string wordsOf(std::string_view text) {
    const std::string plain = contact::unaccented(text);
    std::string words = " ";
    words.reserve(plain.size() + 2);
    for (std::size_t at = 0; at < plain.size(); ++at) {
        const char c = plain[at];
        const auto byte = static_cast<unsigned char>(c);
        // General punctuation (U+2000…U+206F: dashes, quotes) and the no-break space part words too.
        const bool punctuation =
            (byte == 0xE2 && at + 2 < plain.size() && static_cast<unsigned char>(plain[at + 1]) <= 0x81) || (byte == 0xC2);
        if (punctuation) {
            at += byte == 0xE2 ? 2 : 1;
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80) {
            words += c;
            continue;
        }
        if (words.back() != ' ')
            words += ' ';
    }
    if (words.back() != ' ')
        words += ' ';
    return words;
}

std::string_view startOf(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
        --bytes;
    return text.substr(0, bytes);
}

std::string excerpt(std::string_view text) {
    return contact::collapsed(startOf(contact::trimmed(startOf(text, 4 * longestExcerpt)), longestExcerpt));
}

} // namespace outrider::inbound
