// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "support/test_registry.h"

#include <QImage>
#include <QPainter>

using namespace outrider::theme;

class IconsTest : public QObject {
    Q_OBJECT

    static QImage drawn(Icon icon, const QColor& color, int size = 32) { return iconPixmap(icon, color, size, 1).toImage(); }

    static int inked(const QImage& image) {
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += qAlpha(image.pixel(x, y)) > 127 ? 1 : 0;
        }
        return count;
    }

private Q_SLOTS:
    void every_icon_is_drawn_and_no_two_alike() {
        std::vector<QImage> seen;
        for (int i = 1; i <= int(Icon::Eraser); ++i) {
            const QImage image = drawn(Icon(i), Qt::black);
            QVERIFY2(inked(image) > 20, qPrintable(QString::number(i)));
            for (size_t other = 0; other < seen.size(); ++other)
                QVERIFY2(seen[other] != image, qPrintable(QStringLiteral("%1 is %2").arg(i).arg(other + 1)));
            seen.push_back(image);
        }
    }

    void an_icon_has_the_one_colour_it_is_asked_for() {
        const QColor ink(200, 30, 60);
        const QImage image = drawn(Icon::Mail, ink);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() == 255)
                    QVERIFY(qAbs(pixel.red() - ink.red()) < 3 && qAbs(pixel.green() - ink.green()) < 3);
            }
        }
    }

    void on_a_fine_screen_it_has_more_pixels_and_the_same_size() {
        const QPixmap pixmap = iconPixmap(Icon::Phone, Qt::black, 16, 2);
        QCOMPARE(pixmap.size(), QSize(32, 32));
        QCOMPARE(pixmap.deviceIndependentSize(), QSizeF(16, 16));
    }

    void arrows_turn_with_the_direction_of_reading_and_clocks_do_not() {
        const auto painted = [](Icon icon, Qt::LayoutDirection direction) {
            QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            painter.setLayoutDirection(direction);
            paintIcon(&painter, image.rect(), icon, Qt::black);
            return image;
        };
        const QImage arrow = painted(Icon::ChevronRight, Qt::LeftToRight);
        QCOMPARE(painted(Icon::ChevronRight, Qt::RightToLeft), arrow.mirrored(true, false));
        QVERIFY(painted(Icon::ChevronRight, Qt::RightToLeft) != arrow);
        QCOMPARE(painted(Icon::Clock, Qt::RightToLeft), painted(Icon::Clock, Qt::LeftToRight));
    }
};

OUTRIDER_TEST(IconsTest)
#include "icons_test.moc"
