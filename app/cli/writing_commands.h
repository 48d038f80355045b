// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"
#include "core/services/lead_selection.h"

#include <CLI/CLI.hpp>

#include <optional>

namespace outrider::cli {

// What the checks warn of has to be confirmed before leads are enrolled: without `force` the warnings are printed and
// the command's exit code is returned. Nothing: go on.
std::optional<int> refusedByChecks(Session& session, Workspace& workspace, StrategyId strategy, const LeadSelection& leads,
                                   bool force);

} // namespace outrider::cli
