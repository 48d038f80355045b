// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_registry.h"
#include "ui/theme/outrider_style.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/form.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QApplication>
#include <QListView>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace outrider;
using namespace outrider::widgets;

class WidgetsTest : public QObject {
    Q_OBJECT

    static QString q(const char* text) { return QString::fromUtf8(text); }

    // A window that is shown and active, so that focus is real.
    static void showActive(QWidget& window) {
        window.resize(800, 600);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

private Q_SLOTS:
    void a_button_is_called_by_its_text_and_an_icon_by_verb_and_object() {
        const Button send(Button::Kind::Primary, q("Send"));
        QCOMPARE(send.accessibleName(), q("Send"));
        const Button close(theme::Icon::Cross, q("Close pane"));
        QCOMPARE(close.accessibleName(), q("Close pane"));
        QCOMPARE(close.toolTip(), q("Close pane"));
        QVERIFY(close.text().isEmpty());
    }

    void a_button_bound_to_an_action_shows_its_key_and_runs_it() {
        QAction skip(q("Skip step"));
        skip.setShortcut(Qt::Key_X);
        Button button(Button::Kind::Secondary, QString());
        const int narrow = button.sizeHint().width();
        button.bind(&skip);
        QCOMPARE(button.text(), q("Skip step"));
        QCOMPARE(button.accessibleDescription(), q("X"));
        QVERIFY(button.sizeHint().width() > narrow);
        QSignalSpy ran(&skip, &QAction::triggered);
        button.click();
        QCOMPARE(ran.count(), 1);
        skip.setEnabled(false);
        QVERIFY(!button.isEnabled());
    }

    void a_key_cap_makes_a_button_wider_and_never_taller() {
        Button button(Button::Kind::Primary, q("Process"));
        const QSize before = button.sizeHint();
        button.setKeyHint(q("Ctrl+P"));
        QVERIFY(button.sizeHint().width() > before.width());
        QCOMPARE(button.sizeHint().height(), before.height());
    }

    void an_elided_label_keeps_its_whole_text_as_name_and_tooltip() {
        Label label(theme::TextStyle::Body, Ink::Text, q("Cooperativa Agroindustrial Três Irmãos do Sul"));
        label.setEliding(true);
        label.resize(80, 20);
        label.grab();
        QCOMPARE(label.accessibleName(), q("Cooperativa Agroindustrial Três Irmãos do Sul"));
        QCOMPARE(label.toolTip(), label.accessibleName());
        label.resize(600, 20);
        label.grab();
        QVERIFY(label.toolTip().isEmpty());
    }

    void a_label_is_called_by_what_it_says_now() {
        Label label(theme::TextStyle::Body, Ink::Muted, q("Task 3 of 50"));
        label.setText(q("Task 4 of 50"));
        QCOMPARE(label.accessibleName(), q("Task 4 of 50"));
    }

    void wrapped_text_grows_by_whole_lines_of_the_style() {
        Label label(theme::TextStyle::Body, Ink::Text, q("one two three four five six seven eight nine ten"));
        label.setWordWrap(true);
        const int line = theme::tokens(&label).lineHeight(theme::TextStyle::Body);
        QCOMPARE(label.heightForWidth(4000), line);
        const int narrow = label.heightForWidth(80);
        QVERIFY(narrow >= 3 * line);
        QCOMPARE(narrow % line, 0);
    }

    void an_error_takes_no_room_that_was_not_there_before() {
        auto* input = new QLineEdit;
        Field field(q("E-mail"), input);
        QCOMPARE(input->accessibleName(), q("E-mail"));
        const int before = field.sizeHint().height();
        field.setError(q("No domain after the @"));
        QCOMPARE(field.sizeHint().height(), before);
        QCOMPARE(input->accessibleDescription(), q("No domain after the @"));
        QVERIFY(input->property(theme::property::invalid).toBool());
        field.setError({});
        QVERIFY(!input->property(theme::property::invalid).toBool());
    }

    void arrow_keys_move_a_switch_and_pass_what_is_disabled() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* view = new Segmented(q("View"), {q("List"), q("Calendar"), q("Process")});
        layout->addWidget(view);
        showActive(window);
        QSignalSpy chosen(view, &Segmented::chosen);
        view->setSegmentEnabled(1, false, q("not yet"));
        window.findChildren<QAbstractButton*>().first()->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QCOMPARE(view->current(), 2);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toInt(), 2);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right); // the last one stays
        QCOMPARE(view->current(), 2);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
        QCOMPARE(view->current(), 0);
    }

    void setting_a_switch_says_nothing() {
        Segmented view(q("View"), {q("List"), q("Calendar")});
        QSignalSpy chosen(&view, &Segmented::chosen);
        view.setCurrent(1);
        QCOMPARE(view.current(), 1);
        QCOMPARE(chosen.count(), 0);
    }

    void a_tab_row_keeps_its_tab_when_counts_change() {
        TabBar tabs(q("Parts"));
        tabs.setTabs({{q("steps"), q("Steps"), {}}, {q("leads"), q("Leads"), q("12")}});
        tabs.setCurrent(q("leads"));
        tabs.setTabs({{q("steps"), q("Steps"), {}}, {q("leads"), q("Leads"), q("13")}});
        QCOMPARE(tabs.current(), q("leads"));
    }

    void a_popup_is_walked_and_chosen_from_by_keys() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* anchor = new Button(Button::Kind::Secondary, q("Snooze"));
        layout->addWidget(anchor);
        showActive(window);
        anchor->setFocus();
        QStringList ran;
        const auto entries = [&ran] {
            QList<Popup::Entry> all(4);
            all[0] = {.text = q("Snooze until"), .heading = true};
            all[1] = {
                .text = q("This afternoon"), .hint = q("14:00"), .key = q("1"), .run = [&ran] { ran.append(q("afternoon")); }};
            all[2] = {.text = q("When they reply"), .enabled = false, .run = [&ran] { ran.append(q("never")); }};
            all[3] = {.text = q("Monday"), .key = q("3"), .run = [&ran] { ran.append(q("monday")); }};
            return all;
        };
        Popup::open(anchor, q("Snooze"), entries());
        auto* list = qobject_cast<QListView*>(QApplication::focusWidget());
        QVERIFY(list);
        QCOMPARE(list->currentIndex().row(), 1); // not the heading
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(list->currentIndex().row(), 3); // not what cannot be chosen
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(ran, QStringList{q("monday")});
        QCOMPARE(QApplication::focusWidget(), anchor);

        Popup::open(anchor, q("Snooze"), entries());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_1);
        QCOMPARE(ran.last(), q("afternoon"));

        Popup::open(anchor, q("Snooze"), entries());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(ran.size(), 2);
        QCOMPARE(QApplication::focusWidget(), anchor);
    }

    void a_popup_stays_inside_its_window() {
        QWidget window;
        showActive(window);
        Button anchor(Button::Kind::Secondary, q("More"), &window);
        anchor.move(760, 570);
        anchor.show();
        QList<Popup::Entry> entries(8, {.text = q("An entry with a rather long text of its own")});
        const Popup* popup = Popup::open(&anchor, q("More"), entries);
        const QListView* list = popup->findChild<QListView*>();
        const QRect place(list->mapTo(&window, QPoint()), list->size());
        QVERIFY2(window.rect().contains(place), qPrintable(QStringLiteral("%1,%2").arg(place.right()).arg(place.bottom())));
    }

    void a_choice_set_by_the_program_is_not_picked_by_the_person() {
        Combo combo(q("Zone"));
        combo.addChoice(q("Europe/Berlin"), 1);
        combo.addChoice(q("Asia/Tokyo"), 2);
        QSignalSpy picked(&combo, &Combo::picked);
        combo.setValue(2);
        QCOMPARE(combo.value().toInt(), 2);
        QCOMPARE(picked.count(), 0);
        QTest::keyClick(&combo, Qt::Key_Up);
        QCOMPARE(picked.count(), 1);
        QCOMPARE(combo.value().toInt(), 1);
    }

    void the_explanation_of_a_checkbox_is_part_of_what_can_be_clicked() {
        CheckRow row(q("Pause on holidays"), q("In the lead's country."));
        row.resize(row.sizeHint());
        QSignalSpy changed(&row, &CheckRow::changed);
        QTest::mouseClick(&row, Qt::LeftButton, {}, QPoint(row.width() / 2, row.height() - 4));
        QVERIFY(row.isChecked());
        QCOMPARE(changed.count(), 1);
        row.setChecked(false);
        QCOMPARE(changed.count(), 1);
    }
};

OUTRIDER_TEST(WidgetsTest)
#include "widgets_test.moc"
