// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/queue_view.h"

#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"

#include <QHeaderView>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace outrider::today {

using theme::TextStyle;

namespace {

// At 100 %; "why now" takes the rest, but not less than this.
constexpr int dueWidth = 52;
constexpr int scoreWidth = 32;
constexpr int whyAtLeast = 220;
constexpr int companyAtLeast = 64; // else it is left out

bool isRight(int column) { return column == QueueModel::Due || column == QueueModel::Score; }

// Space before and after a column's content.
QMargins paddingOf(int column, const theme::Tokens& t, Qt::LayoutDirection direction) {
    const int lead = column == QueueModel::Channel ? t.space.l : 0;
    const int trail = column == QueueModel::Score ? t.space.l : t.space.m;
    return direction == Qt::LeftToRight ? QMargins(lead, 0, trail, 0) : QMargins(trail, 0, lead, 0);
}

class Heights : public QStyledItemDelegate {
public:
    explicit Heights(const QueueView* view) : QStyledItemDelegate(const_cast<QueueView*>(view)), m_view(view) {}
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        return {0, index.parent().isValid() ? theme::tokens(m_view).size.row : m_view->groupHeight()};
    }

private:
    const QueueView* m_view;
};

class Header : public QHeaderView {
public:
    explicit Header(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {}
    QSize sizeHint() const override { return {0, theme::tokens(this).size.tableHeader}; }

protected:
    void paintEvent(QPaintEvent* event) override {
        QHeaderView::paintEvent(event);
        QPainter painter(viewport());
        const theme::Tokens& t = theme::tokens(this);
        const int line = t.size.hairline;
        painter.fillRect(QRect(0, viewport()->height() - line, viewport()->width(), line), t.color.line);
    }
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        const theme::Tokens& t = theme::tokens(this);
        painter->fillRect(rect, t.color.surface);
        QRect place = rect.marginsRemoved(paddingOf(section, t, layoutDirection()));
        if (isRight(section)) // a short number under a longer word
            place =
                layoutDirection() == Qt::LeftToRight ? place.adjusted(-t.space.m, 0, 0, 0) : place.adjusted(0, 0, t.space.m, 0);
        paint::drawText(painter, t, place,
                        {.text = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString(),
                         .style = TextStyle::MetaStrong,
                         .color = t.color.muted,
                         .alignment = isRight(section) ? Qt::AlignTrailing : Qt::AlignLeading});
    }
};

} // namespace

// The header of the group whose rows are at the top, while its own is scrolled away.
class QueueView::Sticky : public QWidget {
public:
    explicit Sticky(QueueView* view) : QWidget(view), m_view(view) { setAttribute(Qt::WA_OpaquePaintEvent); }
    QPersistentModelIndex group;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), theme::tokens(this).color.surface);
        if (group.isValid())
            m_view->paintGroup(&painter, QRect(0, height() - m_view->groupHeight(), width(), m_view->groupHeight()), group);
        const int line = theme::tokens(this).size.hairline;
        painter.fillRect(QRect(0, height() - line, width(), line), theme::tokens(this).color.line);
    }
    void mousePressEvent(QMouseEvent* event) override {
        if (!group.isValid())
            return;
        const QModelIndex clicked = group;
        m_view->clickGroup(clicked, event->pos().x());
        m_view->scrollTo(clicked, QAbstractItemView::PositionAtTop);
    }

private:
    QueueView* m_view;
};

QueueView::QueueView(QWidget* parent) : QTreeView(parent), m_sticky(new Sticky(this)) {
    setAccessibleName(tr("Today table"));
    auto* header = new Header(this);
    setHeader(header);
    header->setMinimumSectionSize(0);
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    setItemDelegate(new Heights(this));
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(0);
    setExpandsOnDoubleClick(false);
    setAllColumnsShowFocus(true);
    setSelectionMode(SingleSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    m_sticky->hide();
    connect(this, &QTreeView::expanded, this, [this] { openGroups(); });
    connect(this, &QTreeView::collapsed, this, [this] { openGroups(); });
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int size) { dragged(column, size); });
}

void QueueView::setQueueModel(QueueModel* model) {
    m_model = model;
    setModel(model);
    for (const int fixed : {QueueModel::Channel, QueueModel::Due, QueueModel::Score})
        header()->setSectionResizeMode(fixed, QHeaderView::Fixed);
    header()->setSectionResizeMode(QueueModel::Why, QHeaderView::Stretch);
    applySizes();
}

