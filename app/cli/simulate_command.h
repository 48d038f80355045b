// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/support.h"

namespace outrider::cli {

// `strategy simulate`: the next days as they will be, before they are.
void addSimulateCommand(CLI::App& strategy, Command& chosen);

} // namespace outrider::cli
