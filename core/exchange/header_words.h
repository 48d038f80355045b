// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// A column's header as the words in it: lower case, without accents, asterisks and punctuation;
// "camelCase", "snake_case", "kebab-case", "Name2" and "LINKEDINUrl" come apart. "#" is a word.
// "Person - E-Mail (Work)*" -> person, e, mail, work.
std::vector<std::string> headerWords(std::string_view header);

// The words joined: what two spellings of one header have in common. "personemailwork".
std::string headerKey(std::string_view header);

} // namespace outrider::exchange