void QueueView::applySizes() {
    if (m_model == nullptr)
        return;
    const theme::Tokens& t = theme::tokens(this);
    m_applying = true;
    header()->resizeSection(QueueModel::Channel, t.space.l + t.size.icon + t.space.m);
    header()->resizeSection(QueueModel::Due, qRound(dueWidth * t.scale) + t.space.m);
    header()->resizeSection(QueueModel::Score, qRound(scoreWidth * t.scale) + t.space.l);
    m_applying = false;
    makeRoom();
    doItemsLayout();
}

// The company gives way before the name, so that the reason can be read.
void QueueView::makeRoom() {
    if (m_model == nullptr || m_applying)
        return;
    const theme::Tokens& t = theme::tokens(this);
    const auto width = [&](int column) { return header()->sectionSize(column); };
    const int rest = viewport()->width() - width(QueueModel::Channel) - width(QueueModel::Due) - width(QueueModel::Score)
                     - qRound(whyAtLeast * t.scale);
    const int usualLead = qRound(m_leadWidth * t.scale) + t.space.m;
    const int lead = std::clamp(rest, usualLead / 2, usualLead);
    const int company = std::min(rest - lead, qRound(m_companyWidth * t.scale) + t.space.m);
    m_applying = true;
    header()->resizeSection(QueueModel::Lead, lead);
    header()->resizeSection(QueueModel::Company, company < qRound(companyAtLeast * t.scale) ? 0 : company);
    m_applying = false;
}

QString QueueView::columnWidths() const { return QStringLiteral("%1 %2").arg(m_leadWidth).arg(m_companyWidth); }

void QueueView::setColumnWidths(const QString& widths) {
    const QStringList parts = widths.split(QLatin1Char(' '));
    if (parts.size() != 2)
        return;
    constexpr int least = 48;
    constexpr int most = 480;
    m_leadWidth = std::clamp(parts[0].toInt(), least, most);
    m_companyWidth = std::clamp(parts[1].toInt(), least, most);
    makeRoom();
}

void QueueView::dragged(int column, int size) {
    viewport()->update();
    const theme::Tokens& t = theme::tokens(this);
    if (m_applying || (column != QueueModel::Lead && column != QueueModel::Company))
        return;
    (column == QueueModel::Lead ? m_leadWidth : m_companyWidth) = qRound((size - t.space.m) / t.scale);
    Q_EMIT columnWidthsChanged();
}

int QueueView::groupHeight() const { return theme::tokens(this).size.groupHeader; }

std::optional<TaskId> QueueView::currentTask() const {
    const auto* row = m_model->rowAt(currentIndex());
    return row == nullptr ? std::nullopt : std::optional(row->item.task);
}

void QueueView::setCurrentTask(TaskId task) {
    if (const QModelIndex index = m_model->indexOf(task); index.isValid()) {
        setCurrentIndex(index);
        scrollTo(index);
    }
}

QModelIndex QueueView::nextTask(QModelIndex from, int direction) const {
    for (QModelIndex index = from;;) {
        index = direction > 0 ? indexBelow(index) : indexAbove(index);
        if (!index.isValid() || m_model->rowAt(index) != nullptr)
            return index;
    }
}

void QueueView::moveBy(int direction) {
    const QModelIndex next = currentIndex().isValid() ? nextTask(currentIndex(), direction) : m_model->firstTask();
    if (next.isValid())
        setCurrentIndex(next);
}

QModelIndex QueueView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) {
    const QModelIndex index = QTreeView::moveCursor(action, modifiers);
    // Open headers are stepped over; a closed one is the only way into its group.
    if ((action == MoveUp || action == MoveDown) && index.isValid() && m_model->rowAt(index) == nullptr
        && isExpanded(index.siblingAtColumn(0))) {
        const QModelIndex next = nextTask(index, action == MoveDown ? 1 : -1);
        return next.isValid() ? next : currentIndex();
    }
    return index;
}

void QueueView::keyboardSearch(const QString&) {}

QString QueueView::closedGroups() const { return m_closed.join(QLatin1Char(',')); }

