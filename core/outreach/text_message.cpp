// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/text_message.h"

#include <algorithm>
#include <array>

namespace outrider::outreach {

namespace {

constexpr int gsmOne = 160;
constexpr int gsmOfSeveral = 153;
constexpr int unicodeOne = 70;
constexpr int unicodeOfSeveral = 67;

// Beside ASCII; and those that take two.
constexpr std::array<std::string_view, 36> alphabet{"£", "¥", "è", "é", "ù", "ì", "ò", "Ç", "Ø", "ø", "Å", "å",
                                                    "Δ", "Φ", "Γ", "Λ", "Ω", "Π", "Ψ", "Σ", "Θ", "Ξ", "Æ", "æ",
                                                    "ß", "É", "¤", "¡", "Ä", "Ö", "Ñ", "Ü", "§", "¿", "ä", "ö"};
constexpr std::array<std::string_view, 3> more{"ñ", "ü", "à"};
constexpr std::array<std::string_view, 10> twice{"\f", "^", "{", "}", "\\", "[", "~", "]", "|", "€"};

bool isAmong(std::string_view sign, const auto& list) { return std::ranges::find(list, sign) != list.end(); }

// 0: not in the alphabet.
int gsmUnits(std::string_view sign) {
    if (isAmong(sign, twice))
        return 2;
    if (sign.size() == 1)
        return sign == "`" || (static_cast<unsigned char>(sign[0]) < 0x20 && sign != "\n" && sign != "\r") ? 0 : 1;
    return isAmong(sign, alphabet) || isAmong(sign, more) ? 1 : 0;
}

std::size_t lengthAt(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return std::min(length, text.size() - at);
}

int segmentsOf(int units, int one, int ofSeveral) {
    return units == 0 ? 0 : units <= one ? 1 : (units + ofSeveral - 1) / ofSeveral;
}

} // namespace

TextSize textSize(std::string_view utf8) {
    TextSize size;
    int gsm = 0;
    int unicode = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::string_view sign = utf8.substr(at, lengthAt(utf8, at));
        at += sign.size();
        const int units = gsmUnits(sign);
        if (units == 0 && size.firstOutside.empty())
            size.firstOutside = sign;
        gsm += units;
        unicode += sign.size() == 4 ? 2 : 1;
    }
    size.unicode = !size.firstOutside.empty();
    size.units = size.unicode ? unicode : gsm;
    size.segments = size.unicode ? segmentsOf(unicode, unicodeOne, unicodeOfSeveral) : segmentsOf(gsm, gsmOne, gsmOfSeveral);
    return size;
}

int charactersOf(std::string_view utf8) {
    return int(std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Window withinTextHours(const std::optional<Window>& window) {
    if (!window)
        return textHours;
    return {.days = window->days,
            .startMinute = std::max(window->startMinute, textHours.startMinute),
            .endMinute = std::min(window->endMinute, textHours.endMinute)};
}

} // namespace outrider::outreach
