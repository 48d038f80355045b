// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/text.h"

#include <QFontMetrics>

namespace outrider::paint {

int drawText(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, const TextRun& run) {
    if (run.text.isEmpty() || rect.width() <= 0)
        return 0;
    QFont font = tokens.font(run.style);
    if (run.strikeOut)
        font.setStrikeOut(true);
    const QFontMetrics metrics(font);
    int width = metrics.horizontalAdvance(run.text);
    QString text = run.text;
    if (width > rect.width()) {
        if (run.elide == Qt::ElideNone) {
            width = rect.width();
        } else {
            text = metrics.elidedText(run.text, run.elide, rect.width());
            width = std::min(rect.width(), metrics.horizontalAdvance(text));
        }
    }
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
    const int height = metrics.ascent() + metrics.descent();
    int y = rect.y() + (rect.height() - height + 1) / 2;
    if (run.alignment & Qt::AlignTop)
        y = rect.y() + std::max(0, (tokens.lineHeight(run.style) - height + 1) / 2);
    painter->setFont(font);
    painter->setPen(run.color);
    painter->drawText(QPoint(x, y + metrics.ascent()), text);
    return width;
}

int textWidth(const theme::Tokens& tokens, theme::TextStyle style, const QString& text) {
    return QFontMetrics(tokens.font(style)).horizontalAdvance(text);
}

} // namespace outrider::paint
