// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/bar_chart.h"

#include "ui/paint/text.h"
#include "ui/text/insight_text.h"

#include <QDate>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::dashboards {

using theme::TextStyle;

namespace {

constexpr int mostLines = 4;

std::int64_t heightOf(const DayTotals& day) { return day.totals.sent + day.totals.calls; }

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

BarChart::BarChart(QWidget* parent) : CellChart(tr("Volume chart"), parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void BarChart::setDays(const std::vector<DayTotals>& days) {
    m_days.clear();
    std::ranges::copy_if(days, std::back_inserter(m_days), [](const DayTotals& day) { return day.workday || heightOf(day) > 0; });
    std::int64_t highest = 1;
    for (const DayTotals& day : m_days)
        highest = std::max(highest, heightOf(day));
    m_step = stepFor(highest);
    m_top = std::max(m_step, (highest + m_step - 1) / m_step * m_step);
    QStringList sentences;
    for (const DayTotals& day : m_days)
        sentences.append(tr("%1: %2 e-mails, %3 calls")
                             .arg(QLocale().toString(toDate(day.day), QStringLiteral("ddd d MMM")), text::number(day.totals.sent),
                                  text::number(day.totals.calls)));
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
        const QDate date = toDate(m_days[std::size_t(i)].day);
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
        const ActivityTotals& day = m_days[std::size_t(i)].totals;
        const int sent = pixels(day.sent);
        const int all = pixels(day.sent + day.calls);
        const int gap = sent > 0 && all - sent > 2 * t.size.hairline ? t.size.hairline : 0;
        const auto bar = [&](int from, int to, const QColor& fill) {
            if (to > from)
                painter.fillRect(
                    QStyle::visualRect(layoutDirection(), rect(), QRect(left(i), room.bottom() - to, barWidth(), to - from)),
                    fill);
        };
        bar(0, sent, t.color.chart1);
        bar(sent + gap, all, t.color.chart2);
        if (hasFocus() && i == current()) {
            painter.setPen(QPen(t.color.accent, t.size.focus));
            const int out = t.size.focus + t.size.hairline;
            const QRect frame(left(i), room.bottom() - all, barWidth(), std::max(all, t.size.focus));
            painter.drawRect(QStyle::visualRect(layoutDirection(), rect(), frame).adjusted(-out, -out, out - 1, 0));
        }
    }
}

} // namespace outrider::dashboards
