// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/mail_fixture.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;
using outrider::test::MailFixture;

namespace {

QString text(SendKind kind) { return QString::fromStdString(std::string(name(kind))); }

// What the receiving server keeps is ours below the headers it adds.
bool endsWith(const std::string& stored, const std::string& raw) {
    return stored.size() > raw.size() && stored.compare(stored.size() - raw.size(), raw.size(), raw) == 0;
}

} // namespace

// Against a real Postfix: what leaves is what arrives.
class MailSendingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QVERIFY2(m_mail.server.start(), m_mail.server.error().c_str()); }

    void a_message_arrives_byte_for_byte_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("plain") << QByteArray("Guten Tag,\n\nwie besprochen.\n");
        QTest::newRow("dots") << QByteArray("a\n.\n..\n.hidden\n...\n.\n");
        QTest::newRow("long lines") << QByteArray(QByteArray(5000, 'x') + "\n" + QByteArray("wört ").repeated(2000) + "\n");
        QTest::newRow("bare line feeds") << QByteArray(
            "one\ntwo\n.\nMAIL FROM:<alice@example.test>\nRCPT TO:<carol@example.test>\n"
            "DATA\nSubject: smuggled\n\nx\n.\nQUIT\n");
        QTest::newRow("bare carriage returns") << QByteArray("one\r.\rtwo\r\n.\r\nthree\r");
        QTest::newRow("From at a line's start") << QByteArray("x\n\nFrom here on\n");
        QTest::newRow("white space at ends") << QByteArray("trailing   \n\t\n  leading\n \n");
        QTest::newRow("empty") << QByteArray("");
    }

    void a_message_arrives_byte_for_byte() {
        QFETCH(QByteArray, text);
        auto mail = MailFixture::mail("bob@example.test", nextId());
        mail.text = text.toStdString();
        const auto raw = render(mail);
        VERIFY_OK(raw);
        const auto outcome = m_mail.send(mail);
        QCOMPARE(::text(outcome.kind), QStringLiteral("sent"));
        const auto stored = m_mail.find("bob", "Message-ID", mail.messageId);
        QVERIFY(stored.has_value());
        QVERIFY(endsWith(*stored, *raw));
    }

    void a_text_cannot_smuggle_a_second_message() {
        auto mail = MailFixture::mail("bob@example.test", nextId());
        mail.text = "Hi\n.\nMAIL FROM:<alice@example.test>\nRCPT TO:<carol@example.test>\nDATA\nMessage-ID: "
                    "<smuggled@x.example>\n"
                    "\nevil\n.\n";
        QCOMPARE(text(m_mail.send(mail).kind), QStringLiteral("sent"));
        // One sent to carol afterwards has arrived, the smuggled one has not.
        const auto honest = MailFixture::mail("carol@example.test", nextId());
        QCOMPARE(text(m_mail.send(honest).kind), QStringLiteral("sent"));
        QVERIFY(m_mail.find("carol", "Message-ID", honest.messageId).has_value());
        QVERIFY(!m_mail.find("carol", "Message-ID", "smuggled@x.example", std::chrono::milliseconds(1)).has_value());
        // Handed over raw it is stopped before it leaves.
        const auto outcome = m_mail.sendRaw("Subject: x\r\n\r\nHi\n.\nMAIL FROM:<alice@example.test>\r\n", "bob@example.test");
        QCOMPARE(outcome.error.code, ErrorCode::MessageMalformed);
    }

    void headers_arrive_as_they_were_written() {
        auto mail = MailFixture::mail("bob+lead42@example.test", nextId());
        mail.toName = "Bob „der Baumeister“ Öz";
        mail.inReplyTo = "earlier@hafenwerk.example";
        mail.references = {"first@hafenwerk.example", "earlier@hafenwerk.example"};
        mail.extra = {{"X-Outrider-Id", "4711"}, {"List-Unsubscribe", "<mailto:alice@example.test?subject=unsubscribe%204711>"}};
        QCOMPARE(text(m_mail.send(mail).kind), QStringLiteral("sent"));
        const auto stored = m_mail.find("bob", "X-Outrider-Id", "4711");
        QVERIFY(stored.has_value());
        const auto back = parse(*stored);
        QCOMPARE(back.from.name, mail.fromName);
        QCOMPARE(back.to.at(0).name, mail.toName);
        QCOMPARE(back.to.at(0).address, mail.toAddress);
        QCOMPARE(back.subject, mail.subject);
        QCOMPARE(back.text, mail.text);
        QCOMPARE(back.inReplyTo, mail.inReplyTo);
        QVERIFY(back.references == mail.references);
        QCOMPARE(*back.returnPath, std::string("alice@example.test"));
        QCOMPARE(back.headers.first("List-Unsubscribe"), std::string_view(mail.extra[1].value));
    }

    void an_answer_in_the_thread_is_found_by_its_references() {
        const auto first = MailFixture::mail("bob@example.test", nextId());
        QCOMPARE(text(m_mail.send(first).kind), QStringLiteral("sent"));
        const auto received = m_mail.find("bob", "Message-ID", first.messageId);
        QVERIFY(received.has_value());
        const auto parsed = parse(*received);
        auto answer = MailFixture::mail("alice@example.test", nextId());
        answer.fromAddress = "bob@example.test";
        answer.subject = "Re: " + parsed.subject;
        answer.inReplyTo = parsed.messageId;
        answer.references = {parsed.messageId};
        QCOMPARE(text(m_mail.send(answer, "bob").kind), QStringLiteral("sent"));
        const auto back = m_mail.find("alice", "In-Reply-To", first.messageId);
        QVERIFY(back.has_value());
        QCOMPARE(parse(*back).inReplyTo, first.messageId);
    }

    void many_messages_go_over_one_connection() {
        SmtpTransport transport(smtpLogin(m_mail.server.mailbox("alice")), m_mail.server.secret());
        for (int i = 0; i < 20; ++i) {
            const auto raw = render(MailFixture::mail("carol@example.test", nextId()));
            VERIFY_OK(raw);
            const auto outcome = transport.send(
                {"alice@example.test", "carol@example.test"}, *raw, [] { return true; }, m_mail.progress);
            QCOMPARE(text(outcome.kind), QStringLiteral("sent"));
        }
        QCOMPARE(transport.connectionsOpened(), 1);
    }

    void every_way_to_connect_and_sign_in_works_data() {
        QTest::addColumn<int>("tls");
        QTest::addColumn<int>("auth");
        QTest::newRow("starttls, plain") << int(TlsMode::StartTls) << int(AuthMethod::Plain);
        QTest::newRow("starttls, login") << int(TlsMode::StartTls) << int(AuthMethod::Login);
        QTest::newRow("tls, plain") << int(TlsMode::Implicit) << int(AuthMethod::Plain);
        QTest::newRow("tls, xoauth2") << int(TlsMode::Implicit) << int(AuthMethod::XOAuth2);
        QTest::newRow("starttls, xoauth2") << int(TlsMode::StartTls) << int(AuthMethod::XOAuth2);
    }

    void every_way_to_connect_and_sign_in_works() {
        QFETCH(int, tls);
        QFETCH(int, auth);
        auto mailbox = m_mail.server.mailbox("alice");
        mailbox.auth = AuthMethod(auth);
        if (TlsMode(tls) == TlsMode::Implicit)
            mailbox.smtp = {"localhost", m_mail.server.smtpsPort(), TlsMode::Implicit};
        const std::string token = m_mail.server.accessToken("alice", 600);
        const SecretSource secret = [&]() -> Result<SecureBytes> {
            return SecureBytes(mailbox.auth == AuthMethod::XOAuth2 ? token : m_mail.server.password());
        };
        SmtpTransport transport(smtpLogin(mailbox), secret);
        const auto mail = MailFixture::mail("bob@example.test", nextId());
        const auto outcome = transport.send(
            {"alice@example.test", "bob@example.test"}, *render(mail), [] { return true; }, m_mail.progress);
        QVERIFY2(outcome.kind == SendKind::Sent, outcome.error.detail.c_str());
    }

    void a_refused_sign_in_names_no_secret_data() {
        QTest::addColumn<bool>("token");
        QTest::newRow("wrong password") << false;
        QTest::newRow("expired token") << true;
    }

    void a_refused_sign_in_names_no_secret() {
        QFETCH(bool, token);
        auto mailbox = m_mail.server.mailbox("alice");
        mailbox.auth = token ? AuthMethod::XOAuth2 : AuthMethod::Plain;
        const std::string secret = token ? m_mail.server.accessToken("alice", -60) : "not-the-password";
        SmtpTransport transport(smtpLogin(mailbox), [&]() -> Result<SecureBytes> { return SecureBytes(secret); });
        int handOvers = 0;
        const auto outcome = transport.send(
            {"alice@example.test", "bob@example.test"}, "a: b\r\n\r\n", [&] { return ++handOvers > 0; }, m_mail.progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.stage, SendStage::SignIn);
        QCOMPARE(outcome.error.code, ErrorCode::AuthFailed);
        QCOMPARE(outcome.error.retry, Retry::AfterUserAction);
        QVERIFY(outcome.error.detail.find(secret) == std::string::npos);
        QCOMPARE(handOvers, 0);
    }

    void a_certificate_nobody_vouches_for_ends_it_data() {
        QTest::addColumn<int>("tls");
        QTest::newRow("starttls") << int(TlsMode::StartTls);
        QTest::newRow("tls") << int(TlsMode::Implicit);
    }

    void a_certificate_nobody_vouches_for_ends_it() {
        QFETCH(int, tls);
        auto mailbox = m_mail.server.mailbox("alice");
        mailbox.caFile.clear();
        if (TlsMode(tls) == TlsMode::Implicit)
            mailbox.smtp = {"localhost", m_mail.server.smtpsPort(), TlsMode::Implicit};
        bool askedForSecret = false;
        SmtpTransport transport(smtpLogin(mailbox), [&]() -> Result<SecureBytes> {
            askedForSecret = true;
            return SecureBytes(m_mail.server.password());
        });
        const auto outcome = transport.send(
            {"alice@example.test", "bob@example.test"}, "a: b\r\n\r\n", [] { return true; }, m_mail.progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::CertificateInvalid);
        QCOMPARE(outcome.error.retry, Retry::AfterUserAction);
        QCOMPARE(outcome.stage == SendStage::Tls || outcome.stage == SendStage::Connect, true);
        QVERIFY(askedForSecret);
    }

    void a_certificate_for_another_name_ends_it() {
        auto mailbox = m_mail.server.mailbox("alice");
        mailbox.smtp.host = "127.0.0.1"; // the certificate says localhost
        SmtpTransport transport(smtpLogin(mailbox), m_mail.server.secret());
        const auto outcome = transport.send(
            {"alice@example.test", "bob@example.test"}, "a: b\r\n\r\n", [] { return true; }, m_mail.progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::CertificateInvalid);
    }

    void the_server_down_is_a_refused_connection() {
        auto mailbox = m_mail.server.mailbox("alice");
        mailbox.smtp.port = 1;
        SmtpTransport transport(smtpLogin(mailbox), m_mail.server.secret());
        const auto outcome = transport.send(
            {"alice@example.test", "bob@example.test"}, "a: b\r\n\r\n", [] { return true; }, m_mail.progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::ConnectionRefused);
    }

    void a_recipient_the_server_does_not_know_is_refused_hard() {
        const auto outcome = m_mail.send(MailFixture::mail("nobody@example.test", nextId()));
        QCOMPARE(text(outcome.kind), QStringLiteral("refused_hard"));
        QCOMPARE(outcome.stage, SendStage::Recipient);
        QCOMPARE(outcome.replyCode, 550);
        QVERIFY2(outcome.answer.find("5.1.1") != std::string::npos, outcome.answer.c_str());
    }

    void a_message_over_the_servers_size_is_refused_hard() {
        std::string raw = "Subject: large\r\n\r\n";
        raw += crlf(std::string(QByteArray("many words in a line that repeats\n").repeated(900'000).toStdString()));
        const auto outcome = m_mail.sendRaw(raw, "bob@example.test");
        QCOMPARE(text(outcome.kind), QStringLiteral("refused_hard"));
        QCOMPARE(outcome.replyCode, 552);
    }

private:
    std::string nextId() { return "sending-" + std::to_string(++m_ids) + "@outrider.example"; }

    MailFixture m_mail;
    int m_ids = 0;
};

OUTRIDER_TEST(MailSendingTest)
#include "mail_sending_test.moc"
