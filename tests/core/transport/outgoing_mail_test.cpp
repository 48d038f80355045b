// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/outgoing_mail.h"
#include "core/transport/parsed_mail.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;

namespace {

OutgoingMail greeting() {
    OutgoingMail mail;
    mail.fromName = "Ines Köhler";
    mail.fromAddress = "ines@nordwind.example";
    mail.toName = "Tobias Rühl";
    mail.toAddress = "t.ruehl@hafenwerk.example";
    mail.subject = "Hallo aus Köln";
    mail.text = "Guten Tag Herr Rühl,\n\nwie besprochen.\n";
    mail.messageId = "m1@outrider.example";
    mail.date = *parseIso8601("2026-11-19T08:00");
    mail.utcOffsetMinutes = 60;
    return mail;
}

std::string headerOf(const OutgoingMail& mail, std::string_view name) {
    const auto raw = render(mail);
    return raw ? std::string(parse(*raw).headers.first(name)) : "not rendered: " + raw.error().detail;
}

std::size_t longestLine(std::string_view raw) {
    std::size_t longest = 0;
    for (std::size_t at = 0; at < raw.size();) {
        const auto end = raw.find("\r\n", at);
        longest = std::max(longest, end - at);
        at = end + 2;
    }
    return longest;
}

} // namespace

class OutgoingMailTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void the_bytes_are_what_the_rfcs_ask_for() {
        const auto raw = render(greeting());
        VERIFY_OK(raw);
        QCOMPARE(QString::fromStdString(*raw),
                 QString::fromStdString(crlf("Date: Thu, 19 Nov 2026 09:00:00 +0100\n"
                                             "From: =?utf-8?q?Ines_K=C3=B6hler?= <ines@nordwind.example>\n"
                                             "To: =?utf-8?q?Tobias_R=C3=BChl?= <t.ruehl@hafenwerk.example>\n"
                                             "Subject: =?utf-8?q?Hallo_aus_K=C3=B6ln?=\n"
                                             "Message-ID: <m1@outrider.example>\n"
                                             "MIME-Version: 1.0\n"
                                             "Content-Type: text/plain; charset=utf-8\n"
                                             "Content-Transfer-Encoding: quoted-printable\n"
                                             "\n"
                                             "Guten Tag Herr R=C3=BChl,\n"
                                             "\n"
                                             "wie besprochen.\n")));
    }

    void a_rendered_mail_reads_back_as_what_was_written() {
        OutgoingMail mail = greeting();
        mail.fromName = "Köhler, Ines \"die Chefin\" (Nordwind)";
        mail.toName = "王 思远";
        mail.subject = "Angebot №\u00a07 — „Frachtraum“ für Łódź, 25 % günstiger als gedacht und deshalb etwas länger";
        mail.inReplyTo = "earlier.2@hafenwerk.example";
        mail.references = {"earlier.1@nordwind.example", "earlier.2@hafenwerk.example"};
        mail.extra = {{"X-Outrider-Id", "4711-8"}};
        const auto raw = render(mail);
        VERIFY_OK(raw);
        const ParsedMail back = parse(*raw);
        QCOMPARE(back.from.name, mail.fromName);
        QCOMPARE(back.from.address, mail.fromAddress);
        QCOMPARE(back.to.at(0).name, mail.toName);
        QCOMPARE(back.to.at(0).address, mail.toAddress);
        QCOMPARE(back.subject, mail.subject);
        QCOMPARE(back.messageId, mail.messageId);
        QCOMPARE(back.inReplyTo, mail.inReplyTo);
        QVERIFY(back.references == mail.references);
        QVERIFY(back.date == mail.date);
        QCOMPARE(back.utcOffsetMinutes, 60);
        QCOMPARE(back.headers.first("x-outrider-id"), std::string_view("4711-8"));
        QCOMPARE(back.text, mail.text);
    }

    void any_text_leaves_with_crlf_only_and_arrives_unchanged() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "\n", "\n", "\r", "\r\n", ".", ".\n", " ", "\t", "=", "From ", "ü", "€", "😀", "word", "\x01", "\x7f",
                "a line that is rather long and goes on for much more than the "
                "seventy-six bytes of a line "));
            OutgoingMail mail = greeting();
            mail.text.clear();
            std::string expected;
            for (const auto& piece : pieces)
                mail.text += piece;
            // What a reader is to see: one kind of line end, a line end at the end, no controls.
            for (std::size_t i = 0; i < mail.text.size(); ++i) {
                const char c = mail.text[i];
                if (c == '\r') {
                    expected += '\n';
                    i += i + 1 < mail.text.size() && mail.text[i + 1] == '\n' ? 1 : 0;
                } else if (c != '\x01' && c != '\x7f') {
                    expected += c;
                }
            }
            const bool endsInLine = mail.text.ends_with('\n') || mail.text.ends_with('\r');
            if (!endsInLine)
                expected += '\n';
            const auto raw = render(mail);
            RC_ASSERT(raw.has_value());
            RC_ASSERT(checkWireFormat(*raw).has_value());
            RC_ASSERT(longestLine(*raw) <= 78U);
            RC_ASSERT(parse(*raw).text == expected);
        });
    }

    void any_name_and_subject_arrive_unchanged() {
        VERIFY_PROPERTY([] {
            const auto words = *rc::gen::container<std::vector<std::string>>(
                rc::gen::element<std::string>("a", "Ö", "漢字", "😀", ",", "\"", "\\", "(", ")", "<", ">", "@", ";", ":", ".",
                                              "=?", "?=", "word", "an-unbroken-word-of-some-length-"));
            const bool spaced = *rc::gen::arbitrary<bool>();
            std::string phrase = "x";
            for (const auto& word : words)
                phrase += (spaced ? " " : "") + word;
            OutgoingMail mail = greeting();
            mail.toName = phrase;
            mail.subject = phrase;
            const auto raw = render(mail);
            RC_PRE(raw.has_value()); // too long for a line is refused
            const ParsedMail back = parse(*raw);
            RC_ASSERT(back.subject == phrase);
            RC_ASSERT(back.to.size() == 1U);
            RC_ASSERT(back.to[0].name == phrase);
            RC_ASSERT(back.to[0].address == mail.toAddress);
        });
    }

    void the_same_mail_gives_the_same_bytes() {
        const auto first = render(greeting());
        VERIFY_OK(first);
        QVERIFY(*first == *render(greeting()));
    }

    void a_control_character_in_a_header_is_refused_data() {
        QTest::addColumn<int>("field");
        QTest::addColumn<QByteArray>("value");
        const std::vector<std::pair<const char*, const char*>> values{{"CRLF", "x\r\nBcc: eve@evil.example"},
                                                                      {"LF", "x\nBcc: eve@evil.example"},
                                                                      {"CR", "x\rBcc: eve@evil.example"},
                                                                      {"NUL escape", "x\x01y"},
                                                                      {"tab", "x\ty"},
                                                                      {"DEL", "x\x7fy"}};
        const std::vector<const char*> fields{"from name", "from address", "to name",     "to address",   "subject",
                                              "id",        "in reply to",  "a reference", "header value", "header name"};
        for (int field = 0; field < int(fields.size()); ++field) {
            for (const auto& [name, value] : values)
                QTest::addRow("%s in %s", name, fields[std::size_t(field)]) << field << QByteArray(value);
        }
    }

    void a_control_character_in_a_header_is_refused() {
        QFETCH(int, field);
        QFETCH(QByteArray, value);
        const std::string bad = value.toStdString();
        OutgoingMail mail = greeting();
        switch (field) {
        case 0:
            mail.fromName = bad;
            break;
        case 1:
            mail.fromAddress = bad + "@nordwind.example";
            break;
        case 2:
            mail.toName = bad;
            break;
        case 3:
            mail.toAddress = "t@hafenwerk.example" + bad;
            break;
        case 4:
            mail.subject = bad;
            break;
        case 5:
            mail.messageId = bad + "@outrider.example";
            break;
        case 6:
            mail.inReplyTo = bad + "@outrider.example";
            break;
        case 7:
            mail.references = {"ok@outrider.example", bad + "@outrider.example"};
            break;
        case 8:
            mail.extra = {{"X-Outrider-Id", bad}};
            break;
        default:
            mail.extra = {{bad, "1"}};
            break;
        }
        VERIFY_ERROR(render(mail), field == 1 || field == 3 ? ErrorCode::InvalidEmail : ErrorCode::MessageMalformed);
    }

    void a_header_of_our_own_cannot_be_given_twice() {
        for (const char* name : {"Subject", "from", "BCC", "Content-Type", "content-transfer-encoding", "MIME-Version",
                                 "Message-Id", "Return-Path"}) {
            OutgoingMail mail = greeting();
            mail.extra = {{name, "x"}};
            VERIFY_ERROR(render(mail), ErrorCode::MessageMalformed);
        }
    }

    void an_unsubscribe_address_is_never_encoded_or_cut() {
        OutgoingMail mail = greeting();
        const std::string url = "<https://nordwind.example/u/" + std::string(200, 'x') + ">";
        mail.extra = {{"List-Unsubscribe", "<mailto:ines+out-4711@nordwind.example?subject=unsubscribe>, " + url},
                      {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}};
        const auto raw = render(mail);
        VERIFY_OK(raw);
        QVERIFY(raw->find("List-Unsubscribe: <mailto:ines+out-4711@nordwind.example?subject=unsubscribe>,\r\n " + url + "\r\n")
                != std::string::npos);
        QVERIFY(raw->find("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") != std::string::npos);
    }

    void a_header_too_long_for_any_server_is_refused() {
        OutgoingMail mail = greeting();
        mail.extra = {{"X-Long", std::string(1000, 'x')}};
        VERIFY_ERROR(render(mail), ErrorCode::MessageMalformed);
        mail.extra.clear();
        mail.subject = std::string(5000, 'x');
        VERIFY_ERROR(render(mail), ErrorCode::MessageMalformed);
    }

    void many_references_are_folded() {
        OutgoingMail mail = greeting();
        for (int i = 0; i < 60; ++i)
            mail.references.push_back("reference-number-" + std::to_string(i) + "@hafenwerk.example");
        const auto raw = render(mail);
        VERIFY_OK(raw);
        QVERIFY(longestLine(*raw) <= 78);
        QVERIFY(parse(*raw).references == mail.references);
    }

    void an_international_domain_goes_out_in_ascii() {
        OutgoingMail mail = greeting();
        mail.toAddress = "info@müller-söhne.example";
        QCOMPARE(headerOf(mail, "To"), std::string("Tobias Rühl <info@xn--mller-shne-kcb9d.example>"));
        mail.toAddress = "jörg@hafenwerk.example"; // needs SMTPUTF8, which few servers have
        VERIFY_ERROR(render(mail), ErrorCode::InvalidEmail);
    }

    void a_date_shows_the_senders_wall_clock_data() {
        QTest::addColumn<int>("offset");
        QTest::addColumn<QString>("date");
        QTest::newRow("utc") << 0 << "Thu, 19 Nov 2026 08:00:00 +0000";
        QTest::newRow("india") << 330 << "Thu, 19 Nov 2026 13:30:00 +0530";
        QTest::newRow("newfoundland") << -210 << "Thu, 19 Nov 2026 04:30:00 -0330";
        QTest::newRow("kiritimati") << 840 << "Thu, 19 Nov 2026 22:00:00 +1400";
    }

    void a_date_shows_the_senders_wall_clock() {
        QFETCH(int, offset);
        QFETCH(QString, date);
        OutgoingMail mail = greeting();
        mail.utcOffsetMinutes = offset;
        QCOMPARE(QString::fromStdString(headerOf(mail, "Date")), date);
    }

    void text_that_is_no_utf8_is_refused() {
        OutgoingMail mail = greeting();
        mail.text = "caf\xe9";
        VERIFY_ERROR(render(mail), ErrorCode::MessageMalformed);
        mail = greeting();
        mail.subject = "caf\xe9";
        VERIFY_ERROR(render(mail), ErrorCode::MessageMalformed);
        mail = greeting();
        mail.text = std::string("a\0b", 3);
        VERIFY_ERROR(render(mail), ErrorCode::MessageMalformed);
    }

    void what_could_smuggle_a_second_message_is_no_wire_format() {
        VERIFY_OK(checkWireFormat("a: b\r\n\r\n.\r\n"));
        VERIFY_ERROR(checkWireFormat(""), ErrorCode::MessageMalformed);
        VERIFY_ERROR(checkWireFormat("a: b\r\n\r\nx\n.\nMAIL FROM:<>\r\n"), ErrorCode::MessageMalformed);
        VERIFY_ERROR(checkWireFormat("a: b\r\n\r\nx\r.\r\r\n"), ErrorCode::MessageMalformed);
        VERIFY_ERROR(checkWireFormat("a: b\r\n\r\nno line end"), ErrorCode::MessageMalformed);
        VERIFY_ERROR(checkWireFormat("\n"), ErrorCode::MessageMalformed);
        VERIFY_ERROR(checkWireFormat(std::string("a: b\r\n\r\n\0\r\n", 11)), ErrorCode::MessageMalformed);
    }

    void html_stands_beside_the_text_as_the_richer_form() {
        OutgoingMail mail = greeting();
        mail.html = "<p>Guten Tag Herr R\xC3\xBChl</p>\n";
        const auto raw = render(mail);
        VERIFY_OK(raw);
        QCOMPARE(*raw, *render(mail)); // boundaries are no accident
        const ParsedMail read = parse(*raw);
        QCOMPARE(read.contentType, std::string("multipart/alternative"));
        QCOMPARE(read.text, mail.text);
        QCOMPARE(read.parts.size(), std::size_t(2));
        QCOMPARE(read.parts[1].type, std::string("text/html"));
        QVERIFY(longestLine(*raw) <= 78);
    }

    void files_go_along_whole_and_by_their_names() {
        OutgoingMail mail = greeting();
        mail.html = "<p>x</p>";
        std::string bytes;
        for (int i = 0; i < 100'000; ++i)
            bytes += char(i * 7 % 256);
        mail.files = {
            {"Überblick \"Hafen\"; 2026, ein recht langer Name mit vielen Wörtern und Zahlen.pdf", "application/pdf", bytes},
            {"zeilen.txt", "text/plain", "eins\nzwei\r\ndrei"}};
        const auto raw = render(mail);
        VERIFY_OK(raw);
        VERIFY_OK(checkWireFormat(*raw));
        const ParsedMail read = parse(*raw);
        QCOMPARE(read.contentType, std::string("multipart/mixed"));
        QCOMPARE(read.parts.size(), std::size_t(4));
        QCOMPARE(read.parts[2].name, mail.files[0].name);
        QCOMPARE(read.parts[2].size, bytes.size());
        QVERIFY(read.parts[2].attachment);
        QCOMPARE(read.parts[3].size, mail.files[1].data.size()); // its line ends are its own
        QVERIFY(raw->find("filename*0*=") != std::string::npos); // RFC 2231
        QVERIFY(longestLine(*raw) <= 998);
    }

    void a_file_cannot_bring_headers_or_pose_as_a_part() {
        OutgoingMail mail = greeting();
        mail.files = {{"a\r\nBcc: x@y.example", "application/pdf", "x"}};
        VERIFY_ERROR(render(mail), ErrorCode::MessageMalformed);
        for (const char* type : {"multipart/mixed", "message/rfc822", "text", "text/pl ain", "text/plain; x=y", ""}) {
            mail.files = {{"a.pdf", type, "x"}};
            VERIFY_ERROR(render(mail), ErrorCode::MessageMalformed);
        }
    }
};

OUTRIDER_TEST(OutgoingMailTest)
#include "outgoing_mail_test.moc"
