// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace outrider::outreach {

// Private to core/outreach: what message_lint looks for.

// Phrases content filters count against a message, in lower case: English and German.
std::span<const std::string_view> spamPhrases();
// Hosts whose links hide where they lead.
bool isLinkShortener(std::string_view host);
// Kinds of files mail servers refuse or strip, by the last part of the name.
bool isRefusedFile(std::string_view extension);

} // namespace outrider::outreach
