// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/heat_map.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/insight_text.h"
#include "ui/theme/heat.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace outrider::dashboards {

using theme::TextStyle;

namespace {

constexpr int daysOfWork = 5;
constexpr int firstUsual = 8;
constexpr int lastUsual = 17;

double share(const HourNumbers& hour) { return hour.sent > 0 ? double(hour.answered) / double(hour.sent) : 0; }

} // namespace

HeatMap::HeatMap(QWidget* parent) : widgets::CellChart(tr("When people reply"), parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void HeatMap::setHours(const std::array<HourNumbers, hoursOfWeek>& hours) {
    m_hours = hours;
    std::int64_t all = 0;
    std::array<std::int64_t, 24> ofHour{};
    std::array<std::int64_t, 7> ofDay{};
    bool anyCounts = false;
    for (int i = 0; i < hoursOfWeek; ++i) {
        const HourNumbers& hour = hours[std::size_t(i)];
        all += hour.sent;
        ofHour[std::size_t(i % 24)] += hour.sent;
        ofDay[std::size_t(i / 24)] += hour.sent;
        anyCounts = anyCounts || hour.sent >= leastForAdvice;
    }
    m_most = 0;
    for (const HourNumbers& hour : hours) {
        if (!anyCounts || hour.sent >= leastForAdvice)
            m_most = std::max(m_most, share(hour));
    }
    const auto counts = [all](std::int64_t n) { return n > 0 && n * 100 >= all; };
    m_firstHour = firstUsual;
    m_lastHour = lastUsual;
    m_days = daysOfWork;
    for (int hour = 0; hour < 24; ++hour) {
        if (!counts(ofHour[std::size_t(hour)]))
            continue;
        m_firstHour = std::min(m_firstHour, hour);
        m_lastHour = std::max(m_lastHour, hour);
    }
    for (int day = 0; day < 7; ++day) {
        if (counts(ofDay[std::size_t(day)]))
            m_days = std::max(m_days, day + 1);
    }
    QStringList sentences;
    for (int i = 0; i < m_days * columns(); ++i)
        sentences.append(text::hourSentence(weekHour(i), numbers(i)));
    setCells(sentences);
}

int HeatMap::dayWidth() const {
    const theme::Tokens& t = theme::tokens(this);
    int width = 0;
    for (int day = 0; day < m_days; ++day)
        width = std::max(width, paint::textWidth(t, TextStyle::Meta, text::weekdayText(day * 24)));
    return width + t.space.s;
}

QSize HeatMap::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {dayWidth() + columns() * (t.space.xxl - t.space.xs), t.size.chip + m_days * t.size.railItem};
}

QSize HeatMap::minimumSizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    const int cell = paint::textWidth(t, TextStyle::Meta, QStringLiteral("88"));
    return {dayWidth() + columns() * (cell + 2 * t.size.hairline), t.size.chip + m_days * t.size.chip};
}

QRect HeatMap::cellRect(int index) const {
    const theme::Tokens& t = theme::tokens(this);
    const int start = dayWidth();
    const int head = t.size.chip;
    const int gap = t.size.focus;
    const int column = index % columns();
    const int row = index / columns();
    const auto across = [&](int n) { return start + (width() - start + gap) * n / columns(); };
    const auto down = [&](int n) { return head + (height() - head + gap) * n / m_days; };
    const QRect place(across(column), down(row), across(column + 1) - across(column) - gap, down(row + 1) - down(row) - gap);
    return QStyle::visualRect(layoutDirection(), rect(), place);
}

int HeatMap::beside(int index, int dx, int dy) const {
    const int column = std::clamp(index % columns() + dx, 0, columns() - 1);
    const int row = std::clamp(index / columns() + dy, 0, m_days - 1);
    return row * columns() + column;
}

void HeatMap::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.color.surface);
    const auto meta = [&](const QRect& place, const QString& text, const QColor& ink, Qt::Alignment alignment) {
        paint::drawText(&painter, t, place, {.text = text, .style = TextStyle::Meta, .color = ink, .alignment = alignment});
    };
    for (int column = 0; column < columns() && count() > 0; ++column) {
        const QRect below = cellRect(column);
        meta(QRect(below.left(), 0, below.width(), t.size.chip), QString::number(m_firstHour + column), t.color.muted,
             Qt::AlignHCenter);
    }
    for (int i = 0; i < count(); ++i) {
        const QRect cell = cellRect(i);
        if (i % columns() == 0) {
            const QRect name(0, cell.top(), dayWidth() - t.space.s, cell.height());
            meta(QStyle::visualRect(layoutDirection(), rect(), name), text::weekdayText(weekHour(i)), t.color.muted,
                 Qt::AlignLeading);
        }
        const HourNumbers& hour = numbers(i);
        const double relative = m_most > 0 ? share(hour) / m_most : 0;
        const theme::Heat heat = theme::heat(t, std::min(theme::heatSteps - 1, int(std::floor(relative * theme::heatSteps))));
        const QColor fill = hour.sent == 0 ? t.color.raised : heat.fill;
        paint::drawCard(&painter, cell, t.size.radiusCheck, fill, t.isHighContrast() ? t.color.control : fill);
        meta(cell, hour.sent == 0 ? QStringLiteral("–") : QString::number(std::llround(share(hour) * 100)),
             hour.sent == 0 ? t.color.muted : heat.ink, Qt::AlignHCenter);
        if (hasFocus() && i == current()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(t.color.text, t.size.focus));
            painter.drawRect(cell.adjusted(1, 1, -1, -1));
        }
    }
}

} // namespace outrider::dashboards
