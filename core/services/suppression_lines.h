// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/suppression_service.h"

#include <string_view>
#include <vector>

namespace outrider {

// What a pasted list or a file says nothing may be sent to, in its order: addresses ("Name <a@b.example>", "mailto:…"),
// domains ("@b.example", "*.b.example", "https://b.example/x"), numbers. One a line, or cells of a table whose header,
// when it has one, is skipped; of a row with several cells every address and number counts, a domain only by itself
// ("@b.example") or when it is the first. A cell that names a reason ("unsubscribed", "bounced") is the row's. Lines that
// begin with "#" are remarks. Nothing is looked up: State is New or Unreadable.
std::vector<SuppressionService::Line> suppressionLines(std::string_view text, SuppressionReason reason, std::string_view country);

} // namespace outrider
