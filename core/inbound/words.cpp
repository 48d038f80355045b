// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/words.h"

#include "core/contact/text.h"

#include <array>
#include <cstdint>
#include <optional>

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

namespace {

// Which three letters stand together somewhere in a text. A phrase with three that do not is not in it, and most are
// told so by their first ones, which is many times as fast as looking for each of hundreds.
class Triples {
public:
    explicit Triples(std::string_view text) {
        for (std::size_t i = 0; i + 2 < text.size(); ++i)
            m_bits[place(text, i) / 64] |= std::uint64_t(1) << place(text, i) % 64;
    }

    bool mayHold(std::string_view phrase) const {
        for (std::size_t i = 0; i + 2 < phrase.size(); ++i) {
            if ((m_bits[place(phrase, i) / 64] >> place(phrase, i) % 64 & 1) == 0)
                return false;
        }
        return true;
    }

private:
    static std::size_t place(std::string_view text, std::size_t at) {
        const auto byte = [&](std::size_t i) { return std::size_t(static_cast<unsigned char>(text[at + i])); };
        return (byte(0) * 961 + byte(1) * 31 + byte(2)) % places;
    }

    static constexpr std::size_t places = 8192;
    std::array<std::uint64_t, places / 64> m_bits{};
};

constexpr std::size_t few = 8; // are looked for as they are

} // namespace

std::string_view firstHeld(std::string_view words, std::span<const std::string_view> phrases) {
    const std::optional<Triples> triples = phrases.size() > few ? std::optional<Triples>(words) : std::nullopt;
    const auto found = std::find_if(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
        return (!triples || triples->mayHold(phrase)) && holds(words, phrase);
    });
    return found == phrases.end() ? std::string_view() : *found;
}

std::string excerpt(std::string_view text) {
    return contact::collapsed(startOf(contact::trimmed(startOf(text, 4 * longestExcerpt)), longestExcerpt));
}

} // namespace outrider::inbound
