// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unlock/choice_card.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::unlock {

ChoiceCard::ChoiceCard(theme::Icon icon, const QString& title, const QString& sentence, const QString& key, QWidget* parent)
    : QAbstractButton(parent),
      m_icon(icon),
      m_sentence(sentence),
      m_key(key) {
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setToolTip(sentence);
    setCheckable(true);
    setAutoExclusive(true);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ChoiceCard::sizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    const int text = std::max(paint::textWidth(tokens, theme::TextStyle::BodyStrong, this->text()),
                              paint::textWidth(tokens, theme::TextStyle::Body, m_sentence));
    return {text + tokens.size.icon + paint::keyCapsSize(tokens, m_key).width() + 4 * tokens.space.l,
            tokens.lineHeight(theme::TextStyle::Body) + sentenceHeight() + 2 * tokens.space.m};
}

QSize ChoiceCard::minimumSizeHint() const { return {theme::tokens(this).size.rail, sizeHint().height()}; }

int ChoiceCard::textWidth() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return width() - tokens.size.icon - paint::keyCapsSize(tokens, m_key).width() - 4 * tokens.space.l;
}

int ChoiceCard::sentenceHeight() const {
    const theme::Tokens& tokens = theme::tokens(this);
    const int line = tokens.lineHeight(theme::TextStyle::Body);
    const QFontMetrics metrics(tokens.font(theme::TextStyle::Body));
    const QRect room(0, 0, std::max(textWidth(), tokens.size.rail), line * 100);
    const int lines = qRound(metrics.boundingRect(room, Qt::TextWordWrap, m_sentence).height() / qreal(metrics.lineSpacing()));
    return std::max(lines, 1) * line;
}

void ChoiceCard::fit() { setFixedHeight(sizeHint().height()); }

void ChoiceCard::resizeEvent(QResizeEvent* event) {
    QAbstractButton::resizeEvent(event);
    fit();
}

void ChoiceCard::changeEvent(QEvent* event) {
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        fit();
}

void ChoiceCard::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    const theme::Colors& color = tokens.color;
    QPainter painter(this);
    const bool on = isChecked();
    paint::drawCard(&painter, rect(), tokens.size.radiusCard,
                    on             ? color.accentSoft
                    : underMouse() ? color.hover
                                   : color.surface,
                    on ? color.accent : color.line, on ? tokens.size.focus : tokens.size.hairline);
    const QRect inner = rect().adjusted(tokens.space.l, tokens.space.m, -tokens.space.l, -tokens.space.m);
    const auto visual = [&](const QRect& logical) { return QStyle::visualRect(layoutDirection(), inner, logical); };
    const QSize side(tokens.size.icon, tokens.size.icon);
    theme::paintIcon(&painter, QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, side, inner), m_icon,
                     on ? color.accent : color.muted);
    const QSize caps = paint::keyCapsSize(tokens, m_key);
    paint::drawKeyCaps(&painter, tokens, QStyle::alignedRect(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter, caps, inner),
                       m_key);
    const int start = inner.left() + tokens.size.icon + tokens.space.l;
    const int width = textWidth();
    const int line = tokens.lineHeight(theme::TextStyle::Body);
    paint::drawText(&painter, tokens, visual({start, inner.top(), width, line}),
                    {.text = text(), .style = theme::TextStyle::BodyStrong, .color = color.text});
    const int sentence = sentenceHeight();
    if (sentence == line) {
        paint::drawText(&painter, tokens, visual({start, inner.top() + line, width, line}),
                        {.text = m_sentence, .color = color.muted});
        return;
    }
    painter.setFont(tokens.font(theme::TextStyle::Body));
    painter.setPen(color.muted);
    painter.drawText(visual({start, inner.top() + line, width, sentence}),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignTop) | Qt::TextWordWrap,
                     m_sentence);
}

} // namespace outrider::unlock
