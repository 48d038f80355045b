// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pipeline/column_model.h"
#include "ui/theme/tokens.h"

#include <QListView>

namespace outrider::pipeline {

// Draws a card into its place.
void paintCard(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, const Card& card, bool current, bool lifted);

// How high a card is, and how wide a column at least.
int cardHeight(const theme::Tokens& tokens);
int leastColumn(const theme::Tokens& tokens);

// The cards of one stage: a list, so that a screen reader walks it as one. The board moves the current card from
// list to list, and draws what is dragged.
class ColumnView : public QListView {
    Q_OBJECT

public:
    explicit ColumnView(QWidget* parent = nullptr);

    void setColumn(ColumnModel* column);
    const Card* current() const;
    // The row whose card is at that height, or the nearest.
    int rowAt(int y) const;
    int currentY() const;        // the middle of the current card
    void setDropTarget(bool on); // its cards give way to the frame
    void setLifted(LeadId id);   // its place is empty while it is dragged

    QRect cardRect(int row) const;

Q_SIGNALS:
    void nearEnd(); // the last cards are nearly in view
    void sideways(int step);
    void dragBegun(int row, const QPoint& at, const QPoint& global);
    void dragMoved(const QPoint& global);
    void dropped(const QPoint& global);
    void dragCancelled();
    void opened(outrider::LeadId id);
    void focused();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void rowsInserted(const QModelIndex& parent, int first, int last) override;

private:
    class Delegate;
    void look();

    ColumnModel* m_column = nullptr;
    QPoint m_pressed;
    int m_pressedRow = -1;
    bool m_dragging = false;
    bool m_dropTarget = false;
    LeadId m_lifted;
};

} // namespace outrider::pipeline
