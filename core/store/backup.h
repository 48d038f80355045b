// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/domain/backup.h"
#include "core/store/store.h"

#include <string>

namespace outrider::store {

// A backup is a workspace file like any other, under the same key, with its ".keys" beside it: whatever
// opens it today opened the workspace on its day. It rests without a WAL, so that one file is all of it,
// and knows its own content hash.
//
// All of these block, read or write whole files and leave nothing half under a final name: what is being
// made is called "<target>.partial" until it is whole, checked and on the disk.

// Copies the store while it is being worked in, and checks the copy by opening it: every page's HMAC and
// structure, and the content's hash against that of the moment it was made from. Replaces nothing:
// FileUnwritable, DiskFull, StoreExists, StoreDamaged, Cancelled.
Result<BackupFacts> writeBackup(const Store& store, const std::string& target, BackupKind kind, Progress& progress);

// The same of a file that is not open as a Store: before a migration.
Result<BackupFacts> writeBackup(Connection& from, const SecureBytes& key, const std::string& target, BackupKind kind, Instant now,
                                Progress& progress);

// Opens it for reading and checks all of it. StoreDamaged, WrongKey, StoreTooNew, FileNotFound as opening
// does; a hash that differs is StoreDamaged too.
Result<BackupFacts> checkBackup(const std::string& path, const SecureBytes& key, Progress& progress);

// Makes a workspace of it at `target`, where no file may be (StoreExists). Its content is the backup's, its
// replica number new, and it sends nothing until a person has looked through what waits (send_fence.h).
Result<BackupFacts> restoreBackup(const std::string& path, const std::string& target, const SecureBytes& key, Random& random,
                                  Progress& progress);

// Where backups of a workspace go unless another folder is chosen, the ones in a folder (oldest first), and
// a name in it that is free.
std::string backupFolderOf(const std::string& storePath);
std::vector<BackupFile> backupsIn(const std::string& folder, const std::string& storePath);
std::string newBackupPath(const std::string& folder, const std::string& storePath, Instant at, BackupKind kind);
// The youngest action: whether something was done since.
std::int64_t youngestAction(Connection& db);
// The file and its keys.
void removeBackup(const BackupFile& file);

} // namespace outrider::store
