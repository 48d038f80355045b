// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// The file's pages whose HMAC is wrong, in SQLCipher's words, at most `most`; empty: the file is as it was written.
//
// Of pages beyond 4 GiB nothing is said: up to and including 4.6.1 the library computes their place in 32 bits and calls
// every one of them wrong (github.com/sqlcipher/sqlcipher/issues/604). Those that hold something are read, and so their
// HMACs checked, by PRAGMA integrity_check: who wants to know of the whole file asks for both.
// Throws StoreException.
std::vector<std::string> damagedPages(Connection& db, std::size_t most);

// Whether what the library says of a page is that mistake.
bool isSaidOfPageBeyondReach(std::string_view finding, std::int64_t pageSize);

} // namespace outrider::store
