// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/companies/people_model.h"

#include "ui/companies/list_table.h"

#include <algorithm>

namespace outrider::companies {

using models::LeadColumn;

namespace {

LeadColumn cellOf(int column) {
    switch (column) {
    case PeopleModel::Title:
        return LeadColumn::Title;
    case PeopleModel::Standing:
        return LeadColumn::Status;
    case PeopleModel::NextStep:
        return LeadColumn::NextStep;
    case PeopleModel::LastTouch:
        return LeadColumn::LastTouch;
    case PeopleModel::Score:
        return LeadColumn::Score;
    default:
        return LeadColumn::Name;
    }
}

} // namespace

void PeopleModel::set(std::vector<LeadListRow> rows, const std::vector<Status>& statuses, const text::Dates& dates, Instant now) {
    const bool same = rows.size() == m_rows.size()
                      && std::equal(rows.begin(), rows.end(), m_rows.begin(),
                                    [](const LeadListRow& a, const models::LeadCells& b) { return a.id == b.row.id; });
    std::vector<models::LeadCells> cells;
    for (LeadListRow& row : rows)
        cells.push_back(models::makeCells(std::move(row), statuses, dates, now));
    if (same) {
        m_rows = std::move(cells);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(cells);
    endResetModel();
}

const models::LeadCells* PeopleModel::at(int row) const {
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[std::size_t(row)] : nullptr;
}

int PeopleModel::rowOf(LeadId id) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const models::LeadCells& row) { return row.row.id == id; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

std::vector<LeadId> PeopleModel::ids() const {
    std::vector<LeadId> ids;
    for (const models::LeadCells& row : m_rows)
        ids.push_back(row.row.id);
    return ids;
}

int PeopleModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int PeopleModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant PeopleModel::data(const QModelIndex& index, int role) const {
    const models::LeadCells* row = index.isValid() ? at(index.row()) : nullptr;
    if (row == nullptr)
        return {};
    const auto cell = [row](LeadColumn column) { return row->text[std::size_t(column)]; };
    switch (role) {
    case Qt::TextAlignmentRole:
        return int((index.column() >= LastTouch ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case ListTable::ToneRole:
        return index.column() == Standing ? QVariant(int(row->standing.tone)) : QVariant();
    case ListTable::InkRole:
        if (index.column() == NextStep)
            return int(row->late             ? ListTable::Ink::Late
                       : row->stranded       ? ListTable::Ink::Waits
                       : row->row.nextTaskAt ? ListTable::Ink::Text
                                             : ListTable::Ink::Muted);
        return int(index.column() == Name || index.column() == Score ? ListTable::Ink::Text : ListTable::Ink::Muted);
    case Qt::AccessibleTextRole:
        if (index.column() == Name) {
            QStringList parts{cell(LeadColumn::Name), cell(LeadColumn::Title), cell(LeadColumn::Status),
                              tr("next step %1").arg(cell(LeadColumn::NextStep))};
            parts.removeAll(QString());
            return parts.join(QStringLiteral(", "));
        }
        break;
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    return cell(cellOf(index.column()));
}

QVariant PeopleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= LastTouch ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(models::columnTitle(cellOf(section))) : QVariant();
}

} // namespace outrider::companies
