// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup.h"

#include "core/base/log.h"
#include "core/store/content_hash.h"
#include "core/store/migrations/migrations.h"
#include "core/store/sqlite/online_copy.h"
#include "core/store/sqlite/page_check.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStorageInfo>

#include <algorithm>
#include <tuple>

#if defined(Q_OS_UNIX)
#include <fcntl.h>
#include <unistd.h>
#endif

namespace outrider::store {

namespace {

constexpr const char* keysSuffix = ".keys";
constexpr std::int64_t spareBytes = std::int64_t(16) << 20; // for everybody else on that disk

QString qt(const std::string& path) { return QString::fromStdString(path); }

// Removes what was begun unless it was finished.
class Partial {
public:
    explicit Partial(const std::string& target) : m_target(target), m_path(target + ".partial") { clear(); }
    ~Partial() {
        if (!m_finished)
            clear();
    }
    Partial(const Partial&) = delete;
    Partial& operator=(const Partial&) = delete;

    const std::string& path() const { return m_path; }

    // On the disk, then under its name, then the name on the disk.
    Result<> finish() {
        if (!onDisk(m_path))
            return fail(ErrorCode::FileUnwritable, m_target);
        if (QFile::exists(qt(m_target))) // Qt would not replace it; say what is in the way
            return fail(ErrorCode::StoreExists, m_target);
        if (!QFile::rename(qt(m_path), qt(m_target)))
            return fail(ErrorCode::FileUnwritable, m_target);
        onDisk(QFileInfo(qt(m_target)).absolutePath().toStdString());
        m_finished = true;
        return {};
    }

private:
    static bool onDisk([[maybe_unused]] const std::string& path) {
#if defined(Q_OS_UNIX)
        const int file = ::open(QFile::encodeName(qt(path)).constData(), O_RDONLY | O_CLOEXEC);
        if (file < 0)
            return false;
        const bool synced = ::fsync(file) == 0;
        ::close(file);
        return synced;
#else
        return true;
#endif
    }

    void clear() const {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            QFile::remove(qt(m_path + suffix));
    }

