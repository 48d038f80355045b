// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/mail_fixture.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::transport;
using outrider::test::MailFixture;

// What comes back by itself from real servers: bounces, notices of delay, automatic answers.
class MailAnswersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QVERIFY2(m_mail.server.start(), m_mail.server.error().c_str()); }

    void a_bounce_comes_back_and_names_our_message_data() {
        QTest::addColumn<QByteArray>("recipient");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("unknown user") << QByteArray("nobody@remote.test") << QByteArray("5.1.1");
        QTest::newRow("mailbox full") << QByteArray("full@remote.test") << QByteArray("5.2.2");
        QTest::newRow("policy") << QByteArray("spam@remote.test") << QByteArray("5.7.1");
        QTest::newRow("moved") << QByteArray("moved@remote.test") << QByteArray("5.1.6");
    }

    void a_bounce_comes_back_and_names_our_message() {
        QFETCH(QByteArray, recipient);
        QFETCH(QByteArray, status);
        const auto mail = MailFixture::mail(recipient.toStdString(), nextId());
        QVERIFY(m_mail.send(mail).kind == SendKind::Sent); // our server took it; theirs refuses later
        const auto report = m_mail.findReport("alice", mail.messageId, "failed");
        QVERIFY(report.has_value());
        QCOMPARE(report->reportType, std::string("delivery-status"));
        const auto& fields = report->deliveryStatus.at(0).recipients.at(0);
        QCOMPARE(fields.first("Final-Recipient"), std::string_view("rfc822; " + recipient.toStdString()));
        QCOMPARE(QByteArray::fromStdString(std::string(fields.first("Status"))), status);
        QCOMPARE(report->original.first("Subject"), std::string_view(mail.subject));
    }

    void a_delay_is_told_before_the_failure() {
        const auto mail = MailFixture::mail("grey@remote.test", nextId());
        QVERIFY(m_mail.send(mail).kind == SendKind::Sent);
        const auto delayed = m_mail.findReport("alice", mail.messageId, "delayed");
        QVERIFY(delayed.has_value());
        QCOMPARE(delayed->deliveryStatus.at(0).recipients.at(0).first("Status"), std::string_view("4.7.1"));
        const auto failed = m_mail.findReport("alice", mail.messageId, "failed");
        QVERIFY(failed.has_value());
        QCOMPARE(failed->deliveryStatus.at(0).recipients.at(0).first("Status"), std::string_view("4.7.1"));
    }

    void an_absence_note_comes_back() {
        const auto mail = MailFixture::mail("away@example.test", nextId());
        QVERIFY(m_mail.send(mail).kind == SendKind::Sent);
        const auto raw = m_mail.find("alice", "In-Reply-To", mail.messageId);
        QVERIFY(raw.has_value());
        const auto note = parse(*raw);
        QVERIFY(note.headers.first("Auto-Submitted").starts_with("auto-replied"));
        QCOMPARE(note.from.address, std::string("away@example.test"));
        QVERIFY2(note.text.starts_with("Ich bin bis zum 30.11. nicht im Büro."), note.text.c_str());
    }

private:
    std::string nextId() { return "answers-" + std::to_string(++m_ids) + "@outrider.example"; }

    MailFixture m_mail;
    int m_ids = 0;
};

OUTRIDER_TEST(MailAnswersTest)
#include "mail_answers_test.moc"
