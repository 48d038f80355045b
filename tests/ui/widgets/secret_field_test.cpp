// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/secret_field.h"

#include "support/test_registry.h"
#include "ui/widgets/button.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace outrider;
using widgets::SecretField;

class SecretFieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_typed_is_hidden_until_the_eye_is_pressed() {
        SecretField field(QStringLiteral("Passphrase"));
        field.show();
        QTest::keyClicks(&field, QStringLiteral("four words"));
        QVERIFY(!field.displayText().contains(QLatin1Char('f')));
        auto* eye = field.findChild<widgets::Button*>();
        QCOMPARE(eye->accessibleName(), QStringLiteral("Show what is typed"));
        eye->click();
        QCOMPARE(field.displayText(), QStringLiteral("four words"));
        QCOMPARE(eye->accessibleName(), QStringLiteral("Hide what is typed"));
        eye->click();
        QVERIFY(!field.displayText().contains(QLatin1Char('f')));
    }
    void a_screen_reader_is_told_its_name_and_not_what_is_hidden() {
        SecretField field(QStringLiteral("Passphrase"));
        field.setText(QStringLiteral("four words"));
        QAccessibleInterface* said = QAccessible::queryAccessibleInterface(&field);
        QCOMPARE(said->text(QAccessible::Name), QStringLiteral("Passphrase"));
        QVERIFY(!said->text(QAccessible::Value).contains(QStringLiteral("words")));
        QVERIFY(said->state().passwordEdit);
    }
    void taking_leaves_nothing_behind_not_even_for_undo() {
        SecretField field(QStringLiteral("Password"));
        QTest::keyClicks(&field, QStringLiteral("secret"));
        const auto copy = field.copy();
        QCOMPARE(copy->view(), std::string_view("secret"));
        QVERIFY(!field.isEmpty()); // for a try that may fail
        const auto taken = field.take();
        QCOMPARE(taken->view(), std::string_view("secret"));
        QVERIFY(field.isEmpty());
        field.undo();
        QVERIFY(field.isEmpty());
        QVERIFY(!field.take());
    }
    void caps_lock_is_noticed_from_a_capital_without_shift() {
        SecretField field(QStringLiteral("Password"));
        QSignalSpy changed(&field, &SecretField::capsLockChanged);
        QKeyEvent capital(QEvent::KeyPress, Qt::Key_C, Qt::NoModifier, QStringLiteral("C"));
        QApplication::sendEvent(&field, &capital);
        QVERIFY(field.capsLockIsOn());
        QKeyEvent shifted(QEvent::KeyPress, Qt::Key_C, Qt::ShiftModifier, QStringLiteral("C"));
        QApplication::sendEvent(&field, &shifted);
        QVERIFY(!field.capsLockIsOn());
        QCOMPARE(changed.count(), 2);
    }
    void the_eye_never_covers_the_text_in_either_direction() {
        for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            SecretField field(QStringLiteral("Password"));
            field.setLayoutDirection(direction);
            field.resize(300, 36);
            field.show();
            const QRect eye = field.findChild<widgets::Button*>()->geometry();
            const QMargins room = field.textMargins();
            if (direction == Qt::LeftToRight)
                QVERIFY(field.width() - room.right() <= eye.left());
            else
                QVERIFY(room.left() >= eye.right());
        }
    }
};

OUTRIDER_TEST(SecretFieldTest)
#include "secret_field_test.moc"
