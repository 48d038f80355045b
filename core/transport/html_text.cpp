// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/html_text.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/html_scan.h"
#include "core/transport/text_writer.h"

#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <cstdint>
#include <memory>
#include <vector>

namespace outrider::transport {

namespace {

constexpr std::size_t mostTree = 64 * 1024 * 1024;
constexpr std::string_view rule = "________________________________"; // as Outlook's own plain text has it

// Memory for one parse, all freed at once. gumbo frees its tree by recursion, which a deep document
// turns into a stack overflow, and has no limit of its own: both are answered here.
class Arena {
public:
    std::jmp_buf full{};

    void* take(std::size_t size) {
        constexpr std::size_t align = alignof(std::max_align_t);
        size = (std::max<std::size_t>(size, 1) + align - 1) / align * align;
        if (size > mostTree - m_used)
            std::longjmp(full, 1); // only C frames of gumbo in between: nothing to destroy
        m_used += size;
        if (size > blockSize / 4) {
            m_blocks.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
            return m_blocks.back().get();
        }
        if (m_current == nullptr || m_at + size > blockSize) {
            m_blocks.push_back(std::make_unique_for_overwrite<std::byte[]>(blockSize));
            m_current = m_blocks.back().get();
            m_at = 0;
        }
        void* memory = m_current + m_at;
        m_at += size;
        return memory;
    }

private:
    static constexpr std::size_t blockSize = 256 * 1024;
    std::vector<std::unique_ptr<std::byte[]>> m_blocks;
    std::byte* m_current = nullptr;
    std::size_t m_at = 0;
    std::size_t m_used = 0;
};

// The tree lives in the arena; nullptr when it would not fit.
const GumboNode* parseTree(Arena& arena, std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* memory, std::size_t size) { return static_cast<Arena*>(memory)->take(size); };
    options.deallocator = [](void*, void*) {};
    options.userdata = &arena;
    options.max_errors = 0;
    if (setjmp(arena.full) != 0) // NOLINT(cert-err52-cpp): the allocator must not return null to gumbo
        return nullptr;
    return gumbo_parse_with_options(&options, html.data(), html.size())->root;
}

bool isSkipped(GumboTag tag) {
    switch (tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
        return true;
    default:
        return false;
    }
}

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

// What a mail hides from its reader, usually a preview line that repeats the text.
bool isHidden(const GumboElement& element) {
    if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr)
        return true;
    const GumboAttribute* style = gumbo_get_attribute(&element.attributes, "style");
    if (style == nullptr)
        return false;
    std::string text = contact::asciiLower(std::string_view(style->value).substr(0, 1024));
    std::erase_if(text, isHtmlSpace);
    return text.find("display:none") != std::string::npos || text.find("visibility:hidden") != std::string::npos
           || text.find("mso-hide:all") != std::string::npos;
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
        } else if (next->type == GUMBO_NODE_ELEMENT && !isSkipped(next->v.element.tag) && !isHidden(next->v.element)) {
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
        Arena arena;
        if (const GumboNode* root = parseTree(arena, html); root != nullptr) {
            TextWriter out;
            walk(root, out);
            return cleanUtf8(out.take());
        }
    }
    return cleanUtf8(scannedHtmlText(html, lower));
}

} // namespace outrider::transport
