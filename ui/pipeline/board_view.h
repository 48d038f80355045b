// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pipeline/board_model.h"

#include <QPointer>
#include <QScrollArea>

#include <optional>
#include <vector>

class QHBoxLayout;

namespace outrider::pipeline {

class ColumnView;

// The columns beside each other, and the one card that is current among them: the arrows move it from list to
// list, and a card is dragged from one to another with what that does said beside it.
class BoardView : public QScrollArea {
    Q_OBJECT

public:
    explicit BoardView(BoardModel* board, QWidget* parent = nullptr);

    // The current card and where it stands; none: nobody.
    struct Current {
        const Card* card = nullptr;
        int column = -1;
    };
    std::optional<Current> current() const;
    void select(LeadId id); // and gives it the focus
    void focusBoard();
    // Where a popup about the current card opens.
    QWidget* anchor();

    ColumnView* column(int index) const;

Q_SIGNALS:
    void openRequested(outrider::LeadId id);
    void moveRequested(outrider::LeadId id, int column);
    void currentChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Stage;  // head and list of one column
    class Lifted; // the card under the pointer
    void placeColumns();
    void rebuild();
    void updateHeads();
    void sideways(int from, int step);
    void beginDrag(int column, int row, const QPoint& at, const QPoint& global);
    void dragTo(const QPoint& global);
    void drop(const QPoint& global);
    void endDrag();
    int columnAt(const QPoint& global) const;

    BoardModel* m_board;
    QWidget* m_ground;
    QHBoxLayout* m_row;
    std::vector<Stage*> m_stages;
    int m_at = 0; // the column that had the focus last
    QPointer<Lifted> m_lifted;
    int m_dragFrom = -1;
    int m_dragOver = -1;
    QPointer<QWidget> m_anchor;
};

} // namespace outrider::pipeline
