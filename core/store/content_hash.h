// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <string>

namespace outrider::store {

// The hash of the workspace's content, 64 hex digits: BLAKE2b-256 over every row of every journaled
// table in the order of their ids, column by column with its name, without derived columns. Equal
// content gives equal hashes whatever the order rows were written in, and whatever the file's
// pages look like: what undo, round-trip, crash and sync tests compare. Reads the whole file.
std::string contentHash(ReadContext& context);

} // namespace outrider::store
