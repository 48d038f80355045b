// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outreach/strategy_flow.h"
#include "core/services/lead_service.h"
#include "core/store/sqlite/connection.h"

namespace outrider {

// Everything a lead's page shows beside its timeline; ErrorCode::NotFound. Throws StoreException.
Result<LeadDetail> readLeadDetail(store::Connection& db, LeadId id, const outreach::Surroundings& surroundings, Instant now);

} // namespace outrider
