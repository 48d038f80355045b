// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/inbound/incoming_mail.h"
#include "core/transport/mail_html.h"
#include "core/transport/parsed_mail.h"
#include "support/clean_markup.h"
#include "support/test_registry.h"

#include <sys/resource.h>

using namespace outrider;
using namespace outrider::inbound;
using transport::ParsedMail;

namespace {

// What reading one mail may cost beside its own bytes, whatever is in it. With anything quadratic the tests below
// would run for hours; CTest ends them after two minutes.
constexpr long mostMemoryMiB = 700;

std::string repeated(std::string_view unit, std::size_t bytes) {
    std::string text;
    text.reserve(bytes + unit.size());
    while (text.size() < bytes)
        text += unit;
    return text;
}

constexpr std::size_t MiB = 1024 * 1024;
const std::string from =
    "From: MAILER-DAEMON@x.example\r\nTo: mara@harborline.example\r\nSubject: Undeliverable\r\nMIME-Version: 1.0\r\n";

long peakMiB() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

// Read, judged, trimmed and cleaned, with everything inside its limits.
ParsedMail survived(const std::string& raw) {
    const long before = peakMiB();
    ParsedMail mail = transport::parse(raw);
    const auto clean = transport::cleanMailHtml(raw);
    const IncomingMail incoming = readIncoming(raw, Instant{}, MailboxId{1});
    const bool within = mail.text.size() <= transport::mostTextBytes && mail.parts.size() <= transport::mostParts
                        && mail.headers.list().size() <= transport::mostHeaders && contact::isUtf8(mail.text)
                        && contact::isUtf8(mail.subject) && contact::isUtf8(incoming.message.text)
                        && contact::isUtf8(incoming.classification.evidence) && mail.text.find('\0') == std::string::npos
                        && (!clean || (clean->html.size() <= transport::mostCleanHtml && test::offence(clean->html).empty()));
    if (!within)
        qFatal("a limit was passed");
    if (peakMiB() - before > mostMemoryMiB)
        qFatal("%ld MiB for one mail", peakMiB() - before);
    return mail;
}

} // namespace

class HostileMailTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void parts_nested_ten_thousand_deep_end_at_twenty() {
        std::string raw = from;
        for (int depth = 0; depth < 10000; ++depth)
            raw += "Content-Type: multipart/mixed; boundary=b" + std::to_string(depth) + "\r\n\r\n--b" + std::to_string(depth)
                   + "\r\n";
        QVERIFY(survived(raw + "Content-Type: text/plain\r\n\r\nDeep.\r\n").truncated);
        std::string mails = from;
        for (int depth = 0; depth < 10000; ++depth)
            mails += "Content-Type: message/rfc822\r\n\r\n";
        QVERIFY(survived(mails + "\r\nDeep.\r\n").truncated);
    }

    void a_hundred_thousand_parts_end_at_five_hundred() {
        const std::string raw = from + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                                + repeated("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n", 100000 * 36) + "--b--\r\n";
        const ParsedMail mail = survived(raw);
        QVERIFY(mail.truncated);
        QVERIFY(mail.parts.size() <= transport::mostParts);
    }

    void a_part_of_a_hundred_megabytes_is_cut_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("unit");
        QTest::newRow("text") << QByteArray("text/plain\r\nContent-Transfer-Encoding: 8bit") << QByteArray("a line of text\r\n");
        QTest::newRow("one base64 line") << QByteArray("text/plain\r\nContent-Transfer-Encoding: base64")
                                         << QByteArray("QUFBQUFB");
        QTest::newRow("attached base64") << QByteArray("application/zip; name=x.zip\r\nContent-Transfer-Encoding: base64")
                                         << QByteArray("UEsDBBQA");
        QTest::newRow("quoted-printable") << QByteArray("text/html\r\nContent-Transfer-Encoding: quoted-printable")
                                          << QByteArray("=3Cp=3E=E2=82=AC=\r\n");
        QTest::newRow("html") << QByteArray("text/html") << QByteArray("<table><tr><td><a href=https://x.example>");
    }

    void a_part_of_a_hundred_megabytes_is_cut() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, unit);
        const std::string raw =
            from + "Content-Type: " + type.toStdString() + "\r\n\r\n" + repeated(unit.toStdString(), 100 * MiB);
        QVERIFY(survived(raw).truncated);
    }

    void broken_charsets_become_readable_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* charset, const QByteArray& bytes) {
            QTest::addRow("%s %d", charset, int(bytes.size())) << QByteArray(charset) << bytes;
        };
        row("utf-8", QByteArray("\xff\xfe\xc3\x28\xf0\x9f Hallo", 13));
        row("utf-7", "+ADw-script+AD4- +/v8 +////////// Hallo+");
        row("utf-7", "+AAAA+AAAA+2AAA+3AAA- Hallo");
        row("utf-16", QByteArray("\xff\xfe"
                                 "H\0a\0l\0l\0o\0\0",
                                 13));
        row("utf-32", QByteArray("\0\0\0", 3));
        row("iso-2022-jp", "\x1b$B$3$s\x1b(B \x1b$ Hallo \x1b");
        row("hz-gb-2312", "~{<:Ky2;S{~} ~{ Hallo");
        row("x-unknown//TRANSLIT", "Hallo \xe4");
        row("../../../etc/passwd", "Hallo \xe4");
        row("", QByteArray("\xe4\xf6\xfc Hallo"));
    }

    void broken_charsets_become_readable() {
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, bytes);
        const std::string raw = from + "Content-Type: text/plain; charset=\"" + charset.toStdString()
                                + "\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + bytes.toStdString() + "\r\n";
        survived(raw);
        std::string html = raw;
        html.replace(html.find("text/plain"), 10, "text/html");
        const auto clean = transport::cleanMailHtml(html);
        QVERIFY(clean && clean->html.find("<script") == std::string::npos);
    }

    void floods_of_headers_are_cut_data() {
        QTest::addColumn<QByteArray>("unit");
        QTest::addColumn<QByteArray>("before");
        const auto row = [](const char* tag, const char* before, const char* unit) {
            QTest::newRow(tag) << QByteArray(unit) << QByteArray(before);
        };
        row("fields", "", "X-Spam: x\r\n");
        row("hops", "", "Received: from a by b; Thu, 19 Nov 2026 10:12:00 +0100\r\n");
        row("one line", "X-Long: ", "x");
        row("folded", "X-Folded: x\r\n", " x\r\n");
        row("recipients", "Cc: ", "a@b.example, ");
        row("groups", "Cc: ", "g:(((");
        row("references", "References: ", "<a@b.example> ");
        row("encoded words", "Subject: ", "=?utf-8?q?=C3=A4?= ");
        row("broken encoded words", "Subject: ", "=?x?b?=?q?");
        row("parameters", "Content-Type: text/plain", "; name*0=\"a\"");
        row("comments", "Date: ", "(");
        row("quotes", "From: ", "\"\\\"");
        row("verdicts", "Authentication-Results: mx", "; dmarc=fail (");
    }

    void floods_of_headers_are_cut() {
        QFETCH(QByteArray, unit);
        QFETCH(QByteArray, before);
        const std::string raw = from + before.toStdString() + repeated(unit.toStdString(), 10 * MiB) + "\r\n\r\nHallo\r\n";
        QVERIFY(survived(raw).truncated);
    }

    void null_bytes_do_not_end_a_mail() {
        std::string raw = from + "X-Null: a" + std::string(1, '\0') + "b\r\nContent-Type: text/plain\r\n\r\nBefore"
                          + std::string(3, '\0') + "after\r\n";
        QCOMPARE(survived(raw).text.find("after") != std::string::npos, true);
        survived(std::string(MiB, '\0'));
        survived(from + "\r\n" + std::string(MiB, '\0'));
    }

    void archives_in_a_mail_are_named_and_not_opened() {
        // A tiny file that says it unpacks to terabytes.
        const std::string raw =
            from
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee it.\r\n"
              "--b\r\nContent-Type: application/zip; name=\"bomb.zip\"\r\nContent-Disposition: attachment\r\n"
              "Content-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAIAAAAAAD/////////////////\r\n--b--\r\n";
        const ParsedMail mail = survived(raw);
        QCOMPARE(mail.parts.size(), std::size_t(2));
        QCOMPARE(mail.parts[1].name, std::string("bomb.zip"));
        QCOMPARE(mail.parts[1].size, std::size_t(27));
        QCOMPARE(mail.text, std::string("See it."));
    }

    void boundaries_that_lie_are_survived_data() {
        QTest::addColumn<QByteArray>("boundary");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* tag, const QByteArray& boundary, const char* unit) {
            QTest::newRow(tag) << boundary << QByteArray::fromStdString(repeated(unit, MiB));
        };
        row("empty", "", "--\r\n");
        row("of dashes", "--", "----\r\n");
        row("very long", QByteArray(8000, 'b'), "--bbbbbbbb\r\n");
        row("never there", "b", "--c\r\n");
        row("almost there", "b", "--bb\r\n--b x\r\n");
        row("closed at once", "b", "--b--\r\n");
        row("itself again", "b", "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");
    }

    void boundaries_that_lie_are_survived() {
        QFETCH(QByteArray, boundary);
        QFETCH(QByteArray, body);
        survived(from + "Content-Type: multipart/mixed; boundary=\"" + boundary.toStdString() + "\"\r\n\r\n"
                 + body.toStdString());
    }

    void reports_without_end_are_cut() {
        const std::string head = from
                                 + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
                                   "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.example\r\n\r\n";
        const ParsedMail mail =
            survived(head + repeated("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n", 10 * MiB)
                     + "--b--\r\n");
        QCOMPARE(mail.deliveryStatus.size(), std::size_t(1));
        QVERIFY(mail.deliveryStatus[0].recipients.size() <= transport::mostStatusRecipients);
        survived(head + "Diagnostic-Code: smtp; " + repeated("550 5.1.1 ", 10 * MiB) + "\r\n\r\n--b--\r\n");
    }
};

OUTRIDER_TEST(HostileMailTest)
#include "hostile_mail_test.moc"
