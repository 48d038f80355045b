// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/paint/pieces.h"

#include <QTableView>

namespace outrider::companies {

// A table of whole rows: names in the first column, facts behind it. What a cell looks like beside its text are
// roles of its model.
class ListTable : public QTableView {
    Q_OBJECT

public:
    enum Role {
        InkRole = Qt::UserRole + 1, // Ink
        ToneRole,                   // paint::Tone: the text is a chip of that tone
    };
    enum class Ink { Text, Muted, Late, Waits };

    // `shares`: of the width, for each column; 0: as wide as its content is at least, from `widths` in numbers of digits.
    struct Column {
        int share = 0;
        int digits = 0;
        bool first = true; // stays when there is little room
    };
    ListTable(QAbstractItemModel* model, std::vector<Column> columns, const QString& accessibleName, QWidget* parent = nullptr);

    // As high as its rows, up to so many; 0: as high as there is room.
    void setVisibleRows(int most);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void nearEnd(); // the last rows are nearly in view
    void chosen(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void layOut();
    void look();

    const std::vector<Column> m_columns;
    int m_visibleRows = 0;
};

} // namespace outrider::companies
