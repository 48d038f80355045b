// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/history.h"

#include "core/store/journal/compaction.h"
#include "core/store/repositories/activity_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

QStringList names(const std::vector<HistoryEntry>& entries) {
    QStringList out;
    for (const HistoryEntry& entry : entries)
        out.append(QString::fromStdString(entry.action.name));
    return out;
}

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void no_page_of_the_history_reads_more_than_it_shows() {
        TempStore store;
        store.read([](ReadContext& r) {
            [&] {
                const std::vector<std::string> all = r.db.plan(historySql({}));
                QVERIFY2(all.front().starts_with("SEARCH a USING INTEGER PRIMARY KEY"), all.front().c_str());
                for (const std::string& step : all) {
                    QVERIFY2(!step.starts_with("SCAN"), step.c_str());
                    QVERIFY2(step.find("TEMP B-TREE FOR ORDER BY") == std::string::npos, step.c_str());
                }
                // Of a lead: by its rows and theirs; nothing is walked but what belongs to it.
                for (const std::string& step : r.db.plan(historySql({.lead = LeadId{1}}))) {
                    const bool walks = step.starts_with("SCAN") && step.find("CONSTANT ROW") == std::string::npos
                                       && step != "SCAN r"; // the lead's own rows
                    QVERIFY2(!walks, step.c_str());
                    if (step.starts_with("SEARCH c USING") || step.starts_with("SEARCH g USING"))
                        QVERIFY2(step.find("change_row (tbl=? AND row_id=?)") != std::string::npos
                                     || step.find("change_range (tbl=? AND row_id<?)") != std::string::npos
                                     || step.find("change_lost (<expr>=?)") != std::string::npos,
                                 step.c_str());
                }
                const auto boundary = r.db.plan("SELECT id FROM main.action WHERE at <= ?1 ORDER BY at DESC, id DESC LIMIT 1");
                QVERIFY2(boundary.front().find("action_at (at<?)") != std::string::npos, boundary.front().c_str());
            }();
            return 0;
        });
    }

    void a_leads_history_has_all_that_ever_belonged_to_it() {
        TempStore store;
        std::vector<LeadId> bulk;
        store.write(
            [&](WriteContext& w) {
                WriteContext::BulkInsert insert(w);
                for (int i = 0; i < 20; ++i)
                    bulk.push_back(addLead(w, makeLead("Bulk", std::to_string(i))));
                insert.finish();
            },
            {.name = "import"});
        const LeadId lead = bulk[7];
        store.write([&](WriteContext& w) { LeadRepository(w.db).addTag(w, lead, "spring"); }, {.name = "lead.tag"});
        store.write([&](WriteContext& w) { LeadRepository(w.db).removeTag(w, lead, "spring"); }, {.name = "lead.untag"});
        store.write([&](WriteContext& w) { addTask(w, lead, Channel::Call, w.now); }, {.name = "task.add"});
        store.write(
            [&](WriteContext& w) {
                for (const Task& task : TaskRepository(w.db).openOf(lead))
                    TaskRepository(w.db).close(w, task.id, TaskState::Done, Disposition::Talked);
            },
            {.name = "task.done"});
        store.write(
            [&](WriteContext& w) {
                Activity note{.lead = lead, .kind = ActivityKind::Note, .text = "a note"};
                ActivityRepository(w.db).append(w, note);
            },
            {.name = "note.add"});
        store.write([&](WriteContext& w) { LeadRepository(w.db).addTag(w, bulk[8], "other"); }, {.name = "other"});
        const auto entries = store.read([&](ReadContext& r) { return history(r.db, {.lead = lead}); });
        QCOMPARE(names(entries).join(QLatin1Char(' ')), QStringLiteral("note.add task.done task.add lead.untag lead.tag import"));
    }

    void pages_follow_each_other_and_since_ends_them() {
        TempStore store;
        for (int i = 0; i < 7; ++i) {
            store.clock.advance(std::chrono::hours(1));
            store.write([&](WriteContext& w) { addLead(w, makeLead("A", std::to_string(i))); },
                        {.name = "a" + std::to_string(i)});
        }
        QStringList seen;
        ActionId before;
        for (;;) {
            const auto page = store.read([&](ReadContext& r) { return history(r.db, {.before = before, .limit = 3}); });
            seen += names(page);
            if (page.size() < 3)
                break;
            before = page.back().id;
        }
        QCOMPARE(seen.join(QLatin1Char(' ')), QStringLiteral("a6 a5 a4 a3 a2 a1 a0"));
        const auto late = store.read([&](ReadContext& r) { return history(r.db, {.since = testNow() + std::chrono::hours(5)}); });
        QCOMPARE(names(late).join(QLatin1Char(' ')), QStringLiteral("a6 a5 a4"));
    }

    void forgetting_goes_in_chunks_and_never_takes_the_youngest() {
        TempStore store;
        for (int i = 0; i < 10; ++i)
            store.write([&](WriteContext& w) { addLead(w, makeLead("A", std::to_string(i))); });
        int chunks = 0;
        for (bool more = true; more; ++chunks) {
            const auto done = wait(store->writeSilently(
                [&](WriteContext& w) -> Result<bool> { return forgetChangesBefore(w, w.now + std::chrono::hours(1), 4); }));
            VERIFY_OK(done);
            more = *done;
            QVERIFY(chunks < 10);
        }
        QCOMPARE(chunks, 3);
        const auto newest = store.read([](ReadContext& r) { return r.db.integer("SELECT max(id) FROM change"); });
        const auto count = store.read([](ReadContext& r) { return r.db.integer("SELECT count(*) FROM change"); });
        QCOMPARE(newest, std::int64_t(10));
        QCOMPARE(count, std::int64_t(1));
        store.write([&](WriteContext& w) { addLead(w, makeLead("Next", "One")); });
        QVERIFY(store.read([](ReadContext& r) { return examineJournal(r.db); }).empty());
    }

    void a_journal_that_contradicts_itself_is_found() {
        TempStore store;
        store.write([&](WriteContext& w) { addLead(w, makeLead("A", "B")); });
        QVERIFY(store.read([](ReadContext& r) { return examineJournal(r.db); }).empty());
        VERIFY_OK(wait(store->writeSilently([](WriteContext& w) -> Result<> {
            w.db.run("UPDATE change SET action_id = action_id + 1");
            return {};
        })));
        const auto found = store.read([](ReadContext& r) { return examineJournal(r.db); });
        QVERIFY(!found.empty());
        QVERIFY2(found.front().starts_with("change without its action"), found.front().c_str());
    }
};

OUTRIDER_TEST(HistoryTest)
#include "history_test.moc"