void QueueView::setClosedGroups(const QString& ids) {
    m_closed = ids.split(QLatin1Char(','), Qt::SkipEmptyParts);
    m_restoring = true;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex group = m_model->index(row, 0);
        setExpanded(group, !m_closed.contains(QString::number(m_model->groupId(group))));
    }
    m_restoring = false;
}

void QueueView::rowsInserted(const QModelIndex& parent, int start, int end) {
    QTreeView::rowsInserted(parent, start, end);
    if (parent.isValid() && m_model != nullptr && !isExpanded(parent)
        && !m_closed.contains(QString::number(m_model->groupId(parent)))) {
        m_restoring = true;
        expand(parent);
        m_restoring = false;
    }
}

// Remembers what is closed now; groups that are not there keep what they were.
void QueueView::openGroups() {
    placeSticky();
    if (m_restoring)
        return;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex group = m_model->index(row, 0);
        const QString id = QString::number(m_model->groupId(group));
        m_closed.removeAll(id);
        if (!isExpanded(group))
            m_closed << id;
    }
    Q_EMIT closedGroupsChanged();
}

QRect QueueView::cell(int column, const QRect& row) const {
    return QRect(header()->sectionViewportPosition(column), row.top(), header()->sectionSize(column), row.height())
        .marginsRemoved(paddingOf(column, theme::tokens(this), layoutDirection()));
}

void QueueView::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const theme::Tokens& t = theme::tokens(this);
    const QRect rect(0, option.rect.top(), viewport()->width(), option.rect.height());
    const bool isCurrent = index.siblingAtColumn(0) == currentIndex().siblingAtColumn(0);
    const bool hover = m_hover.isValid() && index.siblingAtColumn(0) == m_hover;
    const auto* row = m_model->rowAt(index);
    if (row == nullptr && !isCurrent) {
        paintGroup(painter, rect, index);
        return;
    }
    paint::drawRow(painter, t, rect, {.hover = hover, .selected = isCurrent, .current = isCurrent, .listHasFocus = hasFocus()});
    if (row == nullptr) {
        paintGroup(painter, rect, index);
        return;
    }
    const auto ink = [&, filled = isCurrent && hasFocus()](const QColor& color) { return t.onRow(color, filled); };
    QRect icon = cell(QueueModel::Channel, rect);
    icon = QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, QSize(t.size.icon, t.size.icon), icon);
    theme::paintIcon(painter, icon, paint::channelIcon(row->item.channel), ink(t.color.muted));
    paint::drawText(painter, t, cell(QueueModel::Lead, rect),
                    {.text = row->lead, .style = TextStyle::BodyStrong, .color = ink(t.color.text)});
    paint::drawText(painter, t, cell(QueueModel::Company, rect), {.text = row->company, .color = ink(t.color.muted)});
    paint::drawText(painter, t, cell(QueueModel::Why, rect), {.text = row->why, .color = ink(t.color.text)});
    paint::drawText(
        painter, t, cell(QueueModel::Due, rect),
        {.text = row->due, .color = ink(row->item.overdue ? t.color.danger : t.color.muted), .alignment = Qt::AlignTrailing});
    paint::drawText(painter, t, cell(QueueModel::Score, rect),
                    {.text = row->score, .color = ink(t.color.muted), .alignment = Qt::AlignTrailing});
}

void QueueView::paintGroup(QPainter* painter, const QRect& rect, const QModelIndex& group) const {
    const theme::Tokens& t = theme::tokens(this);
    const bool filled = hasFocus() && group == currentIndex().siblingAtColumn(0);
    const auto ink = [&t, filled](const QColor& color) { return t.onRow(color, filled); };
    const Qt::LayoutDirection direction = layoutDirection();
    const auto place = [&](int x, int width) {
        return QStyle::visualRect(direction, rect, QRect(rect.left() + x, rect.top(), width, rect.height()));
    };
    int x = t.space.l;
    const QRect chevron = QStyle::alignedRect(direction, Qt::AlignCenter, QSize(t.size.icon, t.size.icon), place(x, t.size.icon));
    theme::paintIcon(painter, chevron,
                     isExpanded(group)              ? theme::Icon::ChevronDown
                     : direction == Qt::RightToLeft ? theme::Icon::ChevronLeft
                                                    : theme::Icon::ChevronRight,
                     ink(t.color.muted));
    x += t.size.icon + t.space.s;
    const QString title = m_model->groupTitle(group);
    const int titleWidth = paint::textWidth(t, TextStyle::Section, title);
    paint::drawText(painter, t, place(x, titleWidth), {.text = title, .style = TextStyle::Section, .color = ink(t.color.text)});
    x += titleWidth + t.space.s;
    const QString count = QLocale().toString(m_model->groupCount(group));
    paint::drawText(painter, t, place(x, paint::textWidth(t, TextStyle::Meta, count)),
                    {.text = count, .style = TextStyle::Meta, .color = ink(t.color.muted)});
    if (const QRect link = linkRect(rect, group); link.isValid())
        paint::drawText(
            painter, t, link,
            {.text = tr("Catch up…"), .style = TextStyle::Meta, .color = ink(t.color.accent), .alignment = Qt::AlignTrailing});
}

