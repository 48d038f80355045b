// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include <QFile>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>
#include <cmath>

namespace outrider::theme {

namespace {

// In the order of Icon, without None.
constexpr std::array iconNames{
    "mail",         "phone",          "linked-in",    "sms",
    "square-check", "calendar-check", "sticky-note",  "route",
    "circle-dot",   "clock",          "eye",          "reply",
    "reply-all",    "mail-question",  "mail-x",       "undo",
    "redo",         "lock",           "unlock",       "cloud-off",
    "refresh",      "triangle-alert", "circle-alert", "circle-check",
    "circle-info",  "bookmark",       "sun",          "inbox",
    "users",        "user",           "building",     "kanban",
    "calendar",     "chart-line",     "list-checks",  "settings",
    "search",       "filter",         "plus",         "minus",
    "cross",        "check",          "chevron-down", "chevron-right",
    "chevron-up",   "chevron-left",   "arrow-left",   "arrow-right",
    "play",         "pause",          "stop",         "send",
    "pencil",       "trash",          "archive",      "tag",
    "columns",      "rows",           "import",       "export",
    "more",         "history",        "panel",        "sliders",
    "key",          "keyboard",       "moon",         "server",
    "link",         "copy",           "ban",          "sparkle",
    "hash",         "file",           "home",         "globe",
    "timer",        "grip",           "skip",         "external",
    "shield",       "merge",          "eraser",
};
static_assert(iconNames.size() == size_t(Icon::Eraser), "every icon has its file");

// Those that point along the line of reading.
bool followsDirection(Icon icon) {
    switch (icon) {
    case Icon::ChevronLeft:
    case Icon::ChevronRight:
    case Icon::ArrowLeft:
    case Icon::ArrowRight:
    case Icon::Reply:
    case Icon::ReplyAll:
    case Icon::Undo:
    case Icon::Redo:
    case Icon::Send:
    case Icon::Skip:
    case Icon::Panel:
    case Icon::External:
        return true;
    default:
        return false;
    }
}

} // namespace

QPixmap iconPixmap(Icon icon, const QColor& color, int size, qreal devicePixelRatio) {
    if (icon == Icon::None || size <= 0)
        return {};
    const int pixels = int(std::ceil(size * devicePixelRatio));
    const QString key = QStringLiteral("outrider-icon %1 %2 %3").arg(int(icon)).arg(color.rgba()).arg(pixels);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        QFile file(QStringLiteral(":/outrider/icons/%1.svg").arg(QLatin1String(iconNames[size_t(icon) - 1])));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setOpacity(color.alphaF());
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void paintIcon(QPainter* painter, const QRect& rect, Icon icon, const QColor& color) {
    const int size = std::min(rect.width(), rect.height());
    const QPixmap pixmap = iconPixmap(icon, color, size, painter->device()->devicePixelRatioF());
    if (pixmap.isNull())
        return;
    const QPoint corner(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2);
    if (painter->layoutDirection() == Qt::RightToLeft && followsDirection(icon)) {
        painter->save();
        painter->translate(corner.x() + size, corner.y());
        painter->scale(-1, 1);
        painter->drawPixmap(0, 0, pixmap);
        painter->restore();
        return;
    }
    painter->drawPixmap(corner, pixmap);
}

void paintMark(QPainter* painter, const QRect& rect, const QColor& lance, const QColor& upper, const QColor& lower) {
    // The shapes of resources/icons/outrider.svg without its ground, in the box of 48 around them.
    const qreal unit = std::min(rect.width(), rect.height()) / 48.0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.x() + (rect.width() - 48 * unit) / 2, rect.y() + (rect.height() - 48 * unit) / 2);
    painter->scale(unit, unit);
    painter->setPen(QPen(lance, 5, Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(QPointF(7, 2.5), QPointF(7, 45.5));
    painter->setPen(Qt::NoPen);
    painter->setBrush(upper);
    painter->drawPolygon(QPolygonF({QPointF(13.5, 1.5), QPointF(43, 17.5), QPointF(20.5, 17.5)}));
    painter->setBrush(lower);
    painter->drawPolygon(QPolygonF({QPointF(20.5, 17.5), QPointF(43, 17.5), QPointF(13.5, 33.5)}));
    painter->restore();
}

} // namespace outrider::theme
