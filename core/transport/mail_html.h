// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/html_clean.h"

#include <optional>
#include <string_view>

namespace outrider::transport {

// The HTML a mail shows, made harmless, with the small pictures it carries itself (Content-ID) in their places.
// None when it has no HTML to show: then its text is what there is. Bounded like parse() and cleanHtml(); at
// most mostInlineImages are put in.
std::optional<CleanHtml> cleanMailHtml(std::string_view raw);

inline constexpr int mostInlineImages = 40;

} // namespace outrider::transport
