// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker.h"
#include "core/domain/archive.h"
#include "core/domain/backup.h"
#include "core/services/workspace_opening.h"

#include <QFuture>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace outrider {

class ServiceContext;

// Backups and archives of the open workspace. Backups are made while it is worked in, encrypted as it is, checked before they
// count. Thread-safe; every call returns at once. Unsupported in the practice workspace.
class BackupService {
public:
    explicit BackupService(ServiceContext& context);
    ~BackupService();

    // Into the folder, or the one of the policy. Busy: one is being made already.
    QFuture<Result<BackupFacts>> create(std::string folder = {}, ProgressPtr progress = {});
    // Oldest first.
    QFuture<Result<std::vector<BackupFile>>> list(std::string folder = {});
    // Reads all of it, with this workspace's key.
    QFuture<Result<BackupFacts>> verify(std::string path, ProgressPtr progress = {});

    // A new workspace at `target`, where none may be (StoreExists); nothing leaves it until a person has looked through
    // its outbox. Opened by this workspace's key, or with what opened it on its day: WrongKey when the first does not fit.
    QFuture<Result<BackupFacts>> restore(std::string path, std::string target, std::optional<UnlockWith> with = std::nullopt,
                                         ProgressPtr progress = {});

    QFuture<Result<BackupPolicy>> policy();
    QFuture<Result<>> setPolicy(BackupPolicy policy);

    struct Status {
        std::string folder;
        std::optional<BackupFile> last;
        int count = 0;
        std::int64_t bytes = 0;     // of all
        std::optional<Error> error; // why the last one was not made; gone with the next that is
        bool automatic = true;
    };
    QFuture<Result<Status>> status();

    // Everything as plain files into an empty folder, unencrypted, and back into a workspace in which nothing was
    // done yet (store/archive.h).
    QFuture<Result<ArchiveFacts>> exportArchive(ArchiveFormat format, std::string folder, ProgressPtr progress = {});
    QFuture<Result<ArchiveFacts>> importArchive(std::string folder, ProgressPtr progress = {});

    // From then on the policy's backups are made and pruned by themselves, when something has changed.
    void start();
    // What start() does every minute: makes the one that is due, if any. Blocks.
    void look();
    // Gives up what is under way and waits for it; only beforeImport() may be called afterwards.
    void finish();

    // Blocks: the backup before an import into a workspace that has something to lose. Its failure is kept
    // for status() and is no reason not to import, which can be undone; only Cancelled is passed on.
    Result<> beforeImport(const ProgressPtr& progress);

private:
    Result<BackupFacts> make(BackupKind kind, const std::string& folder, const ProgressPtr& progress);
    Result<BackupPolicy> readPolicy();
    std::string folderOf(const BackupPolicy& policy) const;
    void keep(const ProgressPtr& progress); // to cancel it when ending
    void loop();
    bool hasChanged();

    ServiceContext& m_context;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    ProgressPtr m_running; // the automatic one's
    std::vector<std::weak_ptr<Progress>> m_asked;
    std::optional<Error> m_error;
    std::thread m_thread;
    std::unique_ptr<Worker> m_worker; // last: joined first
};

// The policy as the setting holds it; the usual one when there is none.
BackupPolicy backupPolicyOf(const std::string& setting);

// The backups in their usual place beside a workspace, which need not exist any more; oldest first. Blocks for a look
// into the folder.
std::vector<BackupFile> backupsBeside(const std::string& workspacePath);

// Of a backup whose workspace need not exist any more: what opened the workspace that day opens it, by
// passphrase or recovery code. These two block. Errors of opening; StoreDamaged: what is wrong.
Result<BackupFacts> verifyBackup(const std::string& path, const UnlockWith& with, const ProgressPtr& progress = {});
// A new workspace at `target`, where none may be (StoreExists). Nothing leaves it until a person has looked
// through its outbox.
Result<BackupFacts> restoreBackup(Environment& environment, const std::string& path, const std::string& target,
                                  const UnlockWith& with, const ProgressPtr& progress = {});
// The same on a thread of its own; for where no workspace is open.
QFuture<Result<BackupFacts>> restoreWorkspace(Environment& environment, std::string path, std::string target, UnlockWith with,
                                              ProgressPtr progress);

// A file beside the workspace in which a restored one can be made: its own place when nothing is there any more.
std::string restoredPath(const std::string& workspacePath);

} // namespace outrider
