// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/text_link.h"

#include "ui/paint/text.h"

#include <QPainter>

#include <algorithm>

namespace outrider::lead_view {

TextLink::TextLink(theme::TextStyle style, const QString& text, QWidget* parent) : QAbstractButton(parent), m_style(style) {
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setLinkText(text);
}

void TextLink::setLinkText(const QString& text) {
    setText(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize TextLink::sizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return {paint::textWidth(tokens, m_style, text()), tokens.lineHeight(m_style)};
}

QSize TextLink::minimumSizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return {std::min(sizeHint().width(), tokens.space.xxl), tokens.lineHeight(m_style)};
}

void TextLink::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    QColor ink = isDown() ? tokens.color.accentPressed : underMouse() ? tokens.color.accentHover : tokens.color.accent;
    if (!isEnabled())
        ink = tokens.color.disabled;
    const int used = paint::drawText(&painter, tokens, rect(), {.text = text(), .style = m_style, .color = ink});
    setToolTip(sizeHint().width() > width() ? text() : QString());
    if (hasFocus() || underMouse()) {
        painter.setPen(ink);
        const int y = rect().center().y() + tokens.lineHeight(m_style) / 2 - tokens.size.hairline;
        const int x = layoutDirection() == Qt::RightToLeft ? width() - used : 0;
        painter.drawLine(x, y, x + used, y);
    }
}

} // namespace outrider::lead_view
