// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/meeting.h"
#include "ui/calendar/calendar_blocks.h"
#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <QTimer>

#include <optional>

class QSplitter;
class QStackedWidget;

namespace outrider::widgets {
class Bar;
class Button;
class EmptyState;
class Label;
class Segmented;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::calendar {

class DayPane;
class MonthView;
class WeekView;

// Tasks by days: a week with its hours, or a month. The third view of today, and a place of its own. Tasks are moved by
// dragging and by keys; each move is one action.
class CalendarPage : public frame::Page {
    Q_OBJECT

public:
    explicit CalendarPage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override;
    void enter() override;
    bool stepBack() override;
    QString subject() const override;

    void goTo(std::chrono::sys_days date);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Mode { Week, Month };

    // Making it
    void makeToolbar();
    void makeBar();
    void makeViews();
    void makeCommands();

    // Reading
    void read();
    void received(TaskCalendar calendar);
    void readMeetings();
    void show();
    void showWeek();
    void showMonth();
    void showMeetings();
    void showDay();
    void touched(const ChangeSet& changes);
    void refreshActions();
    std::chrono::sys_days first() const;
    int shownDays() const;
    std::vector<CalendarDay> visibleDays() const;
    const CalendarDay* day(std::chrono::sys_days date) const;

    // Acting
    void setMode(Mode mode);
    void turn(int direction);
    void goToday();
    void askDay();
    void askMoment();
    CalendarChoice chosen() const;
    void moveBy(int direction, int minutes);
    void move(const CalendarChoice& choice, const CalendarShift& shift);
    void undo();
    void openLead();
    void showPane(bool on);
    void placePane();
    void placeBar();
    bool listHasFocus() const;

    const frame::Context m_context;
    Mode m_mode = Mode::Week;
    bool m_weekends = false;
    std::chrono::sys_days m_date{}; // the current day; none: not known yet
    TaskCalendar m_calendar;
    std::vector<CalendarTasks> m_firstTasks;
    std::vector<Meeting> m_meetings; // of what is shown
    bool m_known = false;
    bool m_stale = true;
    int m_question = 0;
    QTimer m_soon;
    QTimer m_minute;

    widgets::Toolbar* m_toolbar;
    QStackedWidget* m_stack;
    QSplitter* m_splitter = nullptr;
    QStackedWidget* m_views = nullptr;
    WeekView* m_week = nullptr;
    MonthView* m_month = nullptr;
    DayPane* m_pane = nullptr;
    widgets::EmptyState* m_nothing;
    widgets::Segmented* m_modes = nullptr;
    widgets::Label* m_range = nullptr;
    widgets::Label* m_weekNumber = nullptr;
    QWidget* m_legend = nullptr;
    widgets::Button* m_todayButton = nullptr;
    widgets::Button* m_weekendsButton = nullptr;
    widgets::Button* m_freeButton = nullptr;
    widgets::Bar* m_bar = nullptr;
    bool m_paneWanted = true;
    bool m_paneForced = false;

    QAction* m_processAction = nullptr;
    QAction* m_todayAction = nullptr;
    QAction* m_previousAction = nullptr;
    QAction* m_nextAction = nullptr;
    QAction* m_weekendsAction = nullptr;
    QAction* m_earlierDay = nullptr;
    QAction* m_laterDay = nullptr;
    QAction* m_earlierSlot = nullptr;
    QAction* m_laterSlot = nullptr;
    QAction* m_typeAction = nullptr;
    QAction* m_openAction = nullptr;
};

} // namespace outrider::calendar
