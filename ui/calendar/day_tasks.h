// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_blocks.h"

#include <QAbstractListModel>
#include <QListView>

#include <vector>

namespace outrider::calendar {

// The tasks of a day, or of one block of it, a page at a time.
class DayTasksModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setDates(const text::Dates& dates) { m_dates = dates; }
    void clear();
    void append(CalendarTasks page); // the first, or the next one
    const QueueItem* item(int row) const;
    int rowOf(TaskId task) const;
    const std::optional<CalendarCursor>& next() const { return m_next; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override { return !parent.isValid() && m_next && !m_asked; }
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void moreWanted(); // append() answers

private:
    std::vector<QueueItem> m_items;
    std::optional<CalendarCursor> m_next;
    std::optional<text::Dates> m_dates;
    bool m_asked = false;
};

// Their list: time, channel, lead, company. Several can be selected; they can be dragged to another day.
class DayTasks : public QListView {
    Q_OBJECT

public:
    explicit DayTasks(QWidget* parent = nullptr);

    DayTasksModel* tasks() const { return m_model; }
    const QueueItem* current() const;
    std::vector<TaskId> selected() const;
    // What the hours of the current task are, for a drag.
    void setHours(const std::optional<TaskHours>& hours) { m_hours = hours; }

Q_SIGNALS:
    void currentTaskChanged();
    void taskActivated();

protected:
    void startDrag(Qt::DropActions actions) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyboardSearch(const QString& search) override; // letters are keys of the page
    void changeEvent(QEvent* event) override;

private:
    DayTasksModel* m_model;
    std::optional<TaskHours> m_hours;
};

} // namespace outrider::calendar
