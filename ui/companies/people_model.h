// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/lead_cells.h"

#include <QAbstractTableModel>

#include <vector>

namespace outrider::companies {

// The people of one company, a row each.
class PeopleModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Title, Standing, NextStep, LastTouch, Score, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void set(std::vector<LeadListRow> rows, const std::vector<Status>& statuses, const text::Dates& dates, Instant now);
    const models::LeadCells* at(int row) const;
    int rowOf(LeadId id) const; // -1: not there
    std::vector<LeadId> ids() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<models::LeadCells> m_rows;
};

} // namespace outrider::companies
