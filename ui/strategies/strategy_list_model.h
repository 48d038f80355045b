// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy_summary.h"
#include "ui/paint/pieces.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QStyledItemDelegate>

#include <vector>

namespace outrider::strategies {

QString stateName(StrategyState state);
paint::Chip stateChip(StrategyState state, const QString& text);
// "52 replies, 4.3 %"
QString repliesText(const StrategySummary& summary);

// All strategies, a row each; there are tens of them, so they are read whole.
class StrategyListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, State, Steps, Running, Enrolled, Replied, Finished, ColumnCount };
    static constexpr int StateRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setStrategies(std::vector<StrategySummary> strategies);
    const StrategySummary* at(int row) const;
    int rowOf(StrategyId id) const; // -1: not there

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<StrategySummary> m_strategies;
};

// Where a column's text stands in its cell, for cells and header alike.
QRect columnRect(const theme::Tokens& tokens, const QRect& cell, int column);

class StrategyHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit StrategyHeader(QWidget* parent = nullptr) : QHeaderView(Qt::Horizontal, parent) {}

protected:
    void paintSection(QPainter* painter, const QRect& rect, int column) const override;
};

// Paints its cells: whole rows, numbers at the right, the state as a chip.
class StrategyDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace outrider::strategies
