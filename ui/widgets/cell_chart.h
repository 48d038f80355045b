// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace outrider::widgets {

// A drawing of cells, each with a sentence: one is current and moved by the arrows, hovering shows its sentence, and who
// listens finds each as a child.
class CellChart : public QWidget {
    Q_OBJECT

public:
    explicit CellChart(const QString& accessibleName, QWidget* parent = nullptr);

    int count() const { return int(m_cells.size()); }
    int current() const { return m_current; } // -1: none
    void setCurrent(int index);
    QString sentence(int index) const;

Q_SIGNALS:
    void currentChanged(int index);

protected:
    // Replaces the cells. The drawing's own data must be in place.
    void setCells(const QStringList& sentences);
    virtual QRect cellRect(int index) const = 0; // mirrored already, from right to left
    // The cell beside `index`; itself at the edge. dx: in reading direction.
    virtual int beside(int index, int dx, int dy) const = 0;

    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void arrange();
    void tell();
    int cellAt(const QPoint& point) const;

    std::vector<QWidget*> m_cells; // nothing to see: they are there to be named
    int m_current = -1;
};

} // namespace outrider::widgets
