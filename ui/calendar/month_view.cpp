// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/month_view.h"

#include "ui/calendar/calendar_words.h"
#include "ui/calendar/week_head.h"
#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"

#include <QAccessible>
#include <QDateTime>
#include <QDropEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::calendar {

using theme::TextStyle;

namespace {
constexpr int columns = 7;
} // namespace

MonthView::MonthView(QWidget* parent) : QWidget(parent), m_hint(new DropHint(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setAccessibleName(tr("Month of tasks"));
}

void MonthView::setMonth(std::vector<CalendarDay> days, std::chrono::sys_days today, Instant now, int mailCap,
                         const text::Dates& dates) {
    m_days = std::move(days);
    m_today = today;
    m_now = now;
    m_mailCap = mailCap;
    m_dates = dates;
    nameDays(this, m_names, m_days, today, mailCap);
    m_hint->raise();
    arrange();
    update();
    tell();
}

void MonthView::setMeetings(std::vector<int> counts) {
    m_meetings = std::move(counts);
    nameDays(this, m_names, m_days, m_today, m_mailCap);
    for (int i = 0; i < int(m_names.size()); ++i) {
        if (meetingsOn(i) > 0)
            m_names[std::size_t(i)]->setAccessibleName(
                tr("%1, %2").arg(m_names[std::size_t(i)]->accessibleName(), meetingsText(meetingsOn(i))));
    }
    m_hint->raise();
    arrange();
    update();
    tell();
}

void MonthView::setCurrentDate(std::chrono::sys_days date) {
    m_date = date;
    update();
    tell();
    if (m_days.empty() || indexOf(date) < 0)
        Q_EMIT wentBeyond();
    else
        Q_EMIT currentChanged();
}

void MonthView::tell() {
    const int index = indexOf(m_date);
    if (index < 0)
        return;
    setAccessibleDescription(m_names[std::size_t(index)]->accessibleName());
    if (hasFocus()) {
        QAccessibleEvent event(m_names[std::size_t(index)], QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
    }
}

int MonthView::indexOf(std::chrono::sys_days date) const {
    const auto found = std::ranges::find(m_days, date, &CalendarDay::date);
    return found == m_days.end() ? -1 : int(found - m_days.begin());
}

int MonthView::headHeight() const { return theme::tokens(this).size.tableHeader; }

QRect MonthView::cellRect(int index) const {
    const int rows = std::max(1, int(m_days.size()) / columns);
    const int row = index / columns;
    const int column = index % columns;
    const int head = headHeight();
    const int room = height() - head;
    const QRect place(width() * column / columns, head + room * row / rows,
                      width() * (column + 1) / columns - width() * column / columns, room * (row + 1) / rows - room * row / rows);
    return QStyle::visualRect(layoutDirection(), rect(), place);
}

int MonthView::cellAt(const QPoint& point) const {
    for (int i = 0; i < int(m_days.size()); ++i) {
        if (cellRect(i).contains(point))
            return i;
    }
    return -1;
}

QSize MonthView::minimumSizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {columns * 2 * t.size.railItem, headHeight() + 6 * (t.lineHeight(TextStyle::BodyStrong) + t.space.s)};
}

void MonthView::arrange() {
    for (int i = 0; i < int(m_names.size()); ++i)
        m_names[std::size_t(i)]->setGeometry(cellRect(i));
}

void MonthView::resizeEvent(QResizeEvent*) { arrange(); }

void MonthView::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.color.surface);
    for (int i = 0; i < columns && i < int(m_days.size()); ++i) {
        const QRect cell = cellRect(i);
        paint::drawText(&painter, t, QRect(cell.left() + t.space.s, 0, cell.width() - t.space.m, headHeight()),
                        {.text = QLocale().toString(toQDate(m_days[std::size_t(i)].date), QStringLiteral("ddd")),
                         .style = TextStyle::MetaStrong,
                         .color = t.color.muted});
    }
    for (int i = 0; i < int(m_days.size()); ++i)
        paintCell(painter, i);
}

