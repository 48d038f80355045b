// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include <string>
#include <string_view>

namespace outrider::transport {

// HTML looked at tag by tag, without building a tree: linear whatever the sender wrote. Both take the
// HTML and the same in lower case.

// Whether the tree builder's work on it stays in proportion: some of its steps look through all
// elements that are open, or all attributes of one, so thousands of them make it quadratic.
bool isReasonableHtml(std::string_view lowerHtml);

// The text between the tags, lines broken where the usual block tags stand.
std::string scannedHtmlText(std::string_view html, std::string_view lowerHtml);

} // namespace outrider::transport
