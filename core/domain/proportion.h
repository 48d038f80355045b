// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace outrider {

// What a share counted from few may really be; 0 to 1.
struct Interval {
    double low = 0;
    double high = 1;
};

// Wilson's score interval, 95 %, without continuity correction (E. B. Wilson, 1927; Newcombe, 1998, method 3): true also
// for few and for shares near 0, where the usual one reaches below nothing. Of no trials: anything.
Interval wilson95(std::int64_t successes, std::int64_t trials);

} // namespace outrider
