// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "ui/theme/icons.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QAction;

namespace outrider::shell {

class ToastText;
class ToastButton;

// What just happened, in one line over the page; at most one at a time. It is an accessible alert named
// by its text, stays a little longer while the mouse or the focus is on it, and counts down for a
// message in its undo window. A failure stays until it is closed.
class Toast : public QWidget {
    Q_OBJECT

public:
    // `undo` is what its button and U do while it offers that.
    Toast(const Clock& clock, QAction* undo, QWidget* parent);

    void showText(theme::Icon icon, const QString& text, bool undoable);
    void showSending(const QString& who, Instant leavesAt);
    void showFailure(const QString& text);
    void showRedo(const QString& text, QAction* redo);
    void dismiss();

    bool offersUndo() const { return isVisible() && m_action == m_undo; }
    QString text() const;
    // Its size within so much room: a sentence that does not fit into one line takes two.
    QSize sizeWithin(int least, int most) const;

Q_SIGNALS:
    void changed(); // shown, hidden, or offering something else

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void present(theme::Icon icon, const QString& plain, const QString& strong, QAction* action, bool stays);
    void tick();
    void applySizes();

    const Clock& m_clock;
    QAction* m_undo;
    QAction* m_action = nullptr;
    ToastText* m_text;
    ToastButton* m_button;
    theme::Icon m_icon = theme::Icon::None;
    QString m_who;
    std::optional<Instant> m_leavesAt;
    Millis m_hold{};
    double m_left = 1; // of the time it is shown
    bool m_failure = false;
    Stopwatch m_shown;
    QTimer m_tick;
};

} // namespace outrider::shell
