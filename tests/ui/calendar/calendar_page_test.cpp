// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_page.h"

#include "core/services/meeting_service.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/calendar/day_tasks.h"
#include "ui/calendar/drop_hint.h"
#include "ui/calendar/month_view.h"
#include "ui/calendar/week_grid.h"
#include "ui/widgets/basics.h"

#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>
#include <QVBoxLayout>

using namespace outrider;
using namespace outrider::calendar;
using test::ScreenFixture;

class CalendarPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    calendar::CalendarPage* m_page = nullptr;
    WeekGrid* m_grid = nullptr;
    MonthView* m_month = nullptr;
    DayTasks* m_list = nullptr;

    Workspace& workspace() { return m_fixture->workspace(); }
    template <typename T>
    Result<T> await(QFuture<Result<T>> future) {
        return ScreenFixture::await(std::move(future));
    }
    TaskId addTask(const std::string& name, Channel channel, const char* due) {
        const auto lead =
            await(workspace().leads().add({{"first_name", name}, {"last_name", "Test"}, {"phone", "+31 10 555 0142"}}));
        const auto task = lead ? await(workspace().leads().addTask(*lead, channel, "Ask " + name, *parseIso8601(due)))
                               : Result<TaskId>(fail(lead.error()));
        return task ? *task : TaskId{};
    }
    std::string dueOf(TaskId task) {
        const auto detail = await(workspace().queue().open(task));
        return detail ? toIso8601(detail->task.dueAt) : std::string();
    }
    void enter() {
        m_page->enter();
        QTRY_VERIFY(m_grid->isVisible());
        QTRY_VERIFY(m_grid->hasFocus());
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : m_page, Qt::Key(key), modifiers);
    }
    QString currentName() const { return m_grid->accessibleDescription(); }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_window = std::make_unique<QWidget>();
        m_page = new calendar::CalendarPage(*m_fixture->context);
        (new QVBoxLayout(m_window.get()))->addWidget(m_page);
        m_window->resize(1280, 720);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_grid = m_page->findChild<WeekGrid*>();
        m_month = m_page->findChild<MonthView*>();
        m_list = m_page->findChild<DayTasks*>();
        QVERIFY(m_grid != nullptr && m_month != nullptr && m_list != nullptr);
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void without_a_task_it_says_what_to_do() {
        m_page->enter();
        QTRY_VERIFY(!m_page->findChildren<widgets::Label*>().isEmpty());
        const auto says = [this](const QString& text) {
            const auto labels = m_page->findChildren<widgets::Label*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const auto* label) { return label->isVisible() && label->text() == text; });
        };
        QTRY_VERIFY(says(QStringLiteral("Nothing is planned yet")));
    }

    void arrows_go_through_blocks_and_each_says_what_it_is() {
        addTask("Amina", Channel::Call, "2026-11-19T09:00");
        addTask("Zoe", Channel::Call, "2026-11-19T10:00");
        addTask("Ipek", Channel::Call, "2026-11-20T10:10");
        addTask("Soren", Channel::Call, "2026-11-20T10:20");
        enter();
        QTRY_COMPARE(currentName(), QStringLiteral("Call, \u2068Amina Test\u2069, Thu 19, 10:00"));
        press(Qt::Key_Down);
        QTRY_COMPARE(currentName(), QStringLiteral("Call, \u2068Zoe Test\u2069, Thu 19, 11:00"));
        press(Qt::Key_Right);
        QTRY_COMPARE(currentName(), QStringLiteral("2 calls, Fri 20, 11:00"));
        QTRY_COMPARE(m_list->tasks()->rowCount(), 2);
    }

    void meetings_lie_in_the_week_and_the_month_and_are_not_moved_here() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("mine.ics")).toStdString();
        {
            QFile file(QString::fromStdString(path));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261119T130000Z\nDTEND:20261119T140000Z\nSUMMARY:Demo\n"
                       "ATTENDEE:mailto:noor@fjord.example\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART:20261120T130000Z\n"
                       "DTEND:20261120T133000Z\nSUMMARY:Dentist\nEND:VEVENT\nEND:VCALENDAR\n");
        }
        QVERIFY(await(workspace().leads().add({{"first_name", "Noor"}, {"email", "noor@fjord.example"}})));
        const auto ingest = await(workspace().meetings().previewFile(path));
        QVERIFY(ingest);
        QVERIFY(await(workspace().meetings().approve(*ingest)));
        enter();
        const auto named = [this](const QString& name) {
            const auto parts = m_grid->findChildren<QWidget*>();
            return std::any_of(parts.begin(), parts.end(),
                               [&](const QWidget* part) { return part->isVisible() && part->accessibleName().startsWith(name); });
        };
        QTRY_VERIFY(named(QStringLiteral("Meeting: Demo, today 14:00–15:00")));
        QVERIFY(named(QStringLiteral("Meeting: Busy"))); // nobody's: only the time
        press(Qt::Key_Down, Qt::AltModifier);            // there is no task to move
        QVERIFY(m_fixture->tell.said.isEmpty());
        press(Qt::Key_M);
        QTRY_VERIFY(m_month->isVisible());
        QTRY_VERIFY(m_month->accessibleDescription().endsWith(QStringLiteral("1 meeting")));
    }

    void free_slots_go_to_the_clipboard_as_text_to_paste() {
        addTask("Amina", Channel::Call, "2026-11-20T10:00");
        enter();
        QGuiApplication::clipboard()->clear();
        const auto buttons = m_page->findChildren<QPushButton*>();
        const auto copy = std::find_if(buttons.begin(), buttons.end(),
                                       [](const QPushButton* one) { return one->text() == QLatin1String("Copy free slots"); });
        QVERIFY(copy != buttons.end());
        (*copy)->click();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Fri 20 Nov 8–11, 11:30–17")));
        QVERIFY(QGuiApplication::clipboard()->text().endsWith(QStringLiteral("(CET)")));
    }

    void alt_and_arrows_move_a_task_by_a_day_and_by_half_an_hour_and_undo_brings_it_back() {
        const TaskId task = addTask("Amina", Channel::Call, "2026-11-20T10:10");
        enter();
        press(Qt::Key_Right);
        QTRY_VERIFY(currentName().contains(QStringLiteral("Amina")));
        press(Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        QCOMPARE(dueOf(task), std::string("2026-11-20T10:40:00.000Z"));
        QTRY_VERIFY(currentName().contains(QStringLiteral("11:30")));
        press(Qt::Key_Right, Qt::AltModifier); // a Friday: over the weekend
        QTRY_COMPARE(m_fixture->tell.said.size(), 2);
        QCOMPARE(dueOf(task), std::string("2026-11-23T10:40:00.000Z"));
        QTRY_VERIFY(currentName().contains(QStringLiteral("Mon 23"))); // the next week is shown
        press(Qt::Key_U);
        QTRY_COMPARE(dueOf(task), std::string("2026-11-20T10:40:00.000Z"));
    }

    void a_task_does_not_go_into_the_past() {
        const TaskId task = addTask("Amina", Channel::Call, "2026-11-19T09:00");
        enter();
        QTRY_VERIFY(currentName().contains(QStringLiteral("Amina")));
        press(Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        QCOMPARE(dueOf(task), std::string("2026-11-19T09:00:00.000Z"));
    }

    void ticked_blocks_move_together_as_one_action() {
        const TaskId first = addTask("Amina", Channel::Call, "2026-11-19T09:00");
        const TaskId second = addTask("Zoe", Channel::Call, "2026-11-19T10:00");
        enter();
        QTRY_VERIFY(currentName().contains(QStringLiteral("Amina")));
        press(Qt::Key_Space);
        press(Qt::Key_Down);
        press(Qt::Key_Space);
        press(Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(dueOf(second), std::string("2026-11-20T10:00:00.000Z"));
        QCOMPARE(dueOf(first), std::string("2026-11-20T09:00:00.000Z"));
        VERIFY_OK(await(workspace().history().undo()));
        QCOMPARE(dueOf(first), std::string("2026-11-19T09:00:00.000Z"));
        QCOMPARE(dueOf(second), std::string("2026-11-19T10:00:00.000Z"));
    }

    void a_block_dropped_elsewhere_is_due_there() {
        const TaskId task = addTask("Amina", Channel::Call, "2026-11-19T09:10");
        enter();
        QTRY_VERIFY(currentName().contains(QStringLiteral("Amina")));
        TaskDrag what(m_grid->chosen(), *m_grid->current());
        const QRect friday = m_grid->columnRect(4);
        const QPoint at(friday.center().x(), 14 * m_grid->hourHeight() + 2); // 14:00
        QDragEnterEvent enters(at, Qt::MoveAction, &what, Qt::LeftButton, {});
        QApplication::sendEvent(m_grid, &enters);
        QVERIFY(enters.isAccepted());
        QDragMoveEvent moves(at, Qt::MoveAction, &what, Qt::LeftButton, {});
        QApplication::sendEvent(m_grid, &moves);
        QVERIFY(moves.isAccepted());
        QCOMPARE(m_grid->findChild<DropHint*>()->accessibleName(), QStringLiteral("Fri 20 14:00, 1 call"));
        QDropEvent drops(QPointF(at), Qt::MoveAction, &what, Qt::LeftButton, {});
        QApplication::sendEvent(m_grid, &drops);
        QTRY_COMPARE(dueOf(task), std::string("2026-11-20T13:10:00.000Z"));
    }

    void the_month_shows_the_day_and_a_task_of_it_is_moved_by_keys() {
        const TaskId task = addTask("Amina", Channel::Call, "2026-11-25T09:00");
        enter();
        press(Qt::Key_M);
        QTRY_VERIFY(m_month->hasFocus());
        QTRY_VERIFY(m_month->accessibleDescription().startsWith(QStringLiteral("Thursday 19 November, today")));
        press(Qt::Key_Down);
        press(Qt::Key_Left);
        QTRY_COMPARE(m_month->accessibleDescription(), QStringLiteral("Wednesday 25 November, 1 call"));
        QTRY_COMPARE(m_list->tasks()->rowCount(), 1);
        press(Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(dueOf(task), std::string("2026-11-26T09:00:00.000Z"));
    }

    void pages_turn_and_home_is_today() {
        addTask("Amina", Channel::Call, "2026-11-19T09:00");
        enter();
        QTRY_VERIFY(currentName().contains(QStringLiteral("Amina")));
        press(Qt::Key_PageDown);
        QTRY_COMPARE(currentName(), QStringLiteral("Thursday 26 November, nothing planned"));
        press(Qt::Key_Home);
        QTRY_VERIFY(currentName().contains(QStringLiteral("Amina")));
    }
};

OUTRIDER_TEST(CalendarPageTest)
#include "calendar_page_test.moc"
