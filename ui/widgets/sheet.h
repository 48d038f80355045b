// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QPointer>
#include <QWidget>

class QScrollArea;

namespace outrider::widgets {

// A sheet over the whole window: title, content, a row of buttons, the rest dimmed. A child of the window,
// not a top level; it blocks nothing but input: open() returns at once. Tab stays inside, Esc closes,
// Enter presses the default button; afterwards the focus is where it was. Deletes itself.
class Sheet : public QWidget {
    Q_OBJECT

public:
    // `over`: any widget of the window to cover.
    Sheet(QWidget* over, const QString& title);

    QVBoxLayout* body() const { return m_body; }
    QString title() const;
    // Whether something would be lost with it: what was typed, or what it shows and nothing else knows.
    bool holdsUnsaved() const;
    void setShownOnce() { m_shownOnce = true; }
    void setWide(bool wide);
    // In the order they are added, at the right; a primary one becomes the default.
    Button* addButton(Button::Kind kind, const QString& text);
    Button* addCancel(const QString& text);
    void setDefault(Button* button) { m_default = button; }
    // Above the buttons, announced; empty: none.
    void setError(const QString& sentence);

    void open(QWidget* focus = nullptr);
    void finish();

Q_SIGNALS:
    void closed(); // also by Esc and Cancel

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void place();

    QWidget* m_panel;
    Label* m_title;
    QScrollArea* m_scroll;
    QWidget* m_content;
    QVBoxLayout* m_body;
    Label* m_error;
    QWidget* m_foot;
    QHBoxLayout* m_buttons;
    QPointer<Button> m_default;
    QPointer<QWidget> m_returnFocus;
    bool m_wide = false;
    bool m_shownOnce = false;
};

} // namespace outrider::widgets
