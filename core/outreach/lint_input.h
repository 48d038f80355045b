// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outreach/message_lint.h"
#include "core/store/sqlite/connection.h"

namespace outrider::outreach {

// Everything the checks look at, read at one moment. `leads`: who it is for; of very many, the first. No strategy: a
// version that is not stored yet. Throws StoreException.
LintInput lintInput(store::Connection& db, StrategyId strategy, const StrategyVersion& version, const std::vector<LeadId>& leads);

// Who runs in it now, as many as are looked at.
std::vector<LeadId> leadsIn(store::Connection& db, StrategyId strategy);

// The version in force has no message that could never be sent: MessageChecks ("step rule word") is the first that is.
Result<> checkMessages(store::Connection& db, StrategyId strategy);

} // namespace outrider::outreach
