// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/queue_model.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/task_words.h"

#include <QLocale>

#include <algorithm>
#include <map>
#include <unordered_set>

namespace outrider::today {

struct QueueModel::Group {
    int id = overdueGroup;
    int count = 0;
    std::vector<Row> rows;
};

namespace {

// More single changes than this are told as a reset.
constexpr std::size_t stepwise = 256;

} // namespace

QueueModel::QueueModel(QObject* parent) : QAbstractItemModel(parent) {}
QueueModel::~QueueModel() = default;

void QueueModel::setQueue(const std::vector<QueueItem>& items, const std::optional<QueueCounts>& counts,
                          const text::Dates& dates) {
    std::map<int, std::vector<Row>> rows; // by group, in the order of the groups
    for (const QueueItem& item : items) {
        const int id = item.overdue ? overdueGroup : int(item.channel);
        rows[id].push_back({.item = item,
                            .lead = text::toQt(item.leadName),
                            .company = text::toQt(item.companyName),
                            .why = whyNow(item, dates),
                            .due = dates.brief(item.dueAt),
                            .score = QLocale().toString(item.score)});
    }
    for (int row = int(m_groups.size()) - 1; row >= 0; --row) {
        if (rows.contains(m_groups[std::size_t(row)]->id))
            continue;
        beginRemoveRows({}, row, row);
        m_groups.erase(m_groups.begin() + row);
        endRemoveRows();
    }
    int row = 0;
    for (auto& [id, its] : rows) {
        if (row == int(m_groups.size()) || m_groups[std::size_t(row)]->id != id) {
            beginInsertRows({}, row, row);
            m_groups.insert(m_groups.begin() + row, std::make_unique<Group>(Group{.id = id, .count = 0, .rows = {}}));
            endInsertRows();
        }
        Group& group = *m_groups[std::size_t(row)];
        const int all = !counts ? 0 : id == overdueGroup ? counts->overdue : counts->byChannel.at(std::size_t(id));
        group.count = std::max(all, int(its.size()));
        setRows(group, std::move(its));
        const QModelIndex at = index(row, 0);
        Q_EMIT dataChanged(at, at);
        ++row;
    }
}

void QueueModel::setRows(Group& group, std::vector<Row> rows) {
    const QModelIndex parent = index(rowOf(&group), 0);
    const auto idOf = [](const Row& row) { return row.item.task; };
    std::unordered_set<TaskId> wanted;
    for (const Row& row : rows)
        wanted.insert(row.item.task);
    std::unordered_set<TaskId> had;
    for (const Row& row : group.rows)
        had.insert(row.item.task);
    const auto gone = std::size_t(std::ranges::count_if(group.rows, [&](const Row& row) { return !wanted.contains(idOf(row)); }));
    const auto fresh = std::size_t(std::ranges::count_if(rows, [&](const Row& row) { return !had.contains(idOf(row)); }));
    if (gone + fresh > stepwise) {
        if (!group.rows.empty()) {
            beginRemoveRows(parent, 0, int(group.rows.size()) - 1);
            group.rows.clear();
            endRemoveRows();
        }
        beginInsertRows(parent, 0, int(rows.size()) - 1);
        group.rows = std::move(rows);
        endInsertRows();
        return;
    }
    for (int i = int(group.rows.size()) - 1; i >= 0; --i) {
        if (wanted.contains(group.rows[std::size_t(i)].item.task))
            continue;
        beginRemoveRows(parent, i, i);
        group.rows.erase(group.rows.begin() + i);
        endRemoveRows();
    }
    for (int i = 0; i < int(rows.size()); ++i) {
        Row& row = rows[std::size_t(i)];
        const auto from =
            std::find_if(group.rows.begin() + i, group.rows.end(), [&](const Row& r) { return r.item.task == row.item.task; });
        if (from == group.rows.end()) {
            beginInsertRows(parent, i, i);
            group.rows.insert(group.rows.begin() + i, std::move(row));
            endInsertRows();
            continue;
        }
        if (const int at = int(from - group.rows.begin()); at != i) {
            beginMoveRows(parent, at, at, parent, i);
            std::rotate(group.rows.begin() + i, from, from + 1);
            endMoveRows();
        }
        group.rows[std::size_t(i)] = std::move(row);
    }
    if (!group.rows.empty())
        Q_EMIT dataChanged(index(0, 0, parent), index(int(group.rows.size()) - 1, ColumnCount - 1, parent));
}

const QueueModel::Row* QueueModel::rowAt(const QModelIndex& index) const {
    if (!index.isValid() || index.internalPointer() == nullptr)
        return nullptr;
    const auto& rows = static_cast<Group*>(index.internalPointer())->rows;
    return std::size_t(index.row()) < rows.size() ? &rows[std::size_t(index.row())] : nullptr;
}

QModelIndex QueueModel::indexOf(TaskId task) const {
    for (const auto& group : m_groups) {
        for (std::size_t i = 0; i < group->rows.size(); ++i) {
            if (group->rows[i].item.task == task)
                return createIndex(int(i), Lead, group.get());
        }
    }
    return {};
}

QModelIndex QueueModel::firstTask() const {
    return m_groups.empty() ? QModelIndex() : createIndex(0, Lead, m_groups.front().get());
}

int QueueModel::taskCount() const {
    int sum = 0;
    for (const auto& group : m_groups)
        sum += group->count;
    return sum;
}

QueueModel::Group* QueueModel::groupOf(const QModelIndex& index) const {
    return index.isValid() && index.internalPointer() == nullptr ? m_groups[std::size_t(index.row())].get() : nullptr;
}

int QueueModel::rowOf(const Group* group) const {
    const auto found = std::ranges::find_if(m_groups, [group](const auto& each) { return each.get() == group; });
    return int(found - m_groups.begin());
}

int QueueModel::groupId(const QModelIndex& index) const {
    const Group* group = groupOf(index);
    return group != nullptr ? group->id : overdueGroup;
}

QString QueueModel::groupTitle(const QModelIndex& index) const {
    const Group* group = groupOf(index);
    if (group == nullptr)
        return {};
    if (group->id == overdueGroup)
        return tr("Overdue");
    return group->id == int(outrider::Channel::Call) ? tr("Calls") : text::channelName(outrider::Channel(group->id));
}

int QueueModel::groupCount(const QModelIndex& index) const {
    const Group* group = groupOf(index);
    return group != nullptr ? group->count : 0;
}

QModelIndex QueueModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    return createIndex(row, column, groupOf(parent));
}

