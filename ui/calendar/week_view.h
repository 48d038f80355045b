// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/week_grid.h"
#include "ui/calendar/week_head.h"

class QScrollArea;

namespace outrider::calendar {

// A week: the heads of its days over the hours, which scroll.
class WeekView : public QWidget {
    Q_OBJECT

public:
    explicit WeekView(QWidget* parent = nullptr);

    void setWeek(std::vector<CalendarDay> days, const std::vector<CalendarTasks>& firstTasks, std::chrono::sys_days today,
                 Instant now, int mailCap, const text::Dates& dates);
    WeekGrid* grid() const { return m_grid; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void showCurrent();

    WeekGrid* m_grid;
    WeekHead* m_head;
    QScrollArea* m_scroll;
    bool m_scrolled = false; // to where the work begins, once
};

} // namespace outrider::calendar
