// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead_list.h"
#include "core/store/sqlite/statement.h"

#include <string>

namespace outrider::store {

// The SELECT of what a list shows of leads, without a WHERE, of the table lead (alias l); and a row of it.
const std::string& leadListRowSql();
LeadListRow readLeadListRow(const Statement& row);

} // namespace outrider::store
