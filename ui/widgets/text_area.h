// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace outrider::widgets {

// Text of several lines: a note, a message. Framed like an input, padded; Tab goes on to the next
// control instead of into the text.
class TextArea : public QPlainTextEdit {
    Q_OBJECT

public:
    TextArea(const QString& placeholder, const QString& accessibleName, QWidget* parent = nullptr);

    // As many lines are always visible.
    void setVisibleLines(int lines);
    // Without frame and padding: inside a card that has its own.
    void setBare(bool bare);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setPadding();
    int m_lines = 3;
    bool m_bare = false;
};

} // namespace outrider::widgets
