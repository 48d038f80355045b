// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

#include <string>
#include <vector>

namespace outrider::store {

// Looks for damage: every page's HMAC, SQLite's own structure, foreign keys, derived columns against
// what they are derived from, the search index. One line for each thing wrong; empty: sound.
// Reads the whole file. Throws StoreException.
std::vector<std::string> examine(Connection& db);

} // namespace outrider::store
