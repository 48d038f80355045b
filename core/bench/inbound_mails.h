// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::bench {

// The n-th of a mix as it comes back to strategies: of twenty, twelve answers (half of them in text and HTML with what
// they answer quoted), four absences, two bounces, an opt-out and a newsletter.
std::string inboundMail(int number, std::string_view from, std::string_view answers);

} // namespace outrider::bench
