// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/week_view.h"

#include "ui/widgets/basics.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::calendar {

WeekView::WeekView(QWidget* parent)
    : QWidget(parent),
      m_grid(new WeekGrid),
      m_head(new WeekHead(m_grid)),
      m_scroll(new QScrollArea) {
    auto* column = widgets::column(this, 0);
    column->addWidget(m_head);
    column->addWidget(m_scroll, 1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // the columns stay under their heads
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_grid);
    connect(m_head, &WeekHead::dayClicked, this, [this](int day) {
        m_grid->setFocus(Qt::MouseFocusReason);
        m_grid->setCurrentDay(day);
    });
    connect(m_grid, &WeekGrid::currentChanged, this, &WeekView::showCurrent);
}

void WeekView::setWeek(std::vector<CalendarDay> days, const std::vector<CalendarTasks>& firstTasks, std::chrono::sys_days today,
                       Instant now, int mailCap, const text::Dates& dates) {
    m_head->setWeek(days, today, mailCap);
    std::vector<Block> blocks = blocksOf(days, firstTasks, now, mailCap, dates);
    m_grid->setWeek(std::move(days), std::move(blocks), now, mailCap, dates);
    if (!m_scrolled && isVisible()) {
        m_scrolled = true;
        m_scroll->verticalScrollBar()->setValue(m_grid->workStart());
    }
}

void WeekView::showCurrent() {
    m_head->setCurrentDay(m_grid->currentDay());
    if (!m_grid->hasFocus())
        return;
    const QRect place = m_grid->currentRect();
    m_scroll->ensureVisible(place.center().x(), place.center().y(), 0, m_grid->hourHeight());
}

void WeekView::resizeEvent(QResizeEvent*) { m_head->update(); }

void WeekView::showEvent(QShowEvent*) {
    if (m_scrolled)
        return;
    m_scroll->verticalScrollBar()->setValue(m_grid->workStart());
}

} // namespace outrider::calendar
