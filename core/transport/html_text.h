// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::transport {

// The readable text of an HTML mail, UTF-8 in and out: nothing is fetched, run or kept but text.
//
// Paragraphs, list items and table rows become lines, <blockquote> becomes "> " as in plain text (so
// a quoted history is found the same way), <hr> a line of underscores as Outlook writes it. What a
// reader would not see (style, script, hidden preheaders) is left out.
//
// Bounded for hostile input: at most mostHtml bytes are read, the HTML5 tree (gumbo) is built in an
// arena of limited size, and markup nested or left open beyond reason is reduced to text by a plain
// scan instead, in linear time.
std::string htmlToText(std::string_view html);

// The charset a <meta> in the first kilobyte declares; empty when there is none.
std::string_view htmlCharset(std::string_view bytes);

inline constexpr std::size_t mostHtml = 1024 * 1024;

} // namespace outrider::transport
