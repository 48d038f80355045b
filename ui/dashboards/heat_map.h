// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/insight.h"
#include "ui/widgets/cell_chart.h"

#include <array>

namespace outrider::dashboards {

// When people answer: weekdays down, hours across, the share of the e-mails sent then that was answered. The working
// week from 8 to 17 o'clock, and what lies beyond when enough was sent there.
class HeatMap : public widgets::CellChart {
    Q_OBJECT

public:
    explicit HeatMap(QWidget* parent = nullptr);

    void setHours(const std::array<HourNumbers, hoursOfWeek>& hours);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    QRect cellRect(int index) const override;
    int beside(int index, int dx, int dy) const override;

private:
    int columns() const { return m_lastHour - m_firstHour + 1; }
    int weekHour(int index) const { return index / columns() * 24 + m_firstHour + index % columns(); }
    const HourNumbers& numbers(int index) const { return m_hours[std::size_t(weekHour(index))]; }
    int dayWidth() const;

    std::array<HourNumbers, hoursOfWeek> m_hours{};
    int m_days = 5;
    int m_firstHour = 8;
    int m_lastHour = 17;
    double m_most = 0; // the largest share of an hour that counts
};

} // namespace outrider::dashboards
