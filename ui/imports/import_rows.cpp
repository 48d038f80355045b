// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/import_rows.h"

#include "ui/imports/import_table.h"
#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/import_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QLocale>
#include <QPainter>

namespace outrider::imports {

using text::isolated;
using text::toQt;

QString kindName(ImportPreview::Row::Kind kind) {
    using Kind = ImportPreview::Row::Kind;
    switch (kind) {
    case Kind::New:
        return ImportRowsModel::tr("New");
    case Kind::Update:
        return ImportRowsModel::tr("Update");
    case Kind::Same:
        return ImportRowsModel::tr("No change");
    case Kind::Duplicate:
        return ImportRowsModel::tr("Duplicate");
    case Kind::Error:
        break;
    }
    return ImportRowsModel::tr("To review");
}

QString changeText(const ImportPreview::FieldChange& change) {
    const QString field = text::fieldName(change.field);
    if (change.kept)
        return ImportRowsModel::tr("%1: %2 stays").arg(field, isolated(toQt(change.before)));
    if (change.before.empty())
        return QStringLiteral("%1: %2").arg(field, isolated(toQt(change.after)));
    return QStringLiteral("%1: %2 → %3").arg(field, isolated(toQt(change.before)), isolated(toQt(change.after)));
}

void ImportRowsModel::setRows(std::vector<ImportPreview::Row> rows) {
    beginResetModel();
    m_all = std::move(rows);
    choose();
    endResetModel();
}

void ImportRowsModel::setKind(std::optional<RowKind> kind) {
    beginResetModel();
    m_kind = kind;
    choose();
    endResetModel();
}

void ImportRowsModel::choose() {
    m_shown.clear();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        if (!m_kind || m_all[i].kind == *m_kind)
            m_shown.push_back(i);
    }
}

const ImportPreview::Row* ImportRowsModel::at(int row) const {
    return row >= 0 && row < int(m_shown.size()) ? &m_all[m_shown[std::size_t(row)]] : nullptr;
}

int ImportRowsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_shown.size()); }

int ImportRowsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ImportRowsModel::data(const QModelIndex& index, int role) const {
    const ImportPreview::Row* row = at(index.row());
    if (row == nullptr)
        return {};
    const auto what = [&] {
        if (!row->problem.empty())
            return text::importProblem(row->problem, row->detail);
        QStringList changes;
        if (row->kind == RowKind::Update) {
            for (const auto& change : row->changes)
                changes << changeText(change);
        }
        return changes.join(QStringLiteral(", "));
    };
    if (role == KindRole)
        return int(row->kind);
    if (role == Qt::AccessibleTextRole)
        return tr("Row %1, %2, %3 %4. %5")
            .arg(row->rowNumber)
            .arg(kindName(row->kind), toQt(row->name), toQt(row->company), what());
    if (role == Qt::ToolTipRole && index.column() == What)
        return what();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Number:
        return QLocale().toString(qlonglong(row->rowNumber));
    case Kind:
        return kindName(row->kind);
    case Name:
        return toQt(row->name);
    case Company:
        return toQt(row->company);
    default:
        return what();
    }
}

QVariant ImportRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Number)
        return int(Qt::AlignTrailing);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Row");
    case Kind:
        return tr("Becomes");
    case Name:
        return tr("Name");
    case Company:
        return tr("Company");
    default:
        return tr("What changes");
    }
}

void ImportRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const theme::Tokens& t = theme::tokens(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRect cell = beginCell(painter, option, index);
    using Kind = ImportPreview::Row::Kind;
    const Kind kind = Kind(index.data(ImportRowsModel::KindRole).toInt());
    if (index.column() == ImportRowsModel::Kind) {
        const paint::Tone tone = kind == Kind::New      ? paint::Tone::Ok
                                 : kind == Kind::Update ? paint::Tone::Accent
                                 : kind == Kind::Error  ? paint::Tone::Warn
                                                        : paint::Tone::Neutral;
        const paint::Chip chip{.text = index.data().toString(), .tone = tone};
        const QSize size = paint::chipSize(t, chip);
        paint::drawChip(painter, t, QRect(QPoint(cell.left(), cell.center().y() - size.height() / 2), size), chip, selected);
        return;
    }
    const bool number = index.column() == ImportRowsModel::Number;
    paint::drawText(painter, t, cell,
                    {.text = index.data().toString(),
                     .style = index.column() == ImportRowsModel::Name ? theme::TextStyle::BodyStrong : theme::TextStyle::Body,
                     .color = t.onRow(index.column() == ImportRowsModel::What && kind == Kind::Error ? t.color.warn
                                      : index.column() == ImportRowsModel::Name                      ? t.color.text
                                                                                                     : t.color.muted,
                                      isFilled(option)),
                     .alignment = number ? Qt::AlignTrailing : Qt::AlignLeading});
}

} // namespace outrider::imports
