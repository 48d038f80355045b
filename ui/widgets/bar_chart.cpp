// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bar_chart.h"

#include "ui/paint/text.h"
#include "ui/text/insight_text.h"

#include <QDate>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::widgets {

using theme::TextStyle;

namespace {

constexpr int mostLines = 4;

// 1, 2, 5, 10, 20, 25, 50…: the least with few enough lines.
std::int64_t stepFor(std::int64_t highest) {
    for (std::int64_t ten = 1;; ten *= 10) {
        for (const std::int64_t step : {ten, 2 * ten, ten >= 10 ? 25 * ten / 10 : 0, 5 * ten}) {
            if (step > 0 && highest <= step * mostLines)
                return step;
        }
    }
}

QDate toDate(std::chrono::sys_days day) { return QDate(1970, 1, 1).addDays(day.time_since_epoch().count()); }

} // namespace

BarChart::BarChart(const QString& accessibleName, QWidget* parent) : CellChart(accessibleName, parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void BarChart::setBars(std::vector<Bar> bars, Look look, std::optional<Mark> mark) {
    m_bars = std::move(bars);
    m_look = look;
    m_mark = std::move(mark);
    std::int64_t highest = std::max<std::int64_t>(1, m_mark ? m_mark->value : 0);
    QStringList sentences;
    for (const Bar& bar : m_bars) {
        highest = std::max(highest, bar.lower + bar.upper);
        sentences.append(bar.sentence);
    }
    m_step = stepFor(highest);
    m_top = std::max(m_step, (highest + m_step - 1) / m_step * m_step);
    setCells(sentences);
}

QSize BarChart::sizeHint() const { return minimumSizeHint() * 2; }

QSize BarChart::minimumSizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.space.xxl * 6, t.lineHeight(TextStyle::Meta) * 8 + t.space.xxl};
}

QRect BarChart::plot() const {
    const theme::Tokens& t = theme::tokens(this);
    const int labels = paint::textWidth(t, TextStyle::Meta, text::number(m_top)) + t.space.s;
    const int line = t.lineHeight(TextStyle::Meta);
    return rect().adjusted(labels, line / 2, 0, -line - t.space.s);
}

int BarChart::barWidth() const {
    const theme::Tokens& t = theme::tokens(this);
    const int share = plot().width() / std::max(1, count());
    return std::clamp(share * 6 / 10, t.size.hairline * 2, t.space.xl);
}

int BarChart::left(int index) const {
    const QRect room = plot();
    return room.left() + (room.width() * (2 * index + 1)) / (2 * std::max(1, count())) - barWidth() / 2;
}

QRect BarChart::cellRect(int index) const {
    const QRect room = plot();
    const int from = room.left() + room.width() * index / std::max(1, count());
    const int to = room.left() + room.width() * (index + 1) / std::max(1, count());
    return QStyle::visualRect(layoutDirection(), rect(), QRect(from, room.top(), to - from, room.height()));
}

int BarChart::beside(int index, int dx, int) const { return std::clamp(index + dx, 0, count() - 1); }

void BarChart::paintAxis(QPainter& painter) const {
    const theme::Tokens& t = theme::tokens(this);
    const QRect room = plot();
    const int line = t.lineHeight(TextStyle::Meta);
    for (std::int64_t value = 0; value <= m_top; value += m_step) {
        const int y = room.bottom() - int(double(room.height() - 1) * double(value) / double(m_top));
        const QRect across = QStyle::visualRect(layoutDirection(), rect(), QRect(room.left(), y, room.width(), 1));
        painter.setPen(QPen(t.color.line, t.size.hairline)); // drawing text sets its own
        painter.drawLine(across.left(), y, across.right(), y);
        const QRect label(0, y - line / 2, room.left() - t.space.s, line);
        paint::drawText(
            &painter, t, QStyle::visualRect(layoutDirection(), rect(), label),
            {.text = text::number(value), .style = TextStyle::Meta, .color = t.color.muted, .alignment = Qt::AlignTrailing});
    }
}

// As many dates as there is room for; the month where one begins.
void BarChart::paintDates(QPainter& painter) const {
    const theme::Tokens& t = theme::tokens(this);
    const QRect room = plot();
    const int line = t.lineHeight(TextStyle::Meta);
    int free = rect().left() - 1;
    int month = 0;
    for (int i = 0; i < count(); ++i) {
        const QDate date = toDate(m_bars[std::size_t(i)].day);
        const QString label =
            date.month() == month ? QString::number(date.day()) : QLocale().toString(date, QStringLiteral("d MMM"));
        const int width = paint::textWidth(t, TextStyle::Meta, label);
        const int at = std::min(left(i) + barWidth() / 2 - width / 2, rect().right() + 1 - width);
        if (at < free)
            continue;
        month = date.month();
        free = at + width + t.space.l;
        const QRect place(at, room.bottom() + t.space.xs, width + 1, line);
        paint::drawText(&painter, t, QStyle::visualRect(layoutDirection(), rect(), place),
                        {.text = label, .style = TextStyle::Meta, .color = t.color.muted});
    }
}

void BarChart::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.color.surface);
    paintAxis(painter);
    paintDates(painter);
    const QRect room = plot();
    const auto pixels = [&](std::int64_t n) { return int(double(room.height() - 1) * double(n) / double(m_top)); };
    for (int i = 0; i < count(); ++i) {
        const Bar& one = m_bars[std::size_t(i)];
        const int lower = pixels(one.lower);
        const int all = pixels(one.lower + one.upper);
        const int gap = lower > 0 && all - lower > 2 * t.size.hairline ? t.size.hairline : 0;
        const auto bar = [&](int from, int to, const QColor& fill) {
            if (to > from)
                painter.fillRect(
                    QStyle::visualRect(layoutDirection(), rect(), QRect(left(i), room.bottom() - to, barWidth(), to - from)),
                    fill);
        };
        bar(0, lower, m_look == Look::TwoKinds ? t.color.chart1 : t.color.chart2);
        bar(lower + gap, all, m_look == Look::TwoKinds ? t.color.chart2 : t.color.chart1);
        if (hasFocus() && i == current()) {
            painter.setPen(QPen(t.color.accent, t.size.focus));
            const int out = t.size.focus + t.size.hairline;
            const QRect frame(left(i), room.bottom() - all, barWidth(), std::max(all, t.size.focus));
            painter.drawRect(QStyle::visualRect(layoutDirection(), rect(), frame).adjusted(-out, -out, out - 1, 0));
        }
    }
    paintMark(painter);
}

void BarChart::paintMark(QPainter& painter) const {
    if (!m_mark || m_mark->value <= 0)
        return;
    const theme::Tokens& t = theme::tokens(this);
    const QRect room = plot();
    const int y = room.bottom() - int(double(room.height() - 1) * double(m_mark->value) / double(m_top));
    painter.setPen(QPen(t.color.muted, t.size.hairline, Qt::DashLine));
    painter.drawLine(room.left(), y, room.right(), y);
    const int line = t.lineHeight(TextStyle::Meta);
    const QRect label(room.left(), y - line < rect().top() ? y : y - line, room.width(), line);
    paint::drawText(&painter, t, label,
                    {.text = m_mark->name, .style = TextStyle::Meta, .color = t.color.muted, .alignment = Qt::AlignTrailing});
}

} // namespace outrider::widgets
