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
    // Wanted or not. When it would cover the list it only shows if asked for there (`evenOver`).
    void setOpen(bool open, bool evenOver = false);
    bool isShown() const { return m_open && (m_evenOver || !isOver()); }
    bool isOver() const;           // there is no room beside the list
    void setPaneWidth(int pixels); // at 100 %
    int paneWidth() const { return m_width; }

Q_SIGNALS:
    void shown();
    void paneResized();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void arrange();
    void apply();

    QWidget* m_list = nullptr;
    QWidget* m_pane = nullptr;
    QWidget* m_edge; // 1 px line in the middle of a wider grip
    bool m_open = false;
    bool m_evenOver = false;
    bool m_wasOver = false;
    int m_width = 0;
};

} // namespace outrider::leads
