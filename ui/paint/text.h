// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QPainter>
#include <QRect>
#include <QString>

namespace outrider::paint {

// Painting text in rows. User data is wrapped in FSI/PDI by the caller only inside sentences; here one
// run is one piece of text, elided at the right, with the base line centred by font metrics.
struct TextRun {
    QString text;
    theme::TextStyle style = theme::TextStyle::Body;
    QColor color;
    Qt::Alignment alignment = Qt::AlignLeading;
    Qt::TextElideMode elide = Qt::ElideRight;
    bool strikeOut = false;
};
// Returns the width used.
int drawText(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, const TextRun& run);
int textWidth(const theme::Tokens& tokens, theme::TextStyle style, const QString& text);

} // namespace outrider::paint
