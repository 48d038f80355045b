// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/person_name.h"
#include "support/test_registry.h"

using namespace outrider::contact;

class PersonNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_full_name_is_split_as_it_is_written_data() {
        QTest::addColumn<QString>("full");
        QTest::addColumn<QString>("salutation");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("middle");
        QTest::addColumn<QString>("last");
        const auto row = [](const char* full, const char* salutation, const char* first, const char* middle, const char* last) {
            QTest::newRow(full) << QString::fromUtf8(full) << QString::fromUtf8(salutation) << QString::fromUtf8(first)
                                << QString::fromUtf8(middle) << QString::fromUtf8(last);
        };
        row("Zoë Brandt", "", "Zoë", "", "Brandt");
        row("Noor van der Heijden", "", "Noor", "", "van der Heijden");
        row("Öberg, Håkan", "", "Håkan", "", "Öberg");
        row("Dr. Ines Köhler", "Dr.", "Ines", "", "Köhler");
        row("Zoë", "", "Zoë", "", "");
        row("Đặng Thị Hồng Nhung", "", "Đặng", "Thị Hồng", "Nhung"); // its order cannot be told from its letters
        row("王 思远", "", "思远", "", "王");
        row("山田 涼子", "", "涼子", "", "山田");
        row("ふじた さくら", "", "さくら", "", "ふじた");
        row("김 민준", "", "민준", "", "김");
        row("王思远", "", "王思远", "", "");
    }
    void a_full_name_is_split_as_it_is_written() {
        QFETCH(QString, full);
        QFETCH(QString, salutation);
        QFETCH(QString, first);
        QFETCH(QString, middle);
        QFETCH(QString, last);
        const PersonName name = splitFullName(full.toStdString());
        QCOMPARE(QString::fromStdString(name.salutation), salutation);
        QCOMPARE(QString::fromStdString(name.first), first);
        QCOMPARE(QString::fromStdString(name.middle), middle);
        QCOMPARE(QString::fromStdString(name.last), last);
    }
};

OUTRIDER_TEST(PersonNameTest)
#include "person_name_test.moc"
