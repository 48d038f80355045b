// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/transport/parsed_mail.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;

namespace {

ParsedMail read(std::string_view lines) { return parse(crlf(lines)); }

std::string repeated(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += text;
    return out;
}

} // namespace

class ParsedMailTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void a_plain_reply_is_read_whole() {
        const auto mail = read(R"(Return-Path: <t.ruehl@hafenwerk.example>
Received: from mx.hafenwerk.example by mail.nordwind.example; Thu, 19 Nov 2026 10:12:01 +0100
Received: from desk by mx.hafenwerk.example
From: =?utf-8?q?Tobias_R=C3=BChl?= <t.ruehl@hafenwerk.example>
To: Ines =?utf-8?q?K=C3=B6hler?= <ines@nordwind.example>, team@nordwind.example
Cc: "Brandt, Zoe" <zoe@hafenwerk.example>
Reply-To: buero@hafenwerk.example
Subject: =?utf-8?q?Re:_Hallo_aus_K=C3=B6ln?=
Date: Thu, 19 Nov 2026 10:12:00 +0100
Message-ID: <r1@hafenwerk.example>
In-Reply-To: <m1@outrider.example>
References: <m0@outrider.example>
 <m1@outrider.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Gerne, Donnerstag 14=E2=80=AFUhr passt=
 mir.

Viele Gr=C3=BC=C3=9Fe
)");
        QCOMPARE(mail.from.name, std::string("Tobias Rühl"));
        QCOMPARE(mail.from.address, std::string("t.ruehl@hafenwerk.example"));
        QCOMPARE(mail.to.size(), std::size_t(2));
        QCOMPARE(mail.to[0].name, std::string("Ines Köhler"));
        QCOMPARE(mail.cc.at(0).name, std::string("Brandt, Zoe"));
        QCOMPARE(mail.replyTo.at(0).address, std::string("buero@hafenwerk.example"));
        QCOMPARE(*mail.returnPath, std::string("t.ruehl@hafenwerk.example"));
        QCOMPARE(mail.subject, std::string("Re: Hallo aus Köln"));
        QVERIFY(mail.date == *parseIso8601("2026-11-19T09:12"));
        QCOMPARE(mail.utcOffsetMinutes, 60);
        QCOMPARE(mail.messageId, std::string("r1@hafenwerk.example"));
        QCOMPARE(mail.inReplyTo, std::string("m1@outrider.example"));
        QVERIFY((mail.references == std::vector<std::string>{"m0@outrider.example", "m1@outrider.example"}));
        QCOMPARE(mail.headers.all("Received").size(), std::size_t(2));
        QCOMPARE(mail.text, std::string("Gerne, Donnerstag 14\u202fUhr passt mir.\n\nViele Grüße\n"));
        QCOMPARE(mail.parts.size(), std::size_t(1));
        QVERIFY(mail.original.empty());
        QVERIFY(!mail.truncated);
    }

    void the_plain_text_is_preferred_to_the_html() {
        const auto mail = read(R"(From: a@x.example
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/related; boundary=middle

--middle
Content-Type: multipart/alternative; boundary="in ner"

--in ner
Content-Type: text/plain; charset=utf-8

plain words
--in ner
Content-Type: text/html

<p>html words</p>
--in ner--
--middle
Content-Type: image/png; name=logo.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--middle--
--outer
Content-Type: application/pdf; name*=utf-8''Angebot%20f%C3%BCr%20Sie.pdf
Content-Disposition: attachment
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
--outer
Content-Type: text/plain; name=notes.txt
Content-Disposition: attachment; filename="notes.txt"

not the text
--outer--
)");
        QCOMPARE(mail.text, std::string("plain words"));
        QVERIFY(!mail.textFromHtml);
        QCOMPARE(mail.parts.size(), std::size_t(5));
        QVERIFY((mail.parts[2] == MailPart{"image/png", "logo.png", 8, false}));
        QVERIFY((mail.parts[3] == MailPart{"application/pdf", "Angebot für Sie.pdf", 8, true}));
        QVERIFY((mail.parts[4] == MailPart{"text/plain", "notes.txt", 12, true}));
    }

    void html_alone_becomes_text() {
        const auto mail = read("From: a@x.example\nContent-Type: text/html; charset=iso-8859-1\n"
                               "Content-Transfer-Encoding: quoted-printable\n\n<p>Gr=FC=DFe</p><img "
                               "src=3D\"https://t.example\">\n");
        QCOMPARE(mail.text, std::string("Grüße\n"));
        QVERIFY(mail.textFromHtml);
    }

    void an_empty_plain_part_does_not_hide_the_html() {
        const auto mail = read("Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n"
                               "--b\nContent-Type: text/html\n\n<p>words</p>\n--b--\n");
        QCOMPARE(mail.text, std::string("words\n"));
    }

    void texts_around_an_attachment_are_one_text() {
        const auto mail = read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbefore\n--b\nContent-Type: image/png\n\nx\n"
                               "--b\n\nafter\n--b--\n");
        QCOMPARE(mail.text, std::string("before\n\nafter"));
    }

    void flowed_lines_are_joined() {
        const auto mail = read("Content-Type: text/plain; charset=utf-8; format=flowed\n\nOne long "
                               "\nparagraph.\n> quoted \n> text\n"
                               " From the start\n-- \nIch\n");
        QCOMPARE(mail.text, std::string("One long paragraph.\n> quoted text\nFrom the start\n-- \nIch\n"));
    }

    void a_delivery_report_is_taken_apart() {
        const auto mail = read(R"(Return-Path: <>
From: MAILER-DAEMON@mail.nordwind.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="4711/mail.nordwind.example"

--4711/mail.nordwind.example
Content-Description: Notification

This is the mail system.
--4711/mail.nordwind.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.nordwind.example

Final-Recipient: rfc822; nobody@hafenwerk.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--4711/mail.nordwind.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

Message-ID: <m1@outrider.example>
To: nobody@hafenwerk.example
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Content-Type: text/html

<p>not this mail's text</p>
--4711/mail.nordwind.example--
)");
        QCOMPARE(*mail.returnPath, std::string());
        QCOMPARE(mail.from.name, std::string("Mail Delivery System"));
        QCOMPARE(mail.contentType, std::string("multipart/report"));
        QCOMPARE(mail.reportType, std::string("delivery-status"));
        QCOMPARE(mail.text, std::string("This is the mail system."));
        QCOMPARE(mail.deliveryStatus.size(), std::size_t(1));
        QCOMPARE(mail.deliveryStatus[0].recipients.at(0).first("Status"), std::string_view("5.1.1"));
        QCOMPARE(mail.original.first("Message-ID"), std::string_view("<m1@outrider.example>"));
        QCOMPARE(mail.original.first("Subject"), std::string_view("Grüße"));
    }

    void an_original_attached_as_headers_or_encoded_is_found_data() {
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("headers only") << QByteArray("Content-Type: text/rfc822-headers\n\nMessage-ID: <m1@outrider.example>\n");
        QTest::newRow("base64") << QByteArray("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                                              "TWVzc2FnZS1JRDogPG0xQG91dHJpZGVyLmV4YW1wbGU+DQoNCkhpDQo=\n");
        QTest::newRow("empty line first") << QByteArray(
            "Content-Type: message/rfc822\n\n\nMessage-ID: <m1@outrider.example>\n\nHi\n");
        QTest::newRow("global") << QByteArray("Content-Type: message/global\n\nMessage-ID: <m1@outrider.example>\n\nHi\n");
    }

    void an_original_attached_as_headers_or_encoded_is_found() {
        QFETCH(QByteArray, part);
        const auto mail =
            read("Content-Type: multipart/report; boundary=b\n\n--b\n\nSorry\n--b\n" + part.toStdString() + "--b--\n");
        QCOMPARE(mail.original.first("Message-ID"), std::string_view("<m1@outrider.example>"));
        QCOMPARE(mail.text, std::string("Sorry"));
    }

    void broken_structure_does_not_lose_the_text_data() {
        QTest::addColumn<QByteArray>("raw");
        const auto row = [](const char* name, const std::string& raw) {
            QTest::newRow(name) << QByteArray::fromStdString(crlf(raw));
        };
        row("no boundary parameter", "From: a@x.example\nContent-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\n"
                                     "needle\n--b--\n");
        row("wrong boundary parameter", "Content-Type: multipart/mixed; boundary=other\n\n--b\nContent-Type: text/plain\n\n"
                                        "needle\n--b--\n");
        row("boundary never used", "Content-Type: multipart/mixed; boundary=other\n\nneedle\n");
        row("never closed", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nneedle\n");
        row("no content type", "From: a@x.example\n\n--b\nContent-Type: text/html\n\n<p>needle</p>\n--b--\n");
        row("part without empty line", "Content-Type: multipart/mixed; boundary=b\n\n--b\nneedle\n--b--\n");
        row("nonsense type", "Content-Type: ;;=\n\nneedle\n");
        row("type text", "Content-Type: text\n\nneedle\n");
        row("unknown charset", "Content-Type: text/plain; charset=x-nowhere\n\nneedle\n");
        row("unknown encoding", "Content-Transfer-Encoding: rot13\n\nneedle\n");
        row("bad base64", "Content-Transfer-Encoding: base64\n\nbmVl!ZGxl*\n"); // "needle" with dirt
        row("bad quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\nneedle =ZZ =\n");
        row("no headers", "needle\n");
        row("no empty line", "From: a@x.example\nneedle\n");
        row("html without saying so", "Content-Type: multipart/mixed; boundary=b\n\n<html><body>needle</body></html>\n");
        row("mbox line", "From a@x.example Thu Nov 19 10:00:00 2026\nFrom: a@x.example\n\nneedle\n");
        row("empty lines first", "\n\nFrom: a@x.example\n\nneedle\n");
        row("encoded multipart", "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: "
                                 "base64\n\n--b\n\nneedle\n--b--\n");
        row("inner boundary starts like the outer",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
            "Content-Type: multipart/mixed; boundary=b1\n\n--b1\n\nneedle\n--b1--\n--b--\n");
        QTest::newRow("bare line feeds") << QByteArray("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nneedle\n--b--\n");
        QTest::newRow("utf-16 body") << QByteArray::fromStdString(
            crlf("Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: "
                 "base64\n\nbgBlAGUAZABsAGUA\n"));
    }

    void broken_structure_does_not_lose_the_text() {
        QFETCH(QByteArray, raw);
        const auto mail = parse(raw.toStdString());
        QVERIFY2(mail.text.find("needle") != std::string::npos, mail.text.c_str());
        QVERIFY2(mail.text.find("--b") == std::string::npos, mail.text.c_str());
    }

    void an_attachment_alone_is_no_text() {
        const auto mail = read("Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQ=\n");
        QCOMPARE(mail.text, std::string());
        QCOMPARE(mail.parts.at(0).type, std::string("application/pdf"));
    }

    void limits_hold_and_say_so_data() {
        QTest::addColumn<QByteArray>("raw");
        const auto row = [](const char* name, const std::string& raw) { QTest::newRow(name) << QByteArray::fromStdString(raw); };
        std::string nested = "From: a@x.example\r\n";
        for (int i = 0; i < 20000; ++i) {
            const std::string boundary = "b" + std::to_string(i);
            nested += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
        }
        row("nested parts", nested + "\r\nx\r\n");
        row("nested messages", repeated("Content-Type: message/rfc822\r\n\r\n", 20000) + "x");
        row("many parts", "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + repeated("--b\r\n\r\nx\r\n", 20000));
        row("many headers", repeated("X: y\r\n", 20000) + "\r\nx");
        row("long header", "Subject: " + repeated("word ", 200000) + "\r\n\r\nx");
        row("long text", "From: a@x.example\r\n\r\n" + repeated("some words\r\n", 200000));
        row("long html", "Content-Type: text/html\r\n\r\n" + repeated("<p>some words\r\n", 200000));
    }

    void limits_hold_and_say_so() {
        QFETCH(QByteArray, raw);
        const auto mail = parse(raw.toStdString());
        QVERIFY(mail.truncated);
        QVERIFY(mail.parts.size() <= mostParts);
        QVERIFY(mail.text.size() <= mostTextBytes);
        QVERIFY(mail.headers.list().size() <= mostHeaders);
        QVERIFY(mail.subject.size() <= mostHeaderBytes);
    }

    void nested_address_groups_do_not_overflow_the_stack() {
        const auto mail = parse("From: a@x.example\r\nTo: " + repeated("a:", 100000) + "\r\n\r\nx\r\n");
        QVERIFY(mail.to.empty());
    }

    void dates_of_every_make_are_read_data() {
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<QByteArray>("utc"); // empty: none
        const auto row = [](const char* date, const char* utc) { QTest::newRow(date) << QByteArray(date) << QByteArray(utc); };
        row("Thu, 19 Nov 2026 10:12:00 +0100", "2026-11-19T09:12:00.000Z");
        row("19 Nov 2026 10:12 +0100", "2026-11-19T09:12:00.000Z");
        row("Thu, 19 Nov 2026 10:12:00 GMT", "2026-11-19T10:12:00.000Z");
        row("Thu, 19 Nov 2026 10:12:00 -0330 (NST)", "2026-11-19T13:42:00.000Z");
        row("", "");
        row("yesterday", "");
    }

    void dates_of_every_make_are_read() {
        QFETCH(QByteArray, date);
        QFETCH(QByteArray, utc);
        const auto mail = read("Date: " + date.toStdString() + "\n\nx\n");
        QCOMPARE(QByteArray::fromStdString(mail.date ? toIso8601(*mail.date) : ""), utc);
    }

    void any_bytes_are_survived() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "\r\n", "\n", "\r\n\r\n", "From: ", "Content-Type: multipart/mixed; boundary=b", "Content-Type: text/html",
                "Content-Type: message/rfc822", "Content-Type: message/delivery-status", "Content-Transfer-Encoding: base64",
                "--b", "--b--", "--", "<p>", "=?utf-8?q?", "?=", "=", ";", ":", "\xff", "\xc3\xbc", "Final-Recipient: rfc822;x",
                "x y z", "From ", "charset=", "\t"));
            std::string raw;
            for (const auto& piece : pieces)
                raw += piece;
            const auto mail = parse(raw);
            RC_ASSERT(contact::isUtf8(mail.text));
            RC_ASSERT(contact::isUtf8(mail.subject));
            for (const auto& [name, value] : mail.headers.list())
                RC_ASSERT(contact::isUtf8(value));
        });
    }
};

OUTRIDER_TEST(ParsedMailTest)
#include "parsed_mail_test.moc"
