// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/cell_chart.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace outrider::widgets {

// A bar a day, of two parts one on the other; with a dashed line across where a limit is.
class BarChart : public CellChart {
    Q_OBJECT

public:
    struct Bar {
        std::chrono::sys_days day{};
        std::int64_t lower = 0;
        std::int64_t upper = 0;
        QString sentence; // what is told of it
    };
    struct Mark {
        std::int64_t value = 0;
        QString name;
    };
    enum class Look {
        TwoKinds,  // both count alike
        UpperMost, // it is about the upper part
    };

    explicit BarChart(const QString& accessibleName, QWidget* parent = nullptr);

    void setBars(std::vector<Bar> bars, Look look = Look::TwoKinds, std::optional<Mark> mark = {});
    const std::vector<Bar>& bars() const { return m_bars; }

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
    void paintMark(QPainter& painter) const;

    std::vector<Bar> m_bars;
    Look m_look = Look::TwoKinds;
    std::optional<Mark> m_mark;
    std::int64_t m_step = 1; // between two lines
    std::int64_t m_top = 1;
};

} // namespace outrider::widgets
