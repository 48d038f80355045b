// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include "support/test_registry.h"

#include <QFontDatabase>
#include <QFontMetrics>

#include <cmath>

using namespace outrider::theme;

class TokensTest : public QObject {
    Q_OBJECT

    using ColorOf = QColor Colors::*;
    struct Pair {
        const char* name;
        ColorOf ink;
        ColorOf ground;
        double least;
    };

    // Everything that is written on everything it may stand on. `selected` is apart: in high contrast
    // a selected row has one ink for all.
    static std::vector<Pair> pairs() {
        constexpr double text = 4.5;
        constexpr double control = 3;
        using C = Colors;
        return {
            {"text on surface", &C::text, &C::surface, text},
            {"text on bg", &C::text, &C::bg, text},
            {"text on raised", &C::text, &C::raised, text},
            {"text on hover", &C::text, &C::hover, text},
            {"text on selectedIdle", &C::text, &C::selectedIdle, text},
            {"text on pressed", &C::text, &C::pressed, text},
            {"text on okSoft", &C::text, &C::okSoft, text},
            {"text on warnSoft", &C::text, &C::warnSoft, text},
            {"text on dangerSoft", &C::text, &C::dangerSoft, text},
            {"text on accentSoft", &C::text, &C::accentSoft, text},
            {"muted on surface", &C::muted, &C::surface, text},
            {"muted on bg", &C::muted, &C::bg, text},
            {"muted on raised", &C::muted, &C::raised, text},
            {"muted on hover", &C::muted, &C::hover, text},
            {"muted on selectedIdle", &C::muted, &C::selectedIdle, text},
            {"muted on warnSoft", &C::muted, &C::warnSoft, text},
            {"muted on dangerSoft", &C::muted, &C::dangerSoft, text},
            {"onSelected on selected", &C::onSelected, &C::selected, text},
            {"accent on surface", &C::accent, &C::surface, text},
            {"accent on bg", &C::accent, &C::bg, text},
            {"accent on raised", &C::accent, &C::raised, text},
            {"accent on hover", &C::accent, &C::hover, text},
            {"accent on accentSoft", &C::accent, &C::accentSoft, text},
            {"accent on selectedIdle", &C::accent, &C::selectedIdle, text},
            {"accent on warnSoft", &C::accent, &C::warnSoft, text},
            {"accent on dangerSoft", &C::accent, &C::dangerSoft, text},
            {"onAccent on accent", &C::onAccent, &C::accent, text},
            {"onAccent on accentHover", &C::onAccent, &C::accentHover, text},
            {"onAccent on accentPressed", &C::onAccent, &C::accentPressed, text},
            {"ok on surface", &C::ok, &C::surface, text},
            {"ok on okSoft", &C::ok, &C::okSoft, text},
            {"ok on bg", &C::ok, &C::bg, text},
            {"ok on raised", &C::ok, &C::raised, text},
            {"warn on surface", &C::warn, &C::surface, text},
            {"warn on warnSoft", &C::warn, &C::warnSoft, text},
            {"warn on bg", &C::warn, &C::bg, text},
            {"warn on raised", &C::warn, &C::raised, text},
            {"warn on hover", &C::warn, &C::hover, text},
            {"warn on selectedIdle", &C::warn, &C::selectedIdle, text},
            {"danger on surface", &C::danger, &C::surface, text},
            {"danger on dangerSoft", &C::danger, &C::dangerSoft, text},
            {"danger on bg", &C::danger, &C::bg, text},
            {"danger on raised", &C::danger, &C::raised, text},
            {"danger on hover", &C::danger, &C::hover, text},
            {"danger on selectedIdle", &C::danger, &C::selectedIdle, text},
            {"onInverse on inverse", &C::onInverse, &C::inverse, text},
            {"inverseMuted on inverse", &C::inverseMuted, &C::inverse, text},
            {"inverseAccent on inverse", &C::inverseAccent, &C::inverse, text},
            {"control on surface", &C::control, &C::surface, control},
            {"control on bg", &C::control, &C::bg, control},
            {"control on raised", &C::control, &C::raised, control},
            {"control on hover", &C::control, &C::hover, control},
            {"control on selectedIdle", &C::control, &C::selectedIdle, control},
            {"chart1 on surface", &C::chart1, &C::surface, control},
        };
    }

    // On a selected row, where it has its own ink.
    static std::vector<Pair> pairsOnSelected() {
        using C = Colors;
        return {{"text on selected", &C::text, &C::selected, 4.5},     {"muted on selected", &C::muted, &C::selected, 4.5},
                {"accent on selected", &C::accent, &C::selected, 4.5}, {"ok on selected", &C::ok, &C::selected, 4.5},
                {"warn on selected", &C::warn, &C::selected, 4.5},     {"danger on selected", &C::danger, &C::selected, 4.5},
                {"control on selected", &C::control, &C::selected, 3}};
    }

    static double luminance(const QColor& color) {
        const auto channel = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
    }

    // WCAG 2.2, contrast ratio.
    static double contrast(const QColor& a, const QColor& b) {
        const double la = luminance(a);
        const double lb = luminance(b);
        return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
    }

    static Tokens make(Mode mode, qreal scale = 1, Density density = Density::Cosy) {
        return makeTokens(mode, density, scale, false);
    }

