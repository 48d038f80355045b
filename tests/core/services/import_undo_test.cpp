// SPDX-License-Identifier: GPL-3.0-or-later
// Taking an import back, whole, in part and by cancelling.
#include "core/services/import_service.h"

#include "core/store/repositories/import_repository.h"
#include "core/store/repositories/lead_list_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <utility>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

class ImportUndoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_was_imported_is_listed_the_newest_first() {
        Desk desk;
        VERIFY_OK(desk.run({.path = dataFile("apollo.csv")}));
        desk.clock.advance(std::chrono::hours(1));
        VERIFY_OK(desk.run({.path = dataFile("hubspot.csv")}));
        const auto all = wait(ImportService(*desk.context).list(10));
        VERIFY_OK(all);
        QCOMPARE(all->size(), std::size_t(2));
        QCOMPARE(all->at(0).fileName, std::string("hubspot.csv"));
        QCOMPARE(all->at(0).format, std::string("hubspot_contacts"));
        QCOMPARE(all->at(0).rows, std::int64_t(6));
        QCOMPARE(all->at(0).added, std::int64_t(4));
        QCOMPARE(all->at(0).errors, std::int64_t(2));
    }

    void closing_ends_an_import_with_the_chunk_being_written_and_remembers_it() {
        Desk desk;
        std::string text = "First Name,Last Name,Email\n";
        constexpr int rows = 30'000;
        for (int i = 0; i < rows; ++i)
            text += "Ana,Berg " + std::to_string(i) + ",ana" + std::to_string(i) + "@x.example\n";
        const std::string file = desk.file(text);
        const std::string before = desk.hash();
        std::int64_t taken = 0;
        {
            ImportService imports(*desk.context);
            bool first = true; // work runs inline: this is within the import, after its first transaction
            const int listening = desk.context->store().subscribe([&](const ChangeSet&) {
                if (std::exchange(first, false))
                    imports.stop();
            });
            const auto result = wait(imports.run({.path = file}));
            desk.context->store().unsubscribe(listening);
            VERIFY_OK(result);
            taken = result->batch.added;
            QVERIFY(taken > 0 && taken < rows);
            VERIFY_ERROR(wait(imports.run({.path = file})), ErrorCode::Cancelled); // what waits does not begin
        }
        desk.reopen();
        VERIFY_OK(desk.context->loadSettings());
        ImportService imports(*desk.context);
        const auto stopped = wait(imports.takeStopped());
        VERIFY_OK(stopped);
        QVERIFY(stopped->has_value());
        QCOMPARE((*stopped)->fileName, std::string("people.csv"));
        QCOMPARE((*stopped)->added, taken);
        const auto again = wait(imports.takeStopped());
        QVERIFY(again && !again->has_value()); // told once
        const auto rest = wait(imports.run({.path = file}));
        VERIFY_OK(rest);
        QCOMPARE(rest->batch.added, rows - taken);
        QCOMPARE(rest->batch.unchanged, taken);
        VERIFY_OK(desk.undo());
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void one_undo_takes_all_of_an_import_back_and_a_redo_brings_it_again() {
        Desk desk;
        VERIFY_OK(desk.run({.path = dataFile("apollo.csv")}));
        // Known leads are changed, too, with companies, tags, notes and suppressions.
        const std::string before = desk.hash();
        const std::string file =
            desk.file("First Name,Last Name,Email,Company,Industry,Tags,Notes,Owner,Dock count,Email Opt Out\n"
                      "Aria,Thornton,aria.thornton@corvane.example,Corvane,Trucks,VIP,Call back,Ola Nord,4,\n"
                      "Mateo,Ferrer,mateo@ferrer.example,,,New,,,9,yes\n"
                      "Una,Nueva,una@nueva.example,Nueva SA,Sea,VIP;Sea,Hello,Ola Nord,5,\n");
        const auto result =
            desk.run({.path = file, .mapping = {{"Dock count", "custom:dock_count"}}, .policy = ImportPolicy::Overwrite});
        VERIFY_OK(result);
        QCOMPARE(result->batch.updated, std::int64_t(1));
        QCOMPARE(result->batch.added, std::int64_t(2));
        const std::string after = desk.hash();
        const auto report = desk.undo();
        VERIFY_OK(report);
        QVERIFY(report->conflicts.empty());
        QCOMPARE(desk.hash(), before);
        VERIFY_OK(wait(HistoryService(*desk.context).redo()));
        QCOMPARE(desk.hash(), after);
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void an_undo_keeps_the_leads_worked_on_since() {
        Desk desk;
        VERIFY_OK(desk.run({.path = dataFile("apollo.csv")}));
        const auto edited = desk.byEmail("aria.thornton@corvane.example");
        const auto noted = desk.byEmail("nadia@deltareefers.example");
        desk.write([&](WriteContext& w) {
            Lead after = *edited;
            after.jobTitle = "Owner";
            LeadRepository(w.db).update(w, *edited, after);
            Activity note{.lead = noted->id, .kind = ActivityKind::Note, .text = "talked"};
            ActivityRepository(w.db).append(w, note);
        });
        const auto import = desk.read([](ReadContext& r) { return ImportRepository(r.db).all(1); });
        const auto list = wait(HistoryService(*desk.context).list({.limit = 10}));
        VERIFY_OK(list);
        const auto action = std::find_if(list->begin(), list->end(), [](const auto& e) { return e.action.name == "import"; });
        QVERIFY(action != list->end());
        const auto report = wait(HistoryService(*desk.context).undoAction(action->id, UndoPolicy::KeepChanged));
        VERIFY_OK(report);
        QCOMPARE(desk.leadCount(), std::int64_t(2));
        QCOMPARE(desk.byEmail("aria.thornton@corvane.example")->jobTitle, std::string("Owner"));
        QVERIFY(desk.byEmail("aria.thornton@corvane.example")->otherContacts == edited->otherContacts); // whole
        QVERIFY(desk.byEmail("nadia@deltareefers.example"));
        QVERIFY(!desk.byEmail("ben.hale@deltareefers.example"));
    }

    void twenty_thousand_rows_are_one_action_and_are_found() {
        Desk desk;
        const std::string before = desk.hash();
        const std::string file = desk.file(manyRows(20000));
        const auto progress = std::make_shared<Progress>();
        const auto result = desk.run({.path = file}, progress);
        VERIFY_OK(result);
        QCOMPARE(counts(*result), counts(20000, 20000, 0, 0, 0, 0, 200));
        QCOMPARE(desk.leadCount(), std::int64_t(20000));
        QCOMPARE(progress->done(), progress->total());
        desk.read([](ReadContext& r) {
            [&] {
                const auto filter = parseFilter("\"person 12345\"");
                VERIFY_OK(filter);
                QCOMPARE(LeadListRepository(r.db).count(*filter, {}), std::int64_t(1)); // in the search index
                QCOMPARE(SuppressionRepository(r.db).count(), std::int64_t(200));
            }();
            return 0;
        });
        QCOMPARE(desk.byEmail("p777@firm77.example")->companyName, std::string("Firm 77"));
        const auto list = wait(HistoryService(*desk.context).list({.limit = 10}));
        QCOMPARE(std::count_if(list->begin(), list->end(), [](const auto& e) { return e.action.name == "import"; }), 1);
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void cancelling_in_the_middle_leaves_whole_rows_that_one_undo_takes_back() {
        Desk desk;
        const std::string before = desk.hash();
        const std::string file = desk.file(manyRows(20000));
        const auto progress = std::make_shared<Progress>();
        int commits = 0;
        const int handle = desk.context->store().subscribe([&](const ChangeSet&) {
            if (++commits == 2)
                progress->cancel();
        });
        const auto result = desk.run({.path = file}, progress);
        desk.context->store().unsubscribe(handle);
        VERIFY_OK(result);
        QVERIFY(result->batch.rows > 0 && result->batch.rows < 20000);
        QCOMPARE(result->batch.added, result->batch.rows);
        QCOMPARE(desk.leadCount(), result->batch.rows);
        const auto stored = desk.read([](ReadContext& r) { return ImportRepository(r.db).all(1); });
        QCOMPARE(stored[0].rows, result->batch.rows); // and says so itself
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);

        const auto early = std::make_shared<Progress>();
        early->cancel();
        VERIFY_ERROR(desk.run({.path = file}, early), ErrorCode::Cancelled);
        VERIFY_ERROR(wait(ImportService(*desk.context).preview({.path = file}, early)), ErrorCode::Cancelled);
        QCOMPARE(desk.hash(), before);
    }
};

OUTRIDER_TEST(ImportUndoTest)
#include "import_undo_test.moc"
