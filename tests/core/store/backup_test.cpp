// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup.h"

#include "core/store/content_hash.h"
#include "core/store/doctor.h"
#include "core/store/migrations/migrations.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"
#include "support/test_vfs.h"

#include <QDir>
#include <QFile>

#include <atomic>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

constexpr const char* word = "Zwergschnauzerzwinger";

std::string hash(Store& store) {
    return wait(store.read([](ReadContext& r) -> Result<std::string> { return contentHash(r); })).value_or("unreadable");
}

void fill(TempStore& store, int leads = 200) {
    store.write([leads](WriteContext& w) {
        for (int i = 0; i < leads; ++i)
            addLead(w, makeLead(word, std::to_string(i), "l" + std::to_string(i) + "@x.example"));
    });
}

std::unique_ptr<Store> open(TempStore& around, const std::string& path) {
    auto opened = Store::open({.path = path, .workerMode = WorkerMode::Inline}, testKey(), around.clock, around.random);
    return opened ? std::move(*opened) : nullptr;
}

QStringList filesIn(const QString& folder) { return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name); }

} // namespace

class BackupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_backup_holds_what_the_workspace_held_and_restores_to_the_same() {
        TempStore store;
        fill(store);
        QFile keys(QString::fromStdString(store.path() + ".keys"));
        QVERIFY(keys.open(QIODevice::WriteOnly) && keys.write("slots") == 5);
        keys.close();
        const std::string before = hash(*store);
        const std::string target = store.dir.filePath(QStringLiteral("backups/b.outrider")).toStdString();
        Progress progress;
        const auto made = writeBackup(*store, target, BackupKind::Manual, progress);
        VERIFY_OK(made);
        QCOMPARE(made->hash, before);
        QVERIFY(progress.done() > 0 && progress.done() == progress.total());
        QCOMPARE(filesIn(store.dir.filePath(QStringLiteral("backups"))),
                 (QStringList{QStringLiteral("b.outrider"), QStringLiteral("b.outrider.keys")}));

        store.write([](WriteContext& w) { addLead(w, makeLead("Later", "On")); });
        const auto checked = checkBackup(target, testKey(), progress);
        VERIFY_OK(checked);
        QCOMPARE(checked->hash, before);
        QCOMPARE(checked->kind, std::string("manual"));

