// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/auto_stop.h"

#include "support/test_registry.h"

using namespace outrider;

namespace {

Status status(StatusKind kind) { return {.id = StatusId{9}, .key = "any", .name = "Any", .kind = kind}; }

Enrolment enrolment(std::int64_t id, EnrolmentState state) { return {.id = EnrolmentId{id}, .lead = LeadId{1}, .state = state}; }

Task task(std::int64_t id, TaskState state, EnrolmentId of = {}) {
    return {.id = TaskId{id}, .lead = LeadId{1}, .enrolment = of, .state = state};
}

} // namespace

class AutoStopTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_terminal_status_stops_every_running_strategy_and_clears_every_open_task() {
        const AutoStop effects =
            autoStop(status(StatusKind::Terminal), {enrolment(1, EnrolmentState::Active), enrolment(2, EnrolmentState::Paused)},
                     {task(10, TaskState::Open, EnrolmentId{1}), task(11, TaskState::Open)});
        QVERIFY((effects.stop == std::vector{EnrolmentId{1}, EnrolmentId{2}}));
        QVERIFY((effects.cancel == std::vector{TaskId{10}, TaskId{11}}));
    }

    void what_has_ended_already_is_left_alone() {
        const AutoStop effects = autoStop(
            status(StatusKind::Terminal), {enrolment(1, EnrolmentState::Finished), enrolment(2, EnrolmentState::Stopped)},
            {task(10, TaskState::Done), task(11, TaskState::Skipped), task(12, TaskState::Cancelled)});
        QVERIFY(effects.stop.empty());
        QVERIFY(effects.cancel.empty());
    }

    void an_open_status_stops_nothing() {
        const AutoStop effects =
            autoStop(status(StatusKind::Open), {enrolment(1, EnrolmentState::Active)}, {task(10, TaskState::Open)});
        QVERIFY(effects.stop.empty());
        QVERIFY(effects.cancel.empty());
    }
};

OUTRIDER_TEST(AutoStopTest)
#include "auto_stop_test.moc"
