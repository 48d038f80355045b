// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/doctor.h"

#include "core/domain/activity.h"
#include "core/domain/mailbox.h"
#include "core/domain/message.h"
#include "core/store/content_hash.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/search_index.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <QFile>

#include <sqlite3.h>

#include <algorithm>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

using Lines = std::vector<std::string>;

// Something of everything that something else is derived from.
void fill(TempStore& store) {
    store.write([](WriteContext& w) {
        Mailbox box{.address = "mara@harborline.example", .displayName = "Mara"};
        MailboxRepository(w.db).insert(w, box);
        const StrategyVersion version = addStrategy(w, "Dock delays");
        Company company{.domain = "nordwind.example", .name = "Nordwind"};
        CompanyRepository(w.db).insert(w, company);
        for (int i = 0; i < 8; ++i) {
            Lead lead = makeLead("Anna", "Berg " + std::to_string(i), "anna" + std::to_string(i) + "@nordwind.example");
            lead.city = i % 2 == 0 ? "Berlin" : "Kiel";
            lead.country = "DE";
            lead.company = company.id;
            lead.score = i;
            const LeadId id = addLead(w, lead);
            const EnrolmentId enrolment = addEnrolment(w, id, version);
            addTask(w, id, Channel::Email, w.now + std::chrono::hours(i), enrolment, version.steps[0].id);
            addTask(w, id, Channel::Call, w.now + std::chrono::days(i));
            Activity call{
                .lead = id, .at = w.now - std::chrono::hours(i), .kind = ActivityKind::Call, .text = "asked for prices"};
            ActivityRepository(w.db).append(w, call);
        }
        Message message{.mailbox = box.id, .at = w.now};
        message.subject = "Prices";
        message.text = "how much is a dock";
        MessageRepository(w.db).insert(w, message);
    });
    store.write([](WriteContext& w) {
        SearchIndex::KnownWords known;
        while (SearchIndex(w.db).advance(std::chrono::seconds(10), known)) {
        }
    });
}

// What was written by people and what they did: the content, and the journal of it.
std::string kept(TempStore& store) {
    return store.read([](ReadContext& r) {
        return contentHash(r) + ' ' + r.db.text("SELECT count(*) || ' ' || total(id) FROM action") + ' '
               + r.db.text("SELECT count(*) || ' ' || total(id) FROM change");
    });
}

Lines problems(TempStore& store) {
    return store.read([](ReadContext& r) { return examine(r.db); });
}

Lines repaired(TempStore& store, const Lines& found) {
    const auto done =
        wait(store->writeSilently([&found](WriteContext& write) -> Result<Lines> { return store::repair(write.db, found); }));
    return done.value_or(Lines{"failed"});
}

// Past every rule that would not let it happen: no foreign keys, no triggers of the append-only tables, and
// SQLite's own tables may be written to.
void plant(TempStore& store, const char* fault) {
    store.close();
    {
        auto db = Connection::open({.path = store.path()}, testKey());
        if (!db || sqlite3_db_config((*db)->handle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr) != SQLITE_OK)
            qFatal("the store cannot be damaged");
        (*db)->script("PRAGMA foreign_keys = OFF; UPDATE journal_state SET mode = 2");
        (*db)->script(fault);
        (*db)->script("UPDATE journal_state SET mode = 0");
    }
    store.reopen();
}

bool says(const Lines& lines, std::string_view begin) {
    return std::any_of(lines.begin(), lines.end(), [begin](const std::string& line) { return line.starts_with(begin); });
}

QByteArray all(const Lines& lines) {
    QByteArray text;
    for (const std::string& line : lines)
        text += QByteArray::fromStdString(line) + "; ";
    return text;
}

} // namespace

class DoctorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_sound_workspace_has_nothing_to_repair() {
        TempStore store;
        fill(store);
        const Lines found = problems(store);
        QVERIFY2(found.empty(), all(found).constData());
        QVERIFY(repaired(store, found).empty());
    }

    void what_is_derived_is_found_and_made_anew_and_nothing_else_is_touched_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* name, const char* fault, const char* line) {
            QTest::newRow(name) << QByteArray(fault) << QByteArray(line);
        };
        row("a next task that is none", "UPDATE lead SET next_task_at = 5 WHERE id = (SELECT min(id) FROM lead)",
            "next task of lead: ");
        row("no next task", "UPDATE lead SET next_task_at = NULL", "next task of lead: ");
        row("a touch nobody made", "UPDATE lead SET last_touch_at = 1 WHERE id = (SELECT max(id) FROM lead)",
            "last touch of lead: ");
        row("no touch", "UPDATE lead SET last_touch_at = NULL", "last touch of lead: ");
        row("another score", "UPDATE task SET score = score + 100 WHERE state = 0", "score of task: ");
        row("a status counted wrong", "UPDATE status_count SET leads = leads + 1", "leads in status: ");
        row("a status not counted", "DELETE FROM status_count", "leads in status: ");
        row("a calendar counted wrong", "UPDATE task_slot SET tasks = tasks + 2", "tasks in calendar: ");
        row("a calendar not counted", "DELETE FROM task_slot", "tasks in calendar: ");
        row("a rollup counted wrong", "UPDATE rollup_activity SET calls = calls + 1", "rollups: ");
        row("a rollup not counted", "DELETE FROM rollup_enrolment", "rollups: ");
        row("rollups switched off", "UPDATE rollup_state SET deferred = 1", "rollups: ");
        row("a lead that is not indexed", "DELETE FROM lead_search WHERE rowid = (SELECT max(id) FROM lead)",
            "search index lacks lead: ");
        row("an index of a lead that is no more", "INSERT INTO lead_search(rowid, words) VALUES (77, 'ghost')",
            "search index of no lead: 77");
        row("words of another lead",
            "DELETE FROM lead_search WHERE rowid = (SELECT max(id) FROM lead);"
            "INSERT INTO lead_search(rowid, words) SELECT max(id), 'somebody else' FROM lead",
            "search index of leads: ");
        row("a company that is not indexed", "DELETE FROM company_search", "search index lacks company: ");
        row("a text of nobody", "INSERT INTO text_search(rowid, words) VALUES (78, 'ghost')", "search index of no text: 78");
        row("a text without its words", "DELETE FROM text_search WHERE rowid = (SELECT max(rowid) FROM text_search)",
            "search index of texts: ");
        row("pages of the index are gone", "DELETE FROM lead_search_data WHERE id > 10", "integrity: ");
        row("pages of the texts' index are noise", "UPDATE text_search_data SET block = zeroblob(40) WHERE id > 10",
            "integrity: ");
    }
    void what_is_derived_is_found_and_made_anew_and_nothing_else_is_touched() {
        QFETCH(QByteArray, fault);
        QFETCH(QByteArray, line);
        TempStore store;
        fill(store);
        const std::string before = kept(store);
        plant(store, fault.constData());
        const Lines found = problems(store);
        QVERIFY2(says(found, line.toStdString()), all(found).constData());
        const Lines done = repaired(store, found);
        QCOMPARE(done.size(), std::size_t(1));
        QCOMPARE(QByteArray::fromStdString(kept(store)), QByteArray::fromStdString(before));
        // Words of texts are the idle lane's work.
        store.write([](WriteContext& w) {
            SearchIndex::KnownWords known;
            while (SearchIndex(w.db).advance(std::chrono::seconds(10), known)) {
            }
        });
        const Lines left = problems(store);
        QVERIFY2(left.empty(), all(left).constData());
    }

    void an_index_of_the_file_that_misses_rows_is_built_anew() {
        TempStore store;
        fill(store);
        const std::string before = kept(store);
        // Built as one of countries, called one of cities again.
        plant(store, "PRAGMA writable_schema = ON;"
                     "UPDATE sqlite_schema SET sql = replace(sql, 'lead(city', 'lead(country') WHERE name = 'lead_by_city';"
                     "PRAGMA writable_schema = RESET; REINDEX lead_by_city");
        plant(store, "PRAGMA writable_schema = ON;"
                     "UPDATE sqlite_schema SET sql = replace(sql, 'lead(country', 'lead(city') WHERE name = 'lead_by_city';"
                     "PRAGMA writable_schema = RESET");
        const Lines found = problems(store);
        QVERIFY2(says(found, "integrity: "), all(found).constData());
        QCOMPARE(repaired(store, found), Lines{"the file's indexes were built anew"});
        const Lines left = problems(store);
        QVERIFY2(left.empty(), all(left).constData());
        QCOMPARE(kept(store), before);
    }

    void what_is_not_derived_is_told_and_left_alone_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* name, const char* fault, const char* line) {
            QTest::newRow(name) << QByteArray(fault) << QByteArray(line);
        };
        row("a lead of no company", "UPDATE lead SET company_id = 12345 WHERE id = (SELECT min(id) FROM lead)",
            "foreign key: lead ");
        row("a terminal lead in a strategy", "UPDATE status SET kind = 1 WHERE id = (SELECT min(status_id) FROM lead)",
            "enrolment of terminal lead: ");
        row("a task of an enrolment that ended", "UPDATE enrolment SET state = 3 WHERE id = (SELECT min(id) FROM enrolment)",
            "task of ended enrolment: ");
        row("an action that lost its changes",
            "DELETE FROM change WHERE id = (SELECT last_change FROM action WHERE undoable = 1 AND last_change IS NOT NULL LIMIT "
            "1)",
            "journal: action that lost changes: ");
        row("a change of no action", "DELETE FROM action WHERE id = (SELECT min(id) FROM action WHERE last_change IS NOT NULL)",
            "journal: change without its action: ");
        row("a clock that goes back", "UPDATE action SET hlc = '0' WHERE id = (SELECT max(id) FROM action)",
            "journal: action whose clock goes back: ");
    }
    void what_is_not_derived_is_told_and_left_alone() {
        QFETCH(QByteArray, fault);
        QFETCH(QByteArray, line);
        TempStore store;
        fill(store);
        store.write([](WriteContext& w) { w.db.run("UPDATE lead SET city = 'Hull' WHERE score = 3"); });
        plant(store, fault.constData());
        const std::string before = kept(store);
        const Lines found = problems(store);
        QVERIFY2(says(found, line.toStdString()), all(found).constData());
        (void)repaired(store, found);
        QCOMPARE(kept(store), before);
        QVERIFY2(says(problems(store), line.toStdString()), "it was taken away, or is not told any more");
    }

    void of_damaged_pages_it_tells_and_writes_nothing() {
        TempStore store;
        fill(store);
        const qint64 page =
            store.read([](ReadContext& r) { return r.db.integer("SELECT rootpage FROM sqlite_schema WHERE name = 'activity'"); });
        store.close();
        QFile file(QString::fromStdString(store.path()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek((page - 1) * 4096 + 100) && file.write("damage") == 6);
        QVERIFY(file.seek(0));
        const QByteArray before = file.readAll();
        file.close();
        auto db = Connection::open({.path = store.path()}, testKey());
        VERIFY_OK(db);
        const Lines found = examine(**db);
        QVERIFY2(says(found, "cipher: "), all(found).constData());
        QVERIFY(repair(**db, found).empty());
        db->reset();
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll() == before);
        file.close();
        QFile::remove(file.fileName()); // nothing is left to close
    }
};

OUTRIDER_TEST(DoctorTest)
#include "doctor_test.moc"
