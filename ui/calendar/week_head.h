// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/calendar.h"

#include <QWidget>

#include <vector>

namespace outrider::calendar {

class WeekGrid;

// How full a bar of a day's e-mails is: what has left, what is planned, and what is over the cap.
void drawLoad(QPainter* painter, const QRect& rect, const QWidget* on, const CalendarDay& day, int cap, bool over);

// The heads of the days above the grid, aligned with its columns: the date, e-mails against the cap, calls. A click
// makes a day the current one.
class WeekHead : public QWidget {
    Q_OBJECT

public:
    explicit WeekHead(const WeekGrid* grid, QWidget* parent = nullptr);

    void setWeek(std::vector<CalendarDay> days, std::chrono::sys_days today, int mailCap);
    void setCurrentDay(int day);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

Q_SIGNALS:
    void dayClicked(int day);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void arrange();
    void paintDay(QPainter& painter, int day) const;
    QRect columnRect(int day) const;

    const WeekGrid* m_grid;
    std::vector<CalendarDay> m_days;
    std::vector<QWidget*> m_names; // a day each, to be read out
    std::chrono::sys_days m_today{};
    int m_mailCap = 0;
    int m_current = 0;
};

} // namespace outrider::calendar
