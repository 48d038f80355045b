// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace outrider::practice {

// What the prospects say in one language. In braces: {first} {last} the person who wrote to them, {gate}
// their gate, {back} a date, {name} themselves, {date} {time} {who} of what they quote.
struct PhraseBook {
    std::string_view language; // BCP 47, without region
    std::string_view prefix;   // of an answer's subject
    std::string_view greeting; // above the name
    std::string_view attribution;
    std::string_view datePattern; // {d} {m} {y}
    std::array<std::string_view, 12> months;
    std::vector<std::string_view> replies;
    std::vector<std::string_view> secondReplies;
    std::string_view optOut;
    std::string_view awaySubject;
    std::string_view away;
};

// English for languages nobody has a book of.
const PhraseBook& phraseBook(std::string_view language);

} // namespace outrider::practice
