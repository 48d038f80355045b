// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_area.h"

#include "ui/theme/tokens.h"

#include <QEvent>
#include <QTextDocument>

#include <cmath>

namespace outrider::widgets {

TextArea::TextArea(const QString& placeholder, const QString& accessibleName, QWidget* parent) : QPlainTextEdit(parent) {
    setPlaceholderText(placeholder);
    setAccessibleName(accessibleName);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::StyledPanel);
    document()->setDocumentMargin(0);
    setPadding();
}

void TextArea::setVisibleLines(int lines) {
    m_lines = lines;
    updateGeometry();
}

void TextArea::setBare(bool bare) {
    m_bare = bare;
    setFrameShape(bare ? QFrame::NoFrame : QFrame::StyledPanel);
    setPadding();
}

void TextArea::setPadding() {
    const theme::Tokens& t = theme::tokens(this);
    const int side = m_bare ? 0 : t.space.m - t.size.hairline;
    const int above = m_bare ? 0 : t.space.s - t.size.hairline;
    setViewportMargins(side, above, side, above);
    updateGeometry();
}

QSize TextArea::sizeHint() const {
    const QMargins padding = viewportMargins();
    const int text = int(std::ceil(m_lines * QFontMetricsF(font()).lineSpacing()));
    return {theme::tokens(this).size.rail, text + padding.top() + padding.bottom() + 2 * frameWidth()};
}

QSize TextArea::minimumSizeHint() const { return {4 * theme::tokens(this).space.xl, sizeHint().height()}; }

void TextArea::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    update(); // the frame lies outside the viewport
}

void TextArea::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    update();
}

void TextArea::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        setPadding();
}

} // namespace outrider::widgets
