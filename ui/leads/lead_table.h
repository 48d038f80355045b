// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/leads/column_layout.h"
#include "ui/models/lead_list_model.h"
#include "ui/models/lead_ticks.h"
#include "ui/paint/pieces.h"

#include <QTableView>

namespace outrider::leads {

class LeadHeader;

// The table of leads. One row is current and moves with the arrows; boxes choose rows, and stay chosen
// while the current one moves: Space, Shift with the arrows, Ctrl+click, Shift+click, Ctrl+A. The current
// lead stays current, and where it is on screen, when the list is read again.
class LeadTable : public QTableView {
    Q_OBJECT

public:
    LeadTable(models::LeadListModel* list, models::LeadTicks* ticks, QWidget* parent = nullptr);

    const models::LeadListModel& list() const { return *m_list; }
    LeadId currentLead() const { return m_current; }

    void setColumns(const ColumnLayout& columns);
    const ColumnLayout& columns() const { return m_columns; }
    void setSorted(const std::string& field, bool descending);

    // A place for popups about the current row; moved there by this call.
    QWidget* currentRowAnchor();

    // For the delegate
    paint::RowState rowState(int row) const;
    bool isTicked(int row) const;

    void keyboardSearch(const QString&) override {} // letters are commands; nothing is searched row by row

Q_SIGNALS:
    void currentLeadChanged(outrider::LeadId id);
    void openRequested(outrider::LeadId id);
    void sortRequested(outrider::models::LeadColumn column);
    void columnsChanged();
    void rangeNotRead(const outrider::Error& error);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void applySizes();
    void fitColumns(std::optional<models::LeadColumn> keep = std::nullopt);
    void onSectionResized(int section, int width);
    void onSectionMoved();
    void onReset();
    void onRowsRead();
    void updateBox();
    void updateRow(int row);
    void tickRows(int first, int last, bool on);
    void extendTo(int row);
    void goTo(int row);
    void noteCurrent();

    models::LeadListModel* m_list;
    models::LeadTicks* m_ticks;
    LeadHeader* m_header;
    QWidget* m_anchorWidget;
    ColumnLayout m_columns = ColumnLayout::usual();
    LeadId m_current;
    int m_hover = -1;
    int m_anchor = -1; // where a range begins
    int m_extent = -1; // where it ended last
    bool m_arranging = false;
};

} // namespace outrider::leads
