// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/http_client.h"
#include "support/cli_process.h"
#include "support/provider_servers.h"
#include "support/test_registry.h"

#include <QRegularExpression>

#include <memory>

using namespace outrider;
using namespace outrider::test;
using nlohmann::json;

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

constexpr const char* strategy = R"({"name": "Dock delays", "steps": [
    {"channel": "email", "day_offset": 0, "subject": "Gate 4", "body": "Hello {{first_name}}"}]})";

} // namespace

// Accounts with providers on the command line, each command a process, the providers on this computer.
class AccountsCliTest : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProcess> m_cli;

    json data(const QStringList& arguments) {
        const auto answer = m_cli->run(arguments);
        if (!answer.ok())
            qFatal("%s: %s", qPrintable(arguments.join(QLatin1Char(' '))), answer.errors.constData());
        return answer.data();
    }
    json mailbox() { return data({q("mailbox"), q("list")}).at("mailboxes").at(0); }

    // So many messages in the outbox, to be sent at once.
    void write(int messages) {
        data({q("strategy"), q("import"), m_cli->write(q("s.json"), strategy)});
        for (int i = 0; i < messages; ++i)
            data({q("lead"), q("add"), q("first_name=Lead" + std::to_string(i)),
                  q("email=lead" + std::to_string(i) + "@nordwind" + std::to_string(i) + ".example")});
        data({q("strategy"), q("enrol"), q("Dock delays"), q("--filter"), q("status:new"), q("--force")});
        QStringList done{q("task"), q("done")};
        const json queue = data({q("queue")});
        for (const json& task : queue.at("tasks"))
            done << q(task.at("task").get<std::string>());
        data(done);
    }

    // `mailbox connect`, with what a person does in the browser.
    int connect(OAuthServer& server) {
        const auto process = m_cli->start({q("mailbox"), q("connect"), q("mara@harborline.example"), q("--no-browser")});
        process->setReadChannel(QProcess::StandardError);
        QByteArray said;
        static const QRegularExpression address(QStringLiteral("http://\\S+"));
        while (!QString::fromUtf8(said).contains(address) || !said.endsWith('\n')) {
            if (!process->waitForReadyRead(30000) && process->state() == QProcess::NotRunning)
                return -1;
            said += process->readAllStandardError();
        }
        const std::string url = address.match(QString::fromUtf8(said)).captured().toStdString();
        transport::HttpClient browser;
        const Progress progress;
        const auto page = browser.perform({.url = server.authorize(url)}, progress);
        if (!page.reply || page.reply->body.find("Google") == std::string::npos)
            qWarning("the browser saw no page");
        const bool ended = process->waitForFinished(30000);
        if (!ended || process->exitCode() != 0)
            qWarning("%s", process->readAllStandardOutput().constData());
        return ended ? process->exitCode() : -1;
    }

private Q_SLOTS:
    void init() {
        m_cli = std::make_unique<CliProcess>();
        m_cli->setNow("2026-11-17T08:00");
        QVERIFY(m_cli->run({q("init"), q("--person"), q("Mara Lindqvist")}).ok());
    }

    void resend_from_the_first_command_to_the_recorded_outcome() {
        ResendServer server;
        data({q("mailbox"), q("provider"), q("resend"), q("--api-url"), q(server.url())});
        const QString key = m_cli->write(q("key"), "re_contract_key\n");
        const QStringList add{q("mailbox"), q("add"),    q("mara@harborline.example"),
                              q("--kind"),  q("resend"), q("--secret-file"),
                              key,          q("--hold"), q("0")};
        data(add);
        QCOMPARE(mailbox().at("kind").get<std::string>(), std::string("resend"));
        QCOMPARE(mailbox().at("state").get<std::string>(), std::string("active"));
        write(2);
        QCOMPARE(data({q("send"), q("run"), q("--once")}).at("sent").get<int>(), 2);
        QCOMPARE(server.mails().size(), std::size_t(2));
        QCOMPARE(data({q("send"), q("run"), q("--once")}).at("sent").get<int>(), 0);
    }

    void a_key_that_is_wrong_adds_nothing() {
        ResendServer server;
        data({q("mailbox"), q("provider"), q("resend"), q("--api-url"), q(server.url())});
        const auto answer = m_cli->run({q("mailbox"), q("add"), q("mara@harborline.example"), q("--kind"), q("resend"),
                                        q("--secret-file"), m_cli->write(q("key"), "re_wrong\n")});
        QCOMPARE(answer.exitCode, 1);
        QCOMPARE(answer.document.at("error").at("code").get<std::string>(), std::string("auth_failed"));
        QVERIFY(data({q("mailbox"), q("list")}).at("mailboxes").empty());
    }

    void gmail_is_connected_withdrawn_and_connected_again() {
        GmailServer server;
        data({q("mailbox"), q("provider"), q("google"), q("--client-id"), q("client.example"), q("--authorize-url"),
              q(server.url() + "/authorize"), q("--token-url"), q(server.url() + "/token"), q("--api-url"), q(server.url())});
        data({q("mailbox"), q("add"), q("mara@harborline.example"), q("--kind"), q("gmail-api"), q("--hold"), q("0")});
        QCOMPARE(mailbox().at("kind").get<std::string>(), std::string("gmail-api"));
        QCOMPARE(mailbox().at("state").get<std::string>(), std::string("needs_attention"));
        QCOMPARE(connect(server), 0);
        QCOMPARE(mailbox().at("state").get<std::string>(), std::string("active"));
        write(2);
        server.revoke();
        m_cli->run({q("send"), q("run"), q("--once")});
        QCOMPARE(mailbox().at("state").get<std::string>(), std::string("needs_attention"));
        QCOMPARE(mailbox().at("state_reason").get<std::string>(), std::string("auth_failed"));
        QCOMPARE(data({q("outbox"), q("list"), q("--state"), q("queued")}).at("messages").size(), std::size_t(2));
        QCOMPARE(connect(server), 0);
        QCOMPARE(data({q("send"), q("run"), q("--once")}).at("sent").get<int>(), 2);
        QCOMPARE(server.sent().size(), std::size_t(2));
    }

    void what_a_kind_cannot_do_is_said() {
        const auto unknown = m_cli->run({q("mailbox"), q("add"), q("a@b.example"), q("--kind"), q("carrier-pigeon")});
        QCOMPARE(unknown.exitCode, 1);
        data({q("mailbox"), q("add"), q("mara@harborline.example"), q("--kind"), q("gmail")});
        const auto connected = m_cli->run({q("mailbox"), q("connect"), q("mara@harborline.example"), q("--no-browser")});
        QCOMPARE(connected.exitCode, 1);
        QCOMPARE(connected.document.at("error").at("code").get<std::string>(), std::string("invalid_argument"));
        const auto plain = m_cli->run({q("mailbox"), q("provider"), q("google"), q("--api-url"), q("http://mail.example")});
        QCOMPARE(plain.exitCode, 1);
    }
};

OUTRIDER_TEST(AccountsCliTest)
#include "accounts_cli_test.moc"
