// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/journaled_tables.h"
#include "core/store/store.h"
#include "support/temp_store.h"
#include "support/test_registry.h"
#include "support/test_vfs.h"

#include <QDirIterator>
#include <QFile>

#include <sys/wait.h>
#include <unistd.h>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

constexpr const char* word = "Zwergschnauzerzwinger"; // in no dictionary of ours

// Every table that is not SQLite's or the search's own.
std::vector<std::string> tables(Connection& db) {
    std::vector<std::string> names;
    Statement rows = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                                " AND name NOT LIKE '%\\_search%' ESCAPE '\\'");
    while (rows.step())
        names.push_back(rows.text(0));
    return names;
}

// A row with the word in every text and blob column of every table, and enough more for sorts to matter.
void plant(WriteContext& w) {
    w.db.script("PRAGMA defer_foreign_keys = ON");
    for (const std::string& table : tables(w.db)) {
        if (table == "journal_state")
            continue;
        std::string names;
        std::string values;
        for (const Column& column : columnsOf(w.db, table)) {
            names += (names.empty() ? "" : ", ") + column.name;
            const bool isText = column.type == "TEXT" || column.type == "BLOB" || column.type == "ANY";
            std::string value = isText ? "'" + std::string(word) + table + "'" : "1";
            if (column.type == "BLOB")
                value = "CAST(" + value + " AS BLOB)";
            if (column.type == "INTEGER" && column.name == "window_end")
                value = "5";
            if (column.name == "gone_id" || column.name == "second_id") // never the same lead as the other
                value = "2";
            values += (values.empty() ? "" : ", ") + value;
        }
        w.db.script("INSERT OR REPLACE INTO " + table + "(" + names + ") VALUES (" + values + ")");
    }
    w.db.script("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                " INSERT INTO lead(id, status_id, created_at, first_name, job_title) SELECT i, 1, i, '"
                + std::string(word) + "' || (i * 7919 % 20011), '" + word + " ' || i FROM n");
}

} // namespace

class PlaintextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Written, sorted, copied and crashed: the word is in no file in plain text, not even in one that is
    // gone again. The crash is a real one, in a process of its own.
    void a_planted_word_is_nowhere() {
        QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("leak.outrider")).toStdString();
        qputenv("SQLITE_TMPDIR", dir.path().toUtf8());
        qputenv("TMPDIR", dir.path().toUtf8());
        const pid_t child = fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            TestVfs vfs("leak");
            vfs.lookFor(word);
            ManualClock clock(testNow());
            SeededRandom random(1);
            auto store =
                Store::open({.path = path, .mode = OpenMode::Create, .workerMode = WorkerMode::Inline, .vfs = vfs.name()},
                            testKey(), clock, random);
            bool fine = store.has_value();
            fine = fine && wait((*store)->write({.name = word, .subject = word}, [](WriteContext& w) -> Result<> {
                               plant(w);
                               return {};
                           })).has_value();
            fine = fine && wait((*store)->read([](ReadContext& r) -> Result<> {
                               for (const char* sql : {"SELECT job_title FROM lead ORDER BY job_title || first_name",
                                                       "SELECT first_name, count(*) FROM lead GROUP BY job_title || 'x'",
                                                       "SELECT DISTINCT first_name || job_title FROM lead",
                                                       "SELECT a.id FROM lead a JOIN lead b ON a.job_title = b.first_name"
                                                       " ORDER BY a.job_title LIMIT 5"}) {
                                   Statement rows = r.db.prepare(sql);
                                   while (rows.step()) {
                                   }
                               }
                               return {};
                           })).has_value();
            fine = fine && wait((*store)->writeSilently([&](WriteContext& w) -> Result<> {
                               w.db.script("CREATE TEMP TABLE t AS SELECT * FROM lead");
                               w.db.script("CREATE INDEX temp.ti ON t(job_title, first_name)");
                               return {};
                           })).has_value();
            fine = fine && vfs.foundIn().empty() && vfs.filesOpened() > 2;
            _exit(fine ? 0 : 1); // no destructor, no checkpoint: the WAL stays
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY2(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the word was written, or the child failed");
        QVERIFY(QFile::exists(QString::fromStdString(path + "-wal")));
        int files = 0;
        QDirIterator all(dir.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(word), qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY(files >= 2);

        // And it is all there for who has the key.
        ManualClock clock(testNow());
        SeededRandom random(1);
        auto store = Store::open({.path = path, .workerMode = WorkerMode::Inline}, testKey(), clock, random);
        VERIFY_OK(store);
        const auto rows = wait((*store)->read([](ReadContext& r) -> Result<std::int64_t> {
            return r.db.integer("SELECT count(*) FROM lead WHERE job_title LIKE ?1", std::string(word) + "%");
        }));
        QVERIFY(*rows >= 19999);
    }

    // The watcher itself: on a plain file it does find the word, or the test above proves nothing.
    void the_watcher_sees_what_is_written_in_plain_text() {
        QTemporaryDir dir;
        TestVfs vfs("plain");
        vfs.lookFor(word);
        vfs.onWrite("somewhere", word, int(qstrlen(word)));
        QCOMPARE(vfs.foundIn().size(), std::size_t(1));
    }
};

OUTRIDER_TEST(PlaintextTest)
#include "plaintext_test.moc"