        const std::string restored = store.dir.filePath(QStringLiteral("new/work.outrider")).toStdString();
        VERIFY_OK(restoreBackup(target, restored, testKey(), store.random, progress));
        QVERIFY(QFile::exists(QString::fromStdString(restored + ".keys")));
        auto again = open(store, restored);
        QVERIFY(again);
        QCOMPARE(hash(*again), before);
        QVERIFY(wait(again->read([](ReadContext& r) -> Result<std::vector<std::string>> { return examine(r.db); }))->empty());
        // It is a workspace like any other: it takes changes, in WAL.
        VERIFY_OK(wait(again->write({.name = "lead.add"}, [](WriteContext& w) -> Result<> {
            addLead(w, makeLead("And", "On"));
            return w.db.text("PRAGMA journal_mode") == "wal" ? Result<>() : fail(ErrorCode::Internal, "no WAL");
        })));
        QVERIFY(again->replica() != store->replica());
    }

    void no_byte_of_a_backup_is_plain_text() {
        TestVfs vfs("backup-leak");
        vfs.lookFor(word);
        TempStore store({.vfs = vfs.name()});
        fill(store);
        const QString target = store.dir.filePath(QStringLiteral("b.outrider"));
        Progress progress;
        VERIFY_OK(writeBackup(*store, target.toStdString(), BackupKind::Manual, progress));
        QVERIFY(vfs.foundIn().empty());
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.size() > 100'000 && !bytes.contains(word) && !bytes.startsWith("SQLite format 3"));
        VERIFY_ERROR(checkBackup(target.toStdString(), testKey(99), progress), ErrorCode::WrongKey);
    }

    // The writer writes between any two steps of the copying; what is copied is the one moment it began at.
    void what_is_written_meanwhile_is_not_half_in_it() {
        TempStore store;
        fill(store, 20'000);
        const std::string before = hash(*store);
        Progress progress;
        std::thread writer;
        std::atomic<bool> stop = false;
        std::atomic<int> written = 0;
        writer = std::thread([&] {
            while (!stop) {
                store.write([](WriteContext& w) { addLead(w, makeLead("Mean", "While")); });
                ++written;
            }
        });
        const auto made =
            writeBackup(*store, store.dir.filePath(QStringLiteral("b.outrider")).toStdString(), BackupKind::Hourly, progress);
        stop = true;
        writer.join();
        VERIFY_OK(made);
        QVERIFY(written > 0);
        VERIFY_OK(checkBackup(store.dir.filePath(QStringLiteral("b.outrider")).toStdString(), testKey(), progress));
        Q_UNUSED(before)
    }

    void a_backup_is_read_and_not_worked_in() {
        TempStore store;
        fill(store, 10);
        const std::string before = hash(*store);
        const std::string target = store.dir.filePath(QStringLiteral("b.outrider")).toStdString();
        Progress progress;
        VERIFY_OK(writeBackup(*store, target, BackupKind::Manual, progress));
        VERIFY_ERROR(Store::open({.path = target}, testKey(), store.clock, store.random), ErrorCode::StoreReadOnly);
        const auto reading = Store::open({.path = target, .mode = OpenMode::ReadOnly, .workerMode = WorkerMode::Inline},
                                         testKey(), store.clock, store.random);
        VERIFY_OK(reading);
        QCOMPARE(hash(**reading), before);
        VERIFY_OK(checkBackup(target, testKey(), progress));
    }

    void nothing_is_replaced() {
        TempStore store;
        fill(store, 3);
        Progress progress;
        const std::string target = store.dir.filePath(QStringLiteral("b.outrider")).toStdString();
        VERIFY_OK(writeBackup(*store, target, BackupKind::Manual, progress));
        VERIFY_ERROR(writeBackup(*store, target, BackupKind::Manual, progress), ErrorCode::StoreExists);
        VERIFY_ERROR(restoreBackup(target, store.path(), testKey(), store.random, progress), ErrorCode::StoreExists);
        // Nor a workspace's keys without its file.
        QFile keys(store.dir.filePath(QStringLiteral("lone.outrider.keys")));
        QVERIFY(keys.open(QIODevice::WriteOnly));
        VERIFY_ERROR(restoreBackup(target, store.dir.filePath(QStringLiteral("lone.outrider")).toStdString(), testKey(),
                                   store.random, progress),
                     ErrorCode::StoreExists);
    }

    void a_place_that_takes_nothing_is_said() {
        TempStore store;
        Progress progress;
        VERIFY_ERROR(writeBackup(*store, "/proc/outrider/b.outrider", BackupKind::Manual, progress), ErrorCode::FileUnwritable);
    }

    void a_wish_to_stop_leaves_nothing() {
        TempStore store;
        fill(store, 5000);
        Progress progress;
        progress.cancel();
        const QString folder = store.dir.filePath(QStringLiteral("backups"));
        VERIFY_ERROR(writeBackup(*store, (folder + QStringLiteral("/b.outrider")).toStdString(), BackupKind::Manual, progress),
                     ErrorCode::Cancelled);
        QVERIFY(filesIn(folder).isEmpty());
    }

    // For every N the N-th operation of the disk fails: never a file under the final name unless it is whole.
    void whatever_operation_fails_there_is_a_whole_backup_or_none_data() {
        QTest::addColumn<int>("fault");
        QTest::newRow("I/O error") << int(TestVfs::Fault::IoError);
        QTest::newRow("disk full") << int(TestVfs::Fault::DiskFull);
    }
    void whatever_operation_fails_there_is_a_whole_backup_or_none() {
        QFETCH(int, fault);
        for (int n = 1;; n += n < 40 ? 1 : 7) {
            TestVfs vfs("backup-loop");
            vfs.skipSyncs();
            TempStore store({.vfs = vfs.name()});
            fill(store, 30);
            const std::string before = hash(*store);
            const QString folder = store.dir.filePath(QStringLiteral("backups"));
            const std::string target = (folder + QStringLiteral("/b.outrider")).toStdString();
            Progress progress;
            vfs.failAt(n, static_cast<TestVfs::Fault>(fault));
            const auto made = writeBackup(*store, target, BackupKind::Manual, progress);
            const bool injected = vfs.hasFailed();
            vfs.heal();
            if (made) {
                const auto checked = checkBackup(target, testKey(), progress);
                VERIFY_OK(checked);
                QCOMPARE(checked->hash, before);
            } else {
                QVERIFY2(filesIn(folder).isEmpty(), qPrintable(filesIn(folder).join(QLatin1Char(' '))));
                QVERIFY2(fault != int(TestVfs::Fault::DiskFull) || made.error().code == ErrorCode::DiskFull
                             || made.error().code == ErrorCode::FileUnwritable
                             || made.error().code == ErrorCode::FileUnreadable, // the source needs room for its index

                         std::string(name(made.error().code)).c_str());
            }
            QCOMPARE(hash(*store), before);
            if (!injected) {
                QVERIFY(made && n > 20);
                return;
            }
        }
    }

    void killed_at_any_moment_it_leaves_no_half_file_under_its_name() {
        TempStore store;
        fill(store, 3000);
        const std::string before = hash(*store);
        store.close();
        SeededRandom random(20261124);
        const QString folder = store.dir.filePath(QStringLiteral("backups"));
        int whole = 0;
        for (int round = 0; round < 30; ++round) {
            QDir(folder).removeRecursively();
            const std::string target = (folder + QStringLiteral("/b.outrider")).toStdString();
            const pid_t child = fork();
            QVERIFY(child >= 0);
            if (child == 0) {
                SystemClock clock;
                SeededRandom own(1);
                auto opened = Store::open({.path = store.path(), .workerMode = WorkerMode::Inline}, testKey(), clock, own);
                Progress progress;
                _exit(opened && writeBackup(**opened, target, BackupKind::Manual, progress) ? 0 : 1);
            }
            usleep(static_cast<useconds_t>(random.below(120'000)));
            kill(child, SIGKILL);
            int status = 0;
            waitpid(child, &status, 0);
            if (!QFile::exists(QString::fromStdString(target)))
                continue;
            ++whole;
            Progress progress;
            const auto checked = checkBackup(target, testKey(), progress);
            VERIFY_OK(checked);
            QCOMPARE(checked->hash, before);
        }
        QVERIFY2(whole < 30, "every one was finished before it was killed: nothing was shown");
        store.reopen();
        QCOMPARE(hash(*store), before);
    }

    void a_damaged_backup_is_found_out() {
        TempStore store;
        fill(store, 500);
        const QString target = store.dir.filePath(QStringLiteral("b.outrider"));
        Progress progress;
        VERIFY_OK(writeBackup(*store, target.toStdString(), BackupKind::Manual, progress));
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() / 2));
        QVERIFY(file.write("\xFF\x00\xFF", 3) == 3);
        file.close();
        VERIFY_ERROR(checkBackup(target.toStdString(), testKey(), progress), ErrorCode::StoreDamaged);
        const QString restored = store.dir.filePath(QStringLiteral("r.outrider"));
        VERIFY_ERROR(restoreBackup(target.toStdString(), restored.toStdString(), testKey(), store.random, progress),
                     ErrorCode::StoreDamaged);
        QVERIFY(!QFile::exists(restored));
        // Cut short: what was a page is gone.
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.resize(file.size() / 3));
        file.close();
        QVERIFY(!checkBackup(target.toStdString(), testKey(), progress));
    }

    void an_older_schema_is_backed_up_before_it_is_changed() {
        TempStore store;
        fill(store, 10);
        store.write([](WriteContext& w) {
            w.db.script("DROP TABLE send_fence; DROP TABLE send_fence_pass");
            w.db.script("PRAGMA user_version = " + std::to_string(currentSchemaVersion() - 1));
        });
        store.close();
        // The migration may or may not apply to what is left of the schema; the copy comes first either way.
        (void)Store::open({.path = store.path(), .workerMode = WorkerMode::Inline}, testKey(), store.clock, store.random);
        const auto backups = backupsIn(backupFolderOf(store.path()), store.path());
        QCOMPARE(backups.size(), std::size_t(1));
        QVERIFY(backups[0].kind == BackupKind::BeforeMigration);
        Progress progress;
        const auto checked = checkBackup(backups[0].path, testKey(), progress);
        VERIFY_OK(checked);
        QCOMPARE(checked->schema, currentSchemaVersion() - 1);
    }
};

OUTRIDER_TEST(BackupTest)
#include "backup_test.moc"
