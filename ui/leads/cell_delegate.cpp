// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/cell_delegate.h"

#include "ui/leads/lead_header.h"
#include "ui/leads/lead_table.h"
#include "ui/paint/text.h"
#include "ui/theme/tokens.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace outrider::leads {

using models::LeadColumn;

namespace {

QColor inkOf(const theme::Tokens& tokens, LeadColumn column, const models::LeadCells& cells) {
    switch (column) {
    case LeadColumn::Title:
    case LeadColumn::Strategy:
    case LeadColumn::LastTouch:
    case LeadColumn::Country:
    case LeadColumn::Email:
    case LeadColumn::Created:
        return tokens.color.muted;
    case LeadColumn::NextStep:
        return cells.late             ? tokens.color.danger
               : cells.stranded       ? tokens.color.warn
               : cells.row.nextTaskAt ? tokens.color.text
                                      : tokens.color.muted;
    default:
        return tokens.color.text;
    }
}

} // namespace

CellDelegate::CellDelegate(LeadTable* table) : QStyledItemDelegate(table), m_table(table) {}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const theme::Tokens& tokens = theme::tokens(m_table);
    const auto column = LeadColumn(index.column());
    const paint::RowState state = m_table->rowState(index.row());
    const bool filled = state.selected;
    paint::drawRow(painter, tokens, option.rect, state, column == LeadColumn::Tick);

    const models::LeadCells* cells = m_table->list().cells(index.row());
    const QRect content = LeadHeader::contentRect(m_table, option.rect, column);
    if (column == LeadColumn::Tick) {
        QStyleOptionButton box;
        box.initFrom(m_table);
        box.state = QStyle::State_Enabled | (m_table->isTicked(index.row()) ? QStyle::State_On : QStyle::State_Off);
        const int size = tokens.size.checkbox;
        box.rect = QRect(content.left(), content.center().y() + 1 - size / 2, size, size);
        m_table->style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, painter, m_table);
        return;
    }
    if (cells == nullptr) {
        paint::drawText(painter, tokens, content,
                        {.text = QStringLiteral("…"), .color = tokens.onRow(tokens.color.muted, filled)});
        return;
    }
    if (column == LeadColumn::Status) {
        QSize size = paint::chipSize(tokens, cells->standing);
        size.setWidth(std::min(size.width(), content.width()));
        QRect chip(QPoint(content.left(), content.center().y() + 1 - size.height() / 2), size);
        if (m_table->isRightToLeft())
            chip.moveRight(content.right());
        paint::drawChip(painter, tokens, chip, cells->standing, filled);
        return;
    }
    paint::TextRun run{.text = cells->text[std::size_t(column)], .color = tokens.onRow(inkOf(tokens, column, *cells), filled)};
    if (column == LeadColumn::Name)
        run.style = theme::TextStyle::BodyStrong;
    if (isRightAligned(column))
        run.alignment = Qt::AlignTrailing;
    if (column == LeadColumn::Email)
        run.elide = Qt::ElideMiddle;
    if (column == LeadColumn::Strategy && cells->strategyName > 0) {
        const int tail = paint::textWidth(tokens, run.style, run.text.mid(cells->strategyName));
        const int name = paint::textWidth(tokens, run.style, run.text.left(cells->strategyName));
        if (name + tail > content.width() && tail < content.width() / 2) {
            const QString step = run.text.mid(cells->strategyName);
            run.text.truncate(cells->strategyName);
            const bool mirrored = m_table->isRightToLeft();
            const int used =
                paint::drawText(painter, tokens, content.adjusted(mirrored ? tail : 0, 0, mirrored ? 0 : -tail, 0), run);
            run.text = step;
            paint::drawText(painter, tokens, content.adjusted(mirrored ? 0 : used, 0, mirrored ? -used : 0, 0), run);
            return;
        }
    }
    paint::drawText(painter, tokens, content, run);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), theme::tokens(m_table).size.row};
}

bool CellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView*, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    const theme::Tokens& tokens = theme::tokens(m_table);
    const auto column = LeadColumn(index.column());
    const models::LeadCells* cells = m_table->list().cells(index.row());
    if (cells == nullptr || column == LeadColumn::Tick)
        return true;
    const QString shown = cells->text[std::size_t(column)];
    const QString whole = index.data(Qt::ToolTipRole).toString();
    const auto style = column == LeadColumn::Name ? theme::TextStyle::BodyStrong : theme::TextStyle::Body;
    const bool cut = paint::textWidth(tokens, style, shown) > LeadHeader::contentRect(m_table, option.rect, column).width();
    if (cut || shown != whole)
        QToolTip::showText(event->globalPos(), cut && shown != whole ? shown + QLatin1Char('\n') + whole : whole, m_table);
    else
        QToolTip::hideText();
    return true;
}

bool CellDelegate::editorEvent(QEvent*, QAbstractItemModel*, const QStyleOptionViewItem&, const QModelIndex&) {
    return false; // the table ticks by itself
}

} // namespace outrider::leads
