// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/lead.h"
#include "support/test_registry.h"

using namespace outrider;

class LeadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_name_is_shown_in_the_order_its_script_is_written_in_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* first, const char* last, const char* shown) {
            QTest::newRow(shown) << QString::fromUtf8(first) << QString::fromUtf8(last) << QString::fromUtf8(shown);
        };
        row("Zoë", "Brandt", "Zoë Brandt");
        row("Ægir", "Þórsson", "Ægir Þórsson");
        row("Μαρία", "Παπαδάκη", "Μαρία Παπαδάκη");
        row("Олена", "Гриценко", "Олена Гриценко");
        row("Hồng Nhung", "Đặng", "Hồng Nhung Đặng");
        row("涼子", "山田", "山田 涼子");
        row("思远", "王", "王 思远");
        row("さくら", "ふじた", "ふじた さくら");
        row("민준", "김", "김 민준");
        row("नीरज", "शर्मा", "नीरज शर्मा");
        row("涼子", "", "涼子");
        row("", "山田", "山田");
    }
    void a_name_is_shown_in_the_order_its_script_is_written_in() {
        QFETCH(QString, first);
        QFETCH(QString, last);
        QFETCH(QString, shown);
        Lead lead;
        lead.firstName = first.toStdString();
        lead.lastName = last.toStdString();
        QCOMPARE(QString::fromStdString(fullName(lead)), shown);
        QCOMPARE(QString::fromStdString(displayName(lead)), shown);
    }

    void without_a_name_the_next_best_thing_is_shown() {
        Lead lead;
        lead.companyName = "Nordwind Logistik";
        QCOMPARE(displayName(lead), std::string("Nordwind Logistik"));
        lead.phone = "+49 40 66969 123";
        QCOMPARE(displayName(lead), lead.phone);
        lead.email = "info@nordwind.example";
        QCOMPARE(displayName(lead), lead.email);
        QVERIFY(fullName(lead).empty());
    }
};

OUTRIDER_TEST(LeadTest)
#include "lead_test.moc"
