// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QPlainTextEdit>

namespace outrider::lead_view {

// A text field that grows with what is typed, between a least and a most number of lines; then it
// scrolls. Ctrl+Enter submits, Esc lets go. Tab goes on to the next field.
class GrowingText : public QPlainTextEdit {
    Q_OBJECT

public:
    GrowingText(theme::TextStyle style, int leastLines, int mostLines, QWidget* parent = nullptr);

    void setFramed(bool framed);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void submitted();
    void escaped();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    int heightOf(int lines) const;
    theme::TextStyle m_style;
    int m_least;
    int m_most;
};

} // namespace outrider::lead_view
