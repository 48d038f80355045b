// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/import_columns.h"

#include "ui/imports/import_table.h"
#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/import_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QPainter>

#include <cmath>

namespace outrider::imports {

namespace {

constexpr double certain = 0.75; // below, the person is asked to look

} // namespace

QString fieldTitle(std::string_view key) { return key.empty() ? ImportColumnsModel::tr("Do not import") : text::fieldName(key); }

void ImportColumnsModel::setColumns(std::vector<ImportColumn> columns) {
    if (columns.size() == m_columns.size()) { // the same file read again: the current row stays
        m_columns = std::move(columns);
        if (!m_columns.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_columns = std::move(columns);
    endResetModel();
}

const ImportColumn* ImportColumnsModel::at(int row) const {
    return row >= 0 && row < int(m_columns.size()) ? &m_columns[std::size_t(row)] : nullptr;
}

int ImportColumnsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_columns.size()); }

int ImportColumnsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ImportColumnsModel::data(const QModelIndex& index, int role) const {
    const ImportColumn* column = at(index.row());
    if (column == nullptr)
        return {};
    const QString header = column->header.empty() ? tr("(no heading)") : text::toQt(column->header);
    const QString percent = column->field.empty() ? tr("left out") : tr("%1 %").arg(std::lround(column->confidence * 100));
    if (role == Qt::AccessibleTextRole)
        return tr("%1 goes to %2, %3").arg(header, fieldTitle(column->field), percent);
    if (role == FieldKeyRole)
        return text::toQt(column->field);
    if (role == CertaintyRole)
        return column->field.empty() ? -1.0 : column->confidence;
    if (role == Qt::ToolTipRole && index.column() == Certainty)
        return text::mappingReasonText(column->reason);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Header:
        return header;
    case Field:
        return fieldTitle(column->field);
    case Certainty:
        return percent;
    case Samples: {
        QStringList samples;
        for (const std::string& sample : column->samples) {
            if (!sample.empty() && samples.size() < 3)
                samples << text::toQt(sample).simplified();
        }
        return samples.join(QStringLiteral(" · "));
    }
    default:
        return {};
    }
}

QVariant ImportColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Header:
        return tr("Column in the file");
    case Field:
        return tr("Field in Outrider");
    case Certainty:
        return tr("Certainty");
    default:
        return tr("Samples");
    }
}

void ImportColumnDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const theme::Tokens& t = theme::tokens(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto ink = [&t, filled = isFilled(option)](const QColor& color) { return t.onRow(color, filled); };
    QRect cell = beginCell(painter, option, index);
    const double certainty = index.data(ImportColumnsModel::CertaintyRole).toDouble();
    switch (index.column()) {
    case ImportColumnsModel::Header: {
        const QRect arrow(cell.right() - t.size.icon, cell.center().y() - t.size.icon / 2, t.size.icon, t.size.icon);
        theme::paintIcon(painter, arrow, theme::Icon::ArrowRight, ink(t.color.muted));
        cell.setRight(arrow.left() - t.space.s);
        paint::drawText(painter, t, cell,
                        {.text = index.data().toString(), .style = theme::TextStyle::BodyStrong, .color = ink(t.color.text)});
        return;
    }
    case ImportColumnsModel::Field: {
        if (selected) {
            const int height = t.size.control;
            paint::drawCard(painter,
                            QRect(option.rect.left(), option.rect.center().y() - height / 2, option.rect.width(), height),
                            t.size.radius, t.color.surface, t.color.control);
        }
        const QRect chevron(cell.right() - t.size.icon, cell.center().y() - t.size.icon / 2, t.size.icon, t.size.icon);
        theme::paintIcon(painter, chevron, theme::Icon::ChevronDown, t.color.muted);
        cell.setRight(chevron.left() - t.space.s);
        paint::drawText(painter, t, cell,
                        {.text = index.data().toString(), .color = certainty < 0 ? t.color.muted : t.color.text});
        return;
    }
    case ImportColumnsModel::Certainty: {
        if (certainty < 0) {
            paint::drawText(painter, t, cell, {.text = index.data().toString(), .color = ink(t.color.muted)});
            return;
        }
        const int bar = t.space.xl + t.space.l;
        const QRect line(cell.left(), cell.center().y() - t.size.progress / 2, bar, t.size.progress);
        const paint::Tone tone = certainty < certain ? paint::Tone::Warn : paint::Tone::Accent;
        paint::drawProgress(painter, t, line, certainty, tone);
        cell.setLeft(line.right() + t.space.s);
        paint::drawText(painter, t, cell,
                        {.text = index.data().toString(), .color = ink(certainty < certain ? t.color.warn : t.color.text)});
        return;
    }
    default:
        paint::drawText(painter, t, cell, {.text = index.data().toString(), .color = ink(t.color.muted)});
    }
}

QSize ImportColumnDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const theme::Tokens& t = theme::tokens(option.widget);
    return {t.size.importRow * 3, t.size.importRow};
}

} // namespace outrider::imports
