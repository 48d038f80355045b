// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/html_tree.h"

#include "core/contact/text.h"
#include "core/transport/text_writer.h"

#include <algorithm>
#include <string>

namespace outrider::transport {

namespace {

constexpr std::size_t mostTree = 64 * 1024 * 1024;
constexpr std::size_t blockSize = 256 * 1024;

} // namespace

void* HtmlArena::take(std::size_t size) {
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

const GumboNode* parseHtml(HtmlArena& arena, std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* memory, std::size_t size) { return static_cast<HtmlArena*>(memory)->take(size); };
    options.deallocator = [](void*, void*) {};
    options.userdata = &arena;
    options.max_errors = 0;
    if (setjmp(arena.full) != 0) // NOLINT(cert-err52-cpp): the allocator must not return null to gumbo
        return nullptr;
    return gumbo_parse_with_options(&options, html.data(), html.size())->root;
}

bool isSkippedElement(GumboTag tag) {
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

bool isHiddenElement(const GumboElement& element) {
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

std::string_view attributeOf(const GumboElement& element, const char* name) {
    const GumboAttribute* attribute = gumbo_get_attribute(&element.attributes, name);
    return attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
}

} // namespace outrider::transport
