// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QProxyStyle>

class QApplication;

namespace outrider::theme {

// Dynamic properties the style reads; ui/widgets sets them.
namespace property {
inline constexpr char kind[] = "kind";               // of a button: "primary", "secondary", "ghost", "danger"
inline constexpr char controlSize[] = "controlSize"; // of a button or input: "small", "large"
inline constexpr char invalid[] = "invalid";         // of an input: its frame is danger
inline constexpr char focusRing[] = "focusRing";     // false: shows its focus by itself; true: wants the ring
} // namespace property

// Fusion with our tokens: one look on every system. Buttons carry their kind as a dynamic property
// (ui/widgets/button.h). Focus rings are drawn by a FocusRing overlay of the window, not here.
class OutriderStyle : public QProxyStyle {
    Q_OBJECT

public:
    explicit OutriderStyle(Tokens tokens);

    const Tokens& tokens() const { return m_tokens; }
    QPalette standardPalette() const override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                         const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;

private:
    Tokens m_tokens;
};

// Registers the fonts of the program's resources; call once before the first window.
void loadFonts();

// Puts style, palette and font in force; again with other tokens to change the theme while running.
void applyTheme(QApplication& app, const Tokens& tokens);

} // namespace outrider::theme
