// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/lead_table.h"

#include "ui/leads/cell_delegate.h"
#include "ui/leads/lead_header.h"
#include "ui/theme/tokens.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace outrider::leads {

using models::LeadColumn;

LeadTable::LeadTable(models::LeadListModel* list, models::LeadTicks* ticks, QWidget* parent)
    : QTableView(parent),
      m_list(list),
      m_ticks(ticks),
      m_header(new LeadHeader(this)),
      m_anchorWidget(new QWidget(viewport())) {
    setAccessibleName(tr("Leads table"));
    m_anchorWidget->setAttribute(Qt::WA_TransparentForMouseEvents);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    viewport()->setMouseTracking(true);
    setHorizontalHeader(m_header);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setItemDelegate(new CellDelegate(this));
    m_list->setTicked([this](LeadId id) { return m_ticks->contains(id); });
    setModel(m_list);

    connect(m_list, &QAbstractItemModel::modelReset, this, &LeadTable::onReset);
    connect(m_list, &models::LeadListModel::rowsRead, this, &LeadTable::onRowsRead);
    connect(m_list, &models::LeadListModel::counted, this, &LeadTable::updateBox);
    connect(m_ticks, &models::LeadTicks::changed, this, [this] {
        updateBox();
        viewport()->update();
    });
    connect(m_header, &QHeaderView::sectionResized, this,
            [this](int section, int, int width) { onSectionResized(section, width); });
    connect(m_header, &QHeaderView::sectionMoved, this, &LeadTable::onSectionMoved);
    connect(m_header, &LeadHeader::sortClicked, this, &LeadTable::sortRequested);
    connect(m_header, &LeadHeader::boxClicked, this, [this] {
        if (m_ticks->isEmpty())
            m_ticks->setAll();
        else
            m_ticks->clear();
    });
    setColumns(m_columns);
    applySizes();
}

// ── Columns ───────────────────────────────────────────────────────────────────────────────────

void LeadTable::applySizes() {
    const theme::Tokens& tokens = theme::tokens(this);
    verticalHeader()->setMinimumSectionSize(tokens.size.row);
    verticalHeader()->setDefaultSectionSize(tokens.size.row);
    m_header->setMinimumSectionSize(tokens.size.iconCheck);
    m_header->setFixedHeight(tokens.size.tableHeader);
    verticalScrollBar()->setSingleStep(tokens.size.row);
    fitColumns();
}

void LeadTable::setColumns(const ColumnLayout& columns) {
    m_columns = columns;
    const QScopedValueRollback arranging(m_arranging, true);
    m_header->moveSection(m_header->visualIndex(int(LeadColumn::Tick)), 0);
    for (std::size_t i = 0; i < columns.columns.size(); ++i) {
        const int section = int(columns.columns[i].column);
        m_header->moveSection(m_header->visualIndex(section), int(i) + 1);
    }
    fitColumns();
}

void LeadTable::fitColumns(std::optional<LeadColumn> keep) {
    const theme::Tokens& tokens = theme::tokens(this);
    const QScopedValueRollback arranging(m_arranging, true);
    const int box = LeadHeader::boxSection(this);
    m_header->resizeSection(int(LeadColumn::Tick), box);
    m_header->setSectionResizeMode(int(LeadColumn::Tick), QHeaderView::Fixed);
    const int margin = tokens.space.l - tokens.space.m; // the last column's gap is the page's margin
    const std::vector<int> widths = m_columns.fit(viewport()->width() - box - margin, tokens.scale, tokens.space.m, keep);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const int section = int(m_columns.columns[i].column);
        m_header->setSectionHidden(section, widths[i] == 0);
        if (widths[i] > 0)
            m_header->resizeSection(section, widths[i]);
    }
}

void LeadTable::onSectionResized(int section, int width) {
    if (m_arranging || width == 0 || section == int(LeadColumn::Tick))
        return;
    const theme::Tokens& tokens = theme::tokens(this);
    const auto column = LeadColumn(section);
    m_columns.entry(column).width = int(std::lround((width - tokens.space.m) / tokens.scale));
    fitColumns(column);
    Q_EMIT columnsChanged();
}

