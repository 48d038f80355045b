// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// A link of a mail as it is, beside what it claims to be.
struct MailLink {
    std::string text;
    std::string url;         // http, https or mailto
    std::string host;        // where it leads; of mailto the address
    bool misleading = false; // its text names another host, or the address hides the real one

    bool operator==(const MailLink&) const = default;
};

// The HTML of a mail, made harmless.
struct CleanHtml {
    std::string html;            // elements and attributes of the lists in html_clean.cpp, nothing else
    std::vector<MailLink> links; // in order
    int imagesLeftOut = 0;       // remote ones, and what was too large or of an unknown kind
    bool truncated = false;      // beyond a limit; shown as far as it went

    bool operator==(const CleanHtml&) const = default;
};

// The picture a "cid:" names as a "data:" URL; empty when the mail does not carry it.
using InlineImage = std::function<std::string(std::string_view contentId)>;

// Keeps what is on an allow-list: text, its structure, links to http, https and mailto, small pictures the mail
// itself carries (PNG, JPEG, GIF). No scripts, styles, handlers, forms, frames, refreshes, SVG; nothing that
// anything would be fetched for. A picture left out is a box and its alternative text. Behind a link whose text
// names another host than the one it leads to, that host is written out; directions of writing cannot be overridden.
//
// UTF-8 in and out. Bounded: input like htmlToText(), output, elements, depth and nested tables by limits of its own.
CleanHtml cleanHtml(std::string_view html, const InlineImage& inlineImage = {});

inline constexpr std::size_t mostCleanHtml = 2 * 1024 * 1024;
inline constexpr std::size_t largestInlineImage = 256 * 1024; // of its data: URL

// Where a link leads: the host, without user, password and port, as browsers read it. Empty when there is none.
std::string linkHost(std::string_view url);

} // namespace outrider::transport
