// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/lead_cells.h"

#include <QHeaderView>

#include <optional>

namespace outrider::leads {

// The header of the leads table: the box that chooses all, titles, the arrow of the sorting. Columns are
// dragged to move and to resize; the box stays first.
class LeadHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit LeadHeader(QWidget* parent);

    // `column`: none, when the list is sorted by a field that is not shown.
    void setSorted(std::optional<models::LeadColumn> column, bool descending);
    void setBox(Qt::CheckState state);
    QSize sizeHint() const override;

    // Where a cell's or title's content is inside its section.
    static QRect contentRect(const QWidget* widget, const QRect& section, models::LeadColumn column);
    // The width of the section of the box.
    static int boxSection(const QWidget* widget);

Q_SIGNALS:
    void sortClicked(outrider::models::LeadColumn column);
    void boxClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    std::optional<models::LeadColumn> m_sorted;
    bool m_descending = false;
    Qt::CheckState m_box = Qt::Unchecked;
    bool m_hovered = false;
};

} // namespace outrider::leads
