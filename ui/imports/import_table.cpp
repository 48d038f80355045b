// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/import_table.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTableView>

namespace outrider::imports {

void ImportHeader::paintSection(QPainter* painter, const QRect& rect, int column) const {
    const theme::Tokens& t = theme::tokens(this);
    painter->fillRect(rect, t.color.surface);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), t.size.hairline), t.color.line);
    const auto alignment = Qt::Alignment(model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt());
    paint::drawText(painter, t, contentRect(t, rect, column),
                    {.text = model()->headerData(column, Qt::Horizontal).toString(),
                     .style = theme::TextStyle::MetaStrong,
                     .color = t.color.muted,
                     .alignment = alignment.testFlag(Qt::AlignTrailing) ? Qt::AlignTrailing : Qt::AlignLeading});
}

void dressTable(QTableView* table, const QString& name, int rowHeight) {
    const theme::Tokens& t = theme::tokens(table);
    table->setAccessibleName(name);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->setMouseTracking(true);
    table->setWordWrap(false);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(rowHeight);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->setHorizontalHeader(new ImportHeader(table));
    table->horizontalHeader()->setFixedHeight(t.size.tableHeader);
    table->horizontalHeader()->setStretchLastSection(true);
}

QRect contentRect(const theme::Tokens& tokens, const QRect& cell, int column) {
    return cell.adjusted(column == 0 ? tokens.space.l : tokens.space.s, 0, -tokens.space.s, 0);
}

bool isFilled(const QStyleOptionViewItem& option) {
    return option.state.testFlag(QStyle::State_Selected) && option.widget != nullptr && option.widget->hasFocus();
}

QRect beginCell(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
    const theme::Tokens& t = theme::tokens(option.widget);
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    paint::drawRow(painter, t, option.rect,
                   {.hover = option.state.testFlag(QStyle::State_MouseOver),
                    .selected = selected,
                    .current = selected,
                    .listHasFocus = view != nullptr && view->hasFocus()},
                   index.column() == 0);
    return contentRect(t, option.rect, index.column());
}

} // namespace outrider::imports
