// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/choice_cell.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"

#include <QKeyEvent>
#include <QPainter>

namespace outrider::lead_view {

ChoiceCell::ChoiceCell(const QString& value, QWidget* parent) : QAbstractButton(parent) {
    setText(value);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ChoiceCell::sizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return {tokens.size.detailPaneMin / 2, tokens.size.control};
}

QSize ChoiceCell::minimumSizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return {tokens.space.xxl * 2, tokens.size.control};
}

void ChoiceCell::keyPressEvent(QKeyEvent* event) {
    const bool reversed = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Left:
        Q_EMIT moved(reversed ? 1 : -1, 0);
        return;
    case Qt::Key_Right:
        Q_EMIT moved(reversed ? -1 : 1, 0);
        return;
    case Qt::Key_Up:
        Q_EMIT moved(0, -1);
        return;
    case Qt::Key_Down:
        Q_EMIT moved(0, 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter: // of the sheet
        event->ignore();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void ChoiceCell::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    const auto& color = tokens.color;
    const bool empty = text().isEmpty();
    const bool chosen = isChecked() && !empty && isEnabled(); // what both say is no choice
    if (isEnabled()) {
        const QColor fill = chosen ? color.accentSoft : underMouse() ? color.hover : color.surface;
        paint::drawCard(&painter, rect(), tokens.size.radius, fill, chosen ? color.accent : color.line, tokens.size.hairline);
    }
    if (hasFocus())
        paint::drawCard(&painter, rect(), tokens.size.radius, Qt::transparent, color.accent, tokens.size.focus);
    QRect line = rect().adjusted(tokens.space.s, 0, -tokens.space.s, 0);
    if (chosen) {
        const int size = tokens.size.iconSmall;
        const bool reversed = layoutDirection() == Qt::RightToLeft;
        const QRect mark(reversed ? line.left() : line.right() - size + 1, (height() - size) / 2, size, size);
        theme::paintIcon(&painter, mark, theme::Icon::Check, color.accent);
        reversed ? line.setLeft(mark.right() + tokens.space.iconGap) : line.setRight(mark.left() - tokens.space.iconGap);
    }
    const QColor ink = isChecked() ? color.text : color.muted;
    paint::drawText(&painter, tokens, line,
                    {.text = empty ? QStringLiteral("–") : text(), .style = theme::TextStyle::Body, .color = ink});
    setToolTip(paint::textWidth(tokens, theme::TextStyle::Body, text()) > line.width() ? text() : QString());
}

} // namespace outrider::lead_view
