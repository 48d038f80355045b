// SPDX-License-Identifier: GPL-3.0-or-later
// Who is erased is nowhere any more, and no undo or backup brings them back.
#include "core/services/privacy_service.h"

#include "core/services/lead_service.h"
#include "core/store/journal/compaction.h"
#include "core/store/repositories/setting_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

// Where in the file a word still stands, the blobs of the search index aside.
QStringList placesOf(Desk& desk, const std::string& word) {
    return desk.read([&](ReadContext& r) {
        QStringList found;
        std::vector<std::string> tables;
        {
            Statement rows = r.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_search%'"
                                          " ESCAPE '\\'");
            while (rows.step())
                tables.push_back(rows.text(0));
        }
        for (const std::string& table : tables) {
            std::string all;
            {
                Statement columns = r.db.query("SELECT name FROM pragma_table_info(?1)", table);
                while (columns.step())
                    all += (all.empty() ? "" : " || ' ' || ") + ("coalesce(CAST(" + columns.text(0) + " AS TEXT), '')");
            }
            if (r.db.integer("SELECT count(*) FROM " + table + " WHERE instr(lower(" + all + "), ?1) > 0", word) != 0)
                found << QString::fromStdString(table);
        }
        return found;
    });
}

LeadId addPerson(LeadService& leads, const char* first, const char* email) {
    const auto id = wait(leads.add({{"first_name", first},
                                    {"last_name", "Brandt"},
                                    {"email", email},
                                    {"phone", "+4930901820"},
                                    {"tags", "fair"},
                                    {"custom:opener", std::string("hello ") + first}}));
    if (!id)
        qFatal("not added: %s", id.error().detail.c_str());
    return *id;
}

} // namespace

class PrivacyServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_is_left_of_who_is_erased_and_no_undo_brings_it_back() {
        Desk desk;
        LeadService leads(*desk.context);
        PrivacyService privacy(*desk.context);
        const LeadId zora = addPerson(leads, "Zoraxis", "zoraxis@kelvar.example");
        const LeadId ben = addPerson(leads, "Ben", "ben@kelvar.example");
        VERIFY_OK(wait(leads.addNote(zora, "met zoraxis at the fair")));
        VERIFY_OK(wait(leads.edit(zora, {{"email", "zoraxis2@kelvar.example"}, {"custom:opener", "zoraxis again"}})));
        VERIFY_OK(wait(leads.edit(ben, {{"job_title", "Head of Docks"}})));
        VERIFY_OK(wait(leads.addTag({{zora, ben}, std::nullopt, {}}, "both")));
        VERIFY_OK(wait(leads.removeTag(LeadSelection::one(zora), "fair")));
        QVERIFY(!placesOf(desk, "zoraxis").isEmpty());

        const auto done = wait(privacy.erase(zora));
        VERIFY_OK(done);
        // Ben's number is hers as well; what he says in a field of his is not about her.
        const auto mentions = [&](std::string_view table) {
            return std::any_of(done->mentions.begin(), done->mentions.end(),
                               [table](const auto& row) { return row.first == table; });
        };
        QVERIFY(mentions("lead"));
        QVERIFY(!mentions("custom_value"));
        QVERIFY(std::any_of(done->removed.begin(), done->removed.end(), [](const auto& row) { return row.first == "activity"; }));
        QCOMPARE(placesOf(desk, "zoraxis"), QStringList());
        const auto journal = desk.read([](ReadContext& r) { return examineJournal(r.db); });
        QVERIFY2(journal.empty(), journal.empty() ? "" : journal.front().c_str());
        QVERIFY(desk.isSuppressed("zoraxis2@kelvar.example")); // by its hash
        QVERIFY(!desk.isSuppressed("ben@kelvar.example"));

        // Everything else can be taken back, one deed after another, to the very beginning.
        QCOMPARE(desk.byEmail("ben@kelvar.example")->tags, (std::vector<std::string>{"both", "fair"}));
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.byEmail("ben@kelvar.example")->tags, std::vector<std::string>{"fair"});
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.byEmail("ben@kelvar.example")->jobTitle, std::string());
        VERIFY_OK(desk.undo());
        QVERIFY(!desk.byEmail("ben@kelvar.example"));
        QCOMPARE(placesOf(desk, "zoraxis"), QStringList());
        QVERIFY(!desk.read([&](ReadContext& r) { return LeadRepository(r.db).exists(zora); }));
    }

    void a_backup_that_is_put_back_is_forgotten_again() {
        Desk desk;
        desk.write([](WriteContext& w) { SettingRepository(w.db).setMeta(w, "workspace", "w1"); });
        const LeadId zora = [&] {
            LeadService leads(*desk.context);
            addPerson(leads, "Ben", "ben@kelvar.example");
            return addPerson(leads, "Zoraxis", "zoraxis@kelvar.example");
        }();
        const std::string path = desk.context->store().path();
        const QString file = QString::fromStdString(path);
        desk.context.reset();
        QVERIFY(QFile::copy(file, file + QStringLiteral(".before")));
        desk.reopen();
        VERIFY_OK(wait(PrivacyService(*desk.context).erase(zora)));
        desk.context.reset();
        QVERIFY(QFile::remove(file));
        QVERIFY(QFile::rename(file + QStringLiteral(".before"), file));
        desk.reopen();
        QVERIFY(desk.byEmail("zoraxis@kelvar.example"));

        const std::string list = path + ".erased";
        const auto again = eraseAgain(desk.context->store(), desk.random, list);
        VERIFY_OK(again);
        QCOMPARE(*again, 1);
        QCOMPARE(placesOf(desk, "zoraxis"), QStringList());
        QVERIFY(desk.byEmail("ben@kelvar.example"));
        QCOMPARE(*eraseAgain(desk.context->store(), desk.random, list), 0);
    }
};

OUTRIDER_TEST(PrivacyServiceTest)
#include "privacy_service_test.moc"
