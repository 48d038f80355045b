// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_bulk_edit.h"

#include "core/store/content_hash.h"
#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/member_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <functional>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

// What the acts below can change, without the ids and entries they make.
std::string state(TempStore& store) {
    return store.read([](ReadContext& r) {
        std::string all;
        for (const char* sql :
             {"SELECT json_array(id, status_id, owner_id, archived_at, trashed_at, next_task_at) FROM lead ORDER BY id",
              "SELECT json_array(id, state, stop_reason, ended_at, paused_until) FROM enrolment ORDER BY id",
              "SELECT json_array(id, state, disposition, closed_at) FROM task ORDER BY id",
              "SELECT json_array(l.lead_id, t.name) FROM lead_tag l JOIN tag t ON t.id = l.tag_id ORDER BY 1"}) {
            Statement rows = r.db.prepare(sql);
            while (rows.step())
                all += rows.text(0) + '\n';
        }
        return all;
    });
}

std::string hash(TempStore& store) {
    return store.read([](ReadContext& r) { return contentHash(r); });
}

void takeBack(TempStore& store) {
    store.write(
        [](WriteContext& w) {
            const auto done = undoAction(w, nextUndo(w.db, w.action)->id, UndoPolicy::AllOrNothing);
            if (!done)
                qFatal("it could not be taken back: %s", done.error().detail.c_str());
        },
        {.name = "undo"});
}

void doAgain(TempStore& store) {
    store.write(
        [](WriteContext& w) {
            const auto done = redoAction(w, nextRedo(w.db, w.action)->id, UndoPolicy::AllOrNothing);
            if (!done)
                qFatal("it could not be done again: %s", done.error().detail.c_str());
        },
        {.name = "redo"});
}

// Leads in every state the acts look at.
std::vector<LeadId> fill(TempStore& store) {
    return store.write([](WriteContext& w) {
        Member somebody{.name = "Kai", .email = "kai@harborline.example"};
        MemberRepository(w.db).insert(w, somebody);
        const StrategyVersion version = addStrategy(w, "Ports");
        LeadRepository leads(w.db);
        std::vector<LeadId> ids;
        for (int i = 0; i < 240; ++i) {
            const LeadId id = addLead(w, makeLead("Lead", std::to_string(i), "l" + std::to_string(i) + "@x.example"));
            ids.push_back(id);
            if (i % 3 == 0)
                addTask(w, id, Channel::Call, w.now, addEnrolment(w, id, version), version.steps[1].id);
            if (i % 4 == 0)
                addTask(w, id, Channel::Task, w.now + std::chrono::hours(i));
            if (i % 5 == 0)
                leads.setOwner(w, id, somebody.id);
            if (i % 7 == 0)
                leads.addTag(w, id, "spring");
            if (i % 11 == 0)
                leads.setArchived(w, id, true);
            if (i % 13 == 0)
                leads.setTrashed(w, id, true);
            if (i % 17 == 0)
                leads.setStatus(w, id, statuses::inProgress);
        }
        return ids;
    });
}

} // namespace

class LeadBulkEditTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void many_at_once_come_out_as_one_by_one_and_go_back_and_forth() {
        TempStore store;
        const std::vector<LeadId> ids = fill(store);
        const MemberId me =
            store.write([](WriteContext& w) { return MemberRepository(w.db).findOrCreate(w, "mara@harborline.example"); },
                        {.name = "member", .undoable = false});
        store.clock.advance(std::chrono::minutes(3));
        struct Act {
            const char* what;
            std::function<std::int64_t(LeadBulkEdit&, std::span<const LeadId>)> many;
            std::function<bool(LeadRepository&, WriteContext&, LeadId)> one;
        };
        using These = std::span<const LeadId>;
        const std::vector<Act> acts{
            {"status", [](LeadBulkEdit& e, These t) { return e.setStatus(t, statuses::inProgress); },
             [](LeadRepository& r, WriteContext& w, LeadId id) { return r.setStatus(w, id, statuses::inProgress); }},
            {"terminal status", [](LeadBulkEdit& e, These t) { return e.setStatus(t, statuses::disqualified); },
             [](LeadRepository& r, WriteContext& w, LeadId id) { return r.setStatus(w, id, statuses::disqualified); }},
            {"owner", [me](LeadBulkEdit& e, These t) { return e.setOwner(t, me); },
             [me](LeadRepository& r, WriteContext& w, LeadId id) { return r.setOwner(w, id, me); }},
            {"nobody's", [](LeadBulkEdit& e, These t) { return e.setOwner(t, {}); },
             [](LeadRepository& r, WriteContext& w, LeadId id) { return r.setOwner(w, id, {}); }},
            {"archive", [](LeadBulkEdit& e, These t) { return e.setArchived(t, true); },
             [](LeadRepository& r, WriteContext& w, LeadId id) { return r.setArchived(w, id, true); }},
            {"unarchive", [](LeadBulkEdit& e, These t) { return e.setArchived(t, false); },
             [](LeadRepository& r, WriteContext& w, LeadId id) { return r.setArchived(w, id, false); }},
            {"trash", [](LeadBulkEdit& e, These t) { return e.setTrashed(t, true); },
             [](LeadRepository& r, WriteContext& w, LeadId id) { return r.setTrashed(w, id, true); }},
            {"restore", [](LeadBulkEdit& e, These t) { return e.setTrashed(t, false); },
             [](LeadRepository& r, WriteContext& w, LeadId id) { return r.setTrashed(w, id, false); }},
            {"tag", [](LeadBulkEdit& e, These t) { return e.addTag(t, "Spring"); },
             [](LeadRepository& r, WriteContext& w, LeadId id) {
                 const bool has = !w.db.text("SELECT 'yes' FROM lead_tag WHERE lead_id = ?1", id).empty();
                 r.addTag(w, id, "Spring");
                 return !has;
             }},
            {"untag", [](LeadBulkEdit& e, These t) { return e.removeTag(t, "spring"); },
             [](LeadRepository& r, WriteContext& w, LeadId id) {
                 const bool has = !w.db.text("SELECT 'yes' FROM lead_tag WHERE lead_id = ?1", id).empty();
                 r.removeTag(w, id, "spring");
                 return has;
             }},
        };
        const std::string before = hash(store);
        for (const Act& act : acts) {
            const auto changed = store.write([&](WriteContext& w) {
                LeadRepository leads(w.db);
                std::int64_t count = 0;
                for (const LeadId id : ids)
                    count += act.one(leads, w, id) ? 1 : 0;
                return count;
            });
            const std::string wanted = state(store);
            takeBack(store);
            QCOMPARE(hash(store), before);

            QVERIFY2(changed > 0, act.what);
            QCOMPARE(store.write([&](WriteContext& w) {
                LeadBulkEdit edit(w);
                return act.many(edit, ids);
            }),
                     changed);
            QVERIFY2(state(store) == wanted, act.what);
            const std::string after = hash(store);
            takeBack(store);
            QVERIFY2(hash(store) == before, act.what);
            doAgain(store);
            QVERIFY2(hash(store) == after, act.what);
            takeBack(store);
            QVERIFY2(hash(store) == before, act.what);
            QVERIFY2(store.read([](ReadContext& r) { return examine(r.db); }).empty(), act.what);
        }
    }

    void a_changed_status_stands_on_the_timeline_of_those_who_had_another() {
        TempStore store;
        const std::vector<LeadId> ids = fill(store);
        store.write([&](WriteContext& w) { LeadBulkEdit(w).setStatus(ids, statuses::inProgress); });
        store.read([&](ReadContext& r) {
            for (std::size_t i = 0; i < ids.size(); ++i) {
                const auto page = ActivityRepository(r.db).timeline(ids[i], {}, 10);
                const auto count = std::count_if(page->entries.begin(), page->entries.end(), [](const TimelineEntry& entry) {
                    return entry.activity.kind == ActivityKind::StatusChanged && entry.activity.subject == "new → in_progress";
                });
                if (count != (i % 17 == 0 ? 0 : 1))
                    QTest::qFail(std::to_string(i).c_str(), __FILE__, __LINE__);
            }
            return 0;
        });
    }

    void leads_that_are_not_there_are_not_counted() {
        TempStore store;
        const std::vector<LeadId> nobody{LeadId{4711}, LeadId{4712}};
        store.write([&](WriteContext& w) {
            LeadBulkEdit edit(w);
            QCOMPARE(edit.setStatus(nobody, statuses::replied), std::int64_t(0));
            QCOMPARE(edit.addTag(nobody, "spring"), std::int64_t(0));
            QCOMPARE(edit.setTrashed(nobody, true), std::int64_t(0));
        });
    }

    // Rows of an import that come in and change in one transaction are found by what they are in the end.
    void what_is_indexed_later_is_found_as_it_became() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId early = addLead(w, makeLead("Ada", "Lovelace"));
            WriteContext::SearchLater later(w);
            const LeadId id = addLead(w, makeLead("Grace", "Hopper"));
            LeadRepository leads(w.db);
            for (const LeadId each : {early, id}) {
                const Lead before = *leads.find(each);
                Lead after = before;
                after.lastName = each == id ? "Murray" : "Byron";
                leads.update(w, before, after);
            }
            later.finish();
        });
        const auto found = [&](const char* word) {
            return store.read([word](ReadContext& r) {
                return r.db.integer("SELECT count(*) FROM lead_search WHERE lead_search MATCH ?1", word);
            });
        };
        QCOMPARE(found("murray"), std::int64_t(1));
        QCOMPARE(found("byron"), std::int64_t(1));
        QCOMPARE(found("hopper"), std::int64_t(0));
        QCOMPARE(found("lovelace"), std::int64_t(0));
        QVERIFY(store.read([](ReadContext& r) { return examine(r.db); }).empty());
    }
};

OUTRIDER_TEST(LeadBulkEditTest)
#include "lead_bulk_edit_test.moc"
