// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/insight.h"
#include "ui/widgets/bar_chart.h"

namespace outrider::dashboards {

// E-mails and calls of each day, one on the other. Days off on which nothing was done have no bar.
class BarChart : public widgets::BarChart {
    Q_OBJECT

public:
    explicit BarChart(QWidget* parent = nullptr);

    void setDays(const std::vector<DayTotals>& days);
    const std::vector<DayTotals>& days() const { return m_days; } // those with a bar

private:
    std::vector<DayTotals> m_days;
};

} // namespace outrider::dashboards
