// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_plausibility.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace outrider::exchange {

namespace {

using Weights = std::unordered_map<UChar32, double>;

void add(Weights& weights, std::string_view letters, double weight) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(letters.data());
    const int length = static_cast<int>(letters.size());
    for (int at = 0; at < length;) {
        UChar32 c = 0;
        U8_NEXT(bytes, at, length, c);
        weights[c] = weight;
    }
}

const Weights& letterWeights() {
    static const Weights weights = [] {
        Weights w;
        // Latin, by how often names, places and job titles of Europe use them
        add(w, "éèäöüßàáíóúçñãõêâ", 6);
        add(w, "ąćęłńóśżźčěřšůýžåæøőűışğ", 5);
        add(w, "îôûëïòùìœİŞăâșțđ", 4);
        add(w, "ÄÖÜÉÅØÇŁŚŻŠČŽÁÍÓÚÑĆŹŘÆ", 4);
        add(w, "āēīūėįųģķļņ", 4);
        add(w, "ÀÈÊÂÎÔÃÕÚÝŐŰĄĘŃĚŮĎŤŇďťňĽľĺŕÞþðÐȘȚţŢĀĒĪŪĖĮŲĢĶĻŅ", 2);
        add(w, "ÌÒÙÏËÛŒÿŸŔĹ", 0.5);
        add(w, "Ğ", -3); // never begins a word
        // Cyrillic
        add(w, "оеаинтсрвлкмдпу", 6);
        add(w, "яыьгзбчйхжшюцщэфіїєґў", 4);
        add(w, "ъё", 3);
        add(w, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯІЇЄ", 3);
        add(w, "ЙЪЫЬ", 0);
        // Greek
        add(w, "αοιετσνηυρπκμλςάίόέήύώωγδβχθφξζψ", 5);
        add(w, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ", 3);
        // What belongs into text without being a letter
        add(w, "’“”„‚‘–—…€«»°ºª§©®™·•£¿¡\u00A0№", 1);
        // What one sees when a text is decoded wrongly
        add(w, "¤¦¨¬¯´¸¹²³¼½¾×÷¶ƒˆ˜‰†‡‹›≈∆√∫◊¢¥±µ\u00AD", -6);
        return w;
    }();
    return weights;
}

double weightOf(UChar32 c, UScriptCode script) {
    static const Weights& weights = letterWeights();
    if (c >= 0xFF61 && c <= 0xFF9F) // half-width kana: what Shift_JIS makes of other encodings
        return 0.5;
    if (const auto known = weights.find(c); known != weights.end())
        return known->second;
    switch (script) {
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
        return 5;
    case USCRIPT_HAN:
        return c <= 0x9FFF && c >= 0x4E00 ? 3 : -6;
    case USCRIPT_HEBREW:
        return c >= 0x05D0 && c <= 0x05EA ? 5 : -3; // letters, not their points
    case USCRIPT_ARABIC:
        return u_isalpha(c) ? 4 : -3;
    case USCRIPT_THAI:
        return 3.5;
    default:
        break;
    }
    if (c == 0xFFFD || u_iscntrl(c) || !u_isdefined(c))
        return -20;
    if (c >= 0x2500 && c <= 0x259F) // boxes: what a DOS code page makes of others
        return -8;
    if (u_isalpha(c))
        return 0;
    return -3;
}

// The letters beyond ASCII of the languages that share code pages.
constexpr std::string_view alphabets[]{
    "äöüßÄÖÜé",                                                           // German
    "éèàùâêîôûçëïüœÿÉÈÀÙÂÊÎÔÛÇËÏŒ",                                       // French
    "áéíóúñüÁÉÍÓÚÑÜçÇàèòïÀÈÒ",                                            // Spanish, Catalan
    "àèéìòóùÀÈÉÌÒÙ",                                                      // Italian
    "áâãàçéêíóôõúÁÂÃÀÇÉÊÍÓÔÕÚü",                                          // Portuguese
    "åäöÅÄÖéæøÆØÉü",                                                      // Swedish, Danish, Norwegian, Finnish
    "áéíóúýþæöðÁÉÍÓÚÝÞÆÖÐ",                                               // Icelandic
    "ëéïöüèáóí",                                                          // Dutch
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",                                                 // Polish
    "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽľĺŕôäĽĹŔ",                             // Czech, Slovak
    "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",                                                 // Hungarian
    "ăâîșțşţĂÂÎȘȚŞŢ",                                                     // Romanian
    "čćđšžČĆĐŠŽ",                                                         // Croatian, Slovene
    "çğıöşüÇĞİÖŞÜâ",                                                      // Turkish
    "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ",                                             // Latvian
    "ąčęėįšųūžĄČĘĖĮŠŲŪŽ",                                                 // Lithuanian
    "äõöüšžÄÕÖÜŠŽ",                                                       // Estonian
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", // Russian, Bulgarian
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ", // Ukrainian
    "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ",       // Serbian
};

using Alphabets = std::uint32_t; // a bit for each of them

const std::unordered_map<UChar32, Alphabets>& alphabetsByLetter() {
    static const auto map = [] {
        std::unordered_map<UChar32, Alphabets> m;
        Alphabets bit = 1;
        for (const auto letters : alphabets) {
            Weights one;
            add(one, letters, 1);
            for (const auto& [c, weight] : one)
                m[c] |= bit;
            bit <<= 1U;
        }
        return m;
    }();
    return map;
}

// What share of the letters counted belongs to the language that has most of them.
class Language {
public:
    void count(UChar32 c) {
        ++m_letters;
        const auto found = alphabetsByLetter().find(c);
        if (found == alphabetsByLetter().end())
            return;
        for (std::size_t i = 0; i < m_counts.size(); ++i)
            m_counts[i] += (found->second >> i) & 1U;
    }

    double share() const {
        return m_letters == 0 ? 1 : static_cast<double>(*std::max_element(m_counts.begin(), m_counts.end())) / m_letters;
    }

private:
    std::array<int, std::size(alphabets)> m_counts{};
    int m_letters = 0;
};

// Letters that may stand in one word.
bool sameWord(UScriptCode a, UScriptCode b) {
    const auto japanese = [](UScriptCode s) { return s == USCRIPT_HIRAGANA || s == USCRIPT_KATAKANA || s == USCRIPT_HAN; };
    return a == b || (japanese(a) && japanese(b)) || a == USCRIPT_COMMON || b == USCRIPT_COMMON || a == USCRIPT_INHERITED
           || b == USCRIPT_INHERITED;
}

bool isCellStart(UChar32 before) { return before == ',' || before == ';' || before == '\t' || before == '\n' || before == '"'; }

struct Seen {
    UChar32 c = ' ';
    bool letter = false;
    bool upper = false;
    bool lower = false;
    UScriptCode script = USCRIPT_COMMON;
};

Seen look(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    return {.c = c,
            .letter = u_isalpha(c) != 0,
            .upper = u_isupper(c) != 0,
            .lower = u_islower(c) != 0,
            .script = c < 0 ? USCRIPT_COMMON : uscript_getScript(c, &status)};
}

} // namespace

double plausibility(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int64_t>(text.size());
    double total = 0;
    std::int64_t count = 0;
    Language language;
    Seen before;
    std::int64_t at = 0;
    const auto next = [&] {
        UChar32 c = 0;
        U8_NEXT(bytes, at, length, c);
        return look(c < 0 ? 0xFFFD : c);
    };
    if (text.empty())
        return 0;
    Seen now = next();
    for (bool last = false; !last;) {
        last = at >= length;
        const Seen after = last ? Seen() : next();
        if (now.c >= 0x80) {
            ++count;
            total += weightOf(now.c, now.script);
            if (now.letter && (now.script == USCRIPT_LATIN || now.script == USCRIPT_CYRILLIC))
                language.count(now.c);
            if (!now.letter && before.letter && after.letter)
                total += now.c == 0x2019 ? 4 : -5; // O’Neill
            if (u_isdigit(after.c) && !before.letter)
                total += now.letter ? -8 : u_charType(now.c) == U_CURRENCY_SYMBOL ? 3 : 0; // €50
            if (isCellStart(before.c) && (now.c == 0x201C || now.c == 0x201E || now.c == 0xAB))
                total += 2;
            if (now.lower && now.script != USCRIPT_LATIN && !before.letter && isCellStart(before.c))
                total -= 3; // Cyrillic and Greek cells begin with a capital
            if (now.letter && before.letter) {
                if (!sameWord(before.script, now.script))
                    total -= 8;
                else if (now.upper && before.lower)
                    total -= 5;
            }
            if (now.letter && after.letter) {
                if (!sameWord(now.script, after.script))
                    total -= 8;
                else if (now.lower && after.upper)
                    total -= 5;
                else if (now.upper && !before.letter && after.upper)
                    total -= 0.5; // all capitals are rarer than one
            }
        }
        before = now;
        now = after;
    }
    return count == 0 ? 0 : total / static_cast<double>(count) - 6 * (1 - language.share());
}

} // namespace outrider::exchange
