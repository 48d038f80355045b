// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/text.h"

#include "ui/theme/text_cache.h"

#include <QFontMetrics>

#include <algorithm>

namespace outrider::paint {

int drawText(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, const TextRun& run) {
    if (run.text.isEmpty() || rect.width() <= 0)
        return 0;
    const QFont& font = tokens.font(run.style);
    const theme::TextCache::Line line = tokens.lines->line(int(run.style), font, run.text, rect.width(), run.elide);
    const int width = std::min(line.width, rect.width());
    // AlignLeading is the side the layout begins at, whatever the direction of the text itself.
    Qt::Alignment side = run.alignment & Qt::AlignHorizontal_Mask;
    if (!(side & Qt::AlignAbsolute) && painter->layoutDirection() == Qt::RightToLeft) {
        if (side & Qt::AlignRight)
            side = Qt::AlignLeft;
        else if (!(side & Qt::AlignHCenter))
            side = Qt::AlignRight;
    }
    int x = rect.x();
    if (side & Qt::AlignRight)
        x = rect.x() + rect.width() - width;
    else if (side & Qt::AlignHCenter)
        x = rect.x() + (rect.width() - width) / 2;
    const QFontMetrics metrics(font);
    const int height = metrics.ascent() + metrics.descent();
    const int y = run.alignment & Qt::AlignTop ? rect.y() + std::max(0, (tokens.lineHeight(run.style) - height + 1) / 2)
                                               : rect.y() + (rect.height() - height + 1) / 2;
    painter->setPen(run.color);
    // All scripts stand on the base line of our own font, so that names in a column do.
    for (const QGlyphRun& glyphs : line.runs)
        painter->drawGlyphRun(QPointF(x, y + metrics.ascent() - line.ascent), glyphs);
    if (run.strikeOut) {
        const int middle = y + metrics.ascent() - metrics.strikeOutPos();
        painter->fillRect(x, middle, width, std::max(1, metrics.lineWidth()), run.color);
    }
    return width;
}

int textWidth(const theme::Tokens& tokens, theme::TextStyle style, const QString& text) {
    return text.isEmpty() ? 0 : tokens.lines->line(int(style), tokens.font(style), text).width;
}

} // namespace outrider::paint
