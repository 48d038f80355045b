// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace outrider::leads {

// A list and the pane at its side: beside it while there is room, over its edge when there is not. The
// pane's width is dragged at its edge.
class SidePane : public QWidget {
    Q_OBJECT

public:
    explicit SidePane(QWidget* parent = nullptr);

    void setWidgets(QWidget* list, QWidget* pane); // children from now on
    void setOpen(bool open);
    bool isOpen() const { return m_open; }
    bool isOver() const; // the pane covers a part of the list
    void setPaneWidth(int pixels); // at 100 %
    int paneWidth() const { return m_width; }

Q_SIGNALS:
    void paneResized();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void arrange();

    QWidget* m_list = nullptr;
    QWidget* m_pane = nullptr;
    QWidget* m_edge; // 1 px line in the middle of a wider grip
    bool m_open = false;
    int m_width = 0;
};

} // namespace outrider::leads
