// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/mail_html.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/html_text.h"
#include "core/transport/mime_tree.h"
#include "core/transport/parsed_mail.h"
#include "core/transport/transfer_encoding.h"

#include <algorithm>
#include <string>

namespace outrider::transport {

namespace {

// Of the mail itself: what is attached as a message has a text of its own.
template <typename Wanted>
const MimeNode* find(const MimeNode& node, const Wanted& wanted) {
    if (node.children.empty())
        return wanted(node) ? &node : nullptr;
    if (!node.type.value.starts_with("multipart/"))
        return nullptr;
    for (const MimeNode& child : node.children) {
        if (const MimeNode* found = find(child, wanted))
            return found;
    }
    return nullptr;
}

std::string_view withoutBrackets(std::string_view id) {
    id = contact::trimmed(id);
    if (id.starts_with('<') && id.ends_with('>'))
        id = id.substr(1, id.size() - 2);
    return id;
}

} // namespace

std::optional<CleanHtml> cleanMailHtml(std::string_view raw) {
    raw = raw.substr(0, mostMailBytes);
    while (!raw.empty() && (raw.front() == '\r' || raw.front() == '\n'))
        raw.remove_prefix(1);
    if (raw.starts_with("From ")) // mbox
        raw.remove_prefix(std::min(raw.find('\n'), raw.size() - 1) + 1);
    const MimeTree tree(raw);
    const MimeNode* part = find(tree.root(), [](const MimeNode& node) {
        return (node.type.value == "text/html" || node.type.value == "application/xhtml+xml")
               && node.disposition.value != "attachment";
    });
    if (part == nullptr)
        return std::nullopt;
    const std::string bytes = decodeTransfer(part->body.substr(0, 4 * mostHtml), part->encoding);
    std::string charset = part->type.parameter("charset");
    if (charset.empty())
        charset = htmlCharset(bytes);
    int images = 0;
    const InlineImage inlineImage = [&](std::string_view contentId) -> std::string {
        const MimeNode* image = find(tree.root(), [&](const MimeNode& node) {
            return node.type.value.starts_with("image/") && withoutBrackets(node.header("Content-ID")) == contentId;
        });
        if (image == nullptr || image->encoding != "base64" || image->body.size() > largestInlineImage
            || ++images > mostInlineImages)
            return {};
        return "data:" + image->type.value + ";base64," + std::string(image->body);
    };
    return cleanHtml(decodeText(std::string_view(bytes).substr(0, 2 * mostHtml), charset), inlineImage);
}

} // namespace outrider::transport
