// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/week_head.h"

#include "ui/calendar/calendar_words.h"
#include "ui/calendar/week_grid.h"
#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"

#include <QEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::calendar {

using theme::TextStyle;

void drawLoad(QPainter* painter, const QRect& rect, const QWidget* on, const CalendarDay& day, int cap, bool over) {
    const theme::Tokens& t = theme::tokens(on);
    const int radius = rect.height() / 2;
    paint::drawCard(painter, rect, radius, t.color.raised, t.color.raised);
    const int most = std::max({cap, day.mails(), 1});
    const auto part = [&](int count) {
        const int length = rect.width() * std::min(count, most) / most;
        return QStyle::visualRect(on->layoutDirection(), rect, QRect(rect.left(), rect.top(), length, rect.height()));
    };
    if (day.mails() > 0) {
        const QColor planned = over ? t.color.danger : t.color.accent;
        paint::drawCard(painter, part(day.mails()), radius, planned, planned);
    }
    if (const int done = day.done(Channel::Email); done > 0)
        paint::drawCard(painter, part(done), radius, t.color.chart2, t.color.chart2);
}

WeekHead::WeekHead(const WeekGrid* grid, QWidget* parent) : QWidget(parent), m_grid(grid) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Days"));
}

void WeekHead::setWeek(std::vector<CalendarDay> days, std::chrono::sys_days today, int mailCap) {
    m_days = std::move(days);
    m_today = today;
    m_mailCap = mailCap;
    nameDays(this, m_names, m_days, today, mailCap);
    arrange();
    update();
}

void WeekHead::setCurrentDay(int day) {
    m_current = day;
    update();
}

QSize WeekHead::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {0, 2 * t.space.s + std::max(t.lineHeight(TextStyle::BodyStrong), t.size.chip)
                   + 2 * (t.lineHeight(TextStyle::Meta) + t.space.xs)};
}

QRect WeekHead::columnRect(int day) const {
    QRect column = m_grid->columnRect(day);
    column.moveTop(0);
    column.setHeight(height());
    if (layoutDirection() == Qt::RightToLeft) // the scroll bar is at the left then
        column.translate(width() - m_grid->width(), 0);
    return column;
}

void WeekHead::arrange() {
    for (int i = 0; i < int(m_names.size()); ++i)
        m_names[std::size_t(i)]->setGeometry(columnRect(i));
}

void WeekHead::resizeEvent(QResizeEvent*) { arrange(); }

void WeekHead::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void WeekHead::mousePressEvent(QMouseEvent* event) {
    for (int i = 0; i < int(m_days.size()); ++i) {
        if (columnRect(i).contains(event->pos()))
            Q_EMIT dayClicked(i);
    }
}

void WeekHead::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.color.surface);
    for (int i = 0; i < int(m_days.size()); ++i)
        paintDay(painter, i);
    painter.fillRect(QRect(0, height() - t.size.hairline, width(), t.size.hairline), t.color.line);
}

void WeekHead::paintDay(QPainter& painter, int index) const {
    const theme::Tokens& t = theme::tokens(this);
    const auto& color = t.color;
    const CalendarDay& day = m_days[std::size_t(index)];
    const QRect column = columnRect(index);
    const bool isToday = day.date == m_today;
    if (isToday)
        painter.fillRect(column, color.selected);
    painter.fillRect(QRect(layoutDirection() == Qt::RightToLeft ? column.right() : column.left(), 0, t.size.hairline, height()),
                     color.line);
    if (index == m_current)
        painter.fillRect(QRect(column.left(), height() - t.size.currentBar, column.width(), t.size.focus), color.accent);
    const QRect inner = column.adjusted(t.space.m, t.space.s, -t.space.s, 0);
    const auto place = [&](int x, int y, int w, int h) {
        return QStyle::visualRect(layoutDirection(), inner, QRect(inner.left() + x, y, std::max(0, w), h));
    };
    const int title = std::max(t.lineHeight(TextStyle::BodyStrong), t.size.chip);
    int y = inner.top();

    // The date, and what is to be known about it.
    int end = inner.width();
    const bool over = isOverCap(day, m_today, m_mailCap);
    if (over) {
        const paint::Chip chip{.text = tr("%1 over").arg(QLocale().toString(day.mails() - m_mailCap)), .tone = paint::Tone::Bad};
        const QSize size = paint::chipSize(t, chip);
        if (size.width() < inner.width() / 2) {
            paint::drawChip(&painter, t, place(end - size.width(), y + (title - size.height()) / 2, size.width(), size.height()),
                            chip);
            end -= size.width() + t.space.s;
        }
    }
    const QColor ink = t.onRow(isToday ? color.accent : day.isWorkday ? color.text : color.muted, isToday);
    const QString full = dayHead(day.date);
    const bool fits = paint::textWidth(t, TextStyle::BodyStrong, full) <= end;
    const int used =
        paint::drawText(
            &painter, t, place(0, y, end, title),
            {.text = fits ? full : QString::number(toQDate(day.date).day()), .style = TextStyle::BodyStrong, .color = ink})
        + t.space.iconGap;
    const QString beside = isToday ? tr("today") : !day.isWorkday && !isWeekend(day.date) ? tr("day off") : QString();
    if (end - used > paint::textWidth(t, TextStyle::Meta, beside))
        paint::drawText(
            &painter, t, place(used, y, end - used, title),
            {.text = beside, .style = TextStyle::Meta, .color = t.onRow(isToday ? color.accent : color.muted, isToday)});
    y += title;

    // How much, by the two channels that fill days.
    const int line = t.lineHeight(TextStyle::Meta) + t.space.xs;
    const int icon = t.size.iconSmall;
    for (const Channel channel : {Channel::Email, Channel::Call}) {
        const int count = day.open(channel) + day.done(channel);
        const bool isMail = channel == Channel::Email;
        QString number = loadText(count, isMail ? m_mailCap : 0);
        if (paint::textWidth(t, TextStyle::Meta, number) > inner.width() - icon - t.space.xs)
            number = QLocale().toString(count);
        const int width = paint::textWidth(t, TextStyle::Meta, number);
        const QColor text = t.onRow(isMail && over ? color.danger : count > 0 ? color.text : color.muted, isToday);
        theme::paintIcon(&painter, place(0, y + (line - icon) / 2, icon, icon), paint::channelIcon(channel),
                         t.onRow(color.muted, isToday));
        paint::drawText(&painter, t, place(inner.width() - width, y, width + t.size.hairline, line),
                        {.text = number, .style = TextStyle::Meta, .color = text});
        const int bar = t.space.xs + t.size.focus;
        const int room = inner.width() - width - icon - 2 * t.space.s;
        if (isMail && m_mailCap > 0 && room > 2 * t.space.m)
            drawLoad(&painter, place(icon + t.space.s, y + (line - bar) / 2, room, bar), this, day, m_mailCap, over);
        y += line;
    }
}

} // namespace outrider::calendar
