// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/paint/pieces.h"
#include "ui/widgets/basics.h"

#include <QTableView>

#include <optional>
#include <vector>

namespace outrider::dashboards {

// A few rows of numbers, each comparable with the others: digits under digits, a bar beside them where shares are told.
// As high as its rows unless told otherwise; scrolls sideways where it is too narrow.
class NumberTable : public QTableView {
    Q_OBJECT

public:
    enum class Kind { Name, Number, NumberAndBar, Chip, Sentence };
    struct Column {
        QString title;
        Kind kind = Kind::Number;
        int stretch = 1; // of the room that is left
    };
    struct Cell {
        QString text;
        QString detail;                          // muted, behind it
        std::optional<double> bar;               // 0 to 1
        QColor theme::Colors::*ink = nullptr;    // of the bar; of the text without one
        paint::Tone tone = paint::Tone::Neutral; // of a chip
        bool hasTrack = false;
        QString spoken; // with what it means; empty: text and detail
    };
    using Row = std::vector<Cell>;

    NumberTable(const QString& accessibleName, std::vector<Column> columns, QWidget* parent = nullptr);

    void setRows(std::vector<Row> rows);
    int rowCount() const;
    // Scrolls inside its place instead of being as high as its rows.
    void setScrolling(bool on);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int row); // Enter, or a double click

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Model;
    class Delegate;
    void arrange();
    void refresh();
    int numberWidth(int column) const;
    int leastWidth(int column) const;

    std::vector<Column> m_columns;
    Model* m_model;
    bool m_scrolling = false;
};

} // namespace outrider::dashboards