QModelIndex QueueModel::parent(const QModelIndex& index) const {
    const auto* group = static_cast<const Group*>(index.internalPointer());
    return group == nullptr ? QModelIndex() : createIndex(rowOf(group), 0, static_cast<void*>(nullptr));
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return int(m_groups.size());
    const Group* group = parent.column() == 0 ? groupOf(parent) : nullptr;
    return group != nullptr ? int(group->rows.size()) : 0;
}

int QueueModel::columnCount(const QModelIndex&) const { return ColumnCount; }

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    if (const Group* group = groupOf(index)) {
        if (index.column() != 0 || role == Qt::ToolTipRole)
            return {};
        const QString title = groupTitle(index);
        return role == Qt::AccessibleTextRole ? tr("%1, %2").arg(title, text::counted(group->count, tr("task"), tr("tasks")))
                                              : title;
    }
    const Row* row = rowAt(index);
    if (row == nullptr)
        return {};
    switch (index.column()) {
    case Channel:
        return text::channelName(row->item.channel);
    case Lead:
        return row->lead;
    case Company:
        return row->company;
    case Why:
        return row->why;
    case Due:
        return role == Qt::AccessibleTextRole && row->item.overdue ? tr("late, due %1").arg(row->due) : row->due;
    case Score:
        return row->score;
    default:
        return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    switch (section) {
    case Channel:
        return role == Qt::AccessibleTextRole ? tr("Channel") : QString();
    case Lead:
        return tr("Lead");
    case Company:
        return tr("Company");
    case Why:
        return tr("Why now");
    case Due:
        return tr("Due");
    case Score:
        return tr("Score");
    default:
        return {};
    }
}

} // namespace outrider::today
