// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/lead_header.h"

#include "ui/paint/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOption>

namespace outrider::leads {

using models::LeadColumn;

LeadHeader::LeadHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
    setSectionsMovable(true);
    setFirstSectionMovable(false);
    setSectionsClickable(true);
    setHighlightSections(false);
    setSectionResizeMode(QHeaderView::Interactive);
    setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    setMouseTracking(true);
    setAccessibleName(tr("Leads columns"));
    connect(this, &QHeaderView::sectionClicked, this, [this](int section) {
        const auto column = LeadColumn(section);
        if (column == LeadColumn::Tick)
            Q_EMIT boxClicked();
        else if (isSortable(column))
            Q_EMIT sortClicked(column);
    });
}

void LeadHeader::setSorted(std::optional<LeadColumn> column, bool descending) {
    m_sorted = column;
    m_descending = descending;
    viewport()->update();
}

void LeadHeader::setBox(Qt::CheckState state) {
    if (std::exchange(m_box, state) != state)
        viewport()->update();
}

QSize LeadHeader::sizeHint() const { return {QHeaderView::sizeHint().width(), theme::tokens(this).size.tableHeader}; }

int LeadHeader::boxSection(const QWidget* widget) {
    const theme::Tokens& tokens = theme::tokens(widget);
    return tokens.space.l + tokens.size.checkbox + tokens.space.m;
}

QRect LeadHeader::contentRect(const QWidget* widget, const QRect& section, LeadColumn column) {
    const theme::Tokens& tokens = theme::tokens(widget);
    const int before = column == LeadColumn::Tick ? tokens.space.l : 0;
    QRect rect = section.adjusted(before, 0, -tokens.space.m, 0);
    if (widget->isRightToLeft())
        rect = section.adjusted(tokens.space.m, 0, -before, 0);
    return rect;
}

void LeadHeader::paintEvent(QPaintEvent* event) {
    const theme::Tokens& tokens = theme::tokens(this);
    {
        QPainter painter(viewport());
        painter.fillRect(viewport()->rect(), tokens.color.surface);
    }
    QHeaderView::paintEvent(event);
    QPainter painter(viewport());
    painter.fillRect(QRect(0, viewport()->height() - tokens.size.hairline, viewport()->width(), tokens.size.hairline),
                     tokens.color.line);
}

void LeadHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const {
    const theme::Tokens& tokens = theme::tokens(this);
    const auto column = LeadColumn(logicalIndex);
    painter->save();
    painter->setClipRect(rect);
    const QRect content = contentRect(this, rect, column);
    if (column == LeadColumn::Tick) {
        QStyleOptionButton box;
        box.initFrom(this);
        box.state = QStyle::State_Enabled
                    | (m_box == Qt::Checked            ? QStyle::State_On
                       : m_box == Qt::PartiallyChecked ? QStyle::State_NoChange
                                                       : QStyle::State_Off);
        box.rect =
            QRect(content.left(), rect.center().y() + 1 - tokens.size.checkbox / 2, tokens.size.checkbox, tokens.size.checkbox);
        style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, painter, this);
    } else {
        const bool sorted = m_sorted == column;
        const bool right = isRightAligned(column);
        QRect text = content;
        if (sorted) {
            const int arrow = tokens.size.iconCheck;
            const int width = paint::textWidth(tokens, theme::TextStyle::MetaStrong, columnTitle(column));
            const bool atRight = right != isRightToLeft();
            int x = right ? content.right() + 1 - arrow
                          : std::min(content.left() + width + tokens.space.xs, content.right() + 1 - arrow);
            if (isRightToLeft())
                x = right ? content.left() : std::max(content.right() + 1 - width - tokens.space.xs - arrow, content.left());
            theme::paintIcon(painter, QRect(x, rect.center().y() - arrow / 2, arrow, arrow),
                             m_descending ? theme::Icon::ChevronDown : theme::Icon::ChevronUp, tokens.color.text);
            atRight ? text.setRight(x - tokens.space.xs)
                    : text.setLeft(isRightToLeft() || right ? x + arrow + tokens.space.xs : text.left());
        }
        paint::drawText(painter, tokens, text,
                        {.text = columnTitle(column),
                         .style = theme::TextStyle::MetaStrong,
                         .color = sorted ? tokens.color.text : tokens.color.muted,
                         .alignment = right ? Qt::AlignTrailing : Qt::AlignLeading});
    }
    // Where it can be dragged to another width, shown while the pointer is over the header.
    if (m_hovered && column != LeadColumn::Tick) {
        const int x = isRightToLeft() ? rect.left() : rect.right();
        painter->fillRect(QRect(x, rect.top() + tokens.space.s, tokens.size.hairline, rect.height() - 2 * tokens.space.s),
                          tokens.color.control);
    }
    painter->restore();
}

void LeadHeader::mouseMoveEvent(QMouseEvent* event) {
    if (!std::exchange(m_hovered, true))
        viewport()->update();
    QHeaderView::mouseMoveEvent(event);
}

void LeadHeader::leaveEvent(QEvent* event) {
    m_hovered = false;
    viewport()->update();
    QHeaderView::leaveEvent(event);
}

} // namespace outrider::leads
