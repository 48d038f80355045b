// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup.h"
#include "core/store/content_hash.h"
#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
#include "core/store/store.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"
#include "support/test_vfs.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <functional>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

// A session of everything a workspace is asked to do, played again and again: each time another operation of
// the disk fails. Afterwards the file opens, is sound, holds all that was acknowledged, and nothing is half there.
class FaultLoopTest : public QObject {
    Q_OBJECT

    static std::string hash(Store& store) {
        return wait(store.read([](ReadContext& r) -> Result<std::string> { return contentHash(r); })).value_or("unreadable");
    }

    // After each step: whether it was acknowledged. A step does the same whatever became of the ones before.
    static void session(Store& store, const std::string& backup, const std::function<void(bool)>& after) {
        const auto write = [&](const char* name, auto fn) {
            after(wait(store.write({.name = name}, [&fn](WriteContext& w) -> Result<> { return fn(w); })).has_value());
        };
        write("lead.add", [](WriteContext& w) -> Result<> {
            addLead(w, makeLead("Zoë", "Brandt", "zoe@x.example"));
            return {};
        });
        write("import", [](WriteContext& w) -> Result<> {
            WriteContext::BulkInsert bulk(w);
            for (int i = 0; i < 40; ++i)
                addLead(w, makeLead("Bulk", std::to_string(i)));
            bulk.finish();
            return {};
        });
        write("lead.edit", [](WriteContext& w) -> Result<> {
            w.db.run("UPDATE lead SET city = 'Kiel', score = score + 1");
            return {};
        });
        const auto next = wait(store.read([](ReadContext& r) -> Result<std::optional<HistoryEntry>> { return nextUndo(r.db); }));
        after(wait(store.write({.name = "undo"}, [&next](WriteContext& w) -> Result<UndoReport> {
                  return next && *next ? undoAction(w, (*next)->id, UndoPolicy::AllOrNothing)
                                       : Result<UndoReport>(fail(ErrorCode::NothingToUndo));
              })).has_value());
        Progress progress;
        after(writeBackup(store, backup, BackupKind::Manual, progress).has_value());
        write("lead.add", [](WriteContext& w) -> Result<> {
            const LeadId lead = addLead(w, makeLead("Last", "One"));
            addTask(w, lead, Channel::Call, w.now);
            return {};
        });
    }

private Q_SLOTS:
    void whatever_fails_what_was_acknowledged_is_kept_data() {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("lasting");
        const auto row = [](const char* name, TestVfs::Fault fault, TestVfs::Lasting lasting) {
            QTest::newRow(name) << int(fault) << int(lasting);
        };
        using enum TestVfs::Fault;
        row("an I/O error, for good", IoError, TestVfs::Lasting::ForGood);
        row("an I/O error, once", IoError, TestVfs::Lasting::Once);
        row("the disk is full, for good", DiskFull, TestVfs::Lasting::ForGood);
        row("the disk is full, once", DiskFull, TestVfs::Lasting::Once);
        row("a short read", ShortRead, TestVfs::Lasting::Once);
        row("short reads", ShortRead, TestVfs::Lasting::ForGood);
        row("a sync fails", Sync, TestVfs::Lasting::Once);
        row("syncs fail", Sync, TestVfs::Lasting::ForGood);
        row("a lock fails", Lock, TestVfs::Lasting::Once);
        row("locks fail", Lock, TestVfs::Lasting::ForGood);
    }
    void whatever_fails_what_was_acknowledged_is_kept() {
        QFETCH(int, fault);
        QFETCH(int, lasting);
        // Every one; of the copying, page by page, that comes later, each seventh.
        for (int n = 1;; n += n < 100 ? 1 : 7) {
            TestVfs vfs("session");
            vfs.skipSyncs();
            TempStore store({.vfs = vfs.name()});
            const std::string backup = store.dir.filePath(QStringLiteral("backups/b.outrider")).toStdString();
            std::vector<bool> acknowledged;
            vfs.failAt(n, static_cast<TestVfs::Fault>(fault), static_cast<TestVfs::Lasting>(lasting));
            session(*store, backup, [&](bool done) { acknowledged.push_back(done); });
            const bool injected = vfs.hasFailed();
            vfs.heal();
            store.close();
            store.reopen();
            const auto problems = store.read([](ReadContext& r) { return examine(r.db); });
            QVERIFY2(problems.empty(),
                     problems.empty()
                         ? ""
                         : qPrintable(QStringLiteral("operation %1: %2").arg(n).arg(QString::fromStdString(problems[0]))));

            // Each step leaves its own trace, so that what is there can be told one by one.
            const auto there = store.read([](ReadContext& r) {
                const auto count = [&r](const char* sql) { return r.db.integer(sql); };
                return std::array<std::int64_t, 5>{
                    count("SELECT count(*) FROM lead WHERE first_name = 'Zoë'"),
                    count("SELECT count(*) FROM lead WHERE first_name = 'Bulk'"),
                    count("SELECT count(*) FROM lead WHERE city = 'Kiel'"),
                    count("SELECT count(*) FROM action WHERE name = 'undo'"),
                    count("SELECT count(*) FROM task"),
                };
            });
            const auto at = qPrintable(QStringLiteral("operation %1").arg(n));
            const bool undone = there[3] > 0;
            QVERIFY2(!acknowledged[3] || undone, at);
            // What the undo took back is the youngest that was there: the edit, or else what came before it.
            if (!undone) {
                QVERIFY2(!acknowledged[0] || there[0] == 1, at);
                QVERIFY2(!acknowledged[1] || there[1] == 40, at);
                QVERIFY2(!acknowledged[2] || there[2] == there[0] + there[1], at);
            } else if (acknowledged[2]) {
                QVERIFY2(there[0] == (acknowledged[0] ? 1 : there[0]) && there[2] == 0, at);
                QVERIFY2(!acknowledged[1] || there[1] == 40, at);
            }
            QVERIFY2(there[1] == 0 || there[1] == 40, at);                  // never half an import
            QVERIFY2(there[2] == 0 || there[2] == there[0] + there[1], at); // never half an edit
            QVERIFY2(!acknowledged[5] || there[4] == 1, at);
            // A backup that was acknowledged is whole; one that was not is not there.
            Progress progress;
            if (acknowledged[4])
                VERIFY_OK(checkBackup(backup, testKey(), progress));
            else
                QVERIFY2(!QFile::exists(QString::fromStdString(backup)), at);
            // And life goes on.
            store.write([](WriteContext& w) { addLead(w, makeLead("Life", "Goes on")); });
            if (!injected) {
                QVERIFY2(std::all_of(acknowledged.begin(), acknowledged.end(), [](bool done) { return done; }), at);
                QVERIFY(n > 5); // the loop did reach something
                return;
            }
        }
    }

