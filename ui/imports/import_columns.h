// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/import_service.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

namespace outrider::imports {

// The columns of a file and the fields they go to.
class ImportColumnsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Header, Field, Certainty, Samples, ColumnCount };
    enum Role { CertaintyRole = Qt::UserRole + 1, FieldKeyRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setColumns(std::vector<ImportColumn> columns);
    const ImportColumn* at(int row) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ImportColumn> m_columns;
};

// Paints a row of it: name, arrow, field with a chevron, certainty as bar and number, samples muted.
class ImportColumnDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// What the field is called in the wizard; empty key: "Do not import".
QString fieldTitle(std::string_view key);

} // namespace outrider::imports
