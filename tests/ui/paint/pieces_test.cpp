// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/pieces.h"

#include "support/test_registry.h"
#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"

#include <QFontMetrics>
#include <QImage>

using namespace outrider;
using namespace outrider::paint;
using theme::TextStyle;

class PiecesTest : public QObject {
    Q_OBJECT

    const theme::Tokens m_t = theme::makeTokens(theme::Mode::Light, theme::Density::Cosy, 1, true);

    static QString q(const char* text) { return QString::fromUtf8(text); }

    static QImage canvas(int width = 200, int height = 40) {
        QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        return image;
    }

    // The columns something was painted in: first and last; -1 when none.
    static std::pair<int, int> extent(const QImage& image) {
        int first = -1;
        int last = -1;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                if (qAlpha(image.pixel(x, y)) > 40) {
                    first = first < 0 ? x : first;
                    last = x;
                }
            }
        }
        return {first, last};
    }

private Q_SLOTS:
    void a_chord_is_caps_side_by_side_and_plus_is_a_key_too() {
        const int one = keyCapsSize(m_t, q("P")).width();
        const int plus = keyCapsSize(m_t, q("+")).width();
        const int control = keyCapsSize(m_t, q("Ctrl")).width();
        QCOMPARE(one, m_t.size.keycap);
        QCOMPARE(keyCapsSize(m_t, q("Ctrl+P")).width(), control + m_t.space.xs + one);
        QCOMPARE(keyCapsSize(m_t, q("Ctrl++")).width(), control + m_t.space.xs + plus);
        QCOMPARE(keyCapsSize(m_t, q("J K")).width(), 2 * one + m_t.space.xs);
        QCOMPARE(keyCapsSize(m_t, q("Return")), keyCapsSize(m_t, q("Enter"))); // as the key is labelled
    }

    void what_is_too_long_is_elided_and_stays_inside() {
        QImage image = canvas(120);
        QPainter painter(&image);
        const int used = drawText(&painter, m_t, QRect(10, 0, 60, 40),
                                  {q("Cooperativa Agroindustrial Três Irmãos"), TextStyle::Body, m_t.color.text});
        painter.end();
        QVERIFY(used <= 60);
        QVERIFY(extent(image).first >= 9);
        QVERIFY(extent(image).second <= 71);
    }

    void a_line_painted_twice_is_the_same_line() {
        const auto painted = [this] {
            QImage image = canvas();
            QPainter painter(&image);
            drawText(&painter, m_t, image.rect(), {q("Søren Kjærgaard 山田 涼子"), TextStyle::BodyStrong, m_t.color.text});
            return image;
        };
        const QImage first = painted();
        QVERIFY(extent(first).first >= 0);
        QCOMPARE(painted(), first);
    }

    void leading_is_the_right_side_where_one_reads_from_the_right() {
        const auto painted = [this](Qt::LayoutDirection direction, Qt::Alignment alignment) {
            QImage image = canvas();
            QPainter painter(&image);
            painter.setLayoutDirection(direction);
            drawText(&painter, m_t, image.rect(), {q("Zoë"), TextStyle::Body, m_t.color.text, alignment});
            return extent(image);
        };
        QVERIFY(painted(Qt::LeftToRight, Qt::AlignLeading).first < 5);
        QVERIFY(painted(Qt::RightToLeft, Qt::AlignLeading).second > 194);
        QVERIFY(painted(Qt::RightToLeft, Qt::AlignTrailing).first < 5);
    }

    void scripts_stand_on_one_base_line() {
        const auto bottom = [this](const char* text) {
            QImage image = canvas();
            QPainter painter(&image);
            drawText(&painter, m_t, image.rect(), {q(text), TextStyle::Body, m_t.color.text});
            painter.end();
            for (int y = image.height() - 1; y >= 0; --y) {
                for (int x = 0; x < 12; ++x) { // the Latin letter in front
                    if (qAlpha(image.pixel(x, y)) > 128)
                        return y;
                }
            }
            return -1;
        };
        QVERIFY(bottom("H") > 0);
        QCOMPARE(bottom("H          山"), bottom("H"));
    }

    void the_bar_marks_the_current_row_of_a_list_with_the_focus_alone() {
        const auto left = [this](const RowState& state) {
            QImage image = canvas();
            QPainter painter(&image);
            drawRow(&painter, m_t, image.rect(), state);
            painter.end();
            return image.pixelColor(1, 20);
        };
        QCOMPARE(left({.selected = true, .current = true}), m_t.color.accent);
        QCOMPARE(left({.selected = true}), m_t.color.selected);
        QCOMPARE(left({.selected = true, .current = true, .listHasFocus = false}), m_t.color.selectedIdle);
        QCOMPARE(left({.hover = true}), m_t.color.hover);
        QCOMPARE(left({}).alpha(), 0);
    }

    void in_high_contrast_a_chip_is_a_frame_in_its_colour() {
        const theme::Tokens contrast = theme::makeTokens(theme::Mode::HighContrastLight, theme::Density::Cosy, 1, true);
        const Chip chip{q("Bounced"), Tone::Bad};
        QImage image = canvas();
        QPainter painter(&image);
        const QRect place(QPoint(10, 10), chipSize(contrast, chip));
        drawChip(&painter, contrast, place, chip);
        painter.end();
        QCOMPARE(image.pixelColor(place.center().x(), place.top()), contrast.color.danger);
        QCOMPARE(image.pixelColor(place.left() + 3, place.center().y()), contrast.color.surface);
    }

    void what_forbids_contact_comes_before_the_status() {
        const Status replied{.id = statuses::replied, .builtIn = true};
        QCOMPARE(standingChip(replied, Reach::Ok).text, q("Replied"));
        QCOMPARE(standingChip(replied, Reach::Ok).tone, Tone::Accent);
        QCOMPARE(standingChip(replied, Reach::DoNotContact).text, q("Do not contact"));
        QCOMPARE(standingChip(replied, Reach::DoNotContact).tone, Tone::Bad);
    }
};

OUTRIDER_TEST(PiecesTest)
#include "pieces_test.moc"
