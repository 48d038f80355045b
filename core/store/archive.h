// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/archive.h"
#include "core/store/store.h"

#include <string>

namespace outrider::store {

// A whole workspace as plain files anybody can read, and back: content, history, the ledger of sends; not
// the passwords of mailboxes. Rows stream one by one, so memory does not grow with the workspace. Both
// functions block.

// Writes into a folder that is empty or not there yet (AlreadyExists). The manifest, which reading insists
// on, comes last; whatever fails, and Cancelled, leaves the folder as it was.
Result<ArchiveFacts> exportArchive(const Store& store, ArchiveFormat format, const std::string& folder, Progress& progress);

// Fills a workspace in which nothing was done yet (AlreadyExists), in one transaction: every row is checked
// against the schema, the counts and the content's hash against the manifest; when anything is wrong
// (UnsupportedFormat; the detail says where) nothing is written. What waits in its outbox is held by the send
// fence.
Result<ArchiveFacts> importArchive(Store& store, const std::string& folder, Progress& progress);

} // namespace outrider::store
