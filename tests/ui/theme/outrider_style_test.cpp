// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/outrider_style.h"

#include "support/test_registry.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>

using namespace outrider::theme;

class OutriderStyleTest : public QObject {
    Q_OBJECT

    static QImage pictureOf(QWidget& widget) { return widget.grab().toImage(); }

private Q_SLOTS:
    void a_widget_is_drawn_with_the_tokens_of_its_style() {
        const QWidget widget;
        QCOMPARE(tokens(&widget).mode, Mode::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Window), tokens(&widget).color.bg);
    }

    void controls_are_of_one_height() {
        QLineEdit input;
        QComboBox choice;
        choice.addItem(QStringLiteral("Europe/Berlin"));
        QSpinBox number;
        QPushButton button(QStringLiteral("Save"));
        const int height = tokens(&input).size.control;
        QCOMPARE(input.sizeHint().height(), height);
        QCOMPARE(choice.sizeHint().height(), height);
        QCOMPARE(number.sizeHint().height(), height);
        QCOMPARE(button.sizeHint().height(), height);
        input.setProperty(property::controlSize, QStringLiteral("large"));
        input.ensurePolished();
        QCOMPARE(input.sizeHint().height(), tokens(&input).size.controlLarge);
    }

    void an_invalid_input_is_framed_in_danger() {
        QLineEdit input;
        input.resize(120, 28);
        const Colors& color = tokens(&input).color;
        QCOMPARE(pictureOf(input).pixelColor(60, 0), color.control);
        input.setProperty(property::invalid, true);
        QCOMPARE(pictureOf(input).pixelColor(60, 0), color.danger);
    }

    void what_cannot_be_changed_has_no_frame() {
        QWidget window;
        QLineEdit input(QStringLiteral("import, row 388"), &window);
        input.setReadOnly(true);
        input.setGeometry(0, 0, 300, 28);
        window.resize(300, 28);
        QCOMPARE(pictureOf(window).pixelColor(280, 0), tokens(&input).color.bg);
    }

    void areas_are_split_by_a_line_of_one_pixel() {
        QSplitter splitter;
        for (int i = 0; i < 2; ++i) {
            auto* pane = new QWidget;
            pane->setAutoFillBackground(true);
            splitter.addWidget(pane);
        }
        splitter.resize(301, 100);
        splitter.show();
        const QImage picture = pictureOf(splitter);
        int line = 0;
        for (int x = 0; x < picture.width(); ++x)
            line += picture.pixelColor(x, 50) == tokens(&splitter).color.line ? 1 : 0;
        QCOMPARE(line, 1);
    }

    void a_scroll_bar_of_a_million_rows_can_still_be_grabbed() {
        QScrollBar bar(Qt::Vertical);
        bar.setRange(0, 1000000);
        bar.setPageStep(30);
        bar.resize(8, 400);
        QStyleOptionSlider option;
        option.initFrom(&bar);
        option.orientation = Qt::Vertical;
        option.minimum = 0;
        option.maximum = 1000000;
        option.pageStep = 30;
        option.sliderPosition = 1000000;
        option.rect = bar.rect();
        const QRect handle = bar.style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, &bar);
        QCOMPARE(handle.height(), 32);
        QCOMPARE(handle.bottom(), bar.rect().bottom());
        QVERIFY(bar.style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarAddLine, &bar).isEmpty());
    }

    void a_selected_row_is_paler_where_the_focus_is_elsewhere() {
        QTableView table;
        QStandardItemModel model(3, 1);
        table.setModel(&model);
        table.selectRow(0);
        table.resize(200, 200);
        const QPoint middle = table.visualRect(model.index(0, 0)).center();
        QCOMPARE(table.viewport()->grab().toImage().pixelColor(middle), tokens(&table).color.selectedIdle);
        table.show();
        table.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&table));
        QCOMPARE(table.viewport()->grab().toImage().pixelColor(middle), tokens(&table).color.selected);
    }

    void another_theme_reaches_every_widget_at_once() {
        QLineEdit input;
        input.resize(120, 28);
        applyTheme(*qApp, makeTokens(Mode::Dark, Density::Cosy, 1, true));
        QCOMPARE(pictureOf(input).pixelColor(60, 14), tokens(&input).color.surface);
        QVERIFY(tokens(&input).isDark());
        applyTheme(*qApp, makeTokens(Mode::Light, Density::Cosy, 1, true));
        QVERIFY(!tokens(&input).isDark());
        QCOMPARE(pictureOf(input).pixelColor(60, 14), tokens(&input).color.surface);
    }
};

OUTRIDER_TEST(OutriderStyleTest)
#include "outrider_style_test.moc"
