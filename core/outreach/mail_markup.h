// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// The HTML of a message, made of the same text its plain part shows: a part of CommonMark (by cmark), and what people
// write into mail anyway.
//
//   a blank line begins a paragraph, a line end is one    **bold**  *italic*    - or 1. lists    > quoted
//   [text](https://…)  https://… as it stands             # a heading is a bold line
//
// HTML in the text is shown as text, and so are pictures. A link leads to http, https, mailto or tel; any other is
// text. What stands in a link's place is never a script, whatever a field held.
//
// `footer` is put below as it is: lines, and links as they stand.
std::string htmlOf(std::string_view markup, std::string_view footer);

// A link of a text as written, for checking. Positions in bytes.
struct MarkupLink {
    std::string_view text;   // empty: a bare link
    std::string_view target; // as written, {{fields}} and all
    std::size_t position = 0;
    std::size_t length = 0;
    bool picture = false; // ![text](target)
};

std::vector<MarkupLink> linksOf(std::string_view markup);

} // namespace outrider::outreach
