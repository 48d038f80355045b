// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/strategy_flow.h"

#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;

namespace {

const Surroundings utc;

Strategy strategyOf(WriteContext& w, const StrategyVersion& version) { return *StrategyRepository(w.db).find(version.strategy); }

} // namespace

class StrategyFlowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void enrolling_puts_the_first_step_into_the_queue() {
        TempStore store; // Thursday 08:00
        store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Zoë", "Brandt", "z@nordwind.example"));
            const StrategyVersion version = addStrategy(w, "Dock delays");
            const auto enrolled = StrategyFlow(w, utc).enrol(lead, strategyOf(w, version), version, "Berlin list");
            VERIFY_OK(enrolled);
            const auto tasks = TaskRepository(w.db).openOf(lead);
            QCOMPARE(tasks.size(), std::size_t(1));
            QCOMPARE(int(tasks[0].channel), int(Channel::Email));
            QVERIFY(tasks[0].dueAt == w.now);
            QVERIFY(tasks[0].step == version.steps[0].id);
        });
    }

    void each_reason_not_to_enrol_has_its_name() {
        TempStore store;
        store.write([](WriteContext& w) {
            const StrategyVersion version = addStrategy(w, "One");
            const StrategyVersion other = addStrategy(w, "Two");
            const Strategy strategy = strategyOf(w, version);
            StrategyFlow flow(w, utc);
            LeadRepository leads(w.db);

            const LeadId noMail = addLead(w, makeLead("No", "Mail"));
            VERIFY_ERROR(flow.canEnrol(noMail, strategy, version), ErrorCode::NoAddressForChannel);

            const LeadId terminal = addLead(w, makeLead("T", "T", "t@x.example"));
            leads.setStatus(w, terminal, statuses::qualified);
            VERIFY_ERROR(flow.canEnrol(terminal, strategy, version), ErrorCode::LeadTerminal);

            const LeadId bounced = addLead(w, makeLead("B", "B", "b@x.example"));
            leads.setReach(w, bounced, Reach::Bounced);
            VERIFY_ERROR(flow.canEnrol(bounced, strategy, version), ErrorCode::LeadSuppressed);

            const LeadId optedOut = addLead(w, makeLead("O", "O", "o@out.example"));
            SuppressionRepository(w.db).add(w, SuppressionKind::Domain, "out.example", SuppressionReason::Manual, "test");
            VERIFY_ERROR(flow.canEnrol(optedOut, strategy, version), ErrorCode::LeadSuppressed);

            const LeadId lead = addLead(w, makeLead("L", "L", "l@x.example"));
            VERIFY_OK(flow.enrol(lead, strategy, version, {}));
            VERIFY_ERROR(flow.canEnrol(lead, strategy, version), ErrorCode::AlreadyEnrolled);
            const auto second = flow.canEnrol(lead, strategyOf(w, other), other); // one strategy at a time
            VERIFY_ERROR(second, ErrorCode::AlreadyEnrolled);
            QCOMPARE(second.error().detail, std::string("One"));

            const LeadId fresh = addLead(w, makeLead("F", "F", "f@x.example"));
            StrategyRepository(w.db).setState(w, version.strategy, StrategyState::Paused);
            VERIFY_ERROR(flow.canEnrol(fresh, strategyOf(w, version), version), ErrorCode::StrategyNotActive);
            VERIFY_ERROR(flow.canEnrol(LeadId{42}, strategyOf(w, other), other), ErrorCode::NotFound);
        });
    }

    void a_step_done_brings_the_next_until_the_strategy_is_finished() {
        TempStore store;
        LeadId lead;
        EnrolmentId enrolment;
        store.write([&](WriteContext& w) {
            Lead zoe = makeLead("Zoë", "Brandt", "z@nordwind.example");
            zoe.phone = "+49 40 5550118";
            lead = addLead(w, zoe);
            const StrategyVersion version = addStrategy(w, "Short", {Channel::Call, Channel::Task});
            enrolment = *StrategyFlow(w, utc).enrol(lead, strategyOf(w, version), version, {});
        });
        const auto work = [&] {
            store.write([&](WriteContext& w) {
                TaskRepository tasks(w.db);
                tasks.close(w, tasks.openOf(lead).at(0).id, TaskState::Done);
                StrategyFlow(w, utc).stepDone(enrolment, w.now);
            });
        };
        work();
        store.read([&](ReadContext& r) {
            [&] {
                const auto open = TaskRepository(r.db).openOf(lead);
                QCOMPARE(open.size(), std::size_t(1));
                QCOMPARE(int(open[0].channel), int(Channel::Task));
                QVERIFY(open[0].dueAt == *parseIso8601("2026-11-23T08:00")); // two business days on: Monday
            }();
            return 0;
        });
        work();
        store.read([&](ReadContext& r) {
            [&] {
                QVERIFY(TaskRepository(r.db).openOf(lead).empty());
                QCOMPARE(int(EnrolmentRepository(r.db).find(enrolment)->state), int(EnrolmentState::Finished));
                const auto timeline = ActivityRepository(r.db).timeline(lead, {}, 1);
                QCOMPARE(int(timeline->entries[0].activity.kind), int(ActivityKind::StrategyFinished));
            }();
            return 0;
        });
    }

    void pausing_takes_the_tasks_away_and_resuming_brings_the_same_step_back_once() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Zoë", "Brandt", "z@nordwind.example"));
            const StrategyVersion version = addStrategy(w, "Paused");
            StrategyFlow flow(w, utc);
            const EnrolmentId enrolment = *flow.enrol(lead, strategyOf(w, version), version, {});
            StrategyRepository strategies(w.db);
            TaskRepository tasks(w.db);
            for (int i = 0; i < 3; ++i) {
                strategies.setState(w, version.strategy, StrategyState::Paused);
                flow.withdrawTasks(version.strategy);
                flow.plan(enrolment); // not while it is paused
                QVERIFY(tasks.openOf(lead).empty());
                strategies.setState(w, version.strategy, StrategyState::Active);
                flow.plan(enrolment);
                flow.plan(enrolment);
                QCOMPARE(tasks.openOf(lead).size(), std::size_t(1));
                QVERIFY(tasks.openOf(lead)[0].step == version.steps[0].id);
            }
        });
    }

    void an_absence_moves_the_open_task_to_the_return() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Zoë", "Brandt", "z@nordwind.example"));
            const StrategyVersion version = addStrategy(w, "Away");
            StrategyFlow flow(w, utc);
            const EnrolmentId enrolment = *flow.enrol(lead, strategyOf(w, version), version, {});
            flow.pauseUntil(enrolment, *parseIso8601("2026-11-30"));
            const auto open = TaskRepository(w.db).openOf(lead);
            QCOMPARE(open.size(), std::size_t(1));
            QVERIFY(open[0].dueAt == *parseIso8601("2026-11-30T08:00"));
            QCOMPARE(int(EnrolmentRepository(w.db).find(enrolment)->state), int(EnrolmentState::Paused));
        });
    }

    void moving_to_a_new_version_goes_on_at_the_step_it_is_at() {
        TempStore store;
        store.write([](WriteContext& w) {
            Lead zoe = makeLead("Zoë", "Brandt", "z@nordwind.example");
            zoe.phone = "+49 40 5550118";
            const LeadId lead = addLead(w, zoe);
            const StrategyVersion first = addStrategy(w, "Edited", {Channel::Call, Channel::Call, Channel::Call});
            StrategyFlow flow(w, utc);
            const EnrolmentId enrolment = *flow.enrol(lead, strategyOf(w, first), first, {});
            TaskRepository tasks(w.db);
            tasks.close(w, tasks.openOf(lead)[0].id, TaskState::Done);
            flow.stepDone(enrolment, w.now);

            StrategyVersion second = first;
            second.steps[1].channel = Channel::LinkedIn;
            StrategyRepository(w.db).publish(w, second);
            flow.moveTo(enrolment, second);
            QCOMPARE(tasks.openOf(lead).size(), std::size_t(1));
            QCOMPARE(int(tasks.openOf(lead)[0].channel), int(Channel::LinkedIn));

            StrategyVersion shorter = second;
            shorter.steps.resize(1);
            StrategyRepository(w.db).publish(w, shorter);
            flow.moveTo(enrolment, shorter);
            QVERIFY(tasks.openOf(lead).empty());
            QCOMPARE(int(EnrolmentRepository(w.db).find(enrolment)->state), int(EnrolmentState::Finished));
        });
    }

    void the_leads_own_zone_decides_when_it_is_day() {
        TempStore store;
        store.write([](WriteContext& w) {
            Lead lead = makeLead("涼子", "山田", "r@minato.example");
            lead.country = "JP";
            const LeadId id = addLead(w, lead);
            const StrategyVersion version = addStrategy(w, "Ports");
            VERIFY_OK(StrategyFlow(w, utc).enrol(id, strategyOf(w, version), version, {}));
            // 08:00 UTC is 17:00 in Tokyo: closed until 08:00 there on Friday.
            QVERIFY(TaskRepository(w.db).openOf(id)[0].dueAt == *parseIso8601("2026-11-19T23:00"));
        });
    }

    void the_first_touch_makes_a_new_lead_one_in_progress() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("A", "B"));
            noteFirstTouch(w, lead, "call");
            QVERIFY(LeadRepository(w.db).statusOf(lead) == statuses::inProgress);
            LeadRepository(w.db).setStatus(w, lead, statuses::qualified);
            noteFirstTouch(w, lead, "call");
            QVERIFY(LeadRepository(w.db).statusOf(lead) == statuses::qualified);
        });
    }
};

OUTRIDER_TEST(StrategyFlowTest)
#include "strategy_flow_test.moc"
