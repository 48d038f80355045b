// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_tasks.h"

#include "ui/calendar/drop_hint.h"
#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>

#include <algorithm>

namespace outrider::calendar {

using text::toQt;
using theme::TextStyle;

namespace {

class TaskDelegate : public QStyledItemDelegate {
public:
    explicit TaskDelegate(DayTasks* view) : QStyledItemDelegate(view), m_view(view) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, theme::tokens(m_view).size.row}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const theme::Tokens& t = theme::tokens(m_view);
        const QueueItem* item = m_view->tasks()->item(index.row());
        if (item == nullptr)
            return;
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        paint::drawRow(painter, t, option.rect,
                       {.hover = option.state.testFlag(QStyle::State_MouseOver),
                        .selected = selected,
                        .current = index == m_view->currentIndex(),
                        .listHasFocus = m_view->hasFocus()});
        const bool loud = selected && m_view->hasFocus();
        const QRect row = option.rect.adjusted(t.space.l, 0, -t.space.m, 0);
        const auto place = [&](int x, int w) {
            return QStyle::visualRect(option.direction, row, QRect(row.left() + x, row.top(), std::max(0, w), row.height()));
        };
        const int time = paint::textWidth(t, TextStyle::Body, QStringLiteral("00:00")) + t.size.focus;
        paint::drawText(painter, t, place(0, time),
                        {.text = index.data(Qt::DisplayRole).toString(), .color = t.onRow(t.color.muted, loud)});
        int x = time + t.space.s;
        const QRect icon = place(x, t.size.icon);
        theme::paintIcon(painter, QStyle::alignedRect(option.direction, Qt::AlignCenter, {t.size.icon, t.size.icon}, icon),
                         paint::channelIcon(item->channel), t.onRow(t.color.muted, loud));
        x += t.size.icon + t.space.s;
        const QString name = toQt(item->leadName);
        const int room = row.width() - x;
        const int wanted = std::min(paint::textWidth(t, TextStyle::BodyStrong, name) + t.size.focus, room);
        paint::drawText(painter, t, place(x, wanted),
                        {.text = name, .style = TextStyle::BodyStrong, .color = t.onRow(t.color.text, loud)});
        x += wanted + t.space.s;
        if (row.width() - x > 2 * t.space.xl)
            paint::drawText(painter, t, place(x, row.width() - x),
                            {.text = toQt(item->companyName), .color = t.onRow(t.color.muted, loud)});
    }

private:
    DayTasks* m_view;
};

} // namespace

void DayTasksModel::clear() {
    beginResetModel();
    m_items.clear();
    m_next.reset();
    m_asked = false;
    endResetModel();
}

void DayTasksModel::append(CalendarTasks page) {
    m_asked = false;
    m_next = page.next;
    if (page.items.empty())
        return;
    const int from = int(m_items.size());
    beginInsertRows({}, from, from + int(page.items.size()) - 1);
    m_items.insert(m_items.end(), std::make_move_iterator(page.items.begin()), std::make_move_iterator(page.items.end()));
    endInsertRows();
}

const QueueItem* DayTasksModel::item(int row) const {
    return row >= 0 && row < int(m_items.size()) ? &m_items[std::size_t(row)] : nullptr;
}

int DayTasksModel::rowOf(TaskId task) const {
    const auto found = std::ranges::find(m_items, task, &QueueItem::task);
    return found == m_items.end() ? -1 : int(found - m_items.begin());
}

int DayTasksModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_items.size()); }

QVariant DayTasksModel::data(const QModelIndex& index, int role) const {
    const QueueItem* one = item(index.row());
    if (one == nullptr || !m_dates)
        return {};
    if (role == Qt::DisplayRole)
        return m_dates->time(one->dueAt);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        QStringList parts{m_dates->time(one->dueAt), text::channelName(one->channel), toQt(one->leadName),
                          toQt(one->companyName)};
        parts << (one->stepCount > 0 ? toQt(one->strategyName) : toQt(one->title));
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

void DayTasksModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent))
        return;
    m_asked = true;
    Q_EMIT moreWanted();
}

DayTasks::DayTasks(QWidget* parent) : QListView(parent), m_model(new DayTasksModel(this)) {
    setModel(m_model);
    setItemDelegate(new TaskDelegate(this));
    setAccessibleName(tr("Tasks of the day"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setDragEnabled(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QListView::doubleClicked, this, &DayTasks::taskActivated);
}

const QueueItem* DayTasks::current() const { return m_model->item(currentIndex().row()); }

std::vector<TaskId> DayTasks::selected() const {
    std::vector<TaskId> ids;
    for (const QModelIndex& index : selectionModel()->selectedIndexes()) {
        if (const QueueItem* item = m_model->item(index.row()))
            ids.push_back(item->task);
    }
    if (ids.empty() && current() != nullptr)
        ids.push_back(current()->task);
    return ids;
}

void DayTasks::startDrag(Qt::DropActions) {
    const QueueItem* item = current();
    if (item == nullptr)
        return;
    const std::vector<TaskId> ids = selected();
    const Instant due = item->dueAt;
    Block block{.channel = item->channel,
                .count = int(ids.size()),
                .stretch = {.from = due, .to = due + Millis(1), .channel = item->channel},
                .only = *item};
    const QTime time = QTime::fromString(m_model->data(currentIndex(), Qt::DisplayRole).toString(), QStringLiteral("HH:mm"));
    block.minute = time.hour() * 60 + time.minute();
    auto* what = new TaskDrag({.tasks = ids, .stretches = {}}, block);
    what->hours = ids.size() == 1 ? m_hours : std::nullopt;
    const QRect row = visualRect(currentIndex());
    runDrag(this, what, viewport()->grab(row), QPoint(theme::tokens(this).space.l, row.height() / 2));
}

void DayTasks::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    Q_EMIT currentTaskChanged();
}

void DayTasks::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && current() != nullptr) {
        Q_EMIT taskActivated();
        event->accept();
        return;
    }
    QListView::keyPressEvent(event);
}

void DayTasks::keyboardSearch(const QString&) {}

void DayTasks::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange)
        scheduleDelayedItemsLayout();
    QListView::changeEvent(event);
}

} // namespace outrider::calendar
