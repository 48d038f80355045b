// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/archive.h"

#include "core/domain/mailbox.h"
#include "core/domain/message.h"
#include "core/store/content_hash.h"
#include "core/store/doctor.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <QDir>
#include <QFile>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

std::string hash(Store& store) {
    return wait(store.read([](ReadContext& r) -> Result<std::string> { return contentHash(r); })).value_or("unreadable");
}

// Something of everything that is hard to write down: quotes, line feeds, formulas, nothing and empty, bytes.
void fill(TempStore& store) {
    store.write([](WriteContext& w) {
        Mailbox box{.address = "mara@harborline.example", .displayName = "Mara \"M\" Lindqvist"};
        MailboxRepository(w.db).insert(w, box);
        const StrategyVersion version = addStrategy(w, "Dock delays");
        for (const char* text :
             {"=1+1", "'quoted'", "comma, \"quote\"\r\nline", "", "+49", "-", "@sum", "Zoë 漢字 \xF0\x9F\x98\x80"}) {
            Lead lead = makeLead("First", text, "l" + std::to_string(w.newId<LeadId>().value) + "@x.example");
            lead.city = text;
            const LeadId id = addLead(w, lead);
            const EnrolmentId enrolment = addEnrolment(w, id, version);
            addTask(w, id, Channel::Email, w.now, enrolment, version.steps[0].id);
            addTask(w, id, Channel::Call, w.now + std::chrono::hours(1));
        }
        Message message{.mailbox = box.id, .at = w.now};
        message.subject = "=subject";
        message.text = "a\tb\n\"c\"";
        message.raw = std::string("\x00\x01\xFFraw\r\n", 8);
        MessageRepository(w.db).insert(w, message);
        SettingRepository(w.db).set(w, "zone", "\"Europe/Berlin\"");
    });
    store.write([](WriteContext& w) { w.db.run("UPDATE lead SET city = 'Kiel', score = 7 WHERE last_name = '=1+1'"); });
    store.write([](WriteContext& w) { w.db.run("UPDATE lead SET score = 9 WHERE city <> ''"); });
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool put(const QString& path, const QByteArray& content) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size();
}

} // namespace

class ArchiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void out_and_back_is_the_same_content_data() {
        QTest::addColumn<int>("format");
        QTest::newRow("jsonl") << int(ArchiveFormat::Jsonl);
        QTest::newRow("csv") << int(ArchiveFormat::Csv);
        QTest::newRow("sqlite") << int(ArchiveFormat::Sqlite);
    }
    void out_and_back_is_the_same_content() {
        QFETCH(int, format);
        TempStore from;
        fill(from);
        Progress progress;
        const std::string folder = from.dir.filePath(QStringLiteral("archive")).toStdString();
        const auto written = exportArchive(*from, ArchiveFormat(format), folder, progress);
        VERIFY_OK(written);
        QCOMPARE(written->hash, hash(*from));
        QVERIFY(progress.total() > 30);

        TempStore to;
        const auto taken = importArchive(*to, folder, progress);
        VERIFY_OK(taken);
        QCOMPARE(taken->rows, written->rows);
        QCOMPARE(hash(*to), hash(*from));
        const auto problems = to.read([](ReadContext& r) { return examine(r.db); });
        QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().c_str());
        // History came along, word for word, and what is done next comes after it.
        const auto history = [](TempStore& store) {
            return store.read([](ReadContext& r) {
                std::string all;
                Statement rows = r.db.prepare(
                    "SELECT a.id, a.name, c.id, c.tbl, c.row_id, c.op, c.col, typeof(c.old), c.old, typeof(c.new), c.new"
                    " FROM action a LEFT JOIN change c ON c.action_id = a.id ORDER BY a.id, c.id");
                while (rows.step()) {
                    for (int i = 0; i < rows.columnCount(); ++i)
                        all += rows.text(i) + "|";
                }
                return all;
            });
        };
        QCOMPARE(history(to), history(from));
        const auto youngest = from.read([](ReadContext& r) { return r.db.integer("SELECT max(id) FROM action"); });
        to.write([&](WriteContext& w) { QVERIFY(w.newId<LeadId>().value > youngest); });
        QVERIFY(to.read([](ReadContext& r) { return SendFence::raised(r.db); }) == FenceReason::Restored);
    }

    void a_folder_with_something_in_it_is_not_written_to() {
        TempStore store;
        const QString folder = store.dir.filePath(QStringLiteral("full"));
        QVERIFY(QDir().mkpath(folder) && put(folder + QStringLiteral("/mine.txt"), QByteArrayLiteral("mine")));
        Progress progress;
        VERIFY_ERROR(exportArchive(*store, ArchiveFormat::Csv, folder.toStdString(), progress), ErrorCode::AlreadyExists);
        QCOMPARE(QDir(folder).entryList(QDir::Files), QStringList{QStringLiteral("mine.txt")});
    }

    void a_workspace_in_which_something_was_done_takes_none() {
        TempStore from;
        fill(from);
        Progress progress;
        const std::string folder = from.dir.filePath(QStringLiteral("archive")).toStdString();
        VERIFY_OK(exportArchive(*from, ArchiveFormat::Jsonl, folder, progress));
        TempStore to;
        to.write([](WriteContext& w) { addLead(w, makeLead("Al", "Ready")); });
        const std::string before = hash(*to);
        VERIFY_ERROR(importArchive(*to, folder, progress), ErrorCode::AlreadyExists);
        QCOMPARE(hash(*to), before);
    }

    void a_wish_to_stop_leaves_no_file_and_no_row() {
        TempStore from;
        from.write([](WriteContext& w) {
            for (int i = 0; i < 3000; ++i)
                addLead(w, makeLead("Lead", std::to_string(i)));
        });
        Progress stopped;
        stopped.cancel();
        const QString folder = from.dir.filePath(QStringLiteral("archive"));
        VERIFY_ERROR(exportArchive(*from, ArchiveFormat::Jsonl, folder.toStdString(), stopped), ErrorCode::Cancelled);
        QVERIFY(!QDir(folder).exists());
        Progress progress;
        VERIFY_OK(exportArchive(*from, ArchiveFormat::Jsonl, folder.toStdString(), progress));
        TempStore to;
        const std::string before = hash(*to);
        VERIFY_ERROR(importArchive(*to, folder.toStdString(), stopped), ErrorCode::Cancelled);
        QCOMPARE(hash(*to), before);
    }

    void a_password_of_a_mailbox_is_in_no_file() {
        TempStore store;
        fill(store);
        store.write([](WriteContext& w) {
            w.db.run("INSERT INTO secret(id, name, value) VALUES (5, 'mailbox/1/password', ?1)",
                     std::as_bytes(std::span("Zwergschnauzer", 14)));
        });
        Progress progress;
        const QString folder = store.dir.filePath(QStringLiteral("archive"));
        for (const ArchiveFormat format : {ArchiveFormat::Jsonl, ArchiveFormat::Csv, ArchiveFormat::Sqlite}) {
            VERIFY_OK(exportArchive(*store, format, folder.toStdString(), progress));
            for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files))
                QVERIFY2(!contentOf(file.filePath()).contains("Zwergschnauzer"), qPrintable(file.fileName()));
            QDir(folder).removeRecursively();
        }
    }

    // Whatever is wrong with an archive, it is refused in a sentence's worth of words, and nothing is written.
    void a_hostile_archive_writes_nothing_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const int jsonl = int(ArchiveFormat::Jsonl);
        const int csv = int(ArchiveFormat::Csv);
        QTest::newRow("no manifest") << jsonl << "manifest.json" << QByteArray("*") << QByteArray();
        QTest::newRow("a manifest of something else")
            << jsonl << "manifest.json" << QByteArray("outrider-archive") << QByteArray("other");
        QTest::newRow("a manifest cut short") << jsonl << "manifest.json" << QByteArray("\"tables\"") << QByteArray("\"tab");
        QTest::newRow("a newer one") << jsonl << "manifest.json" << QByteArray("\"version\": 1") << QByteArray("\"version\": 2");
        QTest::newRow("an unknown table") << jsonl << "manifest.json" << QByteArray("\"name\": \"lead_tag\"")
                                          << QByteArray("\"name\": \"secret\"");
        QTest::newRow("SQL for a table") << jsonl << "manifest.json" << QByteArray("\"name\": \"lead_tag\"")
                                         << QByteArray("\"name\": \"lead; DROP TABLE lead\"");
        QTest::newRow("SQL for a column") << jsonl << "manifest.json" << QByteArray("\"first_name\"")
                                          << QByteArray("\"first_name, (SELECT 1)\"");
        QTest::newRow("a path for a table") << jsonl << "manifest.json" << QByteArray("\"name\": \"lead_tag\"")
                                            << QByteArray("\"name\": \"../lead\"");
        QTest::newRow("another hash") << jsonl << "manifest.json" << QByteArray("\"hash\": \"") << QByteArray("\"hash\": \"0");
        QTest::newRow("a row cut short") << jsonl << "lead.jsonl" << QByteArray("\"first_name\":\"First\"")
                                         << QByteArray("\"first_");
        QTest::newRow("a row too many") << jsonl << "tag.jsonl" << QByteArray("") << QByteArray("{\"id\":1}\n");
        QTest::newRow("a type that does not fit")
            << jsonl << "lead.jsonl" << QByteArray("\"score\":9") << QByteArray("\"score\":\"nine\"");
        QTest::newRow("a value the schema refuses")
            << jsonl << "lead.jsonl" << QByteArray("\"score\":9") << QByteArray("\"score\":900");
        QTest::newRow("a field nobody knows") << jsonl << "lead.jsonl" << QByteArray("\"score\":9") << QByteArray("\"evil\":9");
        QTest::newRow("a row changed") << jsonl << "lead.jsonl" << QByteArray("\"Kiel\"") << QByteArray("\"Köln\"");
        QTest::newRow("a lead that is not there")
            << jsonl << "task.jsonl" << QByteArray("\"lead_id\":") << QByteArray("\"lead_id\":1");
        QTest::newRow("not JSON at all") << jsonl << "lead.jsonl" << QByteArray("*") << QByteArray(1000, '\0');
        QTest::newRow("deep JSON") << jsonl << "lead.jsonl" << QByteArray("*") << QByteArray(100'000, '[');
        QTest::newRow("a huge line") << jsonl << "lead.jsonl" << QByteArray("*") << QByteArray(70 << 20, 'x');
        QTest::newRow("CSV: a missing file") << csv << "lead.csv" << QByteArray("-") << QByteArray();
        QTest::newRow("CSV: another header") << csv << "lead.csv" << QByteArray("first_name") << QByteArray("last_name");
        QTest::newRow("CSV: an open quote") << csv << "lead.csv" << QByteArray("\"First\"") << QByteArray("\"First");
        QTest::newRow("CSV: too many cells") << csv << "lead.csv" << QByteArray("\"First\"") << QByteArray("\"First\",,");
        QTest::newRow("CSV: a huge cell") << csv << "lead.csv" << QByteArray("\"First\"")
                                          << '"' + QByteArray(70 << 20, 'x') + '"';
        QTest::newRow("SQLite: rubbish") << int(ArchiveFormat::Sqlite) << "workspace.sqlite" << QByteArray("*")
                                         << QByteArray(5000, 'x');
        QTest::newRow("SQLite: a page of zeros")
            << int(ArchiveFormat::Sqlite) << "workspace.sqlite" << QByteArray("+") << QByteArray(4096, '\0');
    }
    void a_hostile_archive_writes_nothing() {
        QFETCH(int, format);
        QFETCH(QString, file);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        TempStore from;
        fill(from);
        Progress progress;
        const QString folder = from.dir.filePath(QStringLiteral("archive"));
        VERIFY_OK(exportArchive(*from, ArchiveFormat(format), folder.toStdString(), progress));
        const QString path = folder + QLatin1Char('/') + file;
        QByteArray content = contentOf(path);
        if (before == "-") {
            QVERIFY(QFile::remove(path));
        } else if (before == "*") {
            QVERIFY(put(path, after));
        } else if (before == "+") { // over the second page
            QVERIFY(put(path, content.replace(4096, after.size(), after)));
        } else {
            const auto at = before.isEmpty() ? content.size() : content.indexOf(before);
            QVERIFY(at >= 0);
            QVERIFY(put(path, content.replace(at, before.size(), after)));
        }
        TempStore to;
        const std::string empty = hash(*to);
        const auto refused = importArchive(*to, folder.toStdString(), progress);
        QVERIFY(!refused);
        QVERIFY2(refused.error().code == ErrorCode::UnsupportedFormat || refused.error().code == ErrorCode::StoreTooNew,
                 std::string(name(refused.error().code)).c_str());
        QVERIFY(!refused.error().detail.empty() && refused.error().detail.size() < 400);
        QCOMPARE(hash(*to), empty);
        to.write([](WriteContext& w) { addLead(w, makeLead("Works", "Still")); });
    }

    void a_view_in_an_sqlite_archive_is_not_asked() {
        TempStore from;
        fill(from);
        Progress progress;
        const std::string folder = from.dir.filePath(QStringLiteral("archive")).toStdString();
        VERIFY_OK(exportArchive(*from, ArchiveFormat::Sqlite, folder, progress));
        {
            auto db = Connection::openPlain(folder + "/workspace.sqlite", OpenMode::ReadWrite);
            VERIFY_OK(db);
            (*db)->script("ALTER TABLE lead_tag RENAME TO other; CREATE VIEW lead_tag AS SELECT * FROM other");
        }
        TempStore to;
        VERIFY_ERROR(importArchive(*to, folder, progress), ErrorCode::UnsupportedFormat);
    }
};

OUTRIDER_TEST(ArchiveTest)
#include "archive_test.moc"
