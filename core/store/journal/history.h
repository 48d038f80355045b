// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/store/sqlite/connection.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// Who did what when, from the journal. All functions throw StoreException.

// A page of actions, newest first. Of a lead: those that changed it, its tags, addresses, custom fields,
// strategies, tasks, mail or timeline, also what it has lost since.
std::vector<HistoryEntry> history(Connection& db, const HistoryQuery& query);

// Its statement, for the query-plan test.
std::string historySql(const HistoryQuery& query);

std::optional<HistoryEntry> findAction(Connection& db, ActionId id);

// The columns of `action a` (and, joined to it, `member m`) that readAction() reads.
extern const std::string_view actionColumns;
HistoryEntry readAction(const Statement& row);

// The action that made a row, or none the journal still knows.
ActionId insertedBy(Connection& db, std::string_view table, std::int64_t row);

// A value of a column as a person reads it: a status by its name, an owner, a company; moments in ISO 8601.
std::string cellText(Connection& db, std::string_view table, std::string_view column, const std::string& value);

} // namespace outrider::store
