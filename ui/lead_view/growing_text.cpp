// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/growing_text.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace outrider::lead_view {

GrowingText::GrowingText(theme::TextStyle style, int leastLines, int mostLines, QWidget* parent)
    : QPlainTextEdit(parent),
      m_style(style),
      m_least(leastLines),
      m_most(std::max(leastLines, mostLines)) {
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFont(theme::tokens(this).font(style));
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, [this] { fit(); });
    fit();
}

void GrowingText::setFramed(bool framed) {
    setFrameShape(framed ? QFrame::StyledPanel : QFrame::NoFrame);
    fit();
}

int GrowingText::heightOf(int lines) const {
    const int margin = int(std::ceil(document()->documentMargin()));
    return int(std::ceil(lines * fontMetrics().lineSpacing())) + 2 * (margin + frameWidth());
}

void GrowingText::fit() {
    // A plain text's size is counted in lines.
    const int lines = int(std::ceil(document()->documentLayout()->documentSize().height()));
    setVerticalScrollBarPolicy(lines > m_most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    setFixedHeight(heightOf(std::clamp(lines, m_least, m_most)));
}

QSize GrowingText::sizeHint() const { return {theme::tokens(this).size.detailPaneMin, height()}; }

QSize GrowingText::minimumSizeHint() const { return {theme::tokens(this).space.xxl, height()}; }

void GrowingText::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT submitted();
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT escaped();
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void GrowingText::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        setFont(theme::tokens(this).font(m_style));
        fit();
    }
}

void GrowingText::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    fit();
}

} // namespace outrider::lead_view
