// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

#include <array>
#include <memory>

class QWidget;

namespace outrider::theme {

class TextCache;

// The design tokens: the only place with a colour or a size. Everything that paints asks for them by
// the widget it paints on; there is no global. Values: docs of the visual design, "Colour" and "Type".
enum class Mode { Light, Dark, HighContrastLight, HighContrastDark };

struct Colors {
    QColor bg, surface, raised, hover, selected, selectedIdle, pressed;
    QColor line;    // decoration only
    QColor control; // a boundary that must be seen: inputs, checkboxes
    QColor text, muted, disabled;
    QColor accent, accentHover, accentPressed, onAccent, accentSoft, onSelected;
    QColor ok, okSoft, warn, warnSoft, danger, dangerSoft;
    QColor inverse, onInverse, inverseMuted, inverseAccent;
    QColor scrim, shadow;
    QColor chart1, chart2, chart3, chartBad;
};

struct Spacing {
    int xs = 4, s = 8, m = 12, l = 16, xl = 24, xxl = 48;
    int iconGap = 6; // between icon and label inside a control
};

// Logical pixels at 100 %, grown with the font where they hold text (at least line height + 8).
struct Sizes {
    int rail = 208, railCollapsed = 48, railItem = 32;
    int toolbar = 48, filterBar = 44, tabBar = 36, tableHeader = 28, groupHeader = 32;
    int row = 28, twoLineRow = 56, importRow = 32, stepRow = 48;
    int control = 28, controlLarge = 36, controlSmall = 24, keycap = 18, chip = 20, checkbox = 16;
    int detailPane = 384, detailPaneMin = 304, detailPaneMax = 480;
    int statusBar = 28, actionBar = 52, selectionBar = 44, banner = 36, toast = 36;
    int paletteWidth = 640, paletteInput = 52, paletteRow = 32, paletteFooter = 36, paletteTop = 104;
    int popupRow = 28, timelineDot = 24, progress = 4, scrollHandle = 6;
    int icon = 16, iconSmall = 14, iconCheck = 12;
    int radiusCheck = 3, radius = 4, radiusCard = 8;
    int hairline = 1, focus = 2, currentBar = 3;
    int textColumn = 680; // mail and notes are not set wider
};

struct Motion {
    int popupMs = 80, toastMs = 120, paneMs = 120; // 0 when reduced
    int toastHoldMs = 6000;
};

enum class Density { Compact, Cosy, Roomy };

enum class TextStyle {
    Meta,       // 12/16
    MetaStrong, // 12/16 500: chips, table headers
    Section,    // 12/16 600
    Body,       // 13/20
    BodyStrong, // 13/20 500
    Title,      // 15/20 600
    Reading,    // 15/24 400: mail
    Display,    // 20/28 600
    Mono,       // 12/18
};
inline constexpr int textStyles = 9;

struct Tokens {
    Mode mode = Mode::Light;
    qreal scale = 1; // of the font, 0.8 to 2
    Colors color;
    Spacing space;
    Sizes size;
    Motion motion;

    std::array<QFont, textStyles> fonts; // made once, so that their metrics are looked up once
    std::shared_ptr<TextCache> lines;    // shaped with these fonts; see ui/paint/text.h

    const QFont& font(TextStyle style) const { return fonts[size_t(style)]; }
    int lineHeight(TextStyle style) const;
    bool isDark() const { return mode == Mode::Dark || mode == Mode::HighContrastDark; }
    bool isHighContrast() const { return mode == Mode::HighContrastLight || mode == Mode::HighContrastDark; }
    // The colour of text or an icon in a row: in high contrast a selected row has one colour for all.
    QColor onRow(const QColor& ink, bool selected) const { return selected && isHighContrast() ? color.onSelected : ink; }
};

// Pure: the same arguments give the same tokens.
Tokens makeTokens(Mode mode, Density density, qreal scale, bool reducedMotion);

// The tokens of the style a widget is drawn with. The reference is valid until the theme changes
// (then every widget gets QEvent::StyleChange).
const Tokens& tokens(const QWidget* widget);

} // namespace outrider::theme
