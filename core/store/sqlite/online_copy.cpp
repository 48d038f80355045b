// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/online_copy.h"

#include <sqlite3.h>

#include <memory>

namespace outrider::store {

namespace {

constexpr int pagesAtOnce = 2048; // 8 MiB: how long a wish to stop may wait

struct Finish {
    void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

} // namespace

std::string vfsOf(const Connection& db) {
    sqlite3_vfs* vfs = nullptr;
    if (sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_VFS_POINTER, &vfs) != SQLITE_OK || vfs == nullptr)
        return {};
    return vfs->zName;
}

void copyOnline(Connection& from, Connection& to, Progress& progress) {
    const auto failWith = [&to](int code) { throw StoreException(sqliteError(code, sqlite3_errmsg(to.handle()), to.path())); };
    to.script("PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    std::unique_ptr<sqlite3_backup, Finish> backup(sqlite3_backup_init(to.handle(), "main", from.handle(), "main"));
    if (!backup)
        failWith(sqlite3_extended_errcode(to.handle()));
    for (;;) {
        const int code = sqlite3_backup_step(backup.get(), pagesAtOnce);
        const int total = sqlite3_backup_pagecount(backup.get());
        progress.setTotal(total);
        progress.setDone(total - sqlite3_backup_remaining(backup.get()));
        if (code == SQLITE_DONE)
            break;
        if (code != SQLITE_OK)
            failWith(code);
        if (progress.cancelled())
            throw StoreException(Error(ErrorCode::Cancelled));
    }
    if (const int code = sqlite3_backup_finish(backup.release()); code != SQLITE_OK)
        failWith(code);
}

} // namespace outrider::store
