// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/html_scan.h"

#include "core/transport/text_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>

namespace outrider::transport {

namespace {

constexpr int mostOpenElements = 512;
constexpr int mostAttributes = 512;

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Tag {
    std::string name; // lower case
    bool closing = false;
    std::size_t end = 0;    // behind the '>'
    int mostAttributes = 0; // it has no more than these
};

// Reads the tag at html[at] == '<', in lower-cased HTML. The name is empty when it is none: a comment,
// or a stray '<'.
Tag readTag(std::string_view html, std::size_t at) {
    constexpr std::size_t longestName = 16;
    Tag tag;
    if (html.substr(at, 4) == "<!--") {
        const auto end = html.find("-->", at);
        tag.end = end == std::string_view::npos ? html.size() : end + 3;
        return tag;
    }
    std::size_t i = at + 1;
    if (i < html.size() && html[i] == '/') {
        tag.closing = true;
        ++i;
    }
    if (i >= html.size() || (!isLetter(html[i]) && html[i] != '!' && html[i] != '?')) {
        tag.end = at + 1;
        return tag;
    }
    for (; i < html.size() && tag.name.size() < longestName; ++i) {
        if (isLetter(html[i]) || (html[i] >= '0' && html[i] <= '9'))
            tag.name += html[i];
        else
            break;
    }
    // To the '>' that is not inside a quoted value. An attribute begins at white space, a slash or a quote's
    // end.
    char quote = 0;
    char before = 0; // the last character that was no white space
    for (; i < html.size() && (quote != 0 || html[i] != '>'); ++i) {
        const char c = html[i];
        if (quote != 0) {
            if (c == quote)
                quote = 0;
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
            ++tag.mostAttributes;
        } else if (isHtmlSpace(c) || c == '/') {
            ++tag.mostAttributes;
        }
        if (!isHtmlSpace(c))
            before = c;
    }
    tag.end = std::min(i + 1, html.size());
    // What is inside these is no markup.
    if (!tag.closing && (tag.name == "style" || tag.name == "script")) {
        tag.end = std::min(html.find("</" + tag.name, tag.end), html.size());
    }
    return tag;
}

bool isOneOf(std::string_view name, std::span<const std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 15> neverOpen{"br",  "hr",    "img",   "input",  "meta",  "link", "area", "base",
                                                     "col", "embed", "param", "source", "track", "wbr",  ""};
constexpr std::array<std::string_view, 13> oftenLeftOpen{"p",      "li",    "dt",    "dd",    "tr",       "td",  "th",
                                                         "option", "tbody", "thead", "tfoot", "colgroup", "html"};
constexpr std::array<std::string_view, 13> lines{"p",  "div", "br", "tr", "li", "table", "h1",
                                                 "h2", "h3",  "h4", "ul", "ol", "pre"};

// One character reference at text[at] == '&'; 0 when it is none.
std::size_t decodeReference(std::string_view text, std::size_t at, std::string& out) {
    const auto end = text.substr(at, 12).find(';');
    if (end == std::string_view::npos || end < 2)
        return 0;
    const auto name = text.substr(at + 1, end - 1);
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> named{
        {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}}};
    for (const auto& [known, character] : named) {
        if (name == known) {
            out += character;
            return end + 1;
        }
    }
    if (name.front() != '#')
        return 0;
    const bool hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
    std::uint32_t code = 0;
    const auto digits = name.substr(hex ? 2 : 1);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || code == 0 || code > 0x10FFFF
        || (code >= 0xD800 && code < 0xE000))
        return 0;
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | (code >> 6));
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | (code >> 12));
        byte(0x80 | ((code >> 6) & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | (code >> 18));
        byte(0x80 | ((code >> 12) & 0x3F));
        byte(0x80 | ((code >> 6) & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
    return end + 1;
}

std::string withoutReferences(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '&') {
            if (const auto used = decodeReference(text, i, out); used > 0) {
                i += used;
                continue;
            }
        }
        out += text[i++];
    }
    return out;
}

} // namespace

bool isReasonableHtml(std::string_view lowerHtml) {
    int open = 0;
    for (auto at = lowerHtml.find('<'); at != std::string_view::npos; at = lowerHtml.find('<', at)) {
        const Tag tag = readTag(lowerHtml, at);
        at = tag.end;
        if (tag.mostAttributes > mostAttributes) // each is compared with all before it
            return false;
        if (isOneOf(tag.name, neverOpen) || isOneOf(tag.name, oftenLeftOpen))
            continue;
        open = std::max(0, open + (tag.closing ? -1 : 1));
        if (open > mostOpenElements)
            return false;
    }
    return true;
}

std::string scannedHtmlText(std::string_view html, std::string_view lowerHtml) {
    TextWriter out;
    for (std::size_t at = 0; at < html.size();) {
        const auto open = std::min(html.find('<', at), html.size());
        out.text(withoutReferences(html.substr(at, open - at)));
        if (open == html.size())
            break;
        const Tag tag = readTag(lowerHtml, open);
        if (tag.name.empty() && tag.end == open + 1)
            out.text("<");
        else if (tag.name == "blockquote")
            out.quote(tag.closing ? -1 : +1);
        else if (isOneOf(tag.name, lines))
            out.block();
        at = tag.end;
    }
    return out.take();
}

} // namespace outrider::transport