void LeadTable::onSectionMoved() {
    if (m_arranging)
        return;
    std::stable_sort(m_columns.columns.begin(), m_columns.columns.end(),
                     [this](const ColumnLayout::Entry& a, const ColumnLayout::Entry& b) {
                         return m_header->visualIndex(int(a.column)) < m_header->visualIndex(int(b.column));
                     });
    Q_EMIT columnsChanged();
}

void LeadTable::setSorted(const std::string& field, bool descending) {
    std::optional<LeadColumn> column;
    for (int i = 0; i < models::leadColumnCount; ++i) {
        if (!field.empty() && fieldOf(LeadColumn(i)) == field)
            column = LeadColumn(i);
    }
    m_header->setSorted(column, descending);
}

// ── The current row ───────────────────────────────────────────────────────────────────────────

paint::RowState LeadTable::rowState(int row) const {
    const bool current = currentIndex().row() == row;
    return {.hover = m_hover == row, .selected = current || isTicked(row), .current = current, .listHasFocus = hasFocus()};
}

bool LeadTable::isTicked(int row) const {
    const auto id = m_list->idAt(row);
    return id ? m_ticks->contains(*id) : m_ticks->isAll();
}

QWidget* LeadTable::currentRowAnchor() {
    const QRect name = visualRect(currentIndex().siblingAtColumn(int(LeadColumn::Name)));
    m_anchorWidget->setGeometry(name.isValid() ? name : QRect(0, 0, 1, 1));
    return m_anchorWidget;
}

void LeadTable::updateRow(int row) {
    if (row >= 0 && row < m_list->rowCount())
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void LeadTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    updateRow(current.row());
    updateRow(previous.row());
    if (current.row() != previous.row())
        noteCurrent();
}

// Whose row it is, as soon as it has been read.
void LeadTable::noteCurrent() {
    const auto id = currentIndex().isValid() ? m_list->idAt(currentIndex().row()) : std::nullopt;
    if (!id && currentIndex().isValid()) {
        m_current = {};
        return;
    }
    const LeadId now = id.value_or(LeadId{});
    if (now != m_current) {
        m_current = now;
        Q_EMIT currentLeadChanged(now);
    }
}

void LeadTable::onReset() {
    m_anchor = m_extent = m_hover = -1;
    const auto row = m_current ? m_list->rowOf(m_current) : std::nullopt;
    if (m_list->rowCount() > 0)
        setCurrentIndex(m_list->index(row.value_or(0), int(LeadColumn::Name)));
    if (!row)
        scrollToTop();
    noteCurrent();
    fitColumns();
}

// Rows came in: the current lead may be in another row now. It stays where it is on screen.
void LeadTable::onRowsRead() {
    const int row = currentIndex().row();
    if (m_current && row >= 0 && m_list->idAt(row) != m_current) {
        const auto now = m_list->rowOf(m_current);
        if (now && *now != row) {
            const int scroll = verticalScrollBar()->value();
            m_anchor = m_extent = -1;
            setCurrentIndex(m_list->index(*now, currentIndex().column()));
            verticalScrollBar()->setValue(scroll + (*now - row) * rowHeight(*now));
            viewport()->update();
            return;
        }
    }
    if (row < 0 && m_list->rowCount() > 0)
        setCurrentIndex(m_list->index(0, int(LeadColumn::Name)));
    noteCurrent();
}

void LeadTable::goTo(int row) {
    const int last = m_list->rowCount() - 1;
    if (last >= 0)
        setCurrentIndex(m_list->index(std::clamp(row, 0, last), std::max(1, currentIndex().column())));
}

// ── Choosing ──────────────────────────────────────────────────────────────────────────────────

void LeadTable::updateBox() {
    m_header->setBox(m_ticks->isEmpty()                                                          ? Qt::Unchecked
                     : m_list->total() > 0 && m_ticks->count(m_list->total()) >= m_list->total() ? Qt::Checked
                                                                                                 : Qt::PartiallyChecked);
}

