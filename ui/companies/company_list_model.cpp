// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/companies/company_list_model.h"

#include "ui/companies/list_table.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QLocale>

#include <algorithm>
#include <iterator>

namespace outrider::companies {

namespace {

QString joined(const std::string& one, const std::string& other) {
    QStringList parts{text::toQt(one), text::toQt(other)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString nameOf(const CompanyListRow& row) { return text::toQt(row.name.empty() ? row.domain : row.name); }

} // namespace

QString nameOf(const Company& company) { return text::toQt(company.name.empty() ? company.domain : company.name); }

QString peopleText(const CompanyPeople& people) {
    const QString number = QLocale().toString(people.count);
    return people.more ? CompanyListModel::tr("%1+", "so many or more").arg(number) : number;
}

void CompanyListModel::set(std::vector<CompanyListRow> rows, std::string next, const text::Dates& dates) {
    m_dates = dates;
    m_next = std::move(next);
    const bool same = rows.size() == m_rows.size()
                      && std::equal(rows.begin(), rows.end(), m_rows.begin(),
                                    [](const CompanyListRow& a, const CompanyListRow& b) { return a.id == b.id; });
    if (same) {
        m_rows = std::move(rows);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void CompanyListModel::append(std::vector<CompanyListRow> rows, std::string next) {
    m_next = std::move(next);
    if (rows.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

const CompanyListRow* CompanyListModel::at(int row) const {
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[std::size_t(row)] : nullptr;
}

int CompanyListModel::rowOf(CompanyId id) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [id](const CompanyListRow& row) { return row.id == id; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int CompanyListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int CompanyListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant CompanyListModel::data(const QModelIndex& index, int role) const {
    const CompanyListRow* row = index.isValid() ? at(index.row()) : nullptr;
    if (row == nullptr)
        return {};
    const bool number = index.column() >= Tasks;
    switch (role) {
    case Qt::TextAlignmentRole:
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case ListTable::InkRole:
        return int(index.column() == Name || index.column() == People ? ListTable::Ink::Text : ListTable::Ink::Muted);
    case Qt::AccessibleTextRole:
        if (index.column() == Name)
            return tr("%1, %2, %3")
                .arg(nameOf(*row),
                     row->people.more ? tr("%1 people").arg(peopleText(row->people))
                                      : text::counted(row->people.count, tr("person"), tr("people")),
                     text::counted(row->people.openTasks, tr("open task"), tr("open tasks")));
        break;
    case Qt::ToolTipRole:
        return index.column() == Name ? nameOf(*row) : QVariant();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case Name:
        return nameOf(*row);
    case Domain:
        return text::toQt(row->domain);
    case Place:
        return joined(row->city, row->country);
    case Industry:
        return text::toQt(row->industry);
    case Tasks:
        return row->people.openTasks == 0 ? QStringLiteral("–") : QLocale().toString(row->people.openTasks);
    case LastTouch:
        return row->people.lastTouchAt && m_dates ? m_dates->ago(*row->people.lastTouchAt) : QStringLiteral("–");
    case People:
        return peopleText(row->people);
    default:
        return {};
    }
}

QVariant CompanyListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= Tasks ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Domain:
        return tr("Domain");
    case Place:
        return tr("Place");
    case Industry:
        return tr("Industry");
    case Tasks:
        return tr("Open tasks");
    case LastTouch:
        return tr("Last touch");
    case People:
        return tr("People");
    default:
        return {};
    }
}

} // namespace outrider::companies
