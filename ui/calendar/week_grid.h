// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_blocks.h"
#include "ui/calendar/drop_hint.h"
#include "ui/calendar/meeting_cards.h"

#include <QPointer>
#include <QWidget>

namespace outrider::calendar {

// The hours of some days with their blocks. One block is the current one; arrows move it, Space ticks more than one.
// Each block is an accessible child that says what it is. Drags start here and end here.
class WeekGrid : public QWidget {
    Q_OBJECT

public:
    explicit WeekGrid(QWidget* parent = nullptr);

    // The current block and the ticked ones stay, as far as they are still there.
    void setWeek(std::vector<CalendarDay> days, std::vector<Block> blocks, Instant now, int mailCap, const text::Dates& dates);

    // Over the same days.
    void setMeetings(const std::vector<Meeting>& meetings);

    const Block* current() const;
    int currentDay() const { return m_day; }
    void setCurrentDay(int day); // its first block is current
    // The hours of the current block's task, to be shaded outside of.
    void setHours(const std::optional<TaskHours>& hours);

    // What an act is about: the ticked blocks, or else the current one. Not what is done.
    CalendarChoice chosen() const;
    int chosenCount() const;
    void clearTicks();
    // What is chosen has been moved: the current block and the ticked ones will be found where they went.
    void follow(Instant first, const CalendarShift& shift);
    bool hasTicks() const { return !m_ticked.empty(); }

    int timeWidth() const;
    QRect columnRect(int day) const;
    int hourHeight() const;
    QRect currentRect() const; // what is to be in view
    int workStart() const;     // where a working day begins, as a height

    QSize sizeHint() const override;

Q_SIGNALS:
    void currentChanged();
    void opened(); // Enter, or a double click
    void dropped(const CalendarChoice& choice, const CalendarShift& shift);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    class BlockWidget;
    class NowLine;
    struct Place {
        int day = -1;
        int minute = 0;
    };
    Place placeAt(const QPoint& point) const;
    int blockAt(const QPoint& point) const;
    QRect blockRect(const Block& block) const;
    QRect meetingRoom(const MeetingPlace& place) const;
    void arrange();
    void findOutside();
    int nowMinute() const;
    int startMinute(int day) const;
    void setCurrent(int index);
    void tell();
    void toggleTick(int index);
    int nearestIn(int day, int minute) const;
    void moveInDay(int direction);
    void moveToDay(int direction);
    void startDrag();
    void endDrop();
    CalendarStretch keyOf(int index) const { return m_blocks[std::size_t(index)].stretch; }
    bool isTicked(int index) const;

    std::vector<CalendarDay> m_days;
    std::vector<Block> m_blocks;
    std::vector<BlockWidget*> m_widgets;
    Instant m_now{};
    int m_mailCap = 0;
    std::optional<text::Dates> m_dates;
    std::optional<TaskHours> m_hours;
    std::vector<bool> m_outside; // of m_hours, half hour by half hour of every day
    std::vector<CalendarStretch> m_ticked;
    int m_day = 0;
    int m_current = -1;
    std::optional<CalendarStretch> m_follow;
    QPoint m_pressed;
    bool m_mayDrag = false;
    Place m_target; // of a drag over this
    int m_targetLength = slotMinutes;
    MeetingCards m_meetings{this};
    NowLine* m_nowLine;
    DropHint* m_hint;
};

} // namespace outrider::calendar
