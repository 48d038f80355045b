// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queue.h"
#include "ui/text/dates.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <vector>

namespace outrider::today {

// Today's queue as a tree: groups (overdue, then a channel each), tasks in them. A group is there only
// while it has tasks. Texts are made once, when the queue is set, so that painting only reads them.
class QueueModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Channel, Lead, Company, Why, Due, Score, ColumnCount };
    // What a row is, for painting.
    struct Row {
        QueueItem item;
        QString lead;
        QString company;
        QString why;
        QString due;
        QString score;
    };

    explicit QueueModel(QObject* parent = nullptr);
    ~QueueModel() override;

    // `counts`: of everything due, also of what was not read; none while a filter is on. Rows that stay
    // keep their place: the view's current row, scroll position and open groups survive.
    void setQueue(const std::vector<QueueItem>& items, const std::optional<QueueCounts>& counts, const text::Dates& dates);

    const Row* rowAt(const QModelIndex& index) const; // nullptr: a group
    QModelIndex indexOf(TaskId task) const;
    QModelIndex firstTask() const;
    int taskCount() const;

    // Of a group's index.
    static constexpr int overdueGroup = -1;
    int groupId(const QModelIndex& index) const; // overdueGroup, or the channel's number
    QString groupTitle(const QModelIndex& index) const;
    int groupCount(const QModelIndex& index) const; // also beyond the rows

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group;
    Group* groupOf(const QModelIndex& index) const;
    int rowOf(const Group* group) const;
    void setRows(Group& group, std::vector<Row> rows);

    std::vector<std::unique_ptr<Group>> m_groups;
};

} // namespace outrider::today
