// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/insight.h"
#include "ui/dashboards/cell_chart.h"

namespace outrider::dashboards {

// E-mails and calls of each day, one on the other. Days off on which nothing was done have no bar.
class BarChart : public CellChart {
    Q_OBJECT

public:
    explicit BarChart(QWidget* parent = nullptr);

    void setDays(const std::vector<DayTotals>& days);
    const std::vector<DayTotals>& days() const { return m_days; } // those with a bar

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    QRect cellRect(int index) const override;
    int beside(int index, int dx, int dy) const override;

private:
    QRect plot() const; // from left to right, whatever is read
    int left(int index) const;
    int barWidth() const;
    void paintAxis(QPainter& painter) const;
    void paintDates(QPainter& painter) const;

    std::vector<DayTotals> m_days;
    std::int64_t m_step = 1; // between two lines
    std::int64_t m_top = 1;
};

} // namespace outrider::dashboards