QRect QueueView::linkRect(const QRect& row, const QModelIndex& group) const {
    if (m_model->groupId(group) != QueueModel::overdueGroup)
        return {};
    const theme::Tokens& t = theme::tokens(this);
    const int width = paint::textWidth(t, TextStyle::Meta, tr("Catch up…"));
    return QStyle::visualRect(layoutDirection(), row, QRect(row.right() + 1 - t.space.l - width, row.top(), width, row.height()));
}

void QueueView::clickGroup(const QModelIndex& group, int x) {
    const QRect link = linkRect(QRect(0, 0, viewport()->width(), groupHeight()), group);
    if (link.isValid() && x >= link.left() && x <= link.right())
        Q_EMIT catchUpClicked();
    else
        setExpanded(group, !isExpanded(group));
}

void QueueView::mousePressEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && m_model->rowAt(index) == nullptr) {
        if (event->button() == Qt::LeftButton)
            clickGroup(index.siblingAtColumn(0), event->pos().x());
        return;
    }
    QTreeView::mousePressEvent(event);
}

void QueueView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && m_model->rowAt(index) != nullptr)
        Q_EMIT taskActivated();
}

void QueueView::mouseMoveEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos()).siblingAtColumn(0);
    if (index != m_hover) {
        m_hover = index;
        viewport()->update();
    }
    QTreeView::mouseMoveEvent(event);
}

bool QueueView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave && m_hover.isValid()) {
        m_hover = QModelIndex();
        viewport()->update();
    }
    return QTreeView::viewportEvent(event);
}

void QueueView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    viewport()->update();
    // Keeps the row clear of the sticky header.
    if (m_sticky->isVisible() && current.isValid() && m_model->rowAt(current) != nullptr) {
        const int hidden = m_sticky->height() - visualRect(current).top();
        if (hidden > 0 && visualRect(current).top() >= 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() - hidden);
    }
    if (current.siblingAtColumn(0) != previous.siblingAtColumn(0))
        Q_EMIT currentTaskChanged();
}

void QueueView::focusInEvent(QFocusEvent* event) {
    QTreeView::focusInEvent(event);
    viewport()->update();
}

void QueueView::focusOutEvent(QFocusEvent* event) {
    QTreeView::focusOutEvent(event);
    viewport()->update();
}

void QueueView::scrollContentsBy(int dx, int dy) {
    QTreeView::scrollContentsBy(dx, dy);
    placeSticky();
}

void QueueView::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    makeRoom();
    placeSticky();
}

void QueueView::updateGeometries() {
    QTreeView::updateGeometries();
    placeSticky();
}

void QueueView::changeEvent(QEvent* event) {
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applySizes();
}

void QueueView::placeSticky() {
    QModelIndex group = indexAt(QPoint(0, 0));
    if (group.parent().isValid())
        group = group.parent();
    group = group.siblingAtColumn(0);
    const QRect own = group.isValid() ? visualRect(group) : QRect();
    if (!group.isValid() || own.top() >= 0 || verticalScrollBar()->value() == 0) {
        m_sticky->hide();
        return;
    }
    const QRect area = viewport()->geometry();
    int height = groupHeight();
    if (const QModelIndex next = m_model->index(group.row() + 1, 0); next.isValid()) // pushed out by the next one
        height = std::clamp(visualRect(next).top(), 0, height);
    m_sticky->group = group;
    m_sticky->setGeometry(area.left(), area.top(), area.width(), height);
    m_sticky->show();
    m_sticky->raise();
    m_sticky->update();
}

} // namespace outrider::today
