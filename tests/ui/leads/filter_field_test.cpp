// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/filter_field.h"

#include "support/test_registry.h"
#include "ui/leads/completion_popup.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace outrider;
using namespace outrider::leads;

class FilterFieldTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QWidget> m_window;
    FilterField* m_field = nullptr;

    void type(const char* text) { QTest::keyClicks(m_field->edit(), QString::fromUtf8(text)); }
    void press(Qt::Key key) { QTest::keyClick(m_field->edit(), key); }
    QString filter() const { return QString::fromStdString(toText(m_field->filter())); }
    CompletionPopup* popup() const { return m_window->findChild<CompletionPopup*>(); }

private Q_SLOTS:
    void init() {
        m_window = std::make_unique<QWidget>();
        m_window->resize(900, 400);
        m_field = new FilterField(m_window.get());
        m_field->setGeometry(0, 0, 900, 28);
        m_field->setVocabulary({.strategies = {{QStringLiteral("Cold chain Q4"), 866}}, .tags = {QStringLiteral("customer")}});
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_field->focusText();
    }
    void cleanup() { m_window.reset(); }

    void a_finished_condition_becomes_a_chip() {
        QSignalSpy changed(m_field, &FilterField::changed);
        type("score>=60 ");
        QCOMPARE(m_field->chips(), QStringList(QStringLiteral("score at least 60")));
        QVERIFY(m_field->edit()->text().isEmpty());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(filter(), QStringLiteral("score>=60"));
    }

    void enter_applies_what_is_written() {
        type("country:DE,AT zoe");
        QCOMPARE(m_field->edit()->text(), QStringLiteral("zoe")); // a word at the end may go on
        press(Qt::Key_Return);
        QCOMPARE(m_field->chips(), QStringList({QStringLiteral("country any of DE, AT"), QStringLiteral("zoe")}));
    }

    void words_act_while_they_are_written_but_not_what_may_become_a_field() {
        QSignalSpy changed(m_field, &FilterField::changed);
        type("nordwind");
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(filter(), QStringLiteral("nordwind"));
        QVERIFY(m_field->chips().isEmpty());
        press(Qt::Key_Escape); // the suggestions, if any
        while (!m_field->edit()->text().isEmpty())
            press(Qt::Key_Backspace);
        QTRY_COMPARE(filter(), QString());
        changed.clear();
        type("strat");
        QVERIFY(!changed.wait(400));
    }

    void backspace_takes_the_last_chip() {
        type("score>=60 ");
        type("tag:customer ");
        QCOMPARE(m_field->chips().size(), 2);
        press(Qt::Key_Backspace);
        QCOMPARE(filter(), QStringLiteral("score>=60"));
        press(Qt::Key_Backspace);
        QCOMPARE(filter(), QString());
    }

    void left_walks_the_chips_and_enter_makes_one_text_again() {
        type("score>=60 ");
        type("tag:customer ");
        press(Qt::Key_Left);
        press(Qt::Key_Left);
        press(Qt::Key_Return);
        QCOMPARE(m_field->edit()->text(), QStringLiteral("score>=60"));
        QCOMPARE(m_field->chips(), QStringList(QStringLiteral("tag is customer")));
        press(Qt::Key_Backspace);
        type("5");
        press(Qt::Key_Return);
        QCOMPARE(filter(), QStringLiteral("score>=65 tag:customer")); // in its place
    }

    void tab_takes_the_suggestion_and_goes_on() {
        type("strat");
        QVERIFY(popup() != nullptr && popup()->isOffering());
        press(Qt::Key_Tab);
        QCOMPARE(m_field->edit()->text(), QStringLiteral("strategy:"));
        type("cold");
        press(Qt::Key_Tab);
        QCOMPARE(filter(), QStringLiteral("strategy:\"Cold chain Q4\""));
        QCOMPARE(m_field->chips(), QStringList(QStringLiteral("strategy is Cold chain Q4")));
    }

    void an_error_is_said_with_its_place_and_the_filter_stays() {
        type("score>=60 ");
        QSignalSpy changed(m_field, &FilterField::changed);
        type("due<=soon");
        press(Qt::Key_Return);
        QVERIFY(popup()->isVisible() && !popup()->isOffering());
        QVERIFY2(popup()->accessibleName().contains(QStringLiteral("character 6")), qPrintable(popup()->accessibleName()));
        QCOMPARE(filter(), QStringLiteral("score>=60"));
        QCOMPARE(m_field->edit()->text(), QStringLiteral("due<=soon"));
        QCOMPARE(changed.size(), 0);
    }

    void escape_closes_then_empties_then_leaves() {
        QSignalSpy left(m_field, &FilterField::left);
        type("strat");
        press(Qt::Key_Escape);
        QVERIFY(!popup()->isVisible());
        QCOMPARE(m_field->edit()->text(), QStringLiteral("strat"));
        press(Qt::Key_Escape);
        QVERIFY(m_field->edit()->text().isEmpty());
        QCOMPARE(left.size(), 0);
        press(Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
    }

    void a_filter_from_elsewhere_is_shown_without_being_told_again() {
        QSignalSpy changed(m_field, &FilterField::changed);
        m_field->setFilter(*parseFilter("status:open or score>=80"));
        QCOMPARE(m_field->chips().size(), 1);
        QCOMPARE(filter(), QStringLiteral("status:open or score>=80"));
        QCOMPARE(changed.size(), 0);
    }
};

OUTRIDER_TEST(FilterFieldTest)
#include "filter_field_test.moc"
