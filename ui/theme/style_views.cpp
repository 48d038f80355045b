// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/theme/style_parts.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace outrider::theme::parts {

namespace {

// A bar lies beside its area's contents, so it continues their ground.
QColor groundOf(const QWidget* bar) {
    for (const QWidget* widget = bar; widget; widget = widget->parentWidget()) {
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(widget)) {
            const auto* scroll = qobject_cast<const QScrollArea*>(area);
            const QWidget* viewport =
                scroll && scroll->widget() && scroll->widget()->autoFillBackground() ? scroll->widget() : area->viewport();
            return viewport->autoFillBackground() ? viewport->palette().color(viewport->backgroundRole()) : QColor();
        }
    }
    return {};
}

} // namespace

void scrollGround(QPainter* painter, const QRect& rect, const QWidget* beside) {
    if (const QColor ground = groundOf(beside); ground.isValid())
        painter->fillRect(rect, ground);
}

void scrollBar(QPainter* painter, const Tokens& t, const QStyleOptionSlider& option, const QRect& handle, const QWidget* widget) {
    scrollGround(painter, option.rect, widget);
    if (option.maximum <= option.minimum)
        return;
    const bool lively = option.state.testFlag(QStyle::State_MouseOver) || option.state.testFlag(QStyle::State_Sunken);
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int extent = horizontal ? handle.height() : handle.width();
    const qreal inset = lively ? 0 : std::max(0.0, (extent - t.size.scrollHandle) / 2.0);
    const QRectF bar = horizontal ? QRectF(handle).adjusted(1, inset, -1, -inset) : QRectF(handle).adjusted(inset, 1, -inset, -1);
    const qreal radius = std::min(bar.width(), bar.height()) / 2;
    box(painter, bar, radius, option.state.testFlag(QStyle::State_Sunken) ? t.color.muted : t.color.control, {});
}

void row(QPainter* painter, const Tokens& t, const QStyleOptionViewItem& option) {
    if (option.backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option.rect, option.backgroundBrush);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, option.state.testFlag(QStyle::State_Active) && option.state.testFlag(QStyle::State_Enabled)
                                           ? t.color.selected
                                           : t.color.selectedIdle);
    else if (option.state.testFlag(QStyle::State_MouseOver) && option.state.testFlag(QStyle::State_Enabled))
        painter->fillRect(option.rect, t.color.hover);
}

void headerSection(QPainter* painter, const Tokens& t, const QStyleOptionHeader& option) {
    painter->fillRect(option.rect, t.color.surface);
    QRect line = option.rect;
    line.setTop(line.bottom() - t.size.hairline + 1);
    painter->fillRect(line, t.color.line);
    if (option.state.testFlag(QStyle::State_MouseOver) && option.position != QStyleOptionHeader::End) {
        QRect grip = option.rect.adjusted(0, t.space.xs, 0, -t.space.xs);
        if (option.direction == Qt::RightToLeft)
            grip.setRight(grip.left());
        else
            grip.setLeft(grip.right());
        painter->fillRect(grip, t.color.control);
    }
}

void headerLabel(QPainter* painter, const Tokens& t, const QStyleOptionHeader& option) {
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const QRect rect = option.rect.adjusted(t.space.xs, 0, -t.space.xs, 0); // beside the header's own margin
    painter->save();
    painter->setFont(t.font(TextStyle::MetaStrong));
    painter->setPen(!option.state.testFlag(QStyle::State_Enabled) ? t.color.disabled : sorted ? t.color.text : t.color.muted);
    const QFontMetrics metrics(painter->font());
    const int arrow = sorted ? t.size.iconCheck + t.space.xs : 0;
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, std::max(0, rect.width() - arrow));
    const Qt::Alignment alignment = QStyle::visualAlignment(option.direction, option.textAlignment);
    const int width = metrics.horizontalAdvance(text);
    QRect place = QStyle::alignedRect(Qt::LeftToRight, (alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter,
                                      QSize(width + arrow, rect.height()), rect);
    const bool mirrored = option.direction == Qt::RightToLeft;
    painter->drawText(mirrored ? place.adjusted(arrow, 0, 0, 0) : place.adjusted(0, 0, -arrow, 0),
                      Qt::AlignCenter | Qt::TextSingleLine, text);
    if (sorted) {
        QRect icon(0, 0, t.size.iconCheck, t.size.iconCheck);
        icon.moveCenter(place.center());
        icon.moveLeft(mirrored ? place.left() : place.right() + 1 - t.size.iconCheck);
        // Qt's "sort down" is the arrow of ascending order.
        paintIcon(painter, icon, option.sortIndicator == QStyleOptionHeader::SortDown ? Icon::ChevronUp : Icon::ChevronDown,
                  t.color.text);
    }
    painter->restore();
}

