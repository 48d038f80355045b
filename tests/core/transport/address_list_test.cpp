// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/address_list.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;

class AddressListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void reads_what_mail_programs_write_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("expected"); // name|address, apart by a line end
        const auto row = [](const char* name, const char* value, const char* expected) {
            QTest::newRow(name) << QByteArray(value) << QByteArray(expected);
        };
        row("bare", "a@x.example", "|a@x.example");
        row("brackets", "<a@x.example>", "|a@x.example");
        row("name", "Zoë Brandt <z@x.example>", "Zoë Brandt|z@x.example");
        row("quoted", "\"Brandt, Zoë (X)\" <z@x.example>", "Brandt, Zoë (X)|z@x.example");
        row("escapes", "\"a \\\"b\\\" \\\\c\" <z@x.example>", "a \"b\" \\c|z@x.example");
        row("comment", "z@x.example (Zoe Brandt)", "Zoe Brandt|z@x.example");
        row("nested comment", "z@x.example (Zoe (B.) Brandt)", "Zoe B. Brandt|z@x.example");
        row("several", "a@x.example, B <b@x.example> , \"c\" <c@x.example>", "|a@x.example\nB|b@x.example\nc|c@x.example");
        row("semicolons", "a@x.example; b@x.example", "|a@x.example\n|b@x.example");
        row("group", "Team: a@x.example, b@x.example;, c@x.example", "|a@x.example\n|b@x.example\n|c@x.example");
        row("empty group", "undisclosed-recipients:;", "");
        row("encoded", "=?utf-8?Q?Z=C3=B6e=2C_B?= <z@x.example>", "Zöe, B|z@x.example");
        row("encoded in quotes", "\"=?utf-8?B?WsO2ZQ==?=\" <z@x.example>", "Zöe|z@x.example");
        row("odd local part", "\"a b\"@x.example", "|\"a b\"@x.example");
        row("odd local part in brackets", "<\"a b\"@x.example>", "|\"a b\"@x.example");
        row("address as name", "\"z@x.example\" <z@x.example>", "z@x.example|z@x.example");
        row("route's colon", "<@r.example:z@x.example>", "|@r.example:z@x.example");
        row("only a name", "Mail Delivery System", "Mail Delivery System|");
        row("null path", "<>", "");
        row("no closing bracket", "Zoe <z@x.example", "Zoe|z@x.example");
        row("no closing quote", "\"Zoe <z@x.example>", "|Zoe <z@x.example>");
        row("latin-1 bytes", "Zo\xeb <z@x.example>", "Zoë|z@x.example");
        row("empty items", ",, ,a@x.example,", "|a@x.example");
    }

    void reads_what_mail_programs_write() {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, expected);
        std::string got;
        for (const auto& [name, address] : parseAddressList(value.toStdString()))
            got += (got.empty() ? "" : "\n") + name + "|" + address;
        QCOMPARE(QByteArray::fromStdString(got), expected);
    }

    void nesting_and_numbers_are_bounded() {
        std::string groups;
        for (int i = 0; i < 100000; ++i)
            groups += "a:";
        QVERIFY(parseAddressList(groups).empty());
        std::string many;
        for (int i = 0; i < 5000; ++i)
            many += "a@x.example,";
        QCOMPARE(parseAddressList(many).size(), mostAddresses);
        QVERIFY(parseAddressList(std::string(1'000'000, '(')).empty());
        const auto longOne = parseAddressList("Zoe <" + std::string(5000, 'a') + "@x.example>");
        QCOMPARE(longOne.size(), std::size_t(1));
        QCOMPARE(longOne[0].address, std::string());
    }

    void any_bytes_are_survived() {
        VERIFY_PROPERTY([](const std::string& value) {
            for (const auto& mailbox : parseAddressList(value))
                RC_ASSERT(!mailbox.name.empty() || !mailbox.address.empty());
        });
    }
};

OUTRIDER_TEST(AddressListTest)
#include "address_list_test.moc"
