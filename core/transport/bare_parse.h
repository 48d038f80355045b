// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace outrider::transport {

// What GMime alone does with a mail: takes it apart, and says of how many parts it is. What reading a mail is measured
// against (core/bench).
std::size_t bareParse(std::string_view raw);

} // namespace outrider::transport
