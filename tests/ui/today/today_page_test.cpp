// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/today_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/today/day_done.h"
#include "ui/today/queue_view.h"
#include "ui/widgets/basics.h"

#include <QVBoxLayout>

using namespace outrider;
using test::ScreenFixture;

class TodayPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    today::TodayPage* m_page = nullptr;
    today::QueueView* m_list = nullptr;
    std::vector<TaskId> m_tasks;

    Workspace& workspace() { return m_fixture->workspace(); }
    template <typename T>
    Result<T> await(QFuture<Result<T>> future) {
        return ScreenFixture::await(std::move(future));
    }
    void addTask(const std::string& name, Channel channel, int hoursFromNow) {
        const auto lead =
            await(workspace().leads().add({{"first_name", name}, {"last_name", "Test"}, {"phone", "+31 10 555 0142"}}));
        VERIFY_OK(lead);
        const auto task = await(workspace().leads().addTask(*lead, channel, "Ask " + name,
                                                            m_fixture->clock.now() + std::chrono::hours(hoursFromNow)));
        VERIFY_OK(task);
        m_tasks.push_back(*task);
    }
    void addTasks() {
        addTask("Amina", Channel::Call, -30); // overdue
        addTask("Zoe", Channel::Call, 1);
        addTask("Soren", Channel::Call, 2);
        addTask("Ipek", Channel::Task, 3);
    }
    void enter() {
        m_page->enter();
        QTRY_VERIFY(m_list->isVisible());
        QTRY_COMPARE(m_list->currentTask(), std::optional(m_tasks.front()));
        QTRY_VERIFY(m_list->hasFocus());
    }
    void press(int key) {
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : m_page, Qt::Key(key));
    }
    std::size_t due() {
        const auto today = await(workspace().queue().today());
        return today ? today->items.size() : 0;
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_tasks.clear();
        m_window = std::make_unique<QWidget>();
        m_page = new today::TodayPage(*m_fixture->context);
        (new QVBoxLayout(m_window.get()))->addWidget(m_page);
        m_window->resize(1280, 720);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_list = m_page->findChild<today::QueueView*>();
        QVERIFY(m_list != nullptr);
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void an_outcome_takes_the_call_off_the_list_and_the_next_is_current() {
        addTasks();
        enter();
        press(Qt::Key_1);
        QCOMPARE(m_list->currentTask(), std::optional(m_tasks[1])); // at once
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        QCOMPARE(due(), std::size_t(3));
    }

    void u_brings_back_what_was_done_last_and_shows_it() {
        addTasks();
        enter();
        press(Qt::Key_X);
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        press(Qt::Key_U);
        QTRY_COMPARE(m_list->currentTask(), std::optional(m_tasks.front()));
        QCOMPARE(due(), std::size_t(4));
    }

    void j_and_k_move_and_enter_processes_from_there() {
        addTasks();
        enter();
        press(Qt::Key_J);
        press(Qt::Key_J);
        press(Qt::Key_K);
        QCOMPARE(m_list->currentTask(), std::optional(m_tasks[1]));
        press(Qt::Key_Return);
        QCOMPARE(m_fixture->go.processed, std::optional(m_tasks[1]));
    }

    void slash_filters_and_letters_are_then_text() {
        addTasks();
        enter();
        press(Qt::Key_Slash);
        auto* search = qobject_cast<widgets::SearchField*>(QApplication::focusWidget());
        QVERIFY(search != nullptr);
        QTest::keyClicks(search, QStringLiteral("sx"));
        QCOMPARE(search->text(), QStringLiteral("sx"));
        search->setText(QStringLiteral("zoe"));
        QCOMPARE(m_list->currentTask(), std::optional(m_tasks[1]));
        QVERIFY(m_page->filter().isOn());
        QVERIFY(m_page->stepBack());
        QVERIFY(!m_page->filter().isOn());
        QCOMPARE(due(), std::size_t(4));
    }

    void catching_up_moves_what_is_overdue_as_one_action() {
        addTasks();
        enter();
        Q_EMIT m_list->catchUpClicked();
        press(Qt::Key_3);
        QTRY_COMPARE(due(), std::size_t(3));
        QTRY_COMPARE(m_list->currentTask(), std::optional(m_tasks[1]));
        VERIFY_OK(await(workspace().history().undo()));
        QCOMPARE(due(), std::size_t(4));
    }

    void a_task_done_elsewhere_leaves_the_list() {
        addTasks();
        enter();
        VERIFY_OK(await(workspace().queue().complete(m_tasks.front(), {})));
        QTRY_COMPARE(m_list->currentTask(), std::optional(m_tasks[1]));
    }

    void when_everything_is_done_the_day_is_summed_up() {
        addTask("Amina", Channel::Call, 1);
        addTask("Zoe", Channel::Call, 26);
        enter();
        press(Qt::Key_3);
        auto* done = m_page->findChild<today::DayDone*>();
        QTRY_VERIFY(done->isVisible());
        const auto says = [done](const QString& start) {
            for (const auto* label : done->findChildren<widgets::Label*>()) {
                if (label->text().startsWith(start))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("1 task.")));
        QVERIFY(says(QStringLiteral("Tomorrow, Friday 20 November: 1 call.")));
        // Enter works ahead.
        press(Qt::Key_Return);
        QTRY_COMPARE(m_list->currentTask(), std::optional(m_tasks[1]));
        QVERIFY(m_list->isVisible());
    }

    void nothing_due_at_all_says_how_to_begin() {
        m_page->enter();
        const auto says = [this] {
            for (const auto* label : m_page->findChildren<widgets::Label*>()) {
                if (label->isVisible() && label->text() == QStringLiteral("Nothing is due yet"))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says());
    }
};

OUTRIDER_TEST(TodayPageTest)
#include "today_page_test.moc"
