// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

#include <string>
#include <vector>

namespace outrider::store {

// Looks for damage: every page's HMAC, SQLite's own structure, foreign keys, derived columns against
// what they are derived from, the rollups against a recount, the search index, the journal's chain, room on the disk.
// One line for each thing wrong, also for what cannot be read; empty: sound. Reads the whole file, on a read-only
// connection. Throws StoreException(Cancelled).
std::vector<std::string> examine(Connection& db);

// Puts right what is derived from something else, and only that: columns kept by triggers, rollups, the search
// index, the file's own indexes. `found` is what examine() said; returns a line for each thing it did. What
// a person wrote is never touched: that is what backups are for. Nor is anything when pages are damaged.
std::vector<std::string> repair(Connection& db, const std::vector<std::string>& found);

} // namespace outrider::store