    // Making a workspace: it is there and whole, or there is a clear error.
    void whatever_fails_while_it_is_made_data() {
        QTest::addColumn<int>("fault");
        QTest::newRow("I/O error") << int(TestVfs::Fault::IoError);
        QTest::newRow("disk full") << int(TestVfs::Fault::DiskFull);
        QTest::newRow("sync") << int(TestVfs::Fault::Sync);
        QTest::newRow("lock") << int(TestVfs::Fault::Lock);
    }
    void whatever_fails_while_it_is_made() {
        QFETCH(int, fault);
        for (int n = 1;; n += n < 60 ? 1 : 19) { // the first ones are of opening, the others of one migration after another
            TestVfs vfs("making");
            vfs.skipSyncs();
            QTemporaryDir dir;
            ManualClock clock(testNow());
            SeededRandom random(42);
            StoreOptions options{.path = dir.filePath(QStringLiteral("new.outrider")).toStdString(),
                                 .mode = OpenMode::Create,
                                 .workerMode = WorkerMode::Inline,
                                 .vfs = vfs.name()};
            vfs.failAt(n, static_cast<TestVfs::Fault>(fault));
            const bool made = Store::open(options, testKey(), clock, random).has_value();
            const bool injected = vfs.hasFailed();
            vfs.heal();
            if (made) {
                options.mode = OpenMode::ReadWrite;
                auto opened = Store::open(options, testKey(), clock, random);
                VERIFY_OK(opened);
                const auto problems =
                    wait((*opened)->read([](ReadContext& r) -> Result<std::vector<std::string>> { return examine(r.db); }));
                QVERIFY(problems && problems->empty());
            }
            if (!injected) {
                QVERIFY(made && n > 3);
                return;
            }
        }
    }
};

OUTRIDER_TEST(FaultLoopTest)
#include "fault_loop_test.moc"
