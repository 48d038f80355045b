// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"

#include <CLI/CLI.hpp>

namespace outrider::cli {

// strategy publish, release, results, rules, holidays
void addStrategyRulesCommands(CLI::App& strategy, Command& chosen);

} // namespace outrider::cli
