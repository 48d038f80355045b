// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/address_advice.h"
#include "support/test_registry.h"

using namespace outrider::contact;

class AddressAdviceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_desk_is_told_from_a_person() {
        for (const char* desk : {"info", "sales+de", "no-reply", "noreply", "buchhaltung", "comptabilite", "ventas", "biuro"})
            QVERIFY2(isRoleLocalPart(desk), desk);
        for (const char* person : {"zoe", "z.brandt", "info.brandt", "salesh", "", "ines+info"})
            QVERIFY2(!isRoleLocalPart(person), person);
    }

    void a_throw_away_domain_is_known_with_what_is_below_it() {
        QVERIFY(isDisposableDomain("mailinator.com"));
        QVERIFY(isDisposableDomain("any.mailinator.com"));
        QVERIFY(isDisposableDomain("wegwerfmail.de"));
        QVERIFY(!isDisposableDomain("notmailinator.com"));
        QVERIFY(!isDisposableDomain("nordwind.example"));
        QVERIFY(!isDisposableDomain("com"));
        QVERIFY(!isDisposableDomain(""));
    }

    void a_slip_in_a_large_providers_domain_is_seen_data() {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("meant");
        const auto row = [](const char* domain, const char* meant) {
            QTest::newRow(domain) << QString::fromLatin1(domain) << QString::fromLatin1(meant);
        };
        row("gmial.com", "gmail.com");
        row("gmai.com", "gmail.com");
        row("gmail.co", "gmail.com");
        row("gnail.com", "gmail.com");
        row("hotmial.com", "hotmail.com");
        row("hotmail.con", "hotmail.com");
        row("yaho.com", "yahoo.com");
        row("outlok.com", "outlook.com");
        row("wbe.de", "web.de");
        row("gxm.de", "gmx.de");
        row("t-onlnie.de", "t-online.de");
        // Right as they are, or somebody's company.
        for (const char* right : {"gmail.com", "yahoo.de", "mail.com", "web.de", "gmx.ch", "gmc.de", "wed.de", "nordwind.example",
                                  "hotel.com", "lively.com", ""})
            row(right, "");
    }
    void a_slip_in_a_large_providers_domain_is_seen() {
        QFETCH(QString, domain);
        QFETCH(QString, meant);
        QCOMPARE(QString::fromStdString(likelyMeantDomain(domain.toStdString())), meant);
    }
};

OUTRIDER_TEST(AddressAdviceTest)
#include "address_advice_test.moc"
