// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/support.h"

#include <CLI/CLI.hpp>

namespace outrider::cli {

// strategy publish, release, results, rules, holidays
void addStrategyRulesCommands(CLI::App& strategy, Command& chosen);

} // namespace outrider::cli
