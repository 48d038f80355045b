// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/advance.h"

#include "core/outreach/planner.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::outreach;

namespace {

StrategyVersion threeSteps() {
    StrategyVersion version;
    version.window = {Weekdays::mondayToFriday(), 8 * 60, 17 * 60};
    version.steps = {{.position = 0, .dayOffset = 0}, {.position = 1, .dayOffset = 3}, {.position = 2, .dayOffset = 2}};
    return version;
}

Enrolment enrolledAt(const char* at) { return {.id = EnrolmentId{1}, .enrolledAt = *parseIso8601(at)}; }

Plan plan(const StrategyVersion& version, const Enrolment& enrolment) {
    static const Zone utc = Zone::utc();
    static const DaysOff none;
    return planNextStep({.version = version, .enrolment = enrolment, .zone = utc, .daysOff = none});
}

} // namespace

class AdvanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_completed_step_makes_the_next_one_due_its_days_later() {
        const StrategyVersion version = threeSteps();
        Enrolment enrolment = enrolledAt("2026-11-19T10:00"); // a Thursday
        QVERIFY(plan(version, enrolment).dueAt == *parseIso8601("2026-11-19T10:00"));

        enrolment = advanced(enrolment, version, *parseIso8601("2026-11-19T11:30"));
        QCOMPARE(enrolment.nextStep, 1);
        const Plan second = plan(version, enrolment);
        QCOMPARE(int(second.kind), int(Plan::Kind::Due));
        QCOMPARE(second.step, 1);
        QVERIFY(second.dueAt == *parseIso8601("2026-11-24T08:00")); // Tuesday: three business days

        enrolment = advanced(enrolment, version, *parseIso8601("2026-11-26T09:00"));  // two days late
        QVERIFY(plan(version, enrolment).dueAt == *parseIso8601("2026-11-30T08:00")); // counted from then
    }

    void days_from_the_enrolment_do_not_move_with_a_late_step() {
        StrategyVersion version = threeSteps();
        version.offsetBase = OffsetBase::Enrolment;
        version.steps[2].dayOffset = 5;
        Enrolment enrolment = enrolledAt("2026-11-19T10:00");
        enrolment = advanced(enrolment, version, *parseIso8601("2026-11-19T10:05"));
        enrolment = advanced(enrolment, version, *parseIso8601("2026-11-25T09:00")); // a day late
        QVERIFY(plan(version, enrolment).dueAt == *parseIso8601("2026-11-26T08:00"));
    }

    void past_the_last_step_it_is_finished() {
        const StrategyVersion version = threeSteps();
        Enrolment enrolment = enrolledAt("2026-11-19T10:00");
        for (int i = 0; i < 3; ++i)
            enrolment = advanced(enrolment, version, *parseIso8601("2026-11-20T10:00"));
        QCOMPARE(int(enrolment.state), int(EnrolmentState::Finished));
        QVERIFY(enrolment.endedAt.has_value());
        QCOMPARE(int(plan(version, enrolment).kind), int(Plan::Kind::Ends));
    }

    void what_has_ended_does_not_advance() {
        const StrategyVersion version = threeSteps();
        const Enrolment ended = stopped(enrolledAt("2026-11-19T10:00"), StopReason::Reply, *parseIso8601("2026-11-20"));
        QVERIFY(advanced(ended, version, *parseIso8601("2026-11-21")) == ended);
        QCOMPARE(int(plan(version, ended).kind), int(Plan::Kind::Ends));
    }

    void a_step_ends_an_out_of_office_pause() {
        const StrategyVersion version = threeSteps();
        Enrolment enrolment = enrolledAt("2026-11-19T10:00");
        enrolment.state = EnrolmentState::Paused;
        enrolment.pausedUntil = *parseIso8601("2026-11-30");
        enrolment = advanced(enrolment, version, *parseIso8601("2026-11-30T09:00"));
        QCOMPARE(int(enrolment.state), int(EnrolmentState::Active));
        QVERIFY(!enrolment.pausedUntil);
    }
};

OUTRIDER_TEST(AdvanceTest)
#include "advance_test.moc"