    static const std::vector<std::pair<Mode, const char*>>& modes() {
        static const std::vector<std::pair<Mode, const char*>> all{{Mode::Light, "light"},
                                                                   {Mode::Dark, "dark"},
                                                                   {Mode::HighContrastLight, "high contrast, light"},
                                                                   {Mode::HighContrastDark, "high contrast, dark"}};
        return all;
    }

    static void check(const Tokens& t, const char* mode, const Pair& pair, const QColor& ink) {
        const QColor ground = t.color.*pair.ground;
        QVERIFY2(ink.isValid() && ground.isValid(), pair.name);
        const double ratio = contrast(ink, ground);
        QVERIFY2(ratio >= pair.least,
                 qPrintable(QStringLiteral("%1: %2 has %3").arg(QLatin1String(mode), QLatin1String(pair.name)).arg(ratio)));
    }

private Q_SLOTS:
    void the_measure_of_contrast_is_right() {
        QVERIFY(qAbs(contrast(Qt::black, Qt::white) - 21) < 0.001);
        QVERIFY(qAbs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
    }

    void everything_written_can_be_read_in_every_mode() {
        for (const auto& [mode, name] : modes()) {
            const Tokens t = make(mode);
            for (const Pair& pair : pairs())
                check(t, name, pair, t.color.*pair.ink);
        }
    }

    void a_selected_row_can_be_read_in_every_mode() {
        for (const auto& [mode, name] : modes()) {
            const Tokens t = make(mode);
            for (const Pair& pair : pairsOnSelected())
                check(t, name, pair, t.onRow(t.color.*pair.ink, true));
        }
    }

    void what_is_not_selected_keeps_its_colour_in_high_contrast() {
        const Tokens t = make(Mode::HighContrastDark);
        QCOMPARE(t.onRow(t.color.warn, false), t.color.warn);
        QCOMPARE(t.onRow(t.color.warn, true), t.color.onSelected);
    }

    void at_100_percent_sizes_are_those_of_the_design() {
        const Tokens t = make(Mode::Light);
        QCOMPARE(t.size.row, 28);
        QCOMPARE(t.size.control, 28);
        QCOMPARE(t.size.controlLarge, 36);
        QCOMPARE(t.size.controlSmall, 24);
        QCOMPARE(t.size.toolbar, 48);
        QCOMPARE(t.size.filterBar, 44);
        QCOMPARE(t.size.chip, 20);
        QCOMPARE(t.size.keycap, 18);
        QCOMPARE(t.size.rail, 208);
        QCOMPARE(t.size.twoLineRow, 56);
        QCOMPARE(t.lineHeight(TextStyle::Body), 20);
        QCOMPARE(t.font(TextStyle::Display).pixelSize(), 20);
    }

    void density_changes_rows_alone() {
        QCOMPARE(make(Mode::Light, 1, Density::Compact).size.row, 24);
        QCOMPARE(make(Mode::Light, 1, Density::Roomy).size.row, 36);
        QCOMPARE(make(Mode::Light, 1, Density::Roomy).size.control, make(Mode::Light).size.control);
    }

    void what_holds_text_grows_with_it() {
        for (const qreal scale : {0.8, 1.0, 1.25, 1.5, 2.0}) {
            const Tokens t = make(Mode::Light, scale);
            const int line = t.lineHeight(TextStyle::Body);
            for (const int height : {t.size.row, t.size.control, t.size.tableHeader, t.size.popupRow, t.size.statusBar})
                QVERIFY2(height >= line + 8, qPrintable(QString::number(scale)));
            for (const int height :
                 {t.size.toolbar, t.size.banner, t.size.toast, t.size.actionBar, t.size.groupHeader, t.size.tabBar})
                QVERIFY(height >= line + 8);
            QVERIFY(t.size.twoLineRow >= line + t.lineHeight(TextStyle::Meta) + 8);
            QVERIFY(t.size.chip >= t.lineHeight(TextStyle::Meta));
            QVERIFY(t.size.row >= make(Mode::Light).size.row);
        }
    }

    void a_scale_out_of_range_is_brought_into_it() {
        QCOMPARE(make(Mode::Light, 7).scale, 2.0);
        QCOMPARE(make(Mode::Light, 0.1).scale, 0.8);
    }

    void reduced_motion_leaves_none() {
        const Tokens t = makeTokens(Mode::Light, Density::Cosy, 1, true);
        QCOMPARE(t.motion.popupMs + t.motion.toastMs + t.motion.paneMs, 0);
        QVERIFY(make(Mode::Light).motion.popupMs > 0);
        QCOMPARE(t.motion.toastHoldMs, 6000); // time to read is no motion
    }

    void digits_are_of_equal_width_where_the_font_was_made() {
        if (!QFontDatabase::families().contains(QStringLiteral("Outrider Sans"))) {
            // Noto Sans, the next of the list, has digits of equal width by design.
            QVERIFY(make(Mode::Light).font(TextStyle::Body).families().contains(QStringLiteral("Noto Sans")));
            return;
        }
        for (const TextStyle style : {TextStyle::Body, TextStyle::BodyStrong, TextStyle::Title}) {
            const QFontMetricsF metrics(make(Mode::Light).font(style));
            QCOMPARE(metrics.horizontalAdvance(QStringLiteral("111111")), metrics.horizontalAdvance(QStringLiteral("888888")));
        }
    }
};

OUTRIDER_TEST(TokensTest)
#include "tokens_test.moc"
