// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include <gumbo.h>

#include <csetjmp>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace outrider::transport {

// Memory for one parse, all freed at once. gumbo frees its tree by recursion, which a deep document
// turns into a stack overflow, and has no limit of its own: both are answered here.
class HtmlArena {
public:
    std::jmp_buf full{};

    void* take(std::size_t size);

private:
    std::vector<std::unique_ptr<std::byte[]>> m_blocks;
    std::byte* m_current = nullptr;
    std::size_t m_at = 0;
    std::size_t m_used = 0;
};

// The tree lives in the arena; nullptr when it would not fit.
const GumboNode* parseHtml(HtmlArena& arena, std::string_view html);

// What is no text to read: scripts, styles, frames, controls.
bool isSkippedElement(GumboTag tag);

// What a mail hides from its reader, usually a preview line that repeats the text.
bool isHiddenElement(const GumboElement& element);

// The value of an attribute; empty when it has none.
std::string_view attributeOf(const GumboElement& element, const char* name);

} // namespace outrider::transport
