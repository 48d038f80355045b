// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QRect>
#include <QString>
#include <QStringList>

namespace outrider::paint {

// The small pieces of the design, one implementation for delegates and widgets alike.

// What a chip's colour says; the word is always beside it.
enum class Tone { Neutral, Accent, Ok, Warn, Bad, Tag };

struct Chip {
    QString text;
    Tone tone = Tone::Neutral;
    theme::Icon icon = theme::Icon::None;
};
QSize chipSize(const theme::Tokens& tokens, const Chip& chip);
// On a selected row the fill becomes the surface.
void drawChip(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, const Chip& chip, bool onSelected = false);

// Key caps of a chord or a row of keys: "Ctrl+P" -> two caps.
QSize keyCapsSize(const theme::Tokens& tokens, const QString& keys);
enum class CapGround { Normal, Primary, Inverse, Disabled };
void drawKeyCaps(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, const QString& keys,
                 CapGround ground = CapGround::Normal);

// Background of a list row: hover, selected (with and without focus), and the bar of the current one.
struct RowState {
    bool hover = false;
    bool selected = false;
    bool current = false;
    bool listHasFocus = true;
};
void drawRow(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, const RowState& state, bool withBar = true);

// 24 px circle with an icon of 14: timeline and enrolment strip.
void drawDot(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, theme::Icon icon, const QColor& fill,
             const QColor& ink);

void drawProgress(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, double fraction, Tone tone = Tone::Accent);

// A filled, framed rounded rectangle with crisp edges.
void drawCard(QPainter* painter, const QRect& rect, int radius, const QColor& fill, const QColor& line, int lineWidth = 1);
void drawShadow(QPainter* painter, const theme::Tokens& tokens, const QRect& rect, int radius);

QColor toneInk(const theme::Tokens& tokens, Tone tone);
QColor toneFill(const theme::Tokens& tokens, Tone tone);

} // namespace outrider::paint
