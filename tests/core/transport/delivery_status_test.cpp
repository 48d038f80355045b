// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/delivery_status.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;

class DeliveryStatusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void fields_of_message_and_recipients_are_kept_apart() {
        const auto status = parseDeliveryStatus("Reporting-MTA: dns; mx.hafenwerk.example\r\n"
                                                "Arrival-Date: Thu, 19 Nov 2026 09:00:00 +0100\r\n"
                                                "\r\n"
                                                "Final-Recipient: rfc822; a@hafenwerk.example\r\n"
                                                "Action: failed\r\n"
                                                "Status: 5.1.1\r\n"
                                                "Diagnostic-Code: smtp; 550 5.1.1 no such\r\n"
                                                "    mailbox here\r\n"
                                                "\r\n"
                                                "\r\n"
                                                "Final-Recipient: rfc822; b@hafenwerk.example\r\n"
                                                "Action: delayed\r\n"
                                                "Status: 4.4.1\r\n");
        QCOMPARE(status.message.first("reporting-mta"), std::string_view("dns; mx.hafenwerk.example"));
        QCOMPARE(status.recipients.size(), std::size_t(2));
        QCOMPARE(status.recipients[0].first("Diagnostic-Code"), std::string_view("smtp; 550 5.1.1 no such mailbox here"));
        QCOMPARE(status.recipients[1].first("ACTION"), std::string_view("delayed"));
    }

    void one_block_that_holds_everything_is_a_recipient() {
        const auto status = parseDeliveryStatus("Reporting-MTA: dns; mx\nFinal-Recipient: rfc822;a@x.example\nStatus: 5.2.2\n");
        QCOMPARE(status.recipients.size(), std::size_t(1));
        QCOMPARE(status.message.first("Reporting-MTA"), std::string_view("dns; mx"));
    }

    void lines_that_are_no_field_do_not_stop_it() {
        const auto status = parseDeliveryStatus("*** begin ***\n\nReporting-MTA: dns; mx\n\nsome words\nFinal-Recipient: "
                                                "rfc822;a@x.example\nStatus: 5.0.0\n");
        QCOMPARE(status.recipients.size(), std::size_t(1));
    }

    void the_number_of_recipients_is_bounded() {
        std::string body = "Reporting-MTA: dns; mx\n\n";
        for (int i = 0; i < 10000; ++i)
            body += "Final-Recipient: rfc822;a@x.example\n\n";
        QCOMPARE(parseDeliveryStatus(body).recipients.size(), mostStatusRecipients);
    }

    void a_copy_of_the_original_is_found_in_the_text_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("below a line") << QByteArray("Sorry.\n\n--- Below this line is a copy of the message.\n\n"
                                                    "Return-Path: <ines@nordwind.example>\nReceived: from x\n  by y\n"
                                                    "Message-ID: <m1@outrider.example>\nSubject: Hi\n\nText\n");
        QTest::newRow("quoted") << QByteArray("Sorry.\n> From: ines@nordwind.example\n> Subject: Hi\n>  there\n"
                                              "> Message-ID: <m1@outrider.example>\n>\n> Text\n");
        QTest::newRow("indented") << QByteArray("Headers:\n\n    Date: Thu, 19 Nov 2026 09:00:00 +0100\n"
                                                "    Message-Id: <m1@outrider.example>\n    To: a@x.example\n");
    }

    void a_copy_of_the_original_is_found_in_the_text() {
        QFETCH(QByteArray, text);
        QCOMPARE(findHeadersInText(text.toStdString()).first("message-id"), std::string_view("<m1@outrider.example>"));
    }

    void what_a_reply_quotes_is_no_original() {
        QVERIFY(findHeadersInText("Yes!\n\nFrom: Ines <ines@nordwind.example>\nSent: Thursday\nTo: "
                                  "Tobias\nSubject: Hi\n\nText\n")
                    .empty());
        QVERIFY(findHeadersInText("Note: this\nTo: do\n").empty());
        QVERIFY(findHeadersInText("").empty());
    }

    void any_text_is_survived() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "\n", "\r\n", ":", " ", "> ", "Message-ID: <a@b>", "From: x", "Status", "\xff", "x"));
            std::string text;
            for (const auto& piece : pieces)
                text += piece;
            parseDeliveryStatus(text);
            findHeadersInText(text);
        });
    }
};

OUTRIDER_TEST(DeliveryStatusTest)
#include "delivery_status_test.moc"
