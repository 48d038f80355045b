// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/variant.h"
#include "core/outreach/mail_drafting.h"
#include "core/outreach/strategy_flow.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <algorithm>
#include <map>

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;

namespace {

const Surroundings utc;

// A strategy of an e-mail and a call, two business days apart, by its rules.
StrategyVersion addRuled(WriteContext& w, const StrategyRules& rules,
                         const std::vector<Channel>& channels = {Channel::Email, Channel::Call}) {
    StrategyVersion version = addStrategy(w, "Dock delays", channels);
    version.rules = rules;
    StrategyRepository(w.db).publish(w, version);
    return version;
}

struct Enrolled {
    LeadId lead;
    EnrolmentId enrolment;
};

Enrolled enrolOne(WriteContext& w, const StrategyVersion& version, int number, CompanyId company = {},
                  const Surroundings& around = utc) {
    Lead lead = makeLead("Lead", std::to_string(number), "lead" + std::to_string(number) + "@nordwind.example");
    lead.company = company;
    lead.phone = lead.phoneKey = "+49301234" + std::to_string(1000 + number);
    const LeadId id = addLead(w, lead);
    const auto enrolled = StrategyFlow(w, around).enrol(id, *StrategyRepository(w.db).find(version.strategy), version, {});
    if (!enrolled)
        qFatal("a lead cannot be enrolled");
    return {id, *enrolled};
}

Enrolment now(WriteContext& w, EnrolmentId id) { return *EnrolmentRepository(w.db).find(id); }

void addBox(WriteContext& w) {
    Mailbox box{.address = "mara@harborline.example", .displayName = "Mara Lindqvist", .dailyLimit = 50};
    MailboxRepository(w.db).insert(w, box);
}

void logContact(WriteContext& w, LeadId lead, Instant at) {
    Activity call{.lead = lead, .at = at, .kind = ActivityKind::Call};
    ActivityRepository(w.db).append(w, call);
}

bool has(const Plan& plan, PlanReason reason) { return std::ranges::find(plan.reasons, reason) != plan.reasons.end(); }

} // namespace

class StrategyRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rules_and_texts_come_back_as_they_were_published() {
        TempStore store;
        store.write([](WriteContext& w) {
            StrategyVersion version = addStrategy(w, "Dock delays");
            version.rules = {.stops = {.reply = false, .meeting = false, .talked = true, .status = statuses::inProgress},
                             .colleague = ColleagueReply::Stop,
                             .colleagueDays = 9,
                             .canaryPercent = 10,
                             .perWeekday = 25};
            version.steps[0].weight = 2;
            version.steps[0].variants = {{.weight = 3, .subject = "B", .body = "b"}, {.weight = 0, .subject = "C", .body = "c"}};
            StrategyRepository(w.db).publish(w, version);
            QVERIFY(StrategyRepository(w.db).version(version.id) == version);
            QVERIFY(StrategyRepository(w.db).step(version.steps[0].id) == version.steps[0]);
        });
    }

    void each_rule_that_ends_a_strategy_can_be_set() {
        TempStore store;
        store.write([&](WriteContext& w) {
            const auto worked = [&](const StrategyRules& rules, Disposition said) {
                static int number = 100;
                StrategyVersion version = addStrategy(w, "Calls " + std::to_string(number), {Channel::Call, Channel::Call});
                version.rules = rules;
                StrategyRepository(w.db).publish(w, version);
                const Enrolled one = enrolOne(w, version, number++);
                const TaskId task = TaskRepository(w.db).openOf(one.enrolment)->id;
                if (!TaskFlow(w, utc, store.random).complete(task, {.disposition = said}))
                    qFatal("a task cannot be completed");
                return now(w, one.enrolment);
            };
            QVERIFY(worked({}, Disposition::Talked).isRunning());
            QVERIFY(worked({.stops = {.talked = true}}, Disposition::Talked).stopReason == StopReason::CallOutcome);
            QVERIFY(worked({.stops = {.talked = true}}, Disposition::NoAnswer).isRunning());
            QVERIFY(!worked({}, Disposition::Meeting).isRunning());
            const Enrolment goesOn = worked({.stops = {.meeting = false}}, Disposition::Meeting);
            QVERIFY(goesOn.isRunning());
            QCOMPARE(goesOn.nextStep, 1);
            // What no rule switches off.
            QVERIFY(worked({.stops = {.reply = false, .meeting = false}}, Disposition::Never).stopReason
                    == StopReason::DoNotContact);
        });
    }

    void a_status_that_ends_it_ends_it_whoever_sets_it() {
        TempStore store;
        store.write([](WriteContext& w) {
            const StrategyVersion version = addRuled(w, {.stops = {.status = statuses::inProgress}});
            const Enrolled one = enrolOne(w, version, 1);
            LeadRepository(w.db).setStatus(w, one.lead, statuses::inProgress);
            QVERIFY(now(w, one.enrolment).stopReason == StopReason::Status);
            QVERIFY(!TaskRepository(w.db).openOf(one.enrolment));
        });
    }

    void a_colleagues_reply_does_what_the_rule_says() {
        TempStore store;
        store.write([](WriteContext& w) {
            Company company{.domain = "nordwind.example", .name = "Nordwind"};
            CompanyRepository(w.db).insert(w, company);
            int number = 0;
            const auto after = [&](ColleagueReply rule) {
                StrategyVersion version = addStrategy(w, "S" + std::to_string(number));
                version.rules.colleague = rule;
                version.rules.colleagueDays = 5;
                StrategyRepository(w.db).publish(w, version);
                return enrolOne(w, version, number++, company.id);
            };
            const Enrolled answers = after(ColleagueReply::Stop);
            const Enrolled left = after(ColleagueReply::Nothing);
            const Enrolled later = after(ColleagueReply::Delay);
            const Enrolled ends = after(ColleagueReply::Stop);
            StrategyFlow flow(w, utc);
            flow.colleagueReplied(answers.lead);
            QVERIFY(now(w, answers.enrolment).isRunning()); // what their own reply does is said elsewhere
            QVERIFY(now(w, left.enrolment).state == EnrolmentState::Active);
            QVERIFY(now(w, ends.enrolment).stopReason == StopReason::Colleague);
            QVERIFY(now(w, later.enrolment).pauseReason == PauseReason::Colleague);
            const Plan plan = flow.planOf(later.enrolment);
            QVERIFY(has(plan, PlanReason::ColleagueReplied));
            QVERIFY(plan.dueAt >= w.now + std::chrono::days(4));
            QVERIFY(TaskRepository(w.db).openOf(later.enrolment)->dueAt == plan.dueAt);
        });
    }

    void one_in_ten_begins_and_the_others_wait_until_they_are_let_go() {
        TempStore store;
        store.write([](WriteContext& w) {
            const StrategyVersion version = addRuled(w, {.canaryPercent = 10});
            std::vector<Enrolled> all;
            for (int i = 0; i < 30; ++i)
                all.push_back(enrolOne(w, version, i));
            const auto begun = std::ranges::count_if(
                all, [&](const Enrolled& one) { return TaskRepository(w.db).openOf(one.enrolment).has_value(); });
            QCOMPARE(begun, 3);
            QVERIFY(TaskRepository(w.db).openOf(all[0].enrolment).has_value());
            QVERIFY(StrategyFlow(w, utc).planOf(all[1].enrolment).reasons.back() == PlanReason::Canary);
            // An absence is shorter than that.
            StrategyFlow(w, utc).pauseUntil(all[1].enrolment, w.now + std::chrono::hours(1));
            QVERIFY(!now(w, all[1].enrolment).pausedUntil);
        });
        store.clock.advance(std::chrono::hours(24 * 5)); // Tuesday
        store.write([](WriteContext& w) {
            const Strategy strategy = StrategyRepository(w.db).all().at(0).strategy;
            StrategyRepository(w.db).setReleased(w, strategy.currentVersion);
            for (const EnrolmentId held : EnrolmentRepository(w.db).heldIn(strategy.currentVersion)) {
                StrategyFlow(w, utc).release(held);
                QVERIFY(TaskRepository(w.db).openOf(held)->dueAt == w.now); // days count from now
            }
            QVERIFY(EnrolmentRepository(w.db).heldIn(strategy.currentVersion).empty());
            const auto version = StrategyRepository(w.db).version(strategy.currentVersion);
            QVERIFY(TaskRepository(w.db).openOf(enrolOne(w, *version, 99).enrolment).has_value());
        });
    }

    void so_many_begin_on_a_weekday_and_nobody_is_left_out() {
        VERIFY_PROPERTY([] {
            TempStore store;
            const int perDay = *rc::gen::inRange(1, 5);
            const int leads = *rc::gen::inRange(1, 16);
            store.clock.advance(std::chrono::hours(*rc::gen::inRange(0, 24 * 7)));
            store.write([&](WriteContext& w) {
                const StrategyVersion version = addRuled(w, {.perWeekday = perDay});
                std::map<LocalDay, int> begin;
                for (int i = 0; i < leads; ++i) {
                    const Enrolled one = enrolOne(w, version, i);
                    const LocalDay starts = utc.zone.dayOf(*now(w, one.enrolment).startsAt);
                    RC_ASSERT(isoWeekday(starts) <= 5);
                    RC_ASSERT(starts >= utc.zone.dayOf(w.now));
                    ++begin[starts];
                    RC_ASSERT(TaskRepository(w.db).openOf(one.enrolment)->dueAt >= *now(w, one.enrolment).startsAt);
                }
                int missing = leads;
                for (const auto& [starts, count] : begin) { // each day full before the next is begun
                    RC_ASSERT(count == std::min(perDay, missing));
                    missing -= count;
                }
            });
        });
    }

    void nothing_is_due_sooner_after_another_contact_than_the_gap_says() {
        VERIFY_PROPERTY([] {
            TempStore store;
            Surroundings around;
            around.rules.leadGapDays = *rc::gen::inRange(0, 8);
            around.rules.companyGapDays = *rc::gen::inRange(0, 8);
            const auto ago = [](int most) { return std::chrono::minutes(*rc::gen::inRange(1, most * 24 * 60)); };
            const auto own = ago(10);
            const auto theirs = ago(10);
            store.write([&](WriteContext& w) {
                Company company{.domain = "nordwind.example", .name = "Nordwind"};
                CompanyRepository(w.db).insert(w, company);
                Lead colleague = makeLead("A", "Colleague", "a@nordwind.example");
                colleague.company = company.id;
                logContact(w, addLead(w, colleague), w.now - theirs);
                Lead lead = makeLead("The", "Lead", "lead@nordwind.example");
                lead.company = company.id;
                const LeadId id = addLead(w, lead);
                logContact(w, id, w.now - own);
                const StrategyVersion version = addRuled(w, {});
                StrategyFlow flow(w, around);
                const auto enrolled = flow.enrol(id, *StrategyRepository(w.db).find(version.strategy), version, {});
                const Plan plan = flow.planOf(*enrolled);
                const Instant ownUntil = w.now - own + std::chrono::hours(24 * around.rules.leadGapDays);
                const Instant theirUntil = w.now - theirs + std::chrono::hours(24 * around.rules.companyGapDays);
                RC_ASSERT(plan.kind == Plan::Kind::Due);
                RC_ASSERT(around.rules.leadGapDays == 0 || plan.dueAt >= ownUntil);
                RC_ASSERT(around.rules.companyGapDays == 0 || plan.dueAt >= theirUntil);
                const bool waits = std::max(around.rules.leadGapDays > 0 ? ownUntil : w.now,
                                            around.rules.companyGapDays > 0 ? theirUntil : w.now)
                                   > w.now;
                RC_ASSERT((has(plan, PlanReason::LeadGap) || has(plan, PlanReason::CompanyGap)) == waits);
                RC_ASSERT(TaskRepository(w.db).openOf(*enrolled)->dueAt == plan.dueAt);
            });
        });
    }

    void its_own_contacts_are_no_gap_for_a_strategy() {
        TempStore store;
        store.write([](WriteContext& w) {
            Surroundings around;
            around.rules.leadGapDays = 30;
            const StrategyVersion version = addRuled(w, {}, {Channel::Call, Channel::Call});
            const Enrolled one = enrolOne(w, version, 1, {}, around);
            Activity call{.lead = one.lead, .kind = ActivityKind::Call, .enrolment = one.enrolment};
            ActivityRepository(w.db).append(w, call);
            StrategyFlow flow(w, around);
            flow.stepDone(one.enrolment, w.now);
            QVERIFY(!has(flow.planOf(one.enrolment), PlanReason::LeadGap));
        });
    }

    void the_message_is_of_the_text_that_was_drawn() {
        TempStore store;
        store.write([](WriteContext& w) {
            addBox(w);
            StrategyVersion version = addStrategy(w, "Dock delays", {Channel::Email});
            version.steps[0].subject = "First";
            version.steps[0].body = "the first text";
            version.steps[0].variants = {{.subject = "Second", .body = "the second text"}};
            StrategyRepository(w.db).publish(w, version);
            bool both[2] = {false, false};
            for (int i = 0; i < 20; ++i) {
                const Enrolled one = enrolOne(w, version, i);
                const int variant = variantFor(one.enrolment, version.steps[0]);
                const auto draft = draftOfStep(w.db, one.lead, one.enrolment, version.steps[0]);
                VERIFY_OK(draft);
                QCOMPARE(draft->subject, std::string(variant == 0 ? "First" : "Second"));
                QVERIFY(draft->body.find(variant == 0 ? "the first" : "the second") != std::string::npos);
                both[variant] = true;
            }
            QVERIFY(both[0] && both[1]);
        });
    }
};

OUTRIDER_TEST(StrategyRulesTest)
#include "strategy_rules_test.moc"
