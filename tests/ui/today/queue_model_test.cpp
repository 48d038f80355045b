// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/queue_model.h"

#include "support/test_registry.h"
#include "ui/today/queue_filter.h"
#include "ui/today/queue_view.h"
#include "ui/today/task_words.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QTimeZone>

using namespace outrider;
using today::QueueFilter;
using today::QueueModel;

namespace {

const Instant now = *parseIso8601("2026-11-19T08:00Z");

text::Dates dates() { return {now, QTimeZone("Europe/Berlin")}; }

QueueItem item(int id, Channel channel, bool overdue = false) {
    QueueItem item;
    item.task = TaskId{id};
    item.lead = LeadId{id};
    item.leadName = "Lead " + std::to_string(id);
    item.channel = channel;
    item.overdue = overdue;
    item.dueAt = overdue ? now - std::chrono::hours(48) : now;
    return item;
}

QStringList groups(const QueueModel& model) {
    QStringList titles;
    for (int row = 0; row < model.rowCount(); ++row)
        titles << model.groupTitle(model.index(row, 0)) + QLatin1Char(' ')
                      + QString::number(model.groupCount(model.index(row, 0)));
    return titles;
}

} // namespace

class QueueModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void overdue_comes_first_then_the_channels_in_the_queues_order() {
        QueueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setQueue({item(1, Channel::Call, true), item(2, Channel::Email), item(3, Channel::Email), item(4, Channel::Call),
                        item(5, Channel::Task)},
                       std::nullopt, dates());
        QCOMPARE(groups(model), (QStringList{QStringLiteral("Overdue 1"), QStringLiteral("E-mail 2"), QStringLiteral("Calls 1"),
                                             QStringLiteral("To-do 1")}));
        QCOMPARE(model.rowAt(model.firstTask())->item.task, TaskId{1});
        QCOMPARE(model.rowAt(model.firstTask())->due, QStringLiteral("Tue"));
    }

    void a_group_counts_what_was_not_read_too() {
        QueueModel model;
        QueueCounts counts;
        counts.byChannel[std::size_t(Channel::Email)] = 4000;
        model.setQueue({item(1, Channel::Email)}, counts, dates());
        QCOMPARE(groups(model), QStringList{QStringLiteral("E-mail 4000")});
        QCOMPARE(model.taskCount(), 4000);
    }

    void rows_that_stay_keep_their_place_when_the_queue_changes() {
        QueueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setQueue({item(1, Channel::Email), item(2, Channel::Email), item(3, Channel::Email), item(4, Channel::Call)},
                       std::nullopt, dates());
        const QPersistentModelIndex third = model.indexOf(TaskId{3});
        model.setQueue({item(3, Channel::Email), item(5, Channel::Email), item(2, Channel::Email)}, std::nullopt, dates());
        QVERIFY(third.isValid());
        QCOMPARE(third.row(), 0);
        QCOMPARE(groups(model), QStringList{QStringLiteral("E-mail 3")});
        QCOMPARE(model.rowAt(model.index(1, 0, model.index(0, 0)))->item.task, TaskId{5});
    }

    void thousands_of_changed_rows_arrive_too() {
        QueueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<QueueItem> many;
        for (int id = 1; id <= 2000; ++id)
            many.push_back(item(id, Channel::Email));
        model.setQueue(many, std::nullopt, dates());
        QCOMPARE(model.rowCount(model.index(0, 0)), 2000);
        many.erase(many.begin(), many.begin() + 1000);
        model.setQueue(many, std::nullopt, dates());
        QCOMPARE(model.rowCount(model.index(0, 0)), 1000);
    }

    void the_current_task_and_closed_groups_survive_a_change() {
        QueueModel model;
        today::QueueView view;
        view.setQueueModel(&model);
        view.setClosedGroups(QString::number(int(Channel::Call)));
        model.setQueue({item(1, Channel::Email), item(2, Channel::Email), item(3, Channel::Call)}, std::nullopt, dates());
        view.setCurrentTask(TaskId{2});
        QVERIFY(view.isExpanded(model.index(0, 0)));
        QVERIFY(!view.isExpanded(model.index(1, 0)));
        model.setQueue({item(2, Channel::Email), item(3, Channel::Call)}, std::nullopt, dates());
        QCOMPARE(view.currentTask(), std::optional(TaskId{2}));
        QVERIFY(!view.isExpanded(model.index(1, 0)));
        QCOMPARE(view.closedGroups(), QString::number(int(Channel::Call)));
    }

    void the_next_task_is_current_when_one_leaves() {
        QueueModel model;
        today::QueueView view;
        view.setQueueModel(&model);
        model.setQueue({item(1, Channel::Email), item(2, Channel::Email), item(3, Channel::Email)}, std::nullopt, dates());
        view.setCurrentTask(TaskId{2});
        model.setQueue({item(1, Channel::Email), item(3, Channel::Email)}, std::nullopt, dates());
        QCOMPARE(view.currentTask(), std::optional(TaskId{3}));
    }

    void moving_steps_over_group_headers() {
        QueueModel model;
        today::QueueView view;
        view.setQueueModel(&model);
        model.setQueue({item(1, Channel::Email), item(2, Channel::Call)}, std::nullopt, dates());
        view.setCurrentTask(TaskId{1});
        view.moveBy(1);
        QCOMPARE(view.currentTask(), std::optional(TaskId{2}));
        view.show();
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(view.currentTask(), std::optional(TaskId{1}));
    }

    void a_filter_takes_every_word_into_account() {
        QueueItem zoe = item(1, Channel::Email);
        zoe.leadName = "Zoë Brandt";
        zoe.companyName = "Nordwind Logistik";
        zoe.strategy = StrategyId{7};
        QueueFilter filter;
        QVERIFY(!filter.isOn());
        filter.words = QStringLiteral(" nord  zoë");
        QVERIFY(filter.isOn());
        QVERIFY(filter.passes(zoe));
        filter.words = QStringLiteral("nord amina");
        QVERIFY(!filter.passes(zoe));
        QVERIFY((QueueFilter{.strategy = StrategyId{7}, .words = {}}.passes(zoe)));
        QVERIFY(!(QueueFilter{.strategy = StrategyId{8}, .words = {}}.passes(zoe)));
        QVERIFY(!(QueueFilter{.setByHand = true, .words = {}}.passes(zoe)));
        QVERIFY(!(QueueFilter{.due = QueueFilter::Due::Overdue, .words = {}}.passes(zoe)));
        QCOMPARE((QueueFilter{.channel = Channel::Call, .words = {}}.applied({zoe, item(2, Channel::Call)}).size()),
                 std::size_t(1));
    }

    void why_now_prefers_the_persons_own_words() {
        QueueItem step = item(1, Channel::Email);
        step.step = 2;
        step.stepCount = 5;
        step.stepSubject = "Trucks at {{company|your gate}}";
        QCOMPARE(today::whyNow(step, dates()), QStringLiteral("Step 3 of 5. Trucks at your gate"));
        step.note = "Asked to be called after the 17th";
        QCOMPARE(today::whyNow(step, dates()), QStringLiteral("Step 3 of 5. Asked to be called after the 17th"));
        QueueItem own = item(2, Channel::Task);
        own.title = "Send the case study";
        QCOMPARE(today::whyNow(own, dates()), QStringLiteral("Send the case study"));
    }
};

OUTRIDER_TEST(QueueModelTest)
#include "queue_model_test.moc"
