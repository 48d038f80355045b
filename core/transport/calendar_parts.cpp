// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/calendar_parts.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/mime_tree.h"
#include "core/transport/transfer_encoding.h"

#include <algorithm>

namespace outrider::transport {

namespace {

constexpr std::size_t mostTexts = 3;
constexpr std::size_t mostBytes = 1024 * 1024; // of an invitation

bool isCalendar(const MimeNode& node) {
    std::string name = node.disposition.parameter("filename");
    if (name.empty())
        name = node.type.parameter("name");
    return node.type.value == "text/calendar" || node.type.value == "application/ics"
           || contact::asciiLower(name).ends_with(".ics");
}

void collect(const MimeNode& node, std::vector<std::string>& texts) {
    if (node.type.value == "message/rfc822") // somebody else's invitation
        return;
    for (const MimeNode& child : node.children) // bounded (parsed_mail.h)
        collect(child, texts);
    if (!node.children.empty() || !isCalendar(node) || texts.size() == mostTexts)
        return;
    const std::string bytes = decodeTransfer(node.body, node.encoding);
    std::string text = decodeText(std::string_view(bytes).substr(0, mostBytes), node.type.parameter("charset"));
    if (std::ranges::find(texts, text) == texts.end())
        texts.push_back(std::move(text));
}

} // namespace

std::vector<std::string> calendarTexts(std::string_view raw) {
    std::vector<std::string> texts;
    // Most mails have none, and the tree of one with many parts is not for nothing.
    const auto isIn = [raw](std::string_view word) {
        return std::search(raw.begin(), raw.end(), word.begin(), word.end(),
                           [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; })
               != raw.end();
    };
    if (isIn("text/calendar") || isIn(".ics") || isIn("application/ics"))
        collect(MimeTree(raw).root(), texts);
    return texts;
}

} // namespace outrider::transport
