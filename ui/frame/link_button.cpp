// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/link_button.h"

#include "ui/paint/text.h"

#include <QPainter>

namespace outrider::frame {

LinkButton::LinkButton(const QString& text, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize LinkButton::sizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return {paint::textWidth(tokens, theme::TextStyle::Meta, text()), tokens.lineHeight(theme::TextStyle::Meta)};
}

void LinkButton::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    const theme::Colors& color = tokens.color;
    QPainter painter(this);
    const QColor ink = !isEnabled()   ? color.disabled
                       : isDown()     ? color.accentPressed
                       : underMouse() ? color.accentHover
                                      : color.accent;
    paint::drawText(&painter, tokens, rect(), {.text = text(), .style = theme::TextStyle::Meta, .color = ink});
}

} // namespace outrider::frame
