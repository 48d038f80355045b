// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company_list.h"
#include "ui/text/dates.h"

#include <QAbstractTableModel>

#include <vector>

namespace outrider::companies {

// "Ostsee Kühlhaus AG"; the domain of one that has no name.
QString nameOf(const Company& company);
// "12", "1,000+".
QString peopleText(const CompanyPeople& people);

// Companies as far as they are read.
class CompanyListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Domain, Place, Industry, Tasks, LastTouch, People, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void set(std::vector<CompanyListRow> rows, std::string next, const text::Dates& dates);
    void append(std::vector<CompanyListRow> rows, std::string next);
    const std::string& next() const { return m_next; }
    const CompanyListRow* at(int row) const;
    int rowOf(CompanyId id) const; // -1: not there

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<CompanyListRow> m_rows;
    std::string m_next;
    std::optional<text::Dates> m_dates;
};

} // namespace outrider::companies