void menuItem(QPainter* painter, const Tokens& t, const QStyleOptionMenuItem& option) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool selected = enabled && option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, t.color.surface);
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        QRect line = option.rect;
        line.setTop(option.rect.center().y());
        line.setHeight(t.size.hairline);
        painter->fillRect(line, t.color.line);
        painter->restore();
        return;
    }
    if (selected)
        box(painter, option.rect, t.size.radius, t.color.selected, {});
    const auto visual = [&](const QRect& rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    const QColor ink = enabled ? t.onRow(t.color.text, selected) : t.color.disabled;
    const QColor quiet = enabled ? t.onRow(t.color.muted, selected) : t.color.disabled;
    QRect rect = option.rect.adjusted(t.space.s, 0, -t.space.s, 0);
    if (option.menuHasCheckableItems || option.maxIconWidth > 0) {
        QRect icon(rect.left(), 0, t.size.icon, t.size.icon);
        icon.moveTop(option.rect.center().y() - t.size.icon / 2 + 1);
        if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked)
            paintIcon(painter, visual(icon), Icon::Check, ink);
        else if (!option.icon.isNull())
            option.icon.paint(painter, visual(icon), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        rect.setLeft(rect.left() + t.size.icon + t.space.s);
    }
    const int tab = int(option.text.indexOf(QLatin1Char('\t')));
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextHideMnemonic;
    painter->setFont(option.font);
    painter->setPen(ink);
    painter->drawText(visual(rect), flags | int(QStyle::visualAlignment(option.direction, Qt::AlignLeading)),
                      tab < 0 ? option.text : option.text.left(tab));
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        QRect icon(rect.right() + 1 - t.size.iconCheck, 0, t.size.iconCheck, t.size.iconCheck);
        icon.moveTop(option.rect.center().y() - t.size.iconCheck / 2 + 1);
        paintIcon(painter, visual(icon), Icon::ChevronRight, quiet);
    } else if (tab >= 0) {
        painter->setPen(quiet);
        painter->drawText(visual(rect), flags | int(QStyle::visualAlignment(option.direction, Qt::AlignTrailing)),
                          option.text.mid(tab + 1));
    }
    painter->restore();
}

QSize menuItemSize(const Tokens& t, const QStyleOptionMenuItem& option, const QSize& contents) {
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {contents.width(), 2 * t.space.xs + t.size.hairline};
    int width = contents.width() + 2 * t.space.s;
    if (option.menuHasCheckableItems || option.maxIconWidth > 0)
        width += t.size.icon + t.space.s;
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        width += t.size.iconCheck + t.space.s;
    else if (option.text.contains(QLatin1Char('\t')) || option.reservedShortcutWidth > 0)
        width += t.space.xl + option.reservedShortcutWidth;
    return {width, std::max(contents.height(), t.size.popupRow)};
}

void progressBar(QPainter* painter, const Tokens& t, const QStyleOptionProgressBar& option) {
    QRect track(option.rect.left(), option.rect.center().y() - t.size.progress / 2, option.rect.width(), t.size.progress);
    box(painter, track, t.size.progress / 2.0, t.color.raised, t.isHighContrast() ? t.color.line : QColor());
    const int range = option.maximum - option.minimum;
    if (range <= 0)
        return;
    const double fraction = std::clamp(double(option.progress - option.minimum) / range, 0.0, 1.0);
    QRect bar = track;
    bar.setWidth(int(fraction * track.width()));
    if (bar.width() > 0)
        box(painter, QStyle::visualRect(option.direction, track, bar), t.size.progress / 2.0, t.color.accent, {});
}

} // namespace outrider::theme::parts
