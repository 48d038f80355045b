// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QHeaderView>
#include <QStyleOptionViewItem>

class QTableView;

namespace outrider::imports {

// What the two tables of the wizard have in common.

// Names stand above what they name; numbers of a column with trailing numbers at their end, too.
class ImportHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit ImportHeader(QWidget* parent = nullptr) : QHeaderView(Qt::Horizontal, parent) {}

protected:
    void paintSection(QPainter* painter, const QRect& rect, int column) const override;
};

// Whole rows, one at a time, nothing to edit.
void dressTable(QTableView* table, const QString& name, int rowHeight);

// Where a column's text stands in its cell, for cells and header alike.
QRect contentRect(const theme::Tokens& tokens, const QRect& cell, int column);
// Paints the ground of a row's cell; returns where its content goes.
QRect beginCell(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index);
// Whether that ground is the one of the chosen row in a list with the focus: Tokens::onRow.
bool isFilled(const QStyleOptionViewItem& option);

} // namespace outrider::imports
