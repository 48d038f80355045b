// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/proportion.h"

#include <algorithm>
#include <cmath>

namespace outrider {

Interval wilson95(std::int64_t successes, std::int64_t trials) {
    constexpr double z = 1.959963984540054; // the normal distribution's 97.5 % quantile
    if (trials <= 0)
        return {};
    const auto n = double(trials);
    const double p = std::clamp(double(successes) / n, 0.0, 1.0);
    const double centre = p + z * z / (2 * n);
    const double spread = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {.low = successes <= 0 ? 0 : std::max(0.0, (centre - spread) / scale),
            .high = successes >= trials ? 1 : std::min(1.0, (centre + spread) / scale)};
}

} // namespace outrider
