// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/mail_headers.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::transport;

class MailHeadersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void names_are_found_in_any_case_and_in_order() {
        const auto headers = parseHeaderBlock("Received: a\r\nSUBJECT: Hi\r\nreceived: b\r\n\r\nReceived: body\r\n");
        QCOMPARE(headers.first("Received"), std::string_view("a"));
        QVERIFY((headers.all("RECEIVED") == std::vector<std::string_view>{"a", "b"}));
        QVERIFY(headers.has("subject"));
        QVERIFY(!headers.has("subj"));
        QCOMPARE(headers.first("To"), std::string_view());
    }

    void folded_lines_are_joined_by_one_space() {
        QCOMPARE(parseHeaderBlock("Subject: one\r\n   two\r\n\tthree\r\n").first("subject"), std::string_view("one two three"));
    }

    void encoded_words_are_decoded_data() {
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* raw, const char* text) {
            QTest::newRow(name) << QByteArray(raw) << QByteArray(text);
        };
        row("q", "=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus?= Ulm", "Grüße aus Ulm");
        row("b", "=?UTF-8?b?R3LDvMOfZQ==?=", "Grüße");
        row("latin-1", "=?iso-8859-1?Q?Gr=FC=DFe?=", "Grüße");
        row("neighbours", "=?utf-8?Q?Gr=C3=BC?= =?utf-8?Q?=C3=9Fe?=", "Grüße");
        row("neighbours with padding", "=?utf-8?b?w5Y=?= =?utf-8?b?w5Y=?=", "ÖÖ");
        row("character cut in two", "=?utf-8?b?w5bD?= =?utf-8?b?lg==?=", "ÖÖ");
        row("two charsets", "=?iso-8859-1?q?=FC?= =?utf-8?q?=C3=BC?=", "üü");
        row("between words", "a =?utf-8?q?b?= c", "a b c");
        row("inside a word", "x=?utf-8?q?y?=z", "xyz");
        row("language", "=?utf-8*de?q?=C3=BC?=", "ü");
        row("space in it", "=?utf-8?q?a b?=", "a b");
        row("space at its end", "=?utf-8?q?a_?=b", "a b");
        row("unknown charset", "=?x-none?q?abc?=", "abc");
        row("no encoded word", "=?utf-8?x?abc?= =? =?= ??", "=?utf-8?x?abc?= =? =?= ??");
        row("never closed", "=?utf-8?q?abc", "=?utf-8?q?abc");
        row("raw latin-1",
            "Gr\xfc\xdf"
            "e",
            "Grüße");
        row("raw utf-8",
            "Gr\xc3\xbc\xc3\x9f"
            "e",
            "Grüße");
        row("hidden line end", "=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x");
    }

    void encoded_words_are_decoded() {
        QFETCH(QByteArray, raw);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(std::string(parseHeaderBlock("Subject: " + raw.toStdString()).first("subject"))),
                 text);
    }

    void ids_are_found_however_they_are_written() {
        using Ids = std::vector<std::string>;
        QVERIFY((messageIdsOf("<a@x> <b@x>\t<c@x>") == Ids{"a@x", "b@x", "c@x"}));
        QVERIFY((messageIdsOf("<a@x><b@x>") == Ids{"a@x", "b@x"}));
        QVERIFY((messageIdsOf("Your message of Thu <a@x>") == Ids{"a@x"}));
        QVERIFY((messageIdsOf("a@x") == Ids{"a@x"}));
        QVERIFY((messageIdsOf("<a@\tx>") == Ids{"a@x"})); // folded inside
        QVERIFY(messageIdsOf("Your message of Thursday").empty());
        QVERIFY(messageIdsOf("<unclosed@x").empty());
        QVERIFY(messageIdsOf("").empty());
    }

    void the_number_of_headers_is_bounded() {
        std::string block;
        for (std::size_t i = 0; i < mostHeaders * 3; ++i)
            block += "X: y\n";
        QCOMPARE(parseHeaderBlock(block).list().size(), mostHeaders);
    }
};

OUTRIDER_TEST(MailHeadersTest)
#include "mail_headers_test.moc"
