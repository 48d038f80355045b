// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/gmail_transport.h"

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

// A mailbox at the contract server whose token is renewed when refused.
struct Account {
    GmailServer server;
    std::string token = server.accessToken();
    int renewals = 0;
    GmailTransport transport{server.url(),
                             {.token = [this]() -> Result<SecureBytes> { return SecureBytes(std::string_view(token)); },
                              .reject =
                                  [this] {
                                      ++renewals;
                                      token = server.accessToken();
                                  }},
                             {},
                             ProviderMail::quick()};
};

Reply refusal(int status, const char* reason) {
    return {.status = status,
            .body = Json{{"error", {{"code", status}, {"message", "because"}, {"errors", {{{"reason", reason}}}}}}}.dump()};
}

} // namespace

class GmailTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_message_is_a_draft_first_and_leaves_once_its_id_is_recorded() {
        Account account;
        ProviderMail mail;
        const auto outcome = mail.send(account.transport);
        QCOMPARE(told(outcome), QStringLiteral("sent"));
        QCOMPARE(account.server.sent().size(), std::size_t(1));
        QVERIFY(account.server.sent()[0].raw == mail.raw);
        QVERIFY(account.server.drafts().empty());
        QCOMPARE(mail.reference, std::string("r1"));
        QCOMPARE(outcome.answer, std::string("gmail mr1"));
        QCOMPARE(outcome.messageId, std::string("4711-8@harborline.example"));
    }

    void a_message_id_the_service_changed_is_told() {
        Account account;
        account.server.rewritesMessageId = true;
        ProviderMail mail;
        QCOMPARE(mail.send(account.transport).messageId, std::string("CAmr1@mail.gmail.example"));
    }

    void a_token_that_ran_out_is_renewed_and_the_message_leaves_once() {
        Account account;
        account.server.expireAccess();
        ProviderMail mail;
        QCOMPARE(told(mail.send(account.transport)), QStringLiteral("sent"));
        QCOMPARE(account.renewals, 1);
        QCOMPARE(mail.handOvers, 1);
        QCOMPARE(account.server.sent().size(), std::size_t(1));
    }

    void what_the_service_says_to_either_request_becomes_what_the_outbox_knows_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char* path, int status, const char* reason, const char* outcome) {
            QTest::addRow("%s %d %s", path, status, reason)
                << QString::fromLatin1(path) << status << QString::fromLatin1(reason) << QString::fromLatin1(outcome);
        };
        for (const char* path : {"/drafts", "/drafts/send"}) {
            row(path, 400, "invalidArgument", "refused_hard refused_hard");
            row(path, 403, "insufficientPermissions", "not_sent auth_failed");
            row(path, 403, "rateLimitExceeded", "not_sent refused_soft");
            row(path, 403, "userRateLimitExceeded", "not_sent refused_soft");
            row(path, 403, "dailyLimitExceeded", "not_sent refused_soft");
            row(path, 413, "uploadTooLarge", "refused_hard message_too_large");
            row(path, 429, "rateLimitExceeded", "not_sent refused_soft");
            row(path, 503, "backendError", "not_sent refused_soft");
        }
        row("/drafts", 500, "backendError", "not_sent refused_soft"); // a draft is no message
        row("/drafts/send", 404, "notFound", "unknown outcome_unknown");
        row("/drafts/send", 500, "backendError", "unknown outcome_unknown");
        row("/drafts/send", 502, "badGateway", "unknown outcome_unknown");
    }
    void what_the_service_says_to_either_request_becomes_what_the_outbox_knows() {
        QFETCH(const QString, path);
        QFETCH(const int, status);
        QFETCH(const QString, reason);
        Account account;
        account.server.add({.path = path.toStdString(), .reply = refusal(status, reason.toLatin1().constData())});
        ProviderMail mail;
        const auto outcome = mail.send(account.transport);
        QTEST(told(outcome), "outcome");
        QCOMPARE(mail.handOvers, path == QLatin1String("/drafts") ? 0 : 1);
        QVERIFY(account.server.sent().empty());
    }

    void access_that_was_withdrawn_keeps_the_message() {
        Account account;
        account.server.add({.path = "/drafts", .reply = refusal(401, "authError"), .times = -1});
        ProviderMail mail;
        QCOMPARE(told(mail.send(account.transport)), QStringLiteral("not_sent auth_failed"));
        QCOMPARE(mail.handOvers, 0);
    }

    void a_lost_answer_is_settled_by_the_draft_data() {
        QTest::addColumn<int>("action");
        QTest::addColumn<bool>("left");
        for (const bool left : {true, false}) {
            QTest::addRow("drop %d", int(left)) << int(Action::Drop) << left;
            QTest::addRow("hang %d", int(left)) << int(Action::Hang) << left;
            QTest::addRow("garbage %d", int(left)) << int(Action::Garbage) << left;
        }
        QTest::newRow("cut") << int(Action::CutBody) << true;
    }
    void a_lost_answer_is_settled_by_the_draft() {
        QFETCH(const int, action);
        QFETCH(const bool, left);
        Account account;
        account.server.rewritesMessageId = true;
        account.server.add(
            {.path = "/drafts/send", .reply = {.action = Action(action)}, .when = left ? When::After : When::Before});
        ProviderMail mail;
        QCOMPARE(mail.send(account.transport).kind, SendKind::Unknown);
        const auto fate = mail.fate(account.transport);
        VERIFY_OK(fate);
        QCOMPARE(fate->fate, left ? Fate::Sent : Fate::NotSent);
        if (left) {
            QCOMPARE(fate->messageId, std::string("CAmr1@mail.gmail.example"));
            return;
        }
        // Tried again it is the same draft, which cannot leave twice.
        QCOMPARE(told(mail.send(account.transport)), QStringLiteral("sent"));
        QCOMPARE(account.server.sent().size(), std::size_t(1));
        QVERIFY(account.server.drafts().empty());
    }

    void a_draft_that_was_deleted_tells_nobody_anything() {
        Account account;
        account.server.add({.path = "/drafts/send", .reply = {.action = Action::Drop}});
        ProviderMail mail;
        QCOMPARE(mail.send(account.transport).kind, SendKind::Unknown);
        account.server.deleteDraft(mail.reference);
        const auto fate = mail.fate(account.transport);
        VERIFY_OK(fate);
        QCOMPARE(fate->fate, Fate::Unknown);
        QCOMPARE(mail.send(account.transport).kind, SendKind::Unknown);
        QVERIFY(account.server.sent().empty());
    }

    void a_lost_answer_to_the_draft_sends_nothing() {
        Account account;
        account.server.add({.path = "/drafts", .reply = {.action = Action::Drop}});
        ProviderMail mail;
        QCOMPARE(mail.send(account.transport).kind, SendKind::NotSent);
        QCOMPARE(mail.handOvers, 0);
        QVERIFY(account.server.sent().empty());
    }

    void what_may_not_leave_leaves_no_draft_behind() {
        Account account;
        ProviderMail mail;
        mail.mayLeave = false;
        QCOMPARE(told(mail.send(account.transport)), QStringLiteral("not_sent cancelled"));
        QVERIFY(account.server.drafts().empty());
        QVERIFY(account.server.sent().empty());
    }

    void the_mailbox_is_known_by_its_address_and_its_sent_mail() {
        Account account;
        ProviderMail mail;
        QCOMPARE(told(mail.send(account.transport)), QStringLiteral("sent"));
        const auto address = account.transport.address(mail.progress);
        VERIFY_OK(address);
        QCOMPARE(*address, account.server.account);
        QVERIFY(account.transport.isInSent("4711-8@harborline.example", mail.progress).value());
        QVERIFY(!account.transport.isInSent("4711-9@harborline.example", mail.progress).value());
    }
};

OUTRIDER_TEST(GmailTransportTest)
#include "gmail_transport_test.moc"
