// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace outrider::shell {

// A panel over the whole window with a flat scrim behind it: a child of the window, so that it is one
// on Wayland too. Keeps the focus inside while it is open; Esc or a click beside it dismisses it and
// gives the focus back. Deletes itself.
class Overlay : public QWidget {
    Q_OBJECT

public:
    // `window` is made the top-level window of what is given.
    explicit Overlay(QWidget* window);

    void open();
    void dismiss();
    QWidget* panel() const { return m_panel; }

Q_SIGNALS:
    void dismissed();

protected:
    // Where the panel goes; called on every resize.
    virtual void place() = 0;
    // May refuse Esc and the click beside.
    virtual bool mayDismiss() { return true; }

    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QWidget* m_panel;
    QPointer<QWidget> m_before;
};

} // namespace outrider::shell
