// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/text_cache.h"

#include <QFontMetrics>
#include <QTextLayout>

#include <cmath>

namespace outrider::theme {

namespace {

constexpr int mostLines = 4000; // some screens full

TextCache::Line shape(const QFont& font, const QString& text) {
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.setCacheEnabled(false);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    return {layout.glyphRuns(), int(std::ceil(line.naturalTextWidth())), int(std::lround(line.ascent()))};
}

} // namespace

TextCache::TextCache() : m_lines(mostLines) {}

TextCache::Line TextCache::line(int style, const QFont& font, const QString& text, int width, Qt::TextElideMode elide) {
    const auto take = [&](const Key& key, const auto& make) {
        if (const Line* known = m_lines.object(key))
            return *known;
        auto* made = new Line(make());
        const Line copy = *made;
        m_lines.insert(key, made);
        return copy;
    };
    const Line whole = take({text, style, -1, Qt::ElideNone}, [&] { return shape(font, text); });
    if (width < 0 || whole.width <= width || elide == Qt::ElideNone)
        return whole;
    return take({text, style, width, elide}, [&] { return shape(font, QFontMetrics(font).elidedText(text, elide, width)); });
}

} // namespace outrider::theme
