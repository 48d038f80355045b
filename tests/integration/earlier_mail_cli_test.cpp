// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/mail_fixture.h"
#include "support/cli_process.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::transport;
using nlohmann::json;
using outrider::test::CliProcess;
using outrider::test::crlf;
using outrider::test::MailFixture;

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

} // namespace

// What lies in a mailbox of a real Dovecot when it is connected, on the command line, each command a process of its own.
class EarlierMailCliTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(m_mail.server.start(), m_mail.server.error().c_str());
        auto session = m_mail.open("bob");
        VERIFY_OK(session);
        const auto lay = [&](const char* folder, const std::string& head, Instant at) {
            return (*session)->append(folder, crlf(head + "\nHello.\n"), at, m_mail.progress);
        };
        const Instant month = SystemClock().now() - std::chrono::days(30);
        VERIFY_OK(lay("INBOX",
                      "From: zoe@nordwind.example\nTo: bob@example.test\nSubject: Prices\nMessage-ID: <e1@nordwind.example>\n",
                      month));
        VERIFY_OK(lay("INBOX",
                      "From: friend@elsewhere.example\nTo: bob@example.test\nSubject: Fishing\nMessage-ID: <e2@x.example>\n",
                      month));
        VERIFY_OK(lay("Gesendete Objekte",
                      "From: bob@example.test\nTo: zoe@nordwind.example\nSubject: Re: Prices\nMessage-ID: <e3@example.test>\n",
                      month));
        (*session)->logout(m_mail.progress);
        QVERIFY(m_cli.run({q("init")}).ok());
        QVERIFY(m_cli.run({q("lead"), q("add"), q("first_name=Zoë"), q("email=zoe@nordwind.example")}).ok());
        const auto added = m_cli.run({q("mailbox"), q("add"), q("bob@example.test"), q("--smtp"),
                                      q("localhost:" + std::to_string(m_mail.server.submissionPort())), q("--smtp-tls"),
                                      q("starttls"), q("--imap"), q("localhost:" + std::to_string(m_mail.server.imapsPort())),
                                      q("--ca-file"), q(m_mail.server.caFile()), q("--secret-file"),
                                      m_cli.write(q("secret"), QByteArray::fromStdString(m_mail.server.password()))});
        QVERIFY2(added.ok(), added.document.dump().c_str());
    }

    void it_is_shown_filed_and_taken_back() {
        const std::string before = hash();
        const auto shown = m_cli.run({q("inbox"), q("preview"), q("bob@example.test")});
        QVERIFY2(shown.ok(), shown.document.dump().c_str());
        QCOMPARE(shown.data().at("messages"), json(2));
        QCOMPARE(shown.data().at("sent"), json(1));
        QCOMPARE(shown.data().at("of_leads"), json(1));
        QVERIFY(shown.data().at("looked_at").get<int>() >= 3);
        QCOMPARE(hash(), before);
        const auto filed = m_cli.run({q("inbox"), q("approve"), q("bob@example.test")});
        QVERIFY2(filed.ok(), filed.document.dump().c_str());
        QCOMPARE(filed.data().at("filed"), json(2));
        QVERIFY(hash() != before);
        QVERIFY(m_cli.run({q("undo")}).ok());
        QCOMPARE(hash(), before);
    }

    void reading_tells_how_it_goes() {
        const auto fetched = m_cli.run({q("inbox"), q("fetch")});
        QVERIFY2(fetched.ok(), fetched.document.dump().c_str());
        const auto shown = m_cli.run({q("mailbox"), q("show"), q("bob@example.test")});
        QVERIFY(shown.ok());
        QVERIFY(shown.data().at("reading").at("read_at").is_string());
        QCOMPARE(shown.data().at("reading").at("failures"), json(0));
        QCOMPARE(shown.data().at("reading").at("circuit"), json("closed"));
    }

    void a_server_that_is_gone_is_told_with_the_next_try() {
        CliProcess cli;
        QVERIFY(cli.run({q("init")}).ok());
        QVERIFY(cli.run({q("mailbox"), q("add"), q("bob@example.test"), q("--smtp"), q("localhost:1"), q("--imap"),
                         q("localhost:1"), q("--no-check"), q("--secret-file"), cli.write(q("secret"), "x")})
                    .ok());
        QVERIFY(cli.run({q("inbox"), q("fetch")}).exitCode != 0);
        const auto first = cli.run({q("mailbox"), q("list")}).data().at("mailboxes").at(0).at("reading");
        QCOMPARE(first.at("failures"), json(1));
        QCOMPARE(first.at("error"), json("connection_refused"));
        QVERIFY(first.at("next_try_at").is_string());
        for (int i = 0; i < 7; ++i)
            cli.run({q("inbox"), q("fetch")});
        QCOMPARE(cli.run({q("mailbox"), q("list")}).data().at("mailboxes").at(0).at("reading").at("circuit"), json("open"));
    }

private:
    std::string hash() { return m_cli.run({q("hash")}).data().at("hash").get<std::string>(); }

    MailFixture m_mail;
    CliProcess m_cli;
};

OUTRIDER_TEST(EarlierMailCliTest)
#include "earlier_mail_cli_test.moc"
