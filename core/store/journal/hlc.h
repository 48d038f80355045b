// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace outrider::store {

// The next hybrid logical clock after `last`: 12 hex digits of milliseconds, 4 of a counter, 4 of the
// replica. Fixed width, so byte order is clock order. Never goes back when the computer's clock does.
// Source: Kulkarni et al., "Logical Physical Clocks" (2014).
std::string nextHlc(std::string_view last, Instant now, std::uint16_t replica);

} // namespace outrider::store
