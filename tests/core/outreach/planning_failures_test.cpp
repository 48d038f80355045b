// SPDX-License-Identifier: GPL-3.0-or-later
// Failures of planning seen in other programs, each with the test that keeps it from here.
#include "core/outreach/advance.h"
#include "core/outreach/sender.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "support/builders.h"
#include "support/fake_mail_transport.h"
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

struct World {
    explicit World(int leads, int dailyLimit = 50) {
        store.write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example",
                        .displayName = "Mara Lindqvist",
                        .dailyLimit = dailyLimit,
                        .holdSeconds = 0};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            version = addStrategy(w, "Dock delays", {Channel::Email, Channel::Email, Channel::Email}, 1);
            for (int i = 0; i < leads; ++i) {
                const LeadId lead = addLead(w, makeLead("Lead", std::to_string(i), "lead" + std::to_string(i) + "@x.example"));
                if (!StrategyFlow(w, around).enrol(lead, *StrategyRepository(w.db).find(version.strategy), version, {}))
                    qFatal("a lead cannot be enrolled");
            }
        });
    }

    void pause(bool on) {
        store.write([&](WriteContext& w) {
            StrategyRepository(w.db).setState(w, version.strategy, on ? StrategyState::Paused : StrategyState::Active);
            StrategyFlow flow(w, around);
            if (on) {
                flow.withdrawTasks(version.strategy);
                return;
            }
            for (const EnrolmentId one : EnrolmentRepository(w.db).runningIn(version.strategy))
                flow.plan(one);
        });
    }

    // Publishes the same steps again and moves everybody.
    void moveOn() {
        store.write([&](WriteContext& w) {
            StrategyVersion next =
                *StrategyRepository(w.db).version(StrategyRepository(w.db).find(version.strategy)->currentVersion);
            StrategyRepository(w.db).publish(w, next);
            for (const EnrolmentId one : EnrolmentRepository(w.db).runningIn(version.strategy))
                StrategyFlow(w, around).moveTo(one, next);
        });
    }

    // Sends off what is due, at most so many tasks.
    void work(int most) {
        store.write([&](WriteContext& w) {
            for (const EnrolmentId one : EnrolmentRepository(w.db).runningIn(version.strategy)) {
                const auto task = TaskRepository(w.db).openOf(one);
                if (most <= 0 || !task || task->dueAt > w.now)
                    continue;
                --most;
                if (!TaskFlow(w, around, store.random).complete(task->id, {}))
                    qFatal("a task cannot be completed");
            }
        });
    }

    void send(int most) {
        Sender(*store, [this] { return around; }).run(mailbox, server, most, progress);
    }

    std::map<std::pair<std::string, int>, int> copies() {
        std::map<std::pair<std::string, int>, int> out;
        store.read([&](ReadContext& r) {
            for (const OutboxRow& row : OutboxRepository(r.db).settled(OutboxState::Sent, {}, 100000))
                ++out[{row.item.recipientKey, StrategyRepository(r.db).step(row.item.step)->position}];
            return 0;
        });
        return out;
    }

    TempStore store;
    Surroundings around;
    FakeMailTransport server;
    Progress progress;
    MailboxId mailbox;
    StrategyVersion version;
};

const char* const zones[]{"Europe/Berlin",    "Europe/London",       "Europe/Kyiv",      "America/New_York", "America/Chicago",
                          "America/St_Johns", "America/Sao_Paulo",   "America/Santiago", "America/Havana",   "Asia/Kolkata",
                          "Asia/Kathmandu",   "Asia/Tokyo",          "Asia/Beirut",      "Africa/Cairo",     "Africa/Casablanca",
                          "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",  "America/Asuncion"};

} // namespace

class PlanningFailuresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void t2_pausing_resuming_moving_and_limits_in_the_middle_never_repeat_a_step_nor_lose_one() {
        VERIFY_PROPERTY([] {
            constexpr int leads = 4;
            World world(leads, *rc::gen::inRange(2, 9));
            bool paused = false;
            for (int i = *rc::gen::inRange(5, 40); i > 0; --i) {
                switch (*rc::gen::inRange(0, 6)) {
                case 0:
                    world.pause(paused = !paused);
                    break;
                case 1:
                    world.moveOn();
                    break;
                case 2:
                    world.send(*rc::gen::inRange(1, 4));
                    break;
                case 3:
                    world.store.clock.advance(std::chrono::minutes(*rc::gen::inRange(1, 3000)));
                    break;
                default:
                    world.work(*rc::gen::inRange(1, leads));
                    break;
                }
            }
            if (paused)
                world.pause(false);
            // Work until all is done; a limiter or a plan that stands still is a failure, too.
            for (int turn = 0; turn < 300 && world.copies().size() < std::size_t(leads * 3); ++turn) {
                world.work(leads);
                world.send(50);
                world.store.clock.advance(std::chrono::hours(7));
            }
            world.work(leads);
            world.send(50);
            const auto copies = world.copies();
            RC_ASSERT(copies.size() == std::size_t(leads * 3));
            for (const auto& [who, count] : copies)
                RC_ASSERT(count == 1);
            RC_ASSERT(world.server.accepted.size() == std::size_t(leads * 3));
        });
    }

    void t5_the_limiter_always_makes_progress() {
        World world(12, 1); // one a day
        for (int hour = 0; hour < 24 * 60; hour += 4) {
            world.work(12);
            world.send(50);
            world.store.clock.advance(std::chrono::hours(4));
        }
        QCOMPARE(int(world.copies().size()), 36);
    }

    void t9_everything_that_waits_has_a_reason_and_an_earliest_time() {
        World world(12, 3);
        for (int hour = 0; hour < 24 * 6; ++hour) {
            world.work(12);
            world.send(50);
            world.store.read([&](ReadContext& r) {
                for (const OutboxRow& row : OutboxRepository(r.db).list({OutboxState::Queued, OutboxState::Held}, 1000)) {
                    if (row.item.waitReason == WaitReason::None
                        || row.item.earliestAt <= world.store.clock.now() - std::chrono::hours(1))
                        qFatal("a message waits and nobody knows why, or until when");
                }
                return 0;
            });
            world.store.write([&](WriteContext& w) {
                for (const EnrolmentId one : EnrolmentRepository(w.db).runningIn(world.version.strategy))
                    QVERIFY(!StrategyFlow(w, world.around).planOf(one).reasons.empty());
            });
            world.store.clock.advance(std::chrono::hours(1));
        }
    }

    void t10_with_any_window_of_some_length_every_due_step_is_planned() {
        VERIFY_PROPERTY([] {
            StrategyVersion version;
            const int start = *rc::gen::inRange(0, 1440);
            version.window = {Weekdays(*rc::gen::inRange<std::uint8_t>(1, 128)), start, *rc::gen::inRange(start + 1, 1441)};
            version.steps = {{.position = 0}, {.position = 1, .dayOffset = *rc::gen::inRange(0, 40)}};
            const Zone zone = *Zone::find(zones[*rc::gen::inRange<std::size_t>(0, std::size(zones))]);
            const auto countries = countriesWithHolidays();
            const DaysOff off = DaysOff().with(holidaysIn(countries[*rc::gen::inRange<std::size_t>(0, countries.size())]));
            Enrolment enrolment{.enrolledAt = *parseIso8601("2026-01-01") + std::chrono::minutes(*rc::gen::inRange(0, 600000))};
            for (int step = 0; step < 2; ++step) {
                const Plan plan = planNextStep({.version = version, .enrolment = enrolment, .zone = zone, .daysOff = off});
                RC_ASSERT(plan.kind == Plan::Kind::Due);
                RC_ASSERT(!off.contains(zone.dayOf(plan.dueAt)));
                enrolment = advanced(enrolment, version, plan.dueAt);
            }
        });
    }

    void t11_on_days_the_clocks_change_the_wall_shows_the_windows_hours_in_twenty_zones() {
        QCOMPARE(std::size(zones), std::size_t(20));
        StrategyVersion version;
        version.window = {Weekdays::all(), 8 * 60, 17 * 60};
        version.steps = {{.position = 0, .dayOffset = 1}};
        version.businessDays = false;
        const DaysOff none;
        for (const char* name : zones) {
            const Zone zone = *Zone::find(name);
            const LocalDay first = std::chrono::floor<std::chrono::days>(*parseIso8601("2026-01-01"));
            int changes = 0;
            for (LocalDay day = first; day < first + std::chrono::days(366); day += std::chrono::days(1)) {
                const bool changed = zone.startOf(day + std::chrono::days(1)) - zone.startOf(day) != std::chrono::hours(24);
                changes += changed ? 1 : 0;
                const Enrolment enrolment{.enrolledAt = zone.at(day, 20 * 60)};
                const Plan plan = planNextStep({.version = version, .enrolment = enrolment, .zone = zone, .daysOff = none});
                QVERIFY2(zone.dayOf(plan.dueAt) == day + std::chrono::days(1), name);
                QVERIFY2(zone.minuteOfDay(plan.dueAt) == 8 * 60, name);
            }
            QVERIFY2(changes <= 4, name); // Casablanca changes around Ramadan too
        }
    }
};

OUTRIDER_TEST(PlanningFailuresTest)
#include "planning_failures_test.moc"
