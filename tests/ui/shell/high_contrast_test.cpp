// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/shell/palette.h"
#include "ui/theme/outrider_style.h"
#include "ui/widgets/basics.h"

#include <QHash>
#include <QImage>

#include <algorithm>
#include <cmath>

using namespace outrider;
using shell::MainWindow;
using test::ScreenFixture;
using theme::Mode;

// What is really drawn in high contrast, measured on the picture: the tokens alone cannot say that a delegate
// takes the right one.
class HighContrastTest : public QObject {
    Q_OBJECT

    ScreenFixture m_fixture;
    std::unique_ptr<MainWindow> m_window;

    static void apply(Mode mode) { theme::applyTheme(*qApp, theme::makeTokens(mode, theme::Density::Cosy, 1, true)); }

    static double luminance(QRgb color) {
        const auto channel = [](int value) {
            const double share = value / 255.0;
            return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * channel(qRed(color)) + 0.7152 * channel(qGreen(color)) + 0.0722 * channel(qBlue(color));
    }
    // WCAG 2.2, contrast ratio.
    static double contrast(QRgb a, QRgb b) {
        const auto [low, high] = std::minmax(luminance(a), luminance(b));
        return (high + 0.05) / (low + 0.05);
    }

    QImage picture() { return m_window->grab().toImage().convertToFormat(QImage::Format_RGB32); }

    // How far a colour is from every blend of the two: what the edges of letters are.
    static double offBlend(QRgb color, QRgb ground, QRgb ink) {
        const double along[] = {double(qRed(ink) - qRed(ground)), double(qGreen(ink) - qGreen(ground)),
                                double(qBlue(ink) - qBlue(ground))};
        const double from[] = {double(qRed(color) - qRed(ground)), double(qGreen(color) - qGreen(ground)),
                               double(qBlue(color) - qBlue(ground))};
        double dot = 0;
        double length = 0;
        for (int i = 0; i < 3; ++i) {
            dot += along[i] * from[i];
            length += along[i] * along[i];
        }
        const double share = std::clamp(dot / length, 0.0, 1.0);
        double off = 0;
        for (int i = 0; i < 3; ++i)
            off = std::max(off, std::abs(from[i] - share * along[i]));
        return off;
    }

    struct OnChosenRows {
        int ground = 0; // pixels of it
        int wrong = 0;  // that stand on it in an ink of the other rows
    };
    OnChosenRows look() {
        constexpr int reach = 4;
        constexpr double tolerance = 12;
        const theme::Colors& color = theme::tokens(m_window.get()).color;
        const QRgb ground = color.selected.rgb();
        const QRgb ink = color.onSelected.rgb();
        const QImage image = picture();
        OnChosenRows found;
        for (int y = 0; y < image.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
            const auto near = [&](int x, int step) {
                for (int i = 1; i <= reach && x + i * step >= 0 && x + i * step < image.width(); ++i) {
                    if (line[x + i * step] == ground)
                        return true;
                }
                return false;
            };
            for (int x = 0; x < image.width(); ++x) {
                if (line[x] == ground)
                    ++found.ground;
                else if (near(x, -1) && near(x, 1) && offBlend(line[x], ground, ink) > tolerance)
                    ++found.wrong;
            }
        }
        return found;
    }

    // Labels whose strongest pixel does not stand out from their ground.
    QStringList faintLabels() {
        const QImage image = picture();
        QStringList faint;
        for (const auto* label : m_window->findChildren<widgets::Label*>()) {
            if (!label->isVisible() || !label->isEnabled() || label->text().isEmpty() || label->visibleRegion().isEmpty())
                continue;
            const QRect place = label->visibleRegion().boundingRect().translated(label->mapTo(m_window.get(), QPoint()));
            QHash<QRgb, int> counts;
            for (int y = place.top(); y <= place.bottom(); ++y) {
                for (int x = place.left(); x <= place.right(); ++x)
                    ++counts[image.pixel(x, y)];
            }
            QRgb ground = 0;
            int most = 0;
            for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
                if (it.value() > most) {
                    most = it.value();
                    ground = it.key();
                }
            }
            double best = 0;
            for (auto it = counts.cbegin(); it != counts.cend(); ++it)
                best = std::max(best, contrast(it.key(), ground));
            if (best < 4.5)
                faint.append(QStringLiteral("%1 (%2)").arg(label->text()).arg(best));
        }
        return faint;
    }

    void row(Mode mode, const char* modeName, frame::Navigator::Place place, const char* name) {
        QTest::addRow("%s, %s", name, modeName) << int(mode) << int(place) << false;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_fixture.openPractice());
        m_window = std::make_unique<MainWindow>(m_fixture.workspace(), *m_fixture.preferences);
        m_window->resize(1440, 900);
        m_window->show();
        QApplication::setActiveWindow(m_window.get());
    }
    void cleanupTestCase() {
        m_window.reset();
        apply(Mode::Light);
    }

    void what_is_chosen_is_written_in_its_one_ink_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("place");
        QTest::addColumn<bool>("palette");
        for (const auto& [mode, name] :
             {std::pair(Mode::HighContrastLight, "light"), std::pair(Mode::HighContrastDark, "dark")}) {
            row(mode, name, frame::Navigator::Place::Today, "today");
            row(mode, name, frame::Navigator::Place::Inbox, "inbox");
            row(mode, name, frame::Navigator::Place::Leads, "leads");
            row(mode, name, frame::Navigator::Place::Strategies, "strategies");
            row(mode, name, frame::Navigator::Place::Settings, "settings");
            QTest::addRow("palette, %s", name) << int(mode) << int(frame::Navigator::Place::Today) << true;
        }
    }
    void what_is_chosen_is_written_in_its_one_ink() {
        QFETCH(int, mode);
        QFETCH(int, place);
        QFETCH(bool, palette);
        apply(Mode(mode));
        m_window->go(frame::Navigator::Place(place));
        if (palette)
            m_window->openPalette(QStringLiteral("an"));
        // The rail's own row alone has less ground than that.
        constexpr int railAndOneRow = 9000;
        QTRY_VERIFY(look().ground > railAndOneRow);
        const OnChosenRows found = look();
        const QStringList faint = faintLabels();
        if (palette)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY2(found.wrong == 0, qPrintable(QString::number(found.wrong)));
        QVERIFY2(faint.isEmpty(), qPrintable(faint.join(QLatin1Char('\n'))));
    }
};

OUTRIDER_TEST(HighContrastTest)
#include "high_contrast_test.moc"
