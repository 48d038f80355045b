// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cli_process.h"
#include "support/dns_server.h"
#include "support/mail_server.h"
#include "support/test_registry.h"

#include <algorithm>

using nlohmann::json;
using outrider::test::CliProcess;
using outrider::test::DnsServer;
using outrider::test::MailServer;

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

} // namespace

// A mailbox looked at from outside, on the command line: its probe goes through a real Postfix and is read back from a real
// Dovecot, its DNS records come from a DNS server of the test's own.
class MailboxProbeTest : public QObject {
    Q_OBJECT

    MailServer m_server;
    CliProcess m_cli;

    json data(const QStringList& arguments) {
        const auto answer = m_cli.run(arguments);
        if (!answer.ok())
            qFatal("%s", answer.errors.constData());
        return answer.data();
    }
    void add(const std::string& user) {
        const auto answer =
            m_cli.run({q("mailbox"), q("add"), q(user + "@example.test"), q("--smtp"),
                       q("localhost:" + std::to_string(m_server.submissionPort())), q("--smtp-tls"), q("starttls"), q("--imap"),
                       q("localhost:" + std::to_string(m_server.imapsPort())), q("--ca-file"), q(m_server.caFile()),
                       q("--secret-file"), m_cli.write(q("secret"), QByteArray::fromStdString(m_server.password() + "\n"))});
        if (!answer.ok())
            qFatal("%s", answer.errors.constData());
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(m_server.start(), m_server.error().c_str());
        QVERIFY(m_cli.run({q("init"), q("--person"), q("Alice")}).ok());
        add("alice");
        add("bob");
    }

    void a_probe_to_itself_says_how_it_arrived() {
        const json report = data({q("mailbox"), q("probe"), q("alice@example.test")});
        QVERIFY(report.at("arrived_at").is_string());
        QCOMPARE(report.at("to").get<std::string>(), std::string("alice@example.test"));
        QCOMPARE(report.at("auth_server").get<std::string>(), std::string("mail.example.test"));
        QCOMPARE(report.at("results").size(), std::size_t(3));
        QCOMPARE(report.at("results").at(0).at("method").get<std::string>(), std::string("spf"));
        QCOMPARE(report.at("results").at(0).at("result").get<std::string>(), std::string("pass"));
        QCOMPARE(report.at("results").at(1).at("result").get<std::string>(), std::string("none"));
        QVERIFY(report.at("message_id_kept").get<bool>());
        QVERIFY(report.at("dkim_domain").is_null());
    }

    void or_to_another_mailbox_of_ones_own() {
        const json report = data({q("mailbox"), q("probe"), q("alice@example.test"), q("--to"), q("bob@example.test")});
        QCOMPARE(report.at("to").get<std::string>(), std::string("bob@example.test"));
        QVERIFY(report.at("arrived_at").is_string());
    }

    void it_counts_among_what_was_sent_and_for_the_health() {
        const json health = data({q("mailbox"), q("health"), q("alice@example.test")}).at("mailboxes").at(0);
        QCOMPARE(health.at("sent_in_a_day").get<int>(), 2);
        const auto& lines = health.at("lines");
        const auto spf = std::find_if(lines.begin(), lines.end(), [](const json& line) { return line.at("point") == "spf"; });
        QCOMPARE(spf->at("detail").get<std::string>(), std::string("probe_pass"));
        // Nobody's mail, and no reply of anybody's.
        const json fetched = data({q("inbox"), q("fetch")});
        QCOMPARE(fetched.value("replies", 0), 0);
    }

    void a_paused_mailbox_sends_no_probe() {
        data({q("mailbox"), q("pause"), q("bob@example.test")});
        const auto answer = m_cli.run({q("mailbox"), q("probe"), q("bob@example.test")});
        QVERIFY(!answer.ok());
        QCOMPARE(answer.document.at("error").at("code").get<std::string>(), std::string("mailbox_paused"));
    }

    void the_dns_is_asked_and_its_answers_are_kept() {
        DnsServer dns;
        dns.add("example.test", "TXT", "v=spf1 mx ~all");
        dns.add("example.test", "MX", "10 mx.example.test");
        dns.add("mx.example.test", "A", "192.0.2.25");
        dns.add("_dmarc.example.test", "TXT", "v=DMARC1; p=reject; rua=mailto:d@example.test");
        const auto answer = m_cli.run({q("mailbox"), q("dns"), q("alice@example.test"), q("--server"), q(dns.address())});
        QVERIFY2(answer.ok(), answer.errors.constData());
        const json& checks = answer.data().at("checks");
        QCOMPARE(checks.size(), std::size_t(7));
        QCOMPARE(checks.at(0).at("verdict").get<std::string>(), std::string("pass"));
        QCOMPARE(checks.at(2).at("policy").get<std::string>(), std::string("reject"));
        QCOMPARE(checks.at(3).at("record").get<std::string>(), std::string("mx.example.test"));
        const json health = data({q("mailbox"), q("health"), q("alice@example.test")}).at("mailboxes").at(0);
        QVERIFY(health.at("score").is_number());

        dns.clear("_dmarc.example.test");
        const auto worse = m_cli.run({q("mailbox"), q("dns"), q("alice@example.test"), q("--server"), q(dns.address())});
        QCOMPARE(worse.exitCode, 1);
        QCOMPARE(worse.data().at("checks").at(2).at("advice").get<std::string>(),
                 std::string("v=DMARC1; p=none; rua=mailto:alice@example.test"));
    }
};

OUTRIDER_TEST(MailboxProbeTest)
#include "mailbox_probe_test.moc"
