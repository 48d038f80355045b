// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/import_service.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include <optional>

namespace outrider::imports {

// Some of the rows an import would take, with what it does to each.
class ImportRowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, Kind, Name, Company, What, ColumnCount };
    enum Role { KindRole = Qt::UserRole + 1 };
    using RowKind = ImportPreview::Row::Kind;

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ImportPreview::Row> rows);
    void setKind(std::optional<RowKind> kind); // none: all
    const ImportPreview::Row* at(int row) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void choose();

    std::vector<ImportPreview::Row> m_all;
    std::vector<std::size_t> m_shown;
    std::optional<RowKind> m_kind;
};

class ImportRowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// "new", "update"…
QString kindName(ImportPreview::Row::Kind kind);
// "Title: Dispatcher → Head of Operations".
QString changeText(const ImportPreview::FieldChange& change);

} // namespace outrider::imports
