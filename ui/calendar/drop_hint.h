// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_blocks.h"

#include <QLabel>
#include <QMimeData>
#include <QPixmap>

namespace outrider::calendar {

// What is being dragged: tasks, and where they come from.
class TaskDrag : public QMimeData {
    Q_OBJECT

public:
    TaskDrag(CalendarChoice tasks, Block from) : choice(std::move(tasks)), block(std::move(from)) {}

    const CalendarChoice choice;
    const Block block; // of the one that is under the pointer
    std::optional<TaskHours> hours;
};

// Runs the drag of `what` from `from` until it is dropped or Esc was pressed; owns it from here on.
void runDrag(QWidget* from, TaskDrag* what, const QPixmap& picture, const QPoint& hotSpot);

// A dark label beside the pointer that says what dropping means.
class DropHint : public QWidget {
    Q_OBJECT

public:
    explicit DropHint(QWidget* parent);
    void showAt(const QPoint& pointer, const QString& text);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

} // namespace outrider::calendar
