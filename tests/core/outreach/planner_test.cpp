// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/planner.h"

#include "core/outreach/advance.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::outreach;

namespace {

LocalDay day(const char* text) { return std::chrono::floor<std::chrono::days>(*parseIso8601(text)); }

const char* const zoneNames[]{"Europe/Berlin",       "Europe/London",    "Europe/Kyiv",       "America/New_York",
                              "America/Chicago",     "America/St_Johns", "America/Sao_Paulo", "America/Santiago",
                              "America/Havana",      "Asia/Kolkata",     "Asia/Kathmandu",    "Asia/Tokyo",
                              "Asia/Beirut",         "Africa/Cairo",     "Africa/Casablanca", "Australia/Sydney",
                              "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",   "UTC"};

// Days on which the clocks change somewhere among those zones.
const char* const changeDays[]{"2026-03-08", "2026-03-29", "2026-04-05", "2026-04-24", "2026-10-04", "2026-10-25", "2026-11-01"};

struct World {
    StrategyVersion version;
    Enrolment enrolment;
    Zone zone = Zone::utc();
    DaysOff daysOff;

    Plan plan() const { return planNextStep({.version = version, .enrolment = enrolment, .zone = zone, .daysOff = daysOff}); }
};

Window arbitraryWindow() {
    const int start = *rc::gen::inRange(0, 1440);
    return {Weekdays(*rc::gen::inRange<std::uint8_t>(1, 128)), start, *rc::gen::inRange(start + 1, 1441)};
}

World arbitraryWorld() {
    World world;
    world.version.offsetBase = *rc::gen::element(OffsetBase::Completion, OffsetBase::Enrolment);
    world.version.businessDays = *rc::gen::arbitrary<bool>();
    world.version.window = arbitraryWindow();
    const int steps = *rc::gen::inRange(1, 7);
    int offset = 0;
    for (int i = 0; i < steps; ++i) {
        Step step{.position = i, .dayOffset = *rc::gen::inRange(0, 12)};
        if (world.version.offsetBase == OffsetBase::Enrolment) // days from the start do not go back
            step.dayOffset = offset += step.dayOffset;
        if (*rc::gen::inRange(0, 3) == 0)
            step.window = arbitraryWindow();
        world.version.steps.push_back(step);
    }
    world.zone = *Zone::find(zoneNames[*rc::gen::inRange<std::size_t>(0, std::size(zoneNames))]);
    const LocalDay near = day(changeDays[*rc::gen::inRange<std::size_t>(0, std::size(changeDays))]);
    world.enrolment.enrolledAt = Instant(near) + std::chrono::minutes(*rc::gen::inRange(-4000, 4000));
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
        world.daysOff.insert(near + std::chrono::days(*rc::gen::inRange(-5, 20)));
    return world;
}

bool isInside(const Window& window, const Zone& zone, const DaysOff& daysOff, Instant moment) {
    const LocalDay date = zone.dayOf(moment);
    return window.days.contains(isoWeekday(date)) && !daysOff.contains(date) && moment >= zone.at(date, window.startMinute)
           && moment < zone.at(date, window.endMinute);
}

} // namespace

class PlannerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_plan_carries_its_reasons() {
        VERIFY_PROPERTY([] {
            const World world = arbitraryWorld();
            const Plan plan = world.plan();
            RC_ASSERT(!plan.reasons.empty());
            for (const PlanReason reason : plan.reasons)
                RC_ASSERT(!name(reason).empty());
        });
    }

    void a_due_step_lies_inside_its_window_in_the_leads_zone_and_on_no_day_off() {
        VERIFY_PROPERTY([] {
            const World world = arbitraryWorld();
            const Plan plan = world.plan();
            if (plan.kind != Plan::Kind::Due)
                RC_DISCARD("the window never opens");
            const Step& step = world.version.steps.at(std::size_t(plan.step));
            RC_ASSERT(isInside(step.window.value_or(world.version.window), world.zone, world.daysOff, plan.dueAt));
        });
    }

    void with_any_window_of_some_length_every_step_is_planned_in_the_end_and_none_is_lost() {
        VERIFY_PROPERTY([] {
            World world = arbitraryWorld();
            Instant previous = world.enrolment.enrolledAt;
            for (std::size_t i = 0; i < world.version.steps.size(); ++i) {
                const Plan plan = world.plan();
                RC_ASSERT(plan.kind == Plan::Kind::Due);
                RC_ASSERT(plan.step == int(i));
                RC_ASSERT(plan.dueAt >= previous); // never before the step it follows
                const Instant done = plan.dueAt + std::chrono::minutes(*rc::gen::inRange(0, 5000));
                world.enrolment = advanced(world.enrolment, world.version, done);
                previous = done;
            }
            RC_ASSERT(world.enrolment.state == EnrolmentState::Finished);
            RC_ASSERT(world.plan().kind == Plan::Kind::Ends);
        });
    }

    void is_monotone_a_later_start_makes_nothing_due_earlier() {
        VERIFY_PROPERTY([] {
            World world = arbitraryWorld();
            const Plan early = world.plan();
            world.enrolment.enrolledAt += std::chrono::minutes(*rc::gen::inRange(0, 20000));
            const Plan late = world.plan();
            if (early.kind != Plan::Kind::Due || late.kind != Plan::Kind::Due)
                RC_DISCARD("the window never opens");
            RC_ASSERT(late.dueAt >= early.dueAt);
        });
    }

    void is_monotone_a_step_done_later_makes_the_next_due_no_earlier() {
        VERIFY_PROPERTY([] {
            World world = arbitraryWorld();
            if (world.version.steps.size() < 2)
                RC_DISCARD("one step only");
            const Instant first = world.plan().dueAt;
            World later = world;
            const auto delay = std::chrono::minutes(*rc::gen::inRange(0, 20000));
            world.enrolment = advanced(world.enrolment, world.version, first);
            later.enrolment = advanced(later.enrolment, later.version, first + delay);
            RC_ASSERT(later.plan().dueAt >= world.plan().dueAt);
        });
    }

    void an_absence_moves_the_step_to_the_return_and_never_before() {
        VERIFY_PROPERTY([] {
            World world = arbitraryWorld();
            const Plan without = world.plan();
            world.enrolment.state = EnrolmentState::Paused;
            world.enrolment.pausedUntil = world.enrolment.enrolledAt + std::chrono::minutes(*rc::gen::inRange(0, 40000));
            const Plan with = world.plan();
            RC_ASSERT(with.kind == Plan::Kind::Due);
            RC_ASSERT(with.dueAt >= *world.enrolment.pausedUntil);
            RC_ASSERT(with.dueAt >= without.dueAt);
        });
    }

    void a_stopped_enrolment_has_no_next_step() {
        VERIFY_PROPERTY([] {
            World world = arbitraryWorld();
            const auto reason = *rc::gen::element(StopReason::TerminalStatus, StopReason::Reply, StopReason::Bounce);
            world.enrolment = stopped(world.enrolment, reason, world.enrolment.enrolledAt);
            const Plan plan = world.plan();
            RC_ASSERT(plan.kind == Plan::Kind::Ends);
            RC_ASSERT(plan.reasons.back() == PlanReason::Stopped);
        });
    }

    void the_same_input_gives_the_same_plan() {
        VERIFY_PROPERTY([] {
            const World world = arbitraryWorld();
            RC_ASSERT(world.plan() == world.plan());
        });
    }

    void business_days_skip_weekends_and_days_off() {
        // Thursday 24 December 2026; Friday the 25th and Monday the 28th are holidays.
        const DaysOff christmas{day("2026-12-25"), day("2026-12-28")};
        QVERIFY(addDays(day("2026-12-24"), 1, true, christmas) == day("2026-12-29"));
        QVERIFY(addDays(day("2026-12-24"), 2, true, christmas) == day("2026-12-30"));
        QVERIFY(addDays(day("2026-12-24"), 2, false, christmas) == day("2026-12-26"));
        QVERIFY(addDays(day("2026-12-26"), 0, true, christmas) == day("2026-12-26"));
    }

    void calendar_days_still_land_in_the_window() {
        World world;
        world.version.businessDays = false;
        world.version.window = {Weekdays::mondayToFriday(), 9 * 60, 17 * 60};
        world.version.steps = {{.position = 0, .dayOffset = 2}};
        world.zone = *Zone::find("Europe/Berlin");
        world.enrolment.enrolledAt = *parseIso8601("2026-11-19T10:00Z"); // Thursday: two days on is Saturday
        const Plan plan = world.plan();
        QVERIFY(plan.dueAt == *parseIso8601("2026-11-23T08:00Z")); // Monday 09:00 in Berlin
        QVERIFY((plan.reasons == std::vector{PlanReason::DaysAfterStart, PlanReason::WeekdayExcluded, PlanReason::OutsideHours}));
    }

    void the_window_is_the_leads_not_ours() {
        World world;
        world.version.window = {Weekdays::mondayToFriday(), 9 * 60, 17 * 60};
        world.version.steps = {{.position = 0}};
        world.enrolment.enrolledAt = *parseIso8601("2026-11-19T08:03Z"); // 17:03 in Tokyo
        world.zone = *Zone::find("Asia/Tokyo");
        const Plan plan = world.plan();
        QVERIFY(plan.dueAt == *parseIso8601("2026-11-20T00:00Z"));
        QVERIFY((plan.reasons == std::vector{PlanReason::StartsAtOnce, PlanReason::OutsideHours}));
    }

    void paused_strategies_and_enrolments_wait_with_their_reason() {
        World world;
        world.version.steps = {{.position = 0}};
        const Plan paused = planNextStep({.version = world.version,
                                          .enrolment = world.enrolment,
                                          .strategyState = StrategyState::Paused,
                                          .zone = world.zone,
                                          .daysOff = world.daysOff});
        QCOMPARE(int(paused.kind), int(Plan::Kind::Waits));
        QCOMPARE(int(paused.reasons.back()), int(PlanReason::StrategyPaused));
        world.enrolment.state = EnrolmentState::Paused;
        QCOMPARE(int(world.plan().reasons.back()), int(PlanReason::EnrolmentPaused));
    }

    void a_window_without_days_says_that_it_never_opens() {
        World world;
        world.version.window.days = Weekdays(0);
        world.version.steps = {{.position = 0}};
        const Plan plan = world.plan();
        QCOMPARE(int(plan.kind), int(Plan::Kind::Waits));
        QCOMPARE(int(plan.reasons.back()), int(PlanReason::WindowNeverOpens));
    }
};

OUTRIDER_TEST(PlannerTest)
#include "planner_test.moc"
