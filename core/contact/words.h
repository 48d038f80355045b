// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outrider::contact {

// The words of a text as search sees them: folded, without accents, split at everything that is no letter and no
// digit. "Łódź, anna@nordwind.example" -> lodz anna nordwind example. Pure functions; thread-safe.
std::vector<std::string> wordsOf(std::string_view text);

// Whether each of the words begins some word of the text. The words are those of wordsOf(). No words: true.
bool wordsBegin(std::string_view text, const std::vector<std::string>& words);

// How a word of wordsOf() is in a text that is folded already: as one of its words, as the beginning of one, not at all.
enum class WordFit { None, Begins, Whole };
WordFit wordFit(std::string_view folded, std::string_view word);

// A number in E.164 form without '+' and country code: "+4930123456" -> "30123456". By the lengths of the codes
// ITU-T E.164 has given out. Empty: not such a number.
std::string_view nationalDigits(std::string_view e164);

// The first string that comes after all that begin with this prefix, byte by byte; empty: there is none.
std::string afterPrefix(std::string_view prefix);

} // namespace outrider::contact
