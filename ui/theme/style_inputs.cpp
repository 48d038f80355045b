// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/theme/outrider_style.h"
#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QStyle>
#include <QWidget>

namespace outrider::theme::parts {

void inputFrame(QPainter* painter, const Tokens& t, const QStyleOption& option, const QWidget* widget) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool focus = enabled && option.state.testFlag(QStyle::State_HasFocus);
    if (option.state.testFlag(QStyle::State_ReadOnly) && !focus)
        return; // what cannot be changed has no frame
    QColor line = enabled ? t.color.control : t.color.line;
    if (widget && widget->property(property::invalid).toBool())
        line = t.color.danger;
    if (focus)
        line = t.color.accent;
    box(painter, option.rect, t.size.radius, t.color.surface, line, focus ? t.size.focus : t.size.hairline);
}

void comboBox(QPainter* painter, const Tokens& t, const QStyleOptionComboBox& option, const QWidget* widget) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool lively = option.state.testFlag(QStyle::State_MouseOver) || option.state.testFlag(QStyle::State_HasFocus);
    // Without a frame (in a table) it is plain text until the pointer or the focus is on it.
    if (option.frame || (enabled && lively)) {
        QStyleOption frame(option);
        frame.state.setFlag(QStyle::State_ReadOnly, false);
        inputFrame(painter, t, frame, widget);
    }
    const QRect arrow =
        widget ? widget->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow, widget) : option.rect;
    QRect icon(0, 0, t.size.iconSmall, t.size.iconSmall);
    icon.moveCenter(arrow.center());
    paintIcon(painter, icon, Icon::ChevronDown, enabled ? t.color.muted : t.color.disabled);
}

void comboLabel(QPainter* painter, const Tokens& t, const QStyleOptionComboBox& option, const QRect& rect) {
    if (option.editable)
        return;
    painter->save();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    QRect text = rect;
    if (!option.currentIcon.isNull()) {
        const QRect icon = QStyle::alignedRect(option.direction, Qt::AlignLeading | Qt::AlignVCenter, option.iconSize, rect);
        option.currentIcon.paint(painter, icon);
        text = QStyle::visualRect(option.direction, rect, rect.adjusted(option.iconSize.width() + t.space.iconGap, 0, 0, 0));
    }
    painter->setPen(enabled ? option.palette.color(QPalette::Text) : t.color.disabled);
    painter->drawText(text,
                      int(QStyle::visualAlignment(option.direction, Qt::AlignLeading | Qt::AlignVCenter)) | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, text.width()));
    painter->restore();
}

void spinBox(QPainter* painter, const Tokens& t, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down,
             const QWidget* widget) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (option.frame)
        inputFrame(painter, t, option, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto arrow = [&](const QRect& rect, Icon icon, bool possible, QStyle::SubControl part) {
        QRect place(0, 0, t.size.iconCheck, t.size.iconCheck);
        place.moveCenter(rect.center());
        const bool hover = option.activeSubControls == part && option.state.testFlag(QStyle::State_MouseOver);
        paintIcon(painter, place, icon, !enabled || !possible ? t.color.disabled : hover ? t.color.text : t.color.muted);
    };
    arrow(up, Icon::ChevronUp, option.stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled), QStyle::SC_SpinBoxUp);
    arrow(down, Icon::ChevronDown, option.stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled), QStyle::SC_SpinBoxDown);
}

void slider(QPainter* painter, const Tokens& t, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool across = option.orientation == Qt::Horizontal;
    QRect track = groove;
    if (across) {
        track.setHeight(t.size.progress);
        track.moveTop(groove.center().y() - t.size.progress / 2);
    } else {
        track.setWidth(t.size.progress);
        track.moveLeft(groove.center().x() - t.size.progress / 2);
    }
    const qreal radius = t.size.progress / 2.0;
    box(painter, track, radius, t.color.raised, t.isHighContrast() ? t.color.line : QColor());
    QRect passed = track;
    if (!across)
        passed.setTop(handle.center().y());
    else if (option.upsideDown)
        passed.setLeft(handle.center().x());
    else
        passed.setRight(handle.center().x());
    box(painter, passed, radius, enabled ? t.color.accent : t.color.disabled, {});
    const bool focus = option.state.testFlag(QStyle::State_HasFocus);
    const QColor line = !enabled ? t.color.disabled : focus ? t.color.accent : t.color.control;
    const QColor fill =
        enabled && option.activeSubControls.testFlag(QStyle::SC_SliderHandle) && option.state.testFlag(QStyle::State_Sunken)
            ? t.color.pressed
            : t.color.surface;
    box(painter, handle, handle.width() / 2.0, fill, line, focus ? t.size.focus : t.size.hairline);
}

} // namespace outrider::theme::parts
