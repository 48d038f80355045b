// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/graph_transport.h"

#include "support/provider_mail.h"
#include "support/provider_servers.h"
#include "support/test_registry.h"

#include <nlohmann/json.hpp>

using namespace outrider;
using namespace outrider::transport;
using namespace outrider::test;
using Json = nlohmann::json;
using Reply = HttpServer::Reply;
using Action = Reply::Action;
using When = ProviderServer::Fault::When;

namespace {

struct Account {
    GraphServer server;
    std::string token = server.accessToken();
    GraphTransport transport{server.apiUrl(),
                             {.token = [this]() -> Result<SecureBytes> { return SecureBytes(std::string_view(token)); },
                              .reject = [this] { token = server.accessToken(); }},
                             {},
                             ProviderMail::quick()};
};

Reply refusal(int status, const char* code, std::vector<std::string> headers = {}) {
    return {.status = status,
            .body = Json{{"error", {{"code", code}, {"message", "because"}}}}.dump(),
            .headers = std::move(headers)};
}

} // namespace

class GraphTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_message_leaves_as_it_was_rendered() {
        Account account;
        account.server.expireAccess(); // and the token is renewed
        ProviderMail mail;
        QCOMPARE(told(mail.send(account.transport)), QStringLiteral("sent"));
        QCOMPARE(mail.handOvers, 1);
        QCOMPARE(account.server.sent().size(), std::size_t(1));
        QVERIFY(account.server.sent()[0].raw == mail.raw);
        VERIFY_OK(account.transport.check(mail.progress));
    }

    void what_the_service_says_becomes_what_the_outbox_knows_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("outcome");
        const auto row = [](int status, const char* reason, const char* outcome) {
            QTest::addRow("%d %s", status, reason) << status << QString::fromLatin1(reason) << QString::fromLatin1(outcome);
        };
        row(400, "ErrorInvalidRecipients", "refused_hard refused_hard");
        row(401, "InvalidAuthenticationToken", "not_sent auth_failed");
        row(403, "ErrorAccessDenied", "not_sent auth_failed");
        row(403, "ErrorSendAsDenied", "not_sent auth_failed");
        row(404, "MailboxNotEnabledForRESTAPI", "not_sent auth_failed");
        row(413, "RequestEntityTooLarge", "refused_hard message_too_large");
        row(429, "ApplicationThrottled", "not_sent refused_soft");
        row(429, "ErrorExceededMessageLimit", "not_sent refused_soft");
        row(500, "InternalServerError", "unknown outcome_unknown");
        row(503, "ServiceUnavailable", "not_sent refused_soft");
        row(504, "GatewayTimeout", "unknown outcome_unknown");
    }
    void what_the_service_says_becomes_what_the_outbox_knows() {
        QFETCH(const int, status);
        QFETCH(const QString, reason);
        Account account;
        account.server.add({.path = "/sendMail", .reply = refusal(status, reason.toLatin1().constData()), .times = -1});
        ProviderMail mail;
        QTEST(told(mail.send(account.transport)), "outcome");
        QVERIFY(account.server.sent().empty());
    }

    void the_wait_it_asks_for_is_kept() {
        Account account;
        account.server.add({.path = "/sendMail", .reply = refusal(429, "ApplicationThrottled", {"Retry-After: 120"})});
        ProviderMail mail;
        QCOMPARE(mail.send(account.transport).retryAfter, std::optional<Millis>(std::chrono::seconds(120)));
    }

    void a_lost_answer_is_looked_for_among_the_sent_mail_by_either_id() {
        for (const bool rewrites : {false, true}) {
            for (const Action action : {Action::Drop, Action::Hang, Action::Garbage}) {
                Account account;
                account.server.rewritesMessageId = rewrites;
                account.server.add({.path = "/sendMail", .reply = {.action = action}, .when = When::After});
                ProviderMail mail;
                QCOMPARE(mail.send(account.transport).kind, SendKind::Unknown);
                const auto fate = mail.fate(account.transport);
                VERIFY_OK(fate);
                QCOMPARE(fate->fate, Fate::Sent);
                QCOMPARE(fate->messageId,
                         rewrites ? std::string("DB0@prod.outlook.example") : std::string("4711-8@harborline.example"));
            }
        }
    }

    void what_is_not_filed_may_still_be_on_its_way() {
        Account account;
        account.server.filesAtOnce = false;
        account.server.add({.path = "/sendMail", .reply = {.action = Action::Drop}, .when = When::After});
        ProviderMail mail;
        QCOMPARE(mail.send(account.transport).kind, SendKind::Unknown);
        const auto fate = mail.fate(account.transport);
        VERIFY_OK(fate);
        QCOMPARE(fate->fate, Fate::Unknown);
        QVERIFY(!account.transport.isInSent("4711-8@harborline.example", mail.progress).value());
        account.server.filesAtOnce = true;
        QCOMPARE(mail.fate(account.transport).value().fate, Fate::Sent);
    }

    void what_may_not_leave_does_not() {
        Account account;
        ProviderMail mail;
        mail.mayLeave = false;
        QCOMPARE(told(mail.send(account.transport)), QStringLiteral("not_sent cancelled"));
        QVERIFY(account.server.sent().empty());
    }
};

OUTRIDER_TEST(GraphTransportTest)
#include "graph_transport_test.moc"