void MonthView::paintCell(QPainter& painter, int index) const {
    const theme::Tokens& t = theme::tokens(this);
    const auto& color = t.color;
    const CalendarDay& day = m_days[std::size_t(index)];
    const QRect cell = cellRect(index);
    const bool isToday = day.date == m_today;
    const bool isCurrent = day.date == m_date;
    const bool isTarget = index == m_target;
    const QColor fill = isTarget || isToday ? color.accentSoft : day.isWorkday ? color.surface : color.bg;
    painter.fillRect(cell, fill);
    painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), t.size.hairline), color.line);
    painter.fillRect(QRect(cell.left(), cell.top(), t.size.hairline, cell.height()), color.line);
    if (isTarget || isCurrent)
        paint::drawCard(&painter, cell.adjusted(t.size.hairline, t.size.hairline, 0, 0), t.size.radius, fill,
                        isTarget || hasFocus() ? color.accent : color.control,
                        isTarget || hasFocus() ? t.size.focus : t.size.hairline);
    const QRect inner = cell.adjusted(t.space.s, t.space.xs, -t.space.s, -t.space.xs);
    const auto place = [&](int x, int y, int w, int h) {
        return QStyle::visualRect(layoutDirection(), inner, QRect(inner.left() + x, y, std::max(0, w), h));
    };
    const int title = t.lineHeight(TextStyle::BodyStrong);
    const bool otherMonth = toQDate(day.date).month() != toQDate(m_days[columns].date).month();
    const QString number =
        QLocale().toString(toQDate(day.date), toQDate(day.date).day() == 1 ? QStringLiteral("d MMM") : QStringLiteral("d"));
    const int used = paint::drawText(&painter, t, place(0, inner.top(), inner.width(), title),
                                     {.text = number,
                                      .style = TextStyle::BodyStrong,
                                      .color = isToday      ? color.accent
                                               : otherMonth ? color.muted
                                                            : color.text})
                     + t.space.iconGap;
    const bool over = isOverCap(day, m_today, m_mailCap);
    const QString beside = isToday ? tr("today") : !day.isWorkday && !isWeekend(day.date) ? tr("day off") : QString();
    paint::drawText(&painter, t, place(used, inner.top(), inner.width() - used, title),
                    {.text = beside, .style = TextStyle::Meta, .color = isToday ? color.accent : color.muted});

    // The load at the foot; the numbers between, as many as there is room for.
    const int bar = t.space.xs + t.size.focus;
    const bool hasBar = m_mailCap > 0 && day.mails() > 0 && inner.height() > title + bar + t.space.s;
    if (hasBar)
        drawLoad(&painter, QRect(inner.left(), inner.bottom() - bar, inner.width(), bar), this, day, m_mailCap, over);
    const int bottom = inner.bottom() - (hasBar ? bar + t.space.xs : 0);
    const int line = t.lineHeight(TextStyle::Meta) + t.size.focus;
    const int icon = t.size.iconSmall;
    const bool past = day.end <= m_now;
    int y = inner.top() + title;
    int x = 0;
    std::vector<std::optional<Channel>> parts(channels.begin(), channels.end());
    parts.insert(parts.begin(), std::nullopt); // meetings first: they are not to be moved
    for (const std::optional<Channel>& part : parts) {
        const int count = part ? day.open(*part) + day.done(*part) : meetingsOn(index);
        if (count == 0)
            continue;
        const QString text = loadText(count, part == Channel::Email ? m_mailCap : 0);
        const int width = icon + t.space.iconGap + paint::textWidth(t, TextStyle::Meta, text) + t.size.focus;
        if (x > 0 && x + width > inner.width()) {
            x = 0;
            y += line;
        }
        if (y + line > bottom + t.size.focus)
            break; // the rest is in the pane, and read out
        const bool loud = part == Channel::Email && over;
        theme::paintIcon(&painter, place(x, y + (line - icon) / 2, icon, icon),
                         part ? paint::channelIcon(*part) : theme::Icon::CalendarCheck, loud ? color.danger : color.muted);
        paint::drawText(&painter, t, place(x + icon + t.space.iconGap, y, inner.width() - x - icon - t.space.iconGap, line),
                        {.text = text,
                         .style = TextStyle::Meta,
                         .color = loud   ? color.danger
                                  : past ? color.muted
                                         : color.text});
        x += width + t.space.m;
    }
}

void MonthView::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() & ~Qt::KeypadModifier) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    int by = 0;
    switch (event->key()) {
    case Qt::Key_Left:
        by = -forward;
        break;
    case Qt::Key_Right:
        by = forward;
        break;
    case Qt::Key_Up:
        by = -columns;
        break;
    case Qt::Key_Down:
        by = columns;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT opened();
        event->accept();
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    setCurrentDate(m_date + std::chrono::days(by));
    event->accept();
}

void MonthView::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
    tell();
}

void MonthView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void MonthView::mousePressEvent(QMouseEvent* event) {
    if (const int index = cellAt(event->pos()); index >= 0)
        setCurrentDate(m_days[std::size_t(index)].date);
}

void MonthView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (cellAt(event->pos()) >= 0)
        Q_EMIT opened();
}

void MonthView::dragEnterEvent(QDragEnterEvent* event) {
    if (qobject_cast<const TaskDrag*>(event->mimeData()) != nullptr)
        event->acceptProposedAction();
}

void MonthView::dragMoveEvent(QDragMoveEvent* event) {
    const auto* what = qobject_cast<const TaskDrag*>(event->mimeData());
    const QPoint at = event->position().toPoint();
    const int index = cellAt(at);
    if (what == nullptr || index < 0 || !m_dates) {
        endDrop();
        event->ignore();
        return;
    }
    const CalendarDay& day = m_days[std::size_t(index)];
    const bool isPast = day.end <= m_now;
    m_target = isPast ? -1 : index;
    m_hint->showAt(at, isPast ? tr("That is past") : dropText(day, std::nullopt, what->block, what->hours, m_mailCap, *m_dates));
    event->setAccepted(!isPast);
    update();
}

void MonthView::dragLeaveEvent(QDragLeaveEvent*) { endDrop(); }

void MonthView::endDrop() {
    m_target = -1;
    m_hint->hide();
    update();
}

void MonthView::dropEvent(QDropEvent* event) {
    const auto* what = qobject_cast<const TaskDrag*>(event->mimeData());
    const int index = cellAt(event->position().toPoint());
    endDrop();
    if (what == nullptr || index < 0 || !m_dates)
        return;
    event->acceptProposedAction();
    const QDate from = m_dates->local(what->block.stretch.from).date();
    if (const auto days = from.daysTo(toQDate(m_days[std::size_t(index)].date)); days != 0)
        Q_EMIT dropped(what->choice, CalendarShift{.days = int(days)});
}

} // namespace outrider::calendar
