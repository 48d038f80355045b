// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/store/sqlite/connection.h"

namespace outrider::store {

// Copies every page of one encrypted file into another, new one (sqlite3_backup), while others read and
// write the first: what is copied is the view of a transaction that `from` is in. Pages are decrypted and
// encrypted again in memory; none reaches the disk in plain text. Keeps no journal of its own: when it
// fails, or the process ends, the other file is rubbish and its owner removes it.
//
// Counts pages in `progress`. Throws StoreException; Cancelled when asked to stop.
void copyOnline(Connection& from, Connection& to, Progress& progress);

// The name of the VFS a connection works through: a copy goes through the same (the tests' fails on purpose).
std::string vfsOf(const Connection& db);

} // namespace outrider::store
