// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_repository.h"

#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/status_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

Lead find(TempStore& store, LeadId id) {
    return *store.read([id](ReadContext& r) { return LeadRepository(r.db).find(id); });
}

} // namespace

class LeadRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_lead_comes_back_as_it_was_put_in() {
        TempStore store;
        Lead lead = makeLead("Zoë", "Brandt", "z.brandt@nordwind.example");
        lead.jobTitle = "Head of Operations";
        lead.companyName = "Nordwind Logistik";
        lead.phone = "+49 40 5550118";
        lead.phoneKey = "+49405550118";
        lead.otherContacts = {{ContactKind::Email, "private", "zoe@x.example", "zoe@x.example"},
                              {ContactKind::Phone, "mobile", "+49 170 1", ""}};
        lead.tags = {"cold-chain", "Rostock"};
        lead.custom = {{"dock_count", "12"}};
        lead.score = 89;
        lead.timeZone = "Europe/Berlin";
        const LeadId id = store.write([&](WriteContext& w) {
            LeadRepository(w.db).insert(w, lead);
            return lead.id;
        });
        QVERIFY(find(store, id) == lead);
    }

    void a_terminal_status_stops_the_strategy_and_empties_the_queue() {
        TempStore store;
        const LeadId id = store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Tobias", "Rühl"));
            const StrategyVersion version = addStrategy(w, "Cold chain");
            const EnrolmentId enrolment = addEnrolment(w, lead, version);
            addTask(w, lead, Channel::Email, w.now, enrolment, version.steps[0].id);
            addTask(w, lead, Channel::Task, w.now);
            return lead;
        });
        QVERIFY(find(store, id).nextTaskAt.has_value());
        store.clock.advance(std::chrono::minutes(5));
        store.write([id](WriteContext& w) { LeadRepository(w.db).setStatus(w, id, statuses::replied); });

        QVERIFY(!find(store, id).nextTaskAt);
        store.read([&](ReadContext& r) {
            const auto enrolments = EnrolmentRepository(r.db).ofLead(id);
            [&] {
                QCOMPARE(enrolments.size(), std::size_t(1));
                QCOMPARE(int(enrolments[0].state), int(EnrolmentState::Stopped));
                QCOMPARE(int(enrolments[0].stopReason), int(StopReason::TerminalStatus));
                QVERIFY(enrolments[0].endedAt == store.clock.now()); // the action's moment, not the wall's
                QVERIFY(TaskRepository(r.db).openOf(id).empty());
            }();
            return 0;
        });
    }

    // The trigger alone, as for a status written by any other way into the file.
    void the_trigger_holds_the_same_rule_for_plain_sql() {
        TempStore store;
        const LeadId id = store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Noor", "van der Heijden"));
            const StrategyVersion version = addStrategy(w, "Ports");
            addTask(w, lead, Channel::Email, w.now, addEnrolment(w, lead, version), version.steps[0].id);
            addTask(w, lead, Channel::Call, w.now);
            return lead;
        });
        store.write([id](WriteContext& w) { w.db.run("UPDATE lead SET status_id = 5 WHERE id = ?1", id); });
        QVERIFY(!find(store, id).nextTaskAt);
        store.read([&](ReadContext& r) {
            [&] {
                QVERIFY(!EnrolmentRepository(r.db).ofLead(id)[0].isRunning());
                QVERIFY(TaskRepository(r.db).openOf(id).empty());
            }();
            return 0;
        });
    }

    void a_user_defined_terminal_status_stops_too_and_an_open_one_does_not() {
        TempStore store;
        store.write([](WriteContext& w) {
            StatusRepository statuses(w.db);
            const StatusId won = statuses.add(w, {.key = "won", .name = "Won", .kind = StatusKind::Terminal, .position = 9});
            const StatusId warm = statuses.add(w, {.key = "warm", .name = "Warm", .kind = StatusKind::Open, .position = 8});
            const LeadId lead = addLead(w, makeLead("Ines", "Köhler"));
            const StrategyVersion version = addStrategy(w, "Any");
            addEnrolment(w, lead, version);
            LeadRepository leads(w.db);
            leads.setStatus(w, lead, warm);
            QVERIFY(EnrolmentRepository(w.db).running(lead).has_value());
            leads.setStatus(w, lead, won);
            QVERIFY(!EnrolmentRepository(w.db).running(lead).has_value());
        });
    }

    void the_next_task_is_always_the_earliest_open_one() {
        TempStore store;
        store.write([&](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Aoife", "Ní Bhriain"));
            const TaskId late = addTask(w, lead, Channel::Call, w.now + std::chrono::hours(5));
            const TaskId soon = addTask(w, lead, Channel::Email, w.now + std::chrono::hours(1));
            LeadRepository leads(w.db);
            TaskRepository tasks(w.db);
            QVERIFY(leads.find(lead)->nextTaskAt == w.now + std::chrono::hours(1));
            tasks.close(w, soon, TaskState::Done);
            QVERIFY(leads.find(lead)->nextTaskAt == w.now + std::chrono::hours(5));
            tasks.reschedule(w, late, w.now + std::chrono::hours(9), true);
            QVERIFY(leads.find(lead)->nextTaskAt == w.now + std::chrono::hours(9));
            tasks.close(w, late, TaskState::Skipped);
            QVERIFY(!leads.find(lead)->nextTaskAt);
            tasks.reopen(w, late);
            QVERIFY(leads.find(lead)->nextTaskAt == w.now + std::chrono::hours(9));
        });
    }

    void the_last_touch_follows_the_timeline_but_not_its_notes() {
        TempStore store;
        store.write([&](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Piotr", "Zieliński"));
            ActivityRepository activities(w.db);
            Activity note{.lead = lead, .at = w.now, .kind = ActivityKind::Note, .text = "call after the 17th"};
            activities.append(w, note);
            QVERIFY(!LeadRepository(w.db).find(lead)->lastTouchAt);
            Activity call{.lead = lead, .at = w.now - std::chrono::hours(3), .kind = ActivityKind::Call};
            activities.append(w, call);
            QVERIFY(LeadRepository(w.db).find(lead)->lastTouchAt == w.now - std::chrono::hours(3));
        });
    }

    void an_update_changes_what_differs_and_journals_nothing_else() {
        TempStore store;
        const LeadId id = store.write([](WriteContext& w) { return addLead(w, makeLead("Emil", "Nørgaard", "e@f.example")); });
        const Lead before = find(store, id);
        Lead after = before;
        after.jobTitle = "Operations Manager";
        const auto changes = store.write([&](WriteContext& w) {
            const auto last = w.db.integer("SELECT max(id) FROM change");
            LeadRepository(w.db).update(w, before, after);
            return w.db.integer("SELECT count(*) FROM change WHERE id > ?1", last);
        });
        QVERIFY(find(store, id) == after);
        QCOMPARE(changes, std::int64_t(1));
    }

    void finds_a_lead_by_any_of_its_addresses() {
        TempStore store;
        store.write([](WriteContext& w) {
            Lead lead = makeLead("Jörg", "Müller", "jm@ruhr.example");
            lead.otherContacts = {{ContactKind::Email, "private", "JM@home.example", "jm@home.example"}};
            const LeadId id = addLead(w, lead);
            LeadRepository leads(w.db);
            QVERIFY(leads.findByEmailKey("jm@ruhr.example") == id);
            QVERIFY(leads.findByEmailKey("jm@home.example") == id);
            QVERIFY(!leads.findByEmailKey("other@ruhr.example"));
            QVERIFY(!leads.findByEmailKey(""));
        });
    }

    void activities_can_be_neither_edited_nor_deleted() {
        TempStore store;
        const LeadId id = store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("A", "B"));
            Activity note{.lead = lead, .kind = ActivityKind::Note, .text = "kept"};
            ActivityRepository(w.db).append(w, note);
            return lead;
        });
        for (const char* sql : {"UPDATE activity SET text = 'changed'", "DELETE FROM activity"}) {
            const auto result = wait(store->write({.name = "forbidden"}, [&](WriteContext& w) -> Result<> {
                w.db.run(sql);
                return {};
            }));
            VERIFY_ERROR(result, ErrorCode::Conflict);
        }
        store.read([&](ReadContext& r) {
            [&] { QCOMPARE(ActivityRepository(r.db).notes(id, 9).size(), std::size_t(1)); }();
            return 0;
        });
    }
};

OUTRIDER_TEST(LeadRepositoryTest)
#include "lead_repository_test.moc"