void LeadTable::tickRows(int first, int last, bool on) {
    if (first > last)
        std::swap(first, last);
    m_list->readIds(first, last, [this, on](Result<std::vector<LeadId>> ids) {
        if (ids)
            m_ticks->set(*ids, on);
        else if (ids.error().code != ErrorCode::Cancelled)
            Q_EMIT rangeNotRead(ids.error());
    });
}

// The range from the anchor to `row` is chosen; what it no longer reaches is given back.
void LeadTable::extendTo(int row) {
    if (m_anchor < 0)
        m_anchor = m_extent = std::max(0, currentIndex().row());
    row = std::clamp(row, 0, std::max(0, m_list->rowCount() - 1));
    const bool back = (m_extent > m_anchor && row < m_extent) || (m_extent < m_anchor && row > m_extent);
    if (back) {
        const int stop = m_extent > m_anchor ? std::max(row, m_anchor) + 1 : std::min(row, m_anchor) - 1;
        tickRows(stop, m_extent, false);
    }
    tickRows(m_anchor, row, true);
    m_extent = row;
    const int anchor = m_anchor;
    goTo(row);
    m_anchor = anchor;
}

void LeadTable::keyPressEvent(QKeyEvent* event) {
    const int row = currentIndex().row();
    const int perPage = std::max(1, viewport()->height() / std::max(1, rowHeight(0)) - 1);
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool ctrl = event->modifiers().testFlag(Qt::ControlModifier);
    std::optional<int> target;
    switch (event->key()) {
    case Qt::Key_Up:
        target = row - 1;
        break;
    case Qt::Key_Down:
        target = row + 1;
        break;
    case Qt::Key_PageUp:
        target = row - perPage;
        break;
    case Qt::Key_PageDown:
        target = row + perPage;
        break;
    case Qt::Key_Home:
        target = 0;
        break;
    case Qt::Key_End:
        target = m_list->rowCount() - 1;
        break;
    case Qt::Key_Space:
        if (const auto id = m_list->idAt(row)) {
            m_ticks->set(*id, !m_ticks->contains(*id));
            m_anchor = m_extent = row;
        }
        return;
    case Qt::Key_A:
        if (ctrl && !shift) {
            m_ticks->setAll();
            return;
        }
        break;
    default:
        break;
    }
    if (target && !(event->modifiers() & (Qt::AltModifier | Qt::MetaModifier))) {
        if (shift) {
            extendTo(*target);
        } else {
            m_anchor = m_extent = -1;
            goTo(*target);
        }
        return;
    }
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        QTableView::keyPressEvent(event);
        return;
    }
    event->ignore(); // everything else is the page's
}

void LeadTable::mousePressEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid() || event->button() != Qt::LeftButton) {
        QTableView::mousePressEvent(event);
        return;
    }
    const bool box = index.column() == int(LeadColumn::Tick);
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        extendTo(index.row());
        return;
    }
    setCurrentIndex(box ? index.siblingAtColumn(int(LeadColumn::Name)) : index);
    m_anchor = m_extent = index.row();
    if (box || event->modifiers().testFlag(Qt::ControlModifier)) {
        if (const auto id = m_list->idAt(index.row()))
            m_ticks->set(*id, !m_ticks->contains(*id));
    }
}

void LeadTable::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid() || event->button() != Qt::LeftButton)
        return;
    if (index.column() == int(LeadColumn::Tick)) {
        mousePressEvent(event);
        return;
    }
    if (const auto id = m_list->idAt(index.row()))
        Q_EMIT openRequested(*id);
}

void LeadTable::mouseMoveEvent(QMouseEvent* event) {
    const int row = indexAt(event->pos()).row();
    if (row != m_hover) {
        updateRow(std::exchange(m_hover, row));
        updateRow(row);
    }
}

void LeadTable::leaveEvent(QEvent* event) {
    updateRow(std::exchange(m_hover, -1));
    QTableView::leaveEvent(event);
}

void LeadTable::focusInEvent(QFocusEvent* event) {
    QTableView::focusInEvent(event);
    if (!currentIndex().isValid())
        goTo(0);
    viewport()->update();
}

void LeadTable::focusOutEvent(QFocusEvent* event) {
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void LeadTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

void LeadTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applySizes();
}

} // namespace outrider::leads
