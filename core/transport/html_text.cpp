// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/html_text.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/html_scan.h"
#include "core/transport/html_tree.h"
#include "core/transport/text_writer.h"

#include <algorithm>
#include <vector>

namespace outrider::transport {

namespace {

constexpr std::string_view rule = "________________________________"; // as Outlook's own plain text has it

enum class Flow { Inline, Block, Paragraph };

Flow flowOf(GumboTag tag) {
    switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_PRE:
        return Flow::Paragraph;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_BODY:
        return Flow::Block;
    default:
        return Flow::Inline;
    }
}

void enter(const GumboElement& element, TextWriter& out) {
    switch (element.tag) {
    case GUMBO_TAG_BR:
        out.lineBreak();
        return;
    case GUMBO_TAG_HR:
        out.block();
        out.text(rule);
        out.block();
        return;
    case GUMBO_TAG_BLOCKQUOTE:
        out.quote(+1);
        return;
    case GUMBO_TAG_LI:
        out.block();
        out.text("-");
        out.space();
        return;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        out.space();
        return;
    case GUMBO_TAG_IMG:
        if (const auto* alt = gumbo_get_attribute(&element.attributes, "alt"); alt != nullptr)
            out.text(alt->value);
        return;
    default:
        break;
    }
    switch (flowOf(element.tag)) {
    case Flow::Paragraph:
        out.paragraph();
        break;
    case Flow::Block:
        out.block();
        break;
    case Flow::Inline:
        break;
    }
}

void leave(const GumboElement& element, TextWriter& out) {
    if (element.tag == GUMBO_TAG_BLOCKQUOTE) {
        out.quote(-1);
        return;
    }
    switch (flowOf(element.tag)) {
    case Flow::Paragraph:
        out.paragraph();
        break;
    case Flow::Block:
        out.block();
        break;
    case Flow::Inline:
        break;
    }
}

// Without recursion: the depth of the tree is the sender's choice.
void walk(const GumboNode* root, TextWriter& out) {
    struct Step {
        const GumboNode* node;
        unsigned int child;
    };

    std::vector<Step> path{{root, 0}};
    int preformatted = 0;
    while (!path.empty()) {
        auto& [node, child] = path.back();
        const GumboElement& element = node->v.element;
        if (child == element.children.length) {
            leave(element, out);
            preformatted -= element.tag == GUMBO_TAG_PRE ? 1 : 0;
            path.pop_back();
            continue;
        }
        const auto* next = static_cast<const GumboNode*>(element.children.data[child++]);
        if (next->type == GUMBO_NODE_TEXT || next->type == GUMBO_NODE_CDATA) {
            if (preformatted > 0)
                out.verbatim(next->v.text.text);
            else
                out.text(next->v.text.text);
        } else if (next->type == GUMBO_NODE_WHITESPACE) {
            if (preformatted > 0)
                out.verbatim(next->v.text.text);
            else
                out.space();
        } else if (next->type == GUMBO_NODE_ELEMENT && !isSkippedElement(next->v.element.tag)
                   && !isHiddenElement(next->v.element)) {
            enter(next->v.element, out);
            preformatted += next->v.element.tag == GUMBO_TAG_PRE ? 1 : 0;
            path.push_back({next, 0});
        }
    }
}

} // namespace

std::string_view htmlCharset(std::string_view bytes) {
    constexpr std::size_t lookAt = 1024;
    const auto head = bytes.substr(0, lookAt);
    const std::string lower = contact::asciiLower(head);
    for (auto at = lower.find("<meta"); at != std::string::npos; at = lower.find("<meta", at + 1)) {
        const auto end = std::min(lower.find('>', at), lower.size());
        const auto charset = lower.find("charset=", at);
        if (charset == std::string::npos || charset >= end)
            continue;
        const auto start = lower.find_first_not_of("\"' ", charset + 8);
        if (start == std::string::npos || start >= end)
            continue;
        const auto stop = std::min(lower.find_first_of("\"' ;/>", start), end);
        return head.substr(start, stop - start);
    }
    return {};
}

std::string htmlToText(std::string_view html) {
    html = utf8Prefix(html, mostHtml);
    const std::string lower = contact::asciiLower(html);
    if (isReasonableHtml(lower)) {
        HtmlArena arena;
        if (const GumboNode* root = parseHtml(arena, html); root != nullptr) {
            TextWriter out;
            walk(root, out);
            return cleanUtf8(out.take());
        }
    }
    return cleanUtf8(scannedHtmlText(html, lower));
}

} // namespace outrider::transport
