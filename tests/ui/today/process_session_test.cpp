// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/process_session.h"

#include "support/test_registry.h"

using namespace outrider;
using today::ProcessSession;

namespace {

QueueItem item(int id, Channel channel = Channel::Email) {
    return {.task = TaskId{id},
            .lead = LeadId{id},
            .leadName = {},
            .companyName = {},
            .channel = channel,
            .title = {},
            .note = {},
            .strategyName = {},
            .stepSubject = {}};
}

std::vector<QueueItem> items(int count) {
    std::vector<QueueItem> out;
    for (int id = 1; id <= count; ++id)
        out.push_back(item(id));
    return out;
}

std::int64_t at(const ProcessSession& session) { return session.current() ? session.current()->item.task.value : 0; }

} // namespace

class ProcessSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_stands_before_the_first_one_comes_at_the_end() {
        ProcessSession session;
        session.start(items(3), TaskId{2});
        QCOMPARE(session.position(), 2);
        session.close(TaskId{2});
        QVERIFY(session.advance());
        QCOMPARE(at(session), 3);
        session.close(TaskId{3});
        QVERIFY(session.advance());
        QCOMPARE(at(session), 1);
        session.close(TaskId{1});
        QVERIFY(!session.advance());
    }

    void a_task_keeps_its_number_when_others_are_done() {
        ProcessSession session;
        session.start(items(5), TaskId{4});
        session.refresh({item(3), item(4), item(5)}, true); // 1 and 2 were done elsewhere
        QCOMPARE(session.position(), 4);
        QCOMPARE(session.total(), 5);
        QCOMPARE(session.open(), 3);
    }

    void stepping_passes_over_what_is_closed_and_ends_at_the_ends() {
        ProcessSession session;
        session.start(items(3));
        session.close(TaskId{2});
        QVERIFY(session.step(1));
        QCOMPARE(at(session), 3);
        QVERIFY(!session.step(1));
        QVERIFY(session.step(-1));
        QCOMPARE(at(session), 1);
        QVERIFY(!session.step(-1));
    }

    void what_has_just_been_closed_stays_closed_while_the_queue_is_not_settled() {
        ProcessSession session;
        session.start(items(2));
        session.close(TaskId{1});
        QVERIFY(session.refresh(items(2), false).empty());
        QCOMPARE(session.open(), 1);
    }

    void what_was_taken_back_elsewhere_is_open_again() {
        ProcessSession session;
        session.start(items(2));
        session.close(TaskId{1});
        QCOMPARE(session.refresh(items(2), true), std::vector<TaskId>{TaskId{1}});
        QCOMPARE(session.open(), 2);
    }

    void new_tasks_are_put_at_the_end() {
        ProcessSession session;
        session.start(items(2));
        session.refresh({item(9, Channel::Call), item(1), item(2)}, true);
        QCOMPARE(session.total(), 3);
        QCOMPARE(at(session), 1);
        QCOMPARE(session.upcoming(5).size(), std::size_t(2));
        QCOMPARE(session.upcoming(5).back().task, TaskId{9});
    }

    void the_time_left_goes_by_channel_until_the_pace_is_known() {
        ProcessSession session;
        session.start({item(1), item(2, Channel::Call)});
        QVERIFY(session.secondsLeft(0, 0) > 0);
        QCOMPARE(session.secondsLeft(10, 100), 20); // ten seconds each
    }
};

OUTRIDER_TEST(ProcessSessionTest)
#include "process_session_test.moc"
