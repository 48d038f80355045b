// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"

#include <array>
#include <string>

namespace outrider::practice {

// The three strategies of the practice workspace.
enum class PracticeStrategy { DockDelays, ColdChain, PortOperators };

struct NamedVersion {
    std::string name;
    StrategyVersion version; // without ids
};

// `always`: reaches people at any hour of any day, instead of 08:00 to 17:00, Monday to Friday.
std::array<NamedVersion, 3> practiceStrategies(bool always);

} // namespace outrider::practice
