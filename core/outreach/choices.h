// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// Choices in a template, what senders call spintax: {Hi|Hello|Hey} is one of the three. They may hold {{fields}} and
// further choices. A pair of braces without a bar between them is text, so is whatever stands in {{…}}; \{ \} \| are
// the signs themselves.

struct TemplateChoice {
    std::size_t position = 0; // in bytes, of the opening brace
    std::size_t length = 0;   // with the braces
    std::vector<std::string_view> options;
};

// The outermost ones, as they stand. TemplateSyntax ("position: what was expected") when one is not closed in its line.
Result<std::vector<TemplateChoice>> templateChoices(std::string_view text);

// The text with every choice made; the same seed makes the same. Escapes are left for the renderer.
Result<std::string> withChoices(std::string_view text, std::uint64_t seed);

// A seed of its own for each message and part of it, well mixed.
std::uint64_t choiceSeed(std::uint64_t lead, std::uint64_t step, std::uint64_t part);

// Whether a brace or bar at `at` is only a sign: a backslash stands before it.
constexpr bool isEscape(std::string_view text, std::size_t at) {
    return text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '{' || text[at + 1] == '}' || text[at + 1] == '|');
}

} // namespace outrider::outreach
