// SPDX-License-Identifier: GPL-3.0-or-later
// What is dropped on the week; the rest of it is in week_grid.cpp.
#include "ui/calendar/calendar_words.h"
#include "ui/calendar/week_grid.h"

#include <QDateTime>
#include <QDropEvent>

namespace outrider::calendar {

void WeekGrid::dragEnterEvent(QDragEnterEvent* event) {
    if (qobject_cast<const TaskDrag*>(event->mimeData()) != nullptr)
        event->acceptProposedAction();
}

void WeekGrid::dragMoveEvent(QDragMoveEvent* event) {
    const auto* what = qobject_cast<const TaskDrag*>(event->mimeData());
    const QPoint at = event->position().toPoint();
    m_target = placeAt(at);
    const bool isPast =
        m_target.day < 0 || !m_dates || momentOf(m_days[std::size_t(m_target.day)].date, m_target.minute, *m_dates) <= m_now;
    if (what == nullptr || m_target.day < 0) {
        endDrop();
        event->ignore();
        return;
    }
    const CalendarDay& day = m_days[std::size_t(m_target.day)];
    m_hint->showAt(at,
                   isPast ? tr("That is past") : dropText(day, m_target.minute, what->block, what->hours, m_mailCap, *m_dates));
    if (isPast) {
        m_target = {};
        event->ignore();
    } else {
        event->acceptProposedAction();
    }
    update();
}

void WeekGrid::dragLeaveEvent(QDragLeaveEvent*) { endDrop(); }

void WeekGrid::endDrop() {
    m_target = {};
    m_hint->hide();
    update();
}

void WeekGrid::dropEvent(QDropEvent* event) {
    const auto* what = qobject_cast<const TaskDrag*>(event->mimeData());
    const Place place = placeAt(event->position().toPoint());
    endDrop();
    if (what == nullptr || place.day < 0 || !m_dates)
        return;
    event->acceptProposedAction();
    const QDate from = m_dates->local(what->block.stretch.from).date();
    const CalendarShift shift{.days = int(from.daysTo(toQDate(m_days[std::size_t(place.day)].date))),
                              .minutes = place.minute - what->block.minute};
    if (shift.days != 0 || shift.minutes != 0)
        Q_EMIT dropped(what->choice, shift);
}

} // namespace outrider::calendar
