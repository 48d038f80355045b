// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/drop_hint.h"

#include <QWidget>

#include <vector>

namespace outrider::calendar {

// Six weeks of days with how much each holds. Arrows move the current day; what is dropped on a day keeps its time.
class MonthView : public QWidget {
    Q_OBJECT

public:
    explicit MonthView(QWidget* parent = nullptr);

    void setMonth(std::vector<CalendarDay> days, std::chrono::sys_days today, Instant now, int mailCap, const text::Dates& dates);

    // How many meetings lie on each of the days.
    void setMeetings(std::vector<int> counts);

    std::chrono::sys_days currentDate() const { return m_date; }
    void setCurrentDate(std::chrono::sys_days date);

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(); // within the six weeks
    void wentBeyond();     // to a day that is not shown: another month is to be read
    void opened();         // Enter, or a double click
    void dropped(const CalendarChoice& choice, const CalendarShift& shift);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    int headHeight() const;
    QRect cellRect(int index) const;
    int cellAt(const QPoint& point) const;
    int indexOf(std::chrono::sys_days date) const; // -1: not shown
    void arrange();
    void paintCell(QPainter& painter, int index) const;
    int meetingsOn(int index) const { return index < int(m_meetings.size()) ? m_meetings[std::size_t(index)] : 0; }
    void tell();
    void endDrop();

    std::vector<CalendarDay> m_days;
    std::vector<QWidget*> m_names;
    std::vector<int> m_meetings;
    std::chrono::sys_days m_date{};
    std::chrono::sys_days m_today{};
    Instant m_now{};
    int m_mailCap = 0;
    std::optional<text::Dates> m_dates;
    int m_target = -1;
    DropHint* m_hint;
};

} // namespace outrider::calendar
