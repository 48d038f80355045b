// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/classify.h"
#include "core/inbound/diagnosis.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::inbound;
using outrider::test::crlf;

namespace {

Classification judge(std::string_view mail) { return classify(transport::parse(crlf(mail))); }

std::string asText(const std::optional<std::chrono::sys_days>& day) { return day ? toIsoDate(*day) : std::string("none"); }

// An answer of Tobias to a message of ours, with these headers more and this text.
std::string answer(std::string_view headers, std::string_view text, std::string_view subject = "Re: Dock delays") {
    return "From: =?utf-8?q?Tobias_R=C3=BChl?= <t.ruehl@ostsee-kuehlhaus.example>\n"
           "To: mara@harborline.example\n"
           "Subject: "
           + std::string(subject)
           + "\n"
             "Date: Thu, 19 Nov 2026 10:12:00 +0100\n"
             "Message-ID: <r1@ostsee-kuehlhaus.example>\n"
             "In-Reply-To: <m1@harborline.example>\n"
           + std::string(headers)
           + "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + std::string(text)
           + "\n";
}

// What Postfix sends back, for a status and what the other server said.
std::string report(std::string_view action, std::string_view status, std::string_view diagnostic) {
    return "Return-Path: <>\n"
           "From: Mail Delivery System <MAILER-DAEMON@mx.harborline.example>\n"
           "To: mara@harborline.example\n"
           "Subject: Undelivered Mail Returned to Sender\n"
           "Auto-Submitted: auto-replied\n"
           "Date: Thu, 19 Nov 2026 10:12:00 +0100\n"
           "MIME-Version: 1.0\n"
           "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
           "--b\nContent-Type: text/plain\n\nThis is the mail system at host mx.harborline.example.\n\n"
           "--b\nContent-Type: message/delivery-status\n\n"
           "Reporting-MTA: dns; mx.harborline.example\n\n"
           "Final-Recipient: rfc822; j.novak@dunajcargo.example\n"
           "Action: "
           + std::string(action) + "\nStatus: " + std::string(status) + "\nDiagnostic-Code: smtp; " + std::string(diagnostic)
           + "\n\n--b\nContent-Type: text/rfc822-headers\n\n"
             "From: Mara Lindqvist <mara@harborline.example>\n"
             "To: j.novak@dunajcargo.example\n"
             "Message-ID: <m7@harborline.example>\n\n"
             "--b--\n";
}

} // namespace

class ClassifyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    // ── Bounces ──────────────────────────────────────────────────────────────────────────────

    void a_report_of_a_wrong_address_is_a_hard_bounce() {
        const auto mail =
            judge(report("failed", "5.1.1", "550 5.1.1 <j.novak@dunajcargo.example>: User unknown in virtual mailbox table"));
        QVERIFY(mail.messageClass == MessageClass::Bounce);
        QVERIFY(mail.hard == true);
        QCOMPARE(mail.reason, std::string("user_unknown"));
        QCOMPARE(mail.recipient, std::string("j.novak@dunajcargo.example"));
        QCOMPARE(mail.originalMessageId, std::string("m7@harborline.example"));
        QCOMPARE(mail.rule, std::string("dsn.failed"));
        QVERIFY(mail.evidence.find("User unknown") != std::string::npos);
    }

    void the_words_decide_before_the_numbers_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("hard");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* said, const char* status, bool hard, const char* reason) {
            QTest::newRow(said) << QByteArray(said) << QByteArray(status) << hard << QByteArray(reason);
        };
        row("550 5.1.1 No such user", "5.1.1", true, "user_unknown");
        row("550-5.1.1 The email account that you tried to reach does\n not exist. Please try 550-5.1.1 double-checking", "5.0.0",
            true, "user_unknown");
        row("550 5.4.1 Recipient address rejected: Access denied. [AMS.prod.example]", "5.4.1", true, "user_unknown");
        row("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "5.1.10", true,
            "user_unknown");
        row("550 Requested action not taken: mailbox unavailable", "5.0.0", true, "user_unknown");
        row("553 5.3.0 <x@y.example>... Unknown E-Mail Address", "5.3.0", true, "user_unknown");
        row("Host or domain name not found. Name service error for name=nowhere.example type=A: Host not found", "5.4.4", true,
            "host_unknown");
        row("556 5.1.10 Recipient address has null MX", "5.1.10", true, "no_mail_accepted");
        row("551 User has moved to z.brandt@nordwind.example", "5.1.6", true, "moved");

        row("552 5.2.2 user MAILBOX FULL", "5.2.2", false, "mailbox_full");
        row("550 5.1.1 <x@y.example> user unknown or over quota", "5.1.1", false, "mailbox_full");
        row("550 5.7.1 Message rejected due to SPF policy", "5.7.1", false, "authentication");
        row("554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.example", "5.7.1", false,
            "blocked");
        row("550 5.1.1 Message identified as SPAM", "5.1.1", false, "spam");
        row("550 5.7.1 Unable to relay", "5.7.1", false, "relay_denied");
        row("550 5.1.8 Sender address rejected: Domain not found", "5.1.8", false, "sender");
        row("552 5.3.4 Message size exceeds fixed maximum message size", "5.3.4", false, "too_large");
        row("550 5.2.1 The email account that you tried to reach is disabled", "5.2.1", false, "mailbox_disabled");
        row("450 4.1.1 <x@y.example>: Recipient address rejected: User unknown", "4.1.1", false, "user_unknown");
        row("451 4.7.1 Greylisting in action, please come back later", "4.7.1", false, "greylisted");
        row("421 4.7.0 Too many connections from your host", "4.7.0", false, "blocked");
        row("connect to mx.y.example[192.0.2.9]:25: Connection timed out", "4.4.1", false, "network");
        row("450 4.4.3 Name service error for name=y.example: Host not found, try again type=MX", "4.4.3", false, "network");
        row("554 5.4.6 Too many hops", "5.4.6", false, "loop");
        row("550 Administrative prohibition", "5.0.0", false, "policy");
    }

    void the_words_decide_before_the_numbers() {
        QFETCH(QByteArray, said);
        QFETCH(QByteArray, status);
        QFETCH(bool, hard);
        QFETCH(QByteArray, reason);
        const Diagnosis diagnosis = diagnose(said.toStdString(), status.toStdString());
        QCOMPARE(diagnosis.reason, reason.toStdString());
        QCOMPARE(diagnosis.hard, hard);
    }

    void where_nothing_is_said_the_number_decides_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("hard");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("unknown") << QByteArray("5.1.1") << true << QByteArray("user_unknown");
        QTest::newRow("full") << QByteArray("5.2.2") << false << QByteArray("mailbox_full");
        QTest::newRow("policy") << QByteArray("5.7.1") << false << QByteArray("policy");
        QTest::newRow("anything") << QByteArray("5.0.0") << false << QByteArray("unknown");
        QTest::newRow("nothing") << QByteArray() << false << QByteArray("unknown");
    }

    void where_nothing_is_said_the_number_decides() {
        QFETCH(QByteArray, status);
        QFETCH(bool, hard);
        QFETCH(QByteArray, reason);
        const Diagnosis diagnosis = diagnose("", status.toStdString());
        QCOMPARE(diagnosis.reason, reason.toStdString());
        QCOMPARE(diagnosis.hard, hard);
    }

    void names_of_machines_and_addresses_are_no_reason() {
        const auto diagnosis = diagnose(
            "host mx.spam-filter.example[192.0.2.1] said: 550 <full-mailbox.quota@blocked.example>: no such user", "5.1.1");
        QVERIFY(diagnosis.hard);
        QCOMPARE(diagnosis.reason, std::string("user_unknown"));
    }

    void a_delay_is_soft_whatever_it_says() {
        const auto mail = judge(report("delayed", "4.4.1", "550 5.1.1 no such user"));
        QVERIFY(mail.messageClass == MessageClass::Bounce);
        QVERIFY(mail.hard == false);
        QCOMPARE(mail.rule, std::string("dsn.delayed"));
    }

    void a_receipt_is_no_bounce() {
        const auto mail = judge(report("delivered", "2.0.0", "250 ok"));
        QVERIFY(mail.messageClass == MessageClass::AutoReply);
        QCOMPARE(mail.rule, std::string("auto.receipt"));
    }

    void the_address_we_wrote_to_is_named_not_the_one_it_was_forwarded_to() {
        std::string mail = report("failed", "5.1.1", "550 user unknown");
        const auto at = mail.find("Final-Recipient");
        mail.insert(at, "Original-Recipient: rfc822;jan@dunajcargo.example\n");
        QCOMPARE(judge(mail).recipient, std::string("jan@dunajcargo.example"));
    }

    void bounces_in_the_servers_own_words_are_understood_data() {
        QTest::addColumn<QByteArray>("mail");
        QTest::addColumn<bool>("hard");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("qmail") << QByteArray(
            "Return-Path: <>\nFrom: MAILER-DAEMON@mail.dunajcargo.example\nTo: mara@harborline.example\nSubject: failure "
            "notice\n\n"
            "Hi. This is the qmail-send program at mail.dunajcargo.example.\n"
            "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
            "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
            "<j.novak@dunajcargo.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
            "--- Below this line is a copy of the message.\n\n"
            "Return-Path: <mara@harborline.example>\nReceived: from x\nMessage-ID: <m7@harborline.example>\n"
            "From: mara@harborline.example\nTo: j.novak@dunajcargo.example\nSubject: your spam filter is over quota\n\nHi\n")
                               << true << QByteArray("user_unknown");
        QTest::newRow("exim") << QByteArray(
            "Return-path: <>\nX-Failed-Recipients: j.novak@dunajcargo.example\nAuto-Submitted: auto-replied\n"
            "From: Mail Delivery System <Mailer-Daemon@mx.example>\nTo: mara@harborline.example\n"
            "Subject: Mail delivery failed: returning message to sender\n\n"
            "This message was created automatically by mail delivery software.\n\n"
            "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. "
            "The following address(es) failed:\n\n"
            "  j.novak@dunajcargo.example\n    SMTP error from remote mail server after RCPT TO:<j.novak@dunajcargo.example>:\n"
            "    host mx.dunajcargo.example [192.0.2.4]: 552 5.2.2 mailbox is full\n\n"
            "------ This is a copy of the message, including all the headers. ------\n\n"
            "Received: from x\nMessage-ID: <m7@harborline.example>\nFrom: mara@harborline.example\nTo: "
            "j.novak@dunajcargo.example\n\nHi\n")
                              << false << QByteArray("mailbox_full");
        QTest::newRow("a gateway") << QByteArray(
            "From: \"Postmaster\" <postmaster@gw.example>\nTo: mara@harborline.example\nSubject: Undeliverable Mail\n\n"
            "Delivery failed 10 attempts: j.novak@dunajcargo.example\n\nOriginal message follows.\n\n"
            "MIME-Version: 1.0\nMessage-ID: <m7@harborline.example>\nFrom: mara@harborline.example\n"
            "To: j.novak@dunajcargo.example\n\nHey\n")
                                   << false << QByteArray("expired");
        QTest::newRow("German Exchange") << QByteArray(
            "Return-Path: <>\nFrom: Microsoft Outlook <postmaster@dunajcargo.example>\nTo: mara@harborline.example\n"
            "Subject: =?utf-8?q?Unzustellbar:_Dock_delays?=\nContent-Type: text/plain; charset=utf-8\n\n"
            "Fehler bei der Zustellung an folgende Empfänger oder Gruppen:\n\nj.novak@dunajcargo.example\n"
            "Die eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\n"
            "Originalnachrichtenkopfzeilen:\n\nReceived: from x\nMessage-ID: <m7@harborline.example>\n"
            "From: mara@harborline.example\nTo: j.novak@dunajcargo.example\n")
                                         << true << QByteArray("user_unknown");
    }

    void bounces_in_the_servers_own_words_are_understood() {
        QFETCH(QByteArray, mail);
        QFETCH(bool, hard);
        QFETCH(QByteArray, reason);
        const auto judged = judge(mail.toStdString());
        QVERIFY(judged.messageClass == MessageClass::Bounce);
        QCOMPARE(judged.reason, reason.toStdString());
        QCOMPARE(judged.hard.value_or(!hard), hard);
        QCOMPARE(judged.recipient, std::string("j.novak@dunajcargo.example"));
        QCOMPARE(judged.originalMessageId, std::string("m7@harborline.example"));
        QVERIFY(!judged.evidence.empty());
    }

    void an_answer_that_speaks_of_undelivered_things_is_an_answer() {
        QVERIFY(judge(answer("", "Three pallets could not be delivered on Tuesday, error 550 at gate 5.1.1. Can your tool help?"))
                    .messageClass
                == MessageClass::Reply);
        QVERIFY(judge(answer("", "Our mailbox was full last week, sorry for the delay.")).messageClass == MessageClass::Reply);
    }

    // ── Automatic answers ────────────────────────────────────────────────────────────────────

    void automatic_answers_are_known_by_their_headers_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("RFC 3834") << QByteArray("Auto-Submitted: auto-replied (vacation)\n");
        QTest::newRow("generated") << QByteArray("Auto-Submitted: auto-generated\n");
        QTest::newRow("autoreply") << QByteArray("X-Autoreply: yes\n");
        QTest::newRow("autorespond") << QByteArray("X-Autorespond: Dock delays\n");
        QTest::newRow("precedence") << QByteArray("Precedence: auto_reply\n");
    }

    void automatic_answers_are_known_by_their_headers() {
        QFETCH(QByteArray, header);
        const auto mail = judge(answer(header.toStdString(), "We have received your message."));
        QVERIFY(mail.messageClass == MessageClass::AutoReply);
        QCOMPARE(mail.rule, std::string("auto.header"));
        QVERIFY(!mail.evidence.empty());
    }

    void a_header_that_says_no_means_no() {
        QVERIFY(judge(answer("Auto-Submitted: no\nX-Auto-Response-Suppress: All\n", "Yes, gladly.")).messageClass
                == MessageClass::Reply);
    }

    void somebody_away_says_so_in_their_language_data() {
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("back");
        const auto row = [](const char* tag, const char* subject, const char* text, const char* back) {
            QTest::newRow(tag) << QByteArray(subject) << QByteArray(text) << QByteArray(back);
        };
        row("en", "Automatic reply: Dock delays", "I am out of the office and will be back on Monday, 30 November.",
            "2026-11-30");
        row("en until", "Out of office", "I'm away until December 4th, 2026. In urgent cases please contact Ida.", "2026-12-04");
        row("en through", "Out of office", "I am on leave through 4 December.", "2026-12-05");
        row("en us", "Out of office", "I will return on 12/05/2026.", "2026-12-05");
        row("en either way", "Out of office", "I will return on 01/02/2027.", "2027-01-02"); // the sooner one
        row("en range", "Out of office", "I am travelling from 20 November to 2 December, returning on 3 December.",
            "2026-12-03");
        row("en body only", "Re: Dock delays", "I am on annual leave until 1 December. For urgent matters please contact Ida.",
            "2026-12-01");
        row("de", "Automatische Antwort: Dock delays", "Ich bin bis einschließlich 27.11.2026 nicht im Büro.", "2026-11-28");
        row("de ab", "Abwesenheitsnotiz", "Ich bin bis 04.01. abwesend. Ab dem 05.01. bin ich wieder erreichbar.", "2027-01-05");
        row("de spelled", "Abwesend", "Am 7. Dezember bin ich wieder für Sie da.", "2026-12-07");
        row("fr", "Réponse automatique : Dock delays", "Je suis absent jusqu'au 27 novembre 2026. De retour le 30 novembre.",
            "2026-11-30");
        row("es", "Respuesta automática: Dock delays", "Estoy fuera de la oficina hasta el 1 de diciembre de 2026.",
            "2026-12-01");
        row("it", "Risposta automatica: Dock delays", "Sono in ferie, rientro il 7 gennaio.", "2027-01-07");
        row("nl", "Automatisch antwoord: Dock delays", "Ik ben afwezig t/m 27 november.", "2026-11-28");
        row("pt", "Resposta automática: Dock delays", "Estou ausente até 2 de dezembro. Volto no dia 3 de dezembro.",
            "2026-12-03");
        row("pl", "Odpowiedź automatyczna: Dock delays", "Jestem na urlopie do 30 listopada. Wracam 1 grudnia.", "2026-12-01");
        row("ja", "自動応答: Dock delays", "2026年12月4日まで不在にしております。", "2026-12-04");
        row("weekday", "Out of office", "Thanks for your message. I am back on Tuesday.", "2026-11-24");
        row("iso", "Out of office", "Back 2026-12-14.", "2026-12-14");
        row("no date", "Out of office", "I have limited access to my mail.", "none");
        row("past", "Out of office", "I was away until 1 November 2026.", "none");
    }

    void somebody_away_says_so_in_their_language() {
        QFETCH(QByteArray, subject);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, back);
        const auto mail =
            judge("From: t@ostsee-kuehlhaus.example\nTo: mara@harborline.example\nDate: Thu, 19 Nov 2026 10:12:00 +0100\n"
                  "Content-Type: text/plain; charset=utf-8\nSubject: "
                  + subject.toStdString() + "\n\n" + text.toStdString() + "\n");
        QVERIFY(mail.messageClass == MessageClass::AutoReply);
        QCOMPARE(asText(mail.returnDate), back.toStdString());
    }

    void a_person_who_mentions_a_holiday_is_a_person() {
        QVERIFY(judge(answer("", "I'm on holiday next week, how about the 3rd of December at 10?")).messageClass
                == MessageClass::Reply);
        QVERIFY(judge(answer("", "No problem at all, welcome back.", "Re: Out of office")).messageClass == MessageClass::Reply);
    }

    // ── Opt-outs ─────────────────────────────────────────────────────────────────────────────

    void who_asks_for_no_more_mail_opts_out_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"Unsubscribe",
                                 "Please remove me from your list.",
                                 "No thanks.",
                                 "Not interested",
                                 "STOP",
                                 "Hi Mara,\nplease take me off your mailing list, we have our own system.\nRegards\nTobias",
                                 "No, thank you.\n\nTobias Rühl",
                                 "Please do not contact me again.",
                                 "Nein danke",
                                 "Kein Interesse.",
                                 "Bitte nehmen Sie mich aus Ihrem Verteiler.",
                                 "Non merci",
                                 "Merci de me retirer de votre liste.",
                                 "No, gracias.",
                                 "Por favor, no me envíen más correos.",
                                 "No grazie",
                                 "Vi prego, cancellatemi dalla vostra lista.",
                                 "Nee, bedankt",
                                 "Graag uitschrijven.",
                                 "Não, obrigado",
                                 "Por favor, remova meu e-mail da sua lista.",
                                 "Nie, dziękuję",
                                 "Proszę usunąć mój adres z listy mailingowej."})
            QTest::newRow(text) << QByteArray(text);
    }

    void who_asks_for_no_more_mail_opts_out() {
        QFETCH(QByteArray, text);
        const auto mail = judge(answer("", text.toStdString()));
        QVERIFY(mail.messageClass == MessageClass::OptOut);
        QVERIFY(!mail.rule.empty());
        QVERIFY(!mail.evidence.empty());
    }

    void the_unsubscribe_links_mail_opts_out() {
        QVERIFY(judge("From: t@ostsee-kuehlhaus.example\nTo: mara@harborline.example\nSubject: unsubscribe\n\n\n").messageClass
                == MessageClass::OptOut);
    }

    void who_says_no_to_something_else_answers_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"No problem, Thursday works.", "No, but could you call me in March?",
              "Nein, am Donnerstag passt es nicht. Freitag?", "Please don't remove me from the list, we are interested.",
              "How do we unsubscribe drivers from the gate alerts?",
              "Yes, gladly.\n\n> If you want no more mail: please unsubscribe me.\n", "Next stop Hamburg, see you there."})
            QTest::newRow(text) << QByteArray(text);
    }

    void who_says_no_to_something_else_answers() {
        QFETCH(QByteArray, text);
        QVERIFY(judge(answer("", text.toStdString())).messageClass == MessageClass::Reply);
    }

    void a_spam_complaint_opts_out() {
        const auto mail =
            judge("From: feedback@isp.example\nTo: mara@harborline.example\nSubject: complaint\n"
                  "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
                  "--b\nContent-Type: text/plain\n\nThis is an abuse report.\n"
                  "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\n"
                  "--b\nContent-Type: message/rfc822\n\nMessage-ID: <m7@harborline.example>\nTo: t@x.example\n\nHi\n--b--\n");
        QVERIFY(mail.messageClass == MessageClass::OptOut);
        QCOMPARE(mail.originalMessageId, std::string("m7@harborline.example"));
    }

    // ── Everything else ──────────────────────────────────────────────────────────────────────

    void an_answer_is_an_answer() {
        const auto mail = judge(answer("", "Gerne, Donnerstag 14 Uhr passt mir."));
        QVERIFY(mail.messageClass == MessageClass::Reply);
        QVERIFY(!mail.hard);
        QCOMPARE(mail.rule, std::string("reply.thread"));
    }

    void a_newsletter_is_none() {
        QVERIFY(judge("From: news@port-times.example\nTo: mara@harborline.example\nSubject: This week\nList-Id: "
                      "<news.port-times.example>\n\n"
                      "Click here to unsubscribe.\n")
                    .messageClass
                == MessageClass::Other);
    }

    void any_mail_is_survived() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "\n", "\n\n", "From: MAILER-DAEMON@x\n", "Subject: Undeliverable\n", "Auto-Submitted: auto-replied\n",
                "Content-Type: message/delivery-status\n", "Status: 5.1.1\n", "Action: failed\n", "@", "a@b.example", "550 ",
                "5.1.1", "back on ", "31 February ", "until 99.99.9999 ", "On 1 wrote:", "> ", "-- ", "\xff", "\xC2",
                "unsubscribe"));
            std::string mail;
            for (const auto& piece : pieces)
                mail += piece;
            judge(mail);
        });
    }

    void long_mails_are_read_in_linear_time() {
        // Each would take minutes if anything were quadratic.
        for (const char* unit : {"@", "a@a ", "From: x\nTo: ", "--\n\n", "________\n\n", "550 5.1.1 said: ", "back 1.1. until ",
                                 "On 1, x wrote\n", "> \n", "kind regards\n", "returned message "}) {
            std::string text;
            while (text.size() < 900 * 1024)
                text += unit;
            judge("From: MAILER-DAEMON@x.example\nSubject: Undeliverable\n\n" + text);
            judge("From: t@x.example\nAuto-Submitted: auto-replied\nDate: Thu, 19 Nov 2026 10:12:00 +0100\n\n" + text);
            judge(answer("", text));
        }
    }
};

OUTRIDER_TEST(ClassifyTest)
#include "classify_test.moc"
