// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/pieces.h"

#include "ui/paint/text.h"

#include <QPixmapCache>
#include <QStyle>
#include <qdrawutil.h>

#include <algorithm>
#include <cmath>

namespace outrider::paint {

using theme::TextStyle;
using theme::Tokens;

namespace {

QRect visual(const QPainter* painter, const QRect& bounds, const QRect& rect) {
    // A painter nobody told is of no direction at all, which visualRect() would take for the other one.
    const bool mirrored = painter->layoutDirection() == Qt::RightToLeft;
    return QStyle::visualRect(mirrored ? Qt::RightToLeft : Qt::LeftToRight, bounds, rect);
}

// Keys as one says them: what QKeySequence calls Return is Enter on the key.
QString capText(const QString& key) {
    if (key == QLatin1String("Return"))
        return QStringLiteral("Enter");
    if (key == QLatin1String("Up"))
        return QStringLiteral("↑");
    if (key == QLatin1String("Down"))
        return QStringLiteral("↓");
    if (key == QLatin1String("Left"))
        return QStringLiteral("←");
    if (key == QLatin1String("Right"))
        return QStringLiteral("→");
    return key;
}

// "Ctrl+Shift+P" and "J K" -> caps. A plus sign is a key, too: "Ctrl++".
QStringList capsOf(const QString& keys) {
    QStringList caps;
    for (const QString& chord : keys.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        QString part;
        for (const QChar c : chord) {
            if (c == QLatin1Char('+') && !part.isEmpty()) {
                caps.append(capText(part));
                part.clear();
            } else {
                part.append(c);
            }
        }
        if (!part.isEmpty())
            caps.append(capText(part));
    }
    return caps;
}

int capWidth(const Tokens& t, const QString& cap) {
    return std::max(t.size.keycap, textWidth(t, TextStyle::MetaStrong, cap) + 2 * t.space.xs);
}

// Nine pieces of a blurred rounded rectangle, made once per colour, radius and scale.
QPixmap shadowPixmap(const QColor& color, int radius, int blur, qreal ratio) {
    const QString key = QStringLiteral("outrider-shadow %1 %2 %3").arg(color.rgba()).arg(radius).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int side = 2 * (blur + radius) + 2 * blur + 1;
    const int pixels = int(std::ceil(side * ratio));
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(ratio, ratio);
        painter.setPen(Qt::NoPen);
        QColor solid = color;
        solid.setAlpha(255);
        painter.setBrush(solid);
        painter.drawRoundedRect(QRectF(blur, blur, side - 2 * blur, side - 2 * blur), radius, radius);
    }
    // Three box blurs come close to a Gaussian; the alpha is the only thing that differs.
    std::vector<int> alpha(size_t(pixels) * size_t(pixels));
    std::vector<int> next(alpha.size());
    const auto at = [&](int x, int y) { return size_t(y) * size_t(pixels) + size_t(x); };
    for (int y = 0; y < pixels; ++y) {
        for (int x = 0; x < pixels; ++x)
            alpha[at(x, y)] = qAlpha(image.pixel(x, y));
    }
    const int reach = std::max(1, int(std::lround(blur * ratio / 3)));
    for (int pass = 0; pass < 6; ++pass) {
        const bool across = pass % 2 == 0;
        for (int line = 0; line < pixels; ++line) {
            int sum = 0;
            for (int i = -reach; i < pixels; ++i) {
                if (i + reach < pixels)
                    sum += across ? alpha[at(i + reach, line)] : alpha[at(line, i + reach)];
                if (i - reach - 1 >= 0)
                    sum -= across ? alpha[at(i - reach - 1, line)] : alpha[at(line, i - reach - 1)];
                if (i >= 0)
                    next[across ? at(i, line) : at(line, i)] = sum / (2 * reach + 1);
            }
        }
        alpha.swap(next);
    }
    for (int y = 0; y < pixels; ++y) {
        for (int x = 0; x < pixels; ++x) {
            const int a = alpha[at(x, y)] * color.alpha() / 255;
            image.setPixel(x, y, qPremultiply(qRgba(color.red(), color.green(), color.blue(), a)));
        }
    }
    pixmap = QPixmap::fromImage(image);
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

QColor toneInk(const Tokens& t, Tone tone) {
    switch (tone) {
    case Tone::Neutral:
        return t.color.muted;
    case Tone::Accent:
        return t.color.accent;
    case Tone::Ok:
        return t.color.ok;
    case Tone::Warn:
        return t.color.warn;
    case Tone::Bad:
        return t.color.danger;
    case Tone::Tag:
        return t.color.text;
    }
    return t.color.text;
}

QColor toneFill(const Tokens& t, Tone tone) {
    switch (tone) {
    case Tone::Neutral:
        return t.color.raised;
    case Tone::Accent:
        return t.color.accentSoft;
    case Tone::Ok:
        return t.color.okSoft;
    case Tone::Warn:
        return t.color.warnSoft;
    case Tone::Bad:
        return t.color.dangerSoft;
    case Tone::Tag:
        return t.color.surface;
    }
    return t.color.raised;
}

QSize chipSize(const Tokens& t, const Chip& chip) {
    int width = textWidth(t, TextStyle::MetaStrong, chip.text) + 2 * t.space.iconGap;
    if (chip.icon != theme::Icon::None)
        width += t.size.iconCheck + t.space.xs;
    return {width, t.size.chip};
}

void drawChip(QPainter* painter, const Tokens& t, const QRect& rect, const Chip& chip, bool onSelected) {
    const QColor ink = toneInk(t, chip.tone);
    QColor fill = onSelected || t.isHighContrast() ? t.color.surface : toneFill(t, chip.tone);
    QColor line;
    if (t.isHighContrast())
        line = ink;
    else if (chip.tone == Tone::Tag)
        line = t.color.line;
    const QRect body(rect.x(), rect.y() + (rect.height() - t.size.chip) / 2, rect.width(), t.size.chip);
    drawCard(painter, body, t.size.radius, fill, line);
    QRect inside = body.adjusted(t.space.iconGap, 0, -t.space.iconGap, 0);
    if (chip.icon != theme::Icon::None) {
        const QRect icon(inside.x(), body.y() + (body.height() - t.size.iconCheck) / 2, t.size.iconCheck, t.size.iconCheck);
        theme::paintIcon(painter, visual(painter, body, icon), chip.icon, ink);
        inside.setLeft(inside.left() + t.size.iconCheck + t.space.xs);
    }
    drawText(painter, t, visual(painter, body, inside), {chip.text, TextStyle::MetaStrong, ink});
}

QSize keyCapsSize(const Tokens& t, const QString& keys) {
    int width = 0;
    for (const QString& cap : capsOf(keys))
        width += capWidth(t, cap) + (width ? t.space.xs : 0);
    return {width, t.size.keycap};
}

void drawKeyCaps(QPainter* painter, const Tokens& t, const QRect& rect, const QString& keys, CapGround ground) {
    QColor fill = t.color.surface;
    QColor line = t.color.line;
    QColor ink = t.color.muted;
    switch (ground) {
    case CapGround::Normal:
        break;
    case CapGround::Primary:
        fill = QColor();
        line = ink = t.color.onAccent;
        break;
    case CapGround::Inverse:
        fill = QColor();
        line = t.color.inverseMuted;
        ink = t.color.onInverse;
        break;
    case CapGround::Disabled:
        ink = t.color.disabled;
        break;
    }
    int x = rect.x();
    for (const QString& text : capsOf(keys)) {
        const QRect cap(x, rect.y() + (rect.height() - t.size.keycap) / 2, capWidth(t, text), t.size.keycap);
        const QRect place = visual(painter, rect, cap);
        drawCard(painter, place, t.size.radius, fill, line);
        drawText(painter, t, place, {text, TextStyle::MetaStrong, ink, Qt::AlignHCenter});
        x += cap.width() + t.space.xs;
    }
}

void drawRow(QPainter* painter, const Tokens& t, const QRect& rect, const RowState& state, bool withBar) {
    QColor fill;
    if (state.selected || (state.current && state.listHasFocus))
        fill = state.listHasFocus ? t.color.selected : t.color.selectedIdle;
    else if (state.hover)
        fill = t.color.hover;
    if (fill.isValid())
        painter->fillRect(rect, fill);
    if (withBar && state.current && state.listHasFocus) {
        const QRect bar(rect.x(), rect.y(), t.size.currentBar, rect.height());
        painter->fillRect(visual(painter, rect, bar), t.onRow(t.color.accent, true));
    }
}

void drawDot(QPainter* painter, const Tokens& t, const QRect& rect, theme::Icon icon, const QColor& fill, const QColor& ink) {
    const int side = std::min(rect.width(), rect.height());
    QRect dot(0, 0, side, side);
    dot.moveCenter(rect.center());
    drawCard(painter, dot, (side + 1) / 2, fill, t.isHighContrast() ? ink : QColor());
    const int size = std::min(t.size.iconSmall, side - 2 * t.space.xs);
    QRect place(dot.x() + (side - size) / 2, dot.y() + (side - size) / 2, size, size);
    theme::paintIcon(painter, place, icon, ink);
}

void drawProgress(QPainter* painter, const Tokens& t, const QRect& rect, double fraction, Tone tone) {
    const int radius = std::max(1, rect.height() / 2);
    drawCard(painter, rect, radius, t.color.raised, t.isHighContrast() ? t.color.line : QColor());
    QRect bar = rect;
    bar.setWidth(int(std::lround(std::clamp(fraction, 0.0, 1.0) * rect.width())));
    if (bar.width() > 0)
        drawCard(painter, visual(painter, rect, bar), radius, tone == Tone::Neutral ? t.color.chart2 : toneInk(t, tone), {});
}

void drawCard(QPainter* painter, const QRect& rect, int radius, const QColor& fill, const QColor& line, int lineWidth) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool framed = line.isValid() && lineWidth > 0;
    painter->setPen(framed ? QPen(line, lineWidth) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal inset = framed ? lineWidth / 2.0 : 0;
    const qreal corner = std::max(0.0, radius - inset);
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), corner, corner);
    painter->restore();
}

void drawShadow(QPainter* painter, const Tokens& t, const QRect& rect, int radius) {
    if (t.color.shadow.alpha() == 0)
        return; // high contrast: a frame instead
    const int blur = t.space.xl;
    const qreal ratio = painter->device()->devicePixelRatioF();
    const QPixmap shadow = shadowPixmap(t.color.shadow, radius, blur, ratio);
    // 8 px lower than what casts it; CSS's blur of 24 reaches 24 px beyond the edge.
    const QRect target = rect.adjusted(-blur, -blur + t.space.s, blur, blur + t.space.s);
    const int edge = 2 * blur + radius;
    const int source = int(edge * ratio);
    const int margin = std::min({edge, target.width() / 2, target.height() / 2});
    qDrawBorderPixmap(painter, target, QMargins(margin, margin, margin, margin), shadow, QRect(QPoint(), shadow.size()),
                      QMargins(source, source, source, source));
}

} // namespace outrider::paint