    const std::string m_target;
    const std::string m_path;
    bool m_finished = false;
};

// Before anything is begun: the place must be there, be free, and have room.
Result<> makeRoom(const std::string& target, std::int64_t bytes) {
    if (QFileInfo::exists(qt(target)) || QFileInfo::exists(qt(target + keysSuffix)))
        return fail(ErrorCode::StoreExists, target);
    const QDir folder = QFileInfo(qt(target)).absoluteDir();
    if (!folder.exists() && !folder.mkpath(QStringLiteral(".")))
        return fail(ErrorCode::FileUnwritable, folder.path().toStdString());
    if (!QFileInfo(folder.path()).isWritable())
        return fail(ErrorCode::FileUnwritable, folder.path().toStdString());
    const QStorageInfo storage(folder.path());
    if (storage.isValid() && storage.bytesAvailable() >= 0 && storage.bytesAvailable() < bytes + spareBytes)
        return fail(ErrorCode::DiskFull, folder.path().toStdString());
    return {};
}

std::int64_t sizeOf(const std::string& path) { return QFileInfo(qt(path)).size() + QFileInfo(qt(path + "-wal")).size(); }

// The slots as they are now; a file without (the tests', the practice workspace's) has none to keep.
Result<> copyKeys(const std::string& from, const std::string& to) {
    QFile in(qt(from + keysSuffix));
    if (!in.exists())
        return {};
    QSaveFile out(qt(to + keysSuffix));
    if (!in.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, from + keysSuffix);
    const QByteArray keys = in.readAll();
    if (!out.open(QIODevice::WriteOnly) || !out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || out.write(keys) != keys.size() || !out.commit())
        return fail(ErrorCode::FileUnwritable, to + keysSuffix);
    return {};
}

std::string meta(Connection& db, const char* key) { return db.text("SELECT value FROM meta WHERE key = ?1", key); }

std::string hashOf(Connection& db) {
    if (schemaVersion(db) != currentSchemaVersion())
        return {};
    ReadContext read(db, Instant{});
    return contentHash(read);
}

// Every page's HMAC and SQLite's own structure.
Result<> examinePages(Connection& db) {
    const std::vector<std::string> pages = damagedPages(db, 1);
    if (!pages.empty())
        return fail(ErrorCode::StoreDamaged, pages.front());
    if (const std::string structure = db.text("PRAGMA integrity_check(1)"); structure != "ok")
        return fail(ErrorCode::StoreDamaged, structure);
    return {};
}

// Of writing a copy, "the store failed" means the place it is written to.
Error writing(Error error, const std::string& target) {
    if (error.code == ErrorCode::StoreFailed || error.code == ErrorCode::StoreReadOnly || error.code == ErrorCode::FileUnreadable)
        return Error(ErrorCode::FileUnwritable, target, error.native);
    if (error.code == ErrorCode::DiskFull)
        error.detail = target;
    return error;
}

struct Copied {
    std::string vfs;
    std::string hash;
    int schema = 0;
};

// `from`, as it is now, into the partial file; the hash is that of the very same view.
Result<Copied> copyInto(const Partial& partial, Connection& from, const SecureBytes& key, Progress& progress) {
    progress.setPhase(Progress::Phase::Reading);
    const Transaction view(from, Transaction::Kind::Read);
    Copied copied{.vfs = vfsOf(from), .schema = schemaVersion(from)};
    copied.hash = hashOf(from);
    if (progress.cancelled())
        return fail(ErrorCode::Cancelled);
    progress.setPhase(Progress::Phase::Writing);
    OUTRIDER_ASSIGN(const auto to, Connection::open({.path = partial.path(), .mode = OpenMode::Create, .vfs = copied.vfs}, key));
    copyOnline(from, *to, progress);
    return copied;
}

// What is asked of a copy before it gets its name. Opens and closes it; it rests without a WAL.
Result<> settle(const Partial& partial, const SecureBytes& key, const Copied& copied, const char* journalMode,
                const std::function<void(Connection&)>& change, Progress& progress) {
    progress.setPhase(Progress::Phase::Checking);
    OUTRIDER_ASSIGN(const auto db,
                    Connection::open({.path = partial.path(), .mode = OpenMode::ReadWrite, .vfs = copied.vfs}, key));
    {
        Transaction transaction(*db, Transaction::Kind::Write);
        change(*db);
        transaction.commit();
    }
    OUTRIDER_TRY(examinePages(*db));
    if (hashOf(*db) != copied.hash)
        return fail(ErrorCode::StoreDamaged, partial.path());
    db->script(std::string("PRAGMA journal_mode = ") + journalMode);
    return {};
}

} // namespace

Result<BackupFacts> writeBackup(Connection& from, const SecureBytes& key, const std::string& target, BackupKind kind, Instant now,
                                Progress& progress) {
    OUTRIDER_TRY(makeRoom(target, sizeOf(from.path())));
    Partial partial(target);
    try {
        auto copied = copyInto(partial, from, key, progress);
        if (!copied)
            return fail(writing(std::move(copied).error(), target));
        auto settled = settle(
            partial, key, *copied, "DELETE",
            [&](Connection& db) {
                const auto set = [&db](const char* name, const std::string& value) {
                    db.run("INSERT INTO meta(key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value", name,
                           value);
                };
                set("backup_hash", copied->hash);
                set("backup_at", toIso8601(now));
                set("backup_kind", std::string(name(kind)));
            },
            progress);
        if (!settled)
            return fail(writing(std::move(settled).error(), target));
        progress.setPhase(Progress::Phase::Finishing);
        OUTRIDER_TRY(copyKeys(from.path(), target)); // first: a backup without its keys would open for nobody
        if (auto finished = partial.finish(); !finished) {
            QFile::remove(qt(target + keysSuffix));
            return fail(std::move(finished).error());
        }
        return BackupFacts{.path = target,
                           .hash = copied->hash,
                           .schema = copied->schema,
                           .madeAt = toIso8601(now),
                           .kind = std::string(name(kind)),
                           .bytes = QFileInfo(qt(target)).size()};
    } catch (const StoreException& e) {
        return fail(writing(e.error(), target));
    }
}

Result<BackupFacts> writeBackup(const Store& store, const std::string& target, BackupKind kind, Progress& progress) {
    OUTRIDER_ASSIGN(const auto from, store.connect({.path = store.path(), .mode = OpenMode::ReadOnly}));
    return writeBackup(*from, store.key(), target, kind, store.clock().now(), progress);
}

Result<BackupFacts> checkBackup(const std::string& path, const SecureBytes& key, Progress& progress) {
    progress.setPhase(Progress::Phase::Checking);
    OUTRIDER_ASSIGN(const auto db, Connection::open({.path = path, .mode = OpenMode::ReadOnly}, key));
    try {
        const Transaction view(*db, Transaction::Kind::Read);
        BackupFacts facts{.path = path, .schema = schemaVersion(*db), .bytes = QFileInfo(qt(path)).size()};
        if (facts.schema > currentSchemaVersion())
            return fail(ErrorCode::StoreTooNew, std::to_string(facts.schema) + "/" + std::to_string(currentSchemaVersion()));
        OUTRIDER_TRY(examinePages(*db));
        facts.madeAt = meta(*db, "backup_at");
        facts.kind = meta(*db, "backup_kind");
        facts.hash = hashOf(*db);
        const std::string recorded = meta(*db, "backup_hash");
        if (!facts.hash.empty() && !recorded.empty() && facts.hash != recorded)
            return fail(ErrorCode::StoreDamaged, "the content is not what was backed up");
        return facts;
    } catch (const StoreException& e) {
        return fail(e.error());
    }
}

Result<BackupFacts> restoreBackup(const std::string& path, const std::string& target, const SecureBytes& key, Random& random,
                                  Progress& progress) {
    OUTRIDER_ASSIGN(BackupFacts facts, checkBackup(path, key, progress));
    OUTRIDER_TRY(makeRoom(target, sizeOf(path)));
    Partial partial(target);
    try {
        OUTRIDER_ASSIGN(const auto from, Connection::open({.path = path, .mode = OpenMode::ReadOnly}, key));
        auto copied = copyInto(partial, *from, key, progress);
        if (!copied)
            return fail(writing(std::move(copied).error(), target));
        auto settled = settle(
            partial, key, *copied, "WAL",
            [&](Connection& db) {
                db.run("DELETE FROM meta WHERE key IN ('backup_hash', 'backup_at', 'backup_kind')");
                std::string replica = meta(db, "replica");
                for (const std::string before = replica; replica == before;)
                    replica = std::to_string(random.below(0x10000));
                db.run("UPDATE meta SET value = ?1 WHERE key = 'replica'", replica);
                // Honoured at the next opening, which every schema has a place for.
                db.run("INSERT INTO meta(key, value) VALUES ('restored', '1') ON CONFLICT DO NOTHING");
                if (copied->schema == currentSchemaVersion())
                    SendFence::raise(db, FenceReason::Restored);
            },
            progress);
        if (!settled)
            return fail(writing(std::move(settled).error(), target));
        progress.setPhase(Progress::Phase::Finishing);
        OUTRIDER_TRY(copyKeys(path, target));
        if (auto finished = partial.finish(); !finished) {
            QFile::remove(qt(target + keysSuffix));
            return fail(std::move(finished).error());
        }
        facts.path = target;
        facts.bytes = QFileInfo(qt(target)).size();
        return facts;
    } catch (const StoreException& e) {
        return fail(writing(e.error(), target));
    }
}

std::string backupFolderOf(const std::string& storePath) {
    return QFileInfo(qt(storePath)).absoluteDir().filePath(QStringLiteral("backups")).toStdString();
}

std::vector<BackupFile> backupsIn(const std::string& folder, const std::string& storePath) {
    const std::string stem = QFileInfo(qt(storePath)).completeBaseName().toStdString();
    std::vector<BackupFile> found;
    for (const QFileInfo& info : QDir(qt(folder)).entryInfoList(QDir::Files)) {
        auto file = readBackupFileName(info.fileName().toStdString(), stem);
        if (!file)
            continue;
        file->path = info.absoluteFilePath().toStdString();
        file->bytes = info.size();
        found.push_back(std::move(*file));
    }
    std::sort(found.begin(), found.end(),
              [](const BackupFile& a, const BackupFile& b) { return std::tie(a.at, a.path) < std::tie(b.at, b.path); });
    return found;
}

std::string newBackupPath(const std::string& folder, const std::string& storePath, Instant at, BackupKind kind) {
    const QFileInfo store(qt(storePath));
    const QString name = qt(backupFileName(store.completeBaseName().toStdString(), at, kind));
    QString path = QDir(QDir(qt(folder)).absolutePath()).filePath(name);
    for (int n = 2; QFileInfo::exists(path) || QFileInfo::exists(path + QLatin1String(keysSuffix)); ++n) {
        const QString base = name.left(name.lastIndexOf(QLatin1Char('.')));
        path = QDir(QDir(qt(folder)).absolutePath()).filePath(QStringLiteral("%1-%2.outrider").arg(base).arg(n));
    }
    return path.toStdString();
}

std::int64_t youngestAction(Connection& db) { return db.integer("SELECT max(id) FROM action"); }

void removeBackup(const BackupFile& file) {
    QFile::remove(qt(file.path));
    QFile::remove(qt(file.path + keysSuffix));
}

} // namespace outrider::store
