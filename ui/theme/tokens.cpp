// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include "ui/theme/outrider_style.h"
#include "ui/theme/text_cache.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace outrider::theme {

namespace {

QColor hex(const char* value) { return QColor(QLatin1String(value)); }

Colors lightColors() {
    Colors c;
    c.bg = hex("#F4F6F5");
    c.surface = hex("#FFFFFF");
    c.raised = hex("#EBEFEE");
    c.hover = hex("#F1F4F3");
    c.selected = hex("#DCEDEE");
    c.selectedIdle = hex("#E5EAE9");
    c.pressed = hex("#DDE3E2");
    c.line = hex("#DEE3E2");
    c.control = hex("#77858A");
    c.text = hex("#14191A");
    c.muted = hex("#536063");
    c.disabled = hex("#98A2A4");
    c.accent = hex("#0B6670");
    c.accentHover = hex("#095660");
    c.accentPressed = hex("#07464E");
    c.onAccent = hex("#FFFFFF");
    c.accentSoft = hex("#DCEDEE");
    c.onSelected = c.text;
    c.ok = hex("#2B661B");
    c.okSoft = hex("#E4F1DE");
    c.warn = hex("#855000");
    c.warnSoft = hex("#FAEDD3");
    c.danger = hex("#B3261E");
    c.dangerSoft = hex("#FBE5E2");
    c.inverse = hex("#1C2324");
    c.onInverse = hex("#F2F5F5");
    c.inverseMuted = hex("#A9B5B7");
    c.inverseAccent = hex("#7FD3DB");
    c.scrim = QColor(16, 22, 23, 82);
    c.shadow = QColor(12, 20, 22, 41);
    c.chart1 = hex("#0B6670");
    c.chart2 = hex("#6FA9AF");
    c.chart3 = hex("#C3D2D3");
    c.chartBad = hex("#B3261E");
    return c;
}

Colors darkColors() {
    Colors c;
    c.bg = hex("#101415");
    c.surface = hex("#171C1D");
    c.raised = hex("#232A2C");
    c.hover = hex("#1D2325");
    c.selected = hex("#14383C");
    c.selectedIdle = hex("#262D2F");
    c.pressed = hex("#2C3436");
    c.line = hex("#2A3234");
    c.control = hex("#718083");
    c.text = hex("#E6EBEB");
    c.muted = hex("#9CA8AA");
    c.disabled = hex("#5F6B6D");
    c.accent = hex("#66C5CE");
    c.accentHover = hex("#7FD3DB");
    c.accentPressed = hex("#4FB3BD");
    c.onAccent = hex("#06191B");
    c.accentSoft = hex("#14383C");
    c.onSelected = c.text;
    c.ok = hex("#93CC76");
    c.okSoft = hex("#1E2F18");
    c.warn = hex("#EDB654");
    c.warnSoft = hex("#35290F");
    c.danger = hex("#FF8F85");
    c.dangerSoft = hex("#3D1E1B");
    c.inverse = hex("#E6EBEB");
    c.onInverse = hex("#14191A");
    c.inverseMuted = hex("#4C585B");
    c.inverseAccent = hex("#0B6670");
    c.scrim = QColor(0, 0, 0, 133);
    c.shadow = QColor(0, 0, 0, 122);
    c.chart1 = hex("#66C5CE");
    c.chart2 = hex("#3B7F86");
    c.chart3 = hex("#3A4648");
    c.chartBad = hex("#FF8F85");
    return c;
}

Colors highContrastLightColors() {
    Colors c;
    c.bg = c.surface = c.raised = c.okSoft = c.warnSoft = c.dangerSoft = hex("#FFFFFF");
    c.hover = hex("#E6F3F4");
    c.selected = hex("#003A41");
    c.selectedIdle = hex("#D5DDDE");
    c.pressed = hex("#C8D2D3");
    c.line = c.control = c.text = hex("#000000");
    c.muted = hex("#2A3234");
    c.disabled = hex("#5A6466");
    c.accent = hex("#004A52");
    c.accentHover = hex("#003A41");
    c.accentPressed = hex("#002A2F");
    c.onAccent = hex("#FFFFFF");
    c.accentSoft = hex("#D9EFF1");
    c.onSelected = hex("#FFFFFF");
    c.ok = hex("#14490A");
    c.warn = hex("#5C3600");
    c.danger = hex("#86100A");
    c.inverse = hex("#000000");
    c.onInverse = hex("#FFFFFF");
    c.inverseMuted = hex("#D8DEDF");
    c.inverseAccent = hex("#8CE3EB");
    c.scrim = QColor(0, 0, 0, 153);
    c.shadow = QColor(0, 0, 0, 0);
    c.chart1 = hex("#004A52");
    c.chart2 = hex("#6B7A7C");
    c.chart3 = hex("#A9B3B5");
    c.chartBad = hex("#86100A");
    return c;
}

Colors highContrastDarkColors() {
    Colors c;
    c.bg = c.surface = c.raised = c.okSoft = c.warnSoft = c.dangerSoft = hex("#000000");
    c.hover = hex("#0F2426");
    c.selected = hex("#9BEBF2");
    c.selectedIdle = hex("#333C3E");
    c.pressed = hex("#2A3234");
    c.line = c.control = c.text = hex("#FFFFFF");
    c.muted = hex("#D6DDDE");
    c.disabled = hex("#98A4A6");
    c.accent = hex("#8CE3EB");
    c.accentHover = hex("#B2F0F5");
    c.accentPressed = hex("#6BD0DA");
    c.onAccent = hex("#000000");
    c.accentSoft = hex("#0F2426");
    c.onSelected = hex("#000000");
    c.ok = hex("#B4EE97");
    c.warn = hex("#FFD27A");
    c.danger = hex("#FFB3AB");
    c.inverse = hex("#FFFFFF");
    c.onInverse = hex("#000000");
    c.inverseMuted = hex("#2A3234");
    c.inverseAccent = hex("#004A52");
    c.scrim = QColor(0, 0, 0, 178);
    c.shadow = QColor(0, 0, 0, 0);
    c.chart1 = hex("#8CE3EB");
    c.chart2 = hex("#8A9A9C");
    c.chart3 = hex("#4C5658");
    c.chartBad = hex("#FFB3AB");
    return c;
}

struct TypeStyle {
    int pixels;
    int line;
    QFont::Weight weight;
};

// In the order of TextStyle.
constexpr std::array<TypeStyle, textStyles> typeStyles{{
    {12, 16, QFont::Normal},
    {12, 16, QFont::Medium},
    {12, 16, QFont::DemiBold},
    {13, 20, QFont::Normal},
    {13, 20, QFont::Medium},
    {15, 20, QFont::DemiBold},
    {15, 24, QFont::Normal},
    {20, 28, QFont::DemiBold},
    {12, 18, QFont::Normal},
}};

// What is missing in a family is taken from the next one; "Outrider Sans" is Inter with tabular digits.
QStringList families(TextStyle style) {
    QStringList names{QStringLiteral("Outrider Sans"),       QStringLiteral("Noto Sans"),
                      QStringLiteral("Noto Sans CJK SC"),    QStringLiteral("Noto Sans CJK JP"),
                      QStringLiteral("Noto Sans Arabic"),    QStringLiteral("Noto Sans Hebrew"),
                      QStringLiteral("Noto Sans Devanagari")};
    if (style == TextStyle::Mono)
        names.prepend(QStringLiteral("JetBrains Mono"));
    return names;
}

QFont makeFont(TextStyle style, qreal scale) {
    const TypeStyle& type = typeStyles[size_t(style)];
    QFont font;
    font.setFamilies(families(style));
    font.setStyleHint(style == TextStyle::Mono ? QFont::Monospace : QFont::SansSerif, QFont::PreferAntialias);
    font.setPixelSize(int(std::lround(type.pixels * scale)));
    font.setWeight(type.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

// Every token is rounded once, here.
class Growth {
public:
    Growth(qreal scale, int line) : m_scale(scale), m_bodyLine(line) {}
    // A height that holds one line of body text.
    int holding(int pixels, int air = 8) const { return std::max(pixels, m_bodyLine + air); }
    // A height around such a line: keeps the air it has at 100 %.
    int around(int pixels) const { return std::max(pixels, pixels - 20 + m_bodyLine); }
    int around2(int pixels) const { return std::max(pixels, pixels - 40 + 2 * m_bodyLine); }
    // Grows with the text it stands beside, never shrinks.
    int beside(int pixels) const { return std::max(pixels, int(std::lround(pixels * m_scale))); }
    // A width of text: half the growth, because windows do not grow with the font.
    int wide(int pixels) const { return std::max(pixels, int(std::lround(pixels * (1 + (m_scale - 1) / 2)))); }

private:
    qreal m_scale;
    int m_bodyLine;
};

Sizes makeSizes(Density density, qreal scale, int bodyLine, int metaLine) {
    const Growth grow(scale, bodyLine);
    Sizes s;
    switch (density) {
    case Density::Compact:
        s.row = grow.holding(24, 4);
        break;
    case Density::Cosy:
        s.row = grow.holding(28);
        break;
    case Density::Roomy:
        s.row = grow.holding(36, 16);
        break;
    }
    s.rail = grow.wide(s.rail);
    s.railItem = grow.around(s.railItem);
    s.toolbar = grow.around(s.toolbar);
    s.filterBar = grow.around(s.filterBar);
    s.tabBar = grow.around(s.tabBar);
    s.tableHeader = grow.holding(s.tableHeader);
    s.groupHeader = grow.around(s.groupHeader);
    s.twoLineRow = grow.around2(s.twoLineRow);
    s.importRow = grow.around(s.importRow);
    s.stepRow = grow.around2(s.stepRow);
    s.control = grow.holding(s.control);
    s.controlLarge = grow.around(s.controlLarge);
    s.controlSmall = grow.holding(s.controlSmall, 4);
    s.keycap = std::max(s.keycap, metaLine + 2);
    s.chip = std::max(s.chip, metaLine + 4);
    s.checkbox = grow.beside(s.checkbox);
    s.detailPane = grow.wide(s.detailPane);
    s.detailPaneMin = grow.wide(s.detailPaneMin);
    s.detailPaneMax = grow.wide(s.detailPaneMax);
    s.statusBar = grow.holding(s.statusBar);
    s.actionBar = grow.around(s.actionBar);
    s.selectionBar = grow.around(s.selectionBar);
    s.banner = grow.around(s.banner);
    s.toast = grow.around(s.toast);
    s.paletteWidth = grow.wide(s.paletteWidth);
    s.paletteInput = grow.around(s.paletteInput);
    s.paletteRow = grow.around(s.paletteRow);
    s.paletteFooter = grow.around(s.paletteFooter);
    s.popupRow = grow.holding(s.popupRow);
    s.timelineDot = grow.beside(s.timelineDot);
    s.icon = grow.beside(s.icon);
    s.iconSmall = grow.beside(s.iconSmall);
    s.iconCheck = grow.beside(s.iconCheck);
    s.textColumn = grow.beside(s.textColumn);
    return s;
}

Colors colorsOf(Mode mode) {
    switch (mode) {
    case Mode::Light:
        return lightColors();
    case Mode::Dark:
        return darkColors();
    case Mode::HighContrastLight:
        return highContrastLightColors();
    case Mode::HighContrastDark:
        return highContrastDarkColors();
    }
    return lightColors();
}

} // namespace

int Tokens::lineHeight(TextStyle style) const { return int(std::lround(typeStyles[size_t(style)].line * scale)); }

Tokens makeTokens(Mode mode, Density density, qreal scale, bool reducedMotion) {
    Tokens tokens;
    tokens.mode = mode;
    tokens.scale = std::clamp(scale, 0.8, 2.0);
    tokens.color = colorsOf(mode);
    for (int i = 0; i < textStyles; ++i)
        tokens.fonts[size_t(i)] = makeFont(TextStyle(i), tokens.scale);
    tokens.lines = std::make_shared<TextCache>();
    tokens.size = makeSizes(density, tokens.scale, tokens.lineHeight(TextStyle::Body), tokens.lineHeight(TextStyle::Meta));
    if (reducedMotion)
        tokens.motion.popupMs = tokens.motion.toastMs = tokens.motion.paneMs = 0;
    return tokens;
}

const Tokens& tokens(const QWidget* widget) {
    const QStyle* style = widget ? widget->style() : QApplication::style();
    if (const auto* ours = qobject_cast<const OutriderStyle*>(style))
        return ours->tokens();
    static const Tokens fallback = makeTokens(Mode::Light, Density::Cosy, 1, false); // before applyTheme()
    return fallback;
}

} // namespace outrider::theme
