// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QRect>
#include <QStyleOption>

class QPainter;
class QWidget;

namespace outrider::theme::parts {

// What OutriderStyle draws, by kind of control; used by the style alone.

// A filled, framed rounded rectangle; the line lies inside the rectangle on whole pixels. An invalid
// colour is not drawn.
void box(QPainter* painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& line, qreal lineWidth = 1);

// style_buttons.cpp
void buttonFrame(QPainter* painter, const Tokens& t, const QStyleOption& option, const QString& kind);
QColor buttonInk(const Tokens& t, const QStyleOption& option, const QString& kind);
void buttonLabel(QPainter* painter, const Tokens& t, const QStyleOptionButton& option, const QString& kind);
void checkIndicator(QPainter* painter, const Tokens& t, const QStyleOption& option, bool onSelectedRow);
void radioIndicator(QPainter* painter, const Tokens& t, const QStyleOption& option);
void toolButton(QPainter* painter, const Tokens& t, const QStyleOption& option);

// style_inputs.cpp
void inputFrame(QPainter* painter, const Tokens& t, const QStyleOption& option, const QWidget* widget);
void comboBox(QPainter* painter, const Tokens& t, const QStyleOptionComboBox& option, const QWidget* widget);
void comboLabel(QPainter* painter, const Tokens& t, const QStyleOptionComboBox& option, const QRect& rect);
void spinBox(QPainter* painter, const Tokens& t, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down,
             const QWidget* widget);

void slider(QPainter* painter, const Tokens& t, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle);

// style_views.cpp
void scrollBar(QPainter* painter, const Tokens& t, const QStyleOptionSlider& option, const QRect& handle, const QWidget* widget);
void scrollGround(QPainter* painter, const QRect& rect, const QWidget* beside);
void row(QPainter* painter, const Tokens& t, const QStyleOptionViewItem& option);
void headerSection(QPainter* painter, const Tokens& t, const QStyleOptionHeader& option);
void headerLabel(QPainter* painter, const Tokens& t, const QStyleOptionHeader& option);
void menuItem(QPainter* painter, const Tokens& t, const QStyleOptionMenuItem& option);
QSize menuItemSize(const Tokens& t, const QStyleOptionMenuItem& option, const QSize& contents);
void progressBar(QPainter* painter, const Tokens& t, const QStyleOptionProgressBar& option);

} // namespace outrider::theme::parts
