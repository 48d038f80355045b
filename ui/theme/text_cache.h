// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QFont>
#include <QGlyphRun>
#include <QList>
#include <QString>

namespace outrider::theme {

// One line of text, shaped once and painted many times: lists paint the same cells at every move of the
// wheel, and shaping is what costs. Belongs to the tokens whose fonts it was shaped with. Window thread.
class TextCache {
public:
    struct Line {
        QList<QGlyphRun> runs; // relative to the upper left corner of the line
        int width = 0;         // rounded up
        int ascent = 0;        // of the line: another script's font may be taller than ours
    };

    TextCache();
    // `style`: which of the tokens' fonts `font` is. Elided to `width`; below 0: as wide as it is.
    Line line(int style, const QFont& font, const QString& text, int width = -1, Qt::TextElideMode elide = Qt::ElideNone);

private:
    struct Key {
        QString text;
        int style;
        int width; // -1: whole
        int elide;
        bool operator==(const Key&) const = default;
    };
    friend size_t qHash(const Key& key, size_t seed) { return qHashMulti(seed, key.text, key.style, key.width, key.elide); }

    QCache<Key, Line> m_lines;
};

} // namespace outrider::theme
