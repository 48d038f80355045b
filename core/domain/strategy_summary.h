// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"

namespace outrider {

// A strategy as lists show it.
struct StrategySummary {
    Strategy strategy;
    int versionNumber = 0;
    int stepCount = 0;
    std::int64_t running = 0;  // leads in it now
    std::int64_t enrolled = 0; // ever
    std::int64_t replied = 0;  // ended by a reply
    std::int64_t finished = 0;
};

} // namespace outrider
