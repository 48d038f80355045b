// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/focus_ring.h"

#include "support/test_registry.h"
#include "ui/theme/outrider_style.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace outrider::theme;

class FocusRingTest : public QObject {
    Q_OBJECT

    static QWidget* ringOf(const QWidget& window) {
        return window.findChild<QWidget*>(QStringLiteral("focusRing"), Qt::FindDirectChildrenOnly);
    }

    static void showActive(QWidget& window) {
        window.resize(400, 300);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

private Q_SLOTS:
    void the_ring_lies_around_the_focused_button_a_pixel_apart() {
        QWidget window;
        QPushButton button(QStringLiteral("Send"), &window);
        button.setGeometry(100, 100, 80, 28);
        installFocusRing(&window);
        showActive(window);
        button.setFocus();
        const QWidget* ring = ringOf(window);
        QVERIFY(ring->isVisible());
        QCOMPARE(ring->geometry(), button.geometry().adjusted(-3, -3, 3, 3));
        const QImage picture = window.grab().toImage();
        const QColor accent = tokens(&window).color.accent;
        QCOMPARE(picture.pixelColor(140, 98), accent);  // 2 px of ring
        QVERIFY(picture.pixelColor(140, 99) != accent); // the gap
        button.move(200, 50);
        QCOMPARE(ring->geometry(), button.geometry().adjusted(-3, -3, 3, 3));
    }

    void inputs_show_their_focus_themselves() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* input = new QLineEdit;
        auto* button = new QPushButton(QStringLiteral("Send"));
        layout->addWidget(input);
        layout->addWidget(button);
        installFocusRing(&window);
        showActive(window);
        button->setFocus();
        QVERIFY(ringOf(window)->isVisible());
        input->setFocus();
        QVERIFY(!ringOf(window)->isVisible());
        const QImage picture = input->grab().toImage();
        QCOMPARE(picture.pixelColor(picture.width() / 2, 1), tokens(input).color.accent);
    }

    void a_checkbox_has_it_around_its_box_alone() {
        QWidget window;
        QCheckBox check(QStringLiteral("A line of text that is much wider than its box"), &window);
        check.move(40, 40);
        installFocusRing(&window);
        showActive(window);
        check.setFocus();
        QVERIFY(ringOf(window)->isVisible());
        QCOMPARE(ringOf(window)->width(), tokens(&window).size.checkbox + 6);
    }

    void what_is_scrolled_out_of_sight_has_no_ring_there() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* area = new QScrollArea;
        auto* content = new QWidget;
        content->resize(300, 2000);
        auto* button = new QPushButton(QStringLiteral("Send"), content);
        button->move(10, 10);
        area->setWidget(content);
        layout->addWidget(area);
        installFocusRing(&window);
        showActive(window);
        button->setFocus();
        QVERIFY(ringOf(window)->isVisible());
        area->verticalScrollBar()->setValue(500);
        QVERIFY(!ringOf(window)->isVisible());
        area->verticalScrollBar()->setValue(0);
        QVERIFY(ringOf(window)->isVisible());
    }
};

OUTRIDER_TEST(FocusRingTest)
#include "focus_ring_test.moc"
