// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"

namespace outrider::cli {

// preview, approve, decline and reclassify, below `inbox`.
void addMailHistoryCommands(CLI::App& inbox, Command& chosen);

} // namespace outrider::cli
