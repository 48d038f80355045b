// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QStyle>

namespace outrider::theme::parts {

void box(QPainter* painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& line, qreal lineWidth) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.isValid() ? QPen(line, lineWidth) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal inset = line.isValid() ? lineWidth / 2 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), std::max(0.0, radius - inset),
                             std::max(0.0, radius - inset));
    painter->restore();
}

void buttonFrame(QPainter* painter, const Tokens& t, const QStyleOption& option, const QString& kind) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool pressed = enabled && option.state.testFlag(QStyle::State_Sunken);
    const bool hover = enabled && option.state.testFlag(QStyle::State_MouseOver);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool framed = kind == QLatin1String("primary") || kind == QLatin1String("secondary");
    QColor fill;
    QColor line;
    if (kind == QLatin1String("primary") && enabled) {
        fill = pressed ? t.color.accentPressed : hover ? t.color.accentHover : t.color.accent;
    } else {
        if (framed) {
            fill = t.color.surface;
            line = t.color.line;
        }
        if (on)
            fill = t.color.selected;
        if (hover)
            fill = t.isHighContrast() ? t.color.hover : t.color.raised;
        if (pressed)
            fill = t.color.pressed;
    }
    box(painter, option.rect, t.size.radius, fill, line);
}

QColor buttonInk(const Tokens& t, const QStyleOption& option, const QString& kind) {
    if (!option.state.testFlag(QStyle::State_Enabled))
        return t.color.disabled;
    if (kind == QLatin1String("primary"))
        return t.color.onAccent;
    if (kind == QLatin1String("danger"))
        return t.color.danger;
    return t.color.text;
}

void buttonLabel(QPainter* painter, const Tokens& t, const QStyleOptionButton& option, const QString& kind) {
    painter->save();
    painter->setFont(t.font(TextStyle::BodyStrong));
    painter->setPen(buttonInk(t, option, kind));
    QRect rect = option.rect;
    if (!option.icon.isNull()) {
        const QRect icon = QStyle::alignedRect(option.direction, Qt::AlignLeading | Qt::AlignVCenter, option.iconSize,
                                               rect.adjusted(t.space.s, 0, -t.space.s, 0));
        option.icon.paint(painter, icon);
        rect = QStyle::visualRect(option.direction, rect, rect.adjusted(t.space.s + option.iconSize.width(), 0, 0, 0));
    }
    painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextHideMnemonic, option.text);
    painter->restore();
}

void checkIndicator(QPainter* painter, const Tokens& t, const QStyleOption& option, bool onSelectedRow) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool partly = option.state.testFlag(QStyle::State_NoChange);
    const bool on = partly || option.state.testFlag(QStyle::State_On);
    const bool pressed = enabled && option.state.testFlag(QStyle::State_Sunken);
    QRect rect(0, 0, t.size.checkbox, t.size.checkbox);
    rect.moveCenter(option.rect.center());
    const QColor frame = !enabled ? t.color.disabled : t.onRow(t.color.control, onSelectedRow);
    if (!on) {
        box(painter, rect, t.size.radiusCheck, pressed ? t.color.pressed : t.color.surface, frame);
        return;
    }
    const bool inverted = onSelectedRow && t.isHighContrast();
    const QColor fill = !enabled ? t.color.disabled : inverted ? t.color.onSelected : t.color.accent;
    const QColor tick = !enabled ? t.color.surface : inverted ? t.color.selected : t.color.onAccent;
    box(painter, rect, t.size.radiusCheck, fill, {});
    QRect icon(0, 0, t.size.iconCheck, t.size.iconCheck);
    icon.moveCenter(rect.center());
    paintIcon(painter, icon, partly ? Icon::Minus : Icon::Check, tick);
}

void radioIndicator(QPainter* painter, const Tokens& t, const QStyleOption& option) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool pressed = enabled && option.state.testFlag(QStyle::State_Sunken);
    const bool on = option.state.testFlag(QStyle::State_On);
    QRectF rect(0, 0, t.size.checkbox, t.size.checkbox);
    rect.moveCenter(QRectF(option.rect).center());
    const QColor ink = !enabled ? t.color.disabled : on ? t.color.accent : t.color.control;
    box(painter, rect, rect.height() / 2, pressed ? t.color.pressed : t.color.surface, ink);
    if (on) {
        const qreal inset = rect.height() / 4;
        box(painter, rect.adjusted(inset, inset, -inset, -inset), rect.height() / 4, ink, {});
    }
}

void toolButton(QPainter* painter, const Tokens& t, const QStyleOption& option) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    QColor fill;
    if (option.state.testFlag(QStyle::State_On))
        fill = t.color.selected;
    if (enabled && option.state.testFlag(QStyle::State_MouseOver))
        fill = t.isHighContrast() ? t.color.hover : t.color.raised;
    if (enabled && option.state.testFlag(QStyle::State_Sunken))
        fill = t.color.pressed;
    if (fill.isValid())
        box(painter, option.rect, t.size.radius, fill, {});
}

} // namespace outrider::theme::parts
