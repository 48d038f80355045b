// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/strategy_service.h"

#include <vector>

namespace outrider {

bool isWindow(const Window& window);

// What makes a version impossible to run; the editor shows these as its red checks.
std::vector<StrategyCheck> strategyFaults(const StrategyVersion& version);

// What is only worth knowing.
void adviseOnStrategy(std::vector<StrategyCheck>& checks, const StrategyVersion& version);

} // namespace outrider
