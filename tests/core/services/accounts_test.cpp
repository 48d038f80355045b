// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/strategy_flow.h"
#include "core/outreach/task_flow.h"
#include "core/services/account_service.h"
#include "core/services/mailbox_service.h"
#include "core/services/outbox_service.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/secret_repository.h"
#include "core/transport/http_client.h"
#include "support/fault_smtp_server.h"
#include "support/import_desk.h"
#include "support/provider_servers.h"
#include "support/test_registry.h"

#include <future>

using namespace outrider;
using namespace outrider::test;
using Reply = HttpServer::Reply;
using Action = Reply::Action;
using When = ProviderServer::Fault::When;

namespace {

const AccountService::Pages pages{"<p>done</p>", "<p>failed</p>"};

std::shared_ptr<SecureBytes> secret(std::string_view text) { return std::make_shared<SecureBytes>(text); }

// A workspace with a mailbox and messages in its outbox, their undo window over.
struct Office {
    explicit Office(AccountKind kind, Mailbox mailbox = {}) {
        mailbox.address = "mara@harborline.example";
        mailbox.account = kind;
        const auto added = wait(mailboxes().add(mailbox, kind == AccountKind::Resend ? secret("re_contract_key") : nullptr));
        if (!added)
            qFatal("no mailbox: %s", added.error().detail.c_str());
        id = *added;
    }

    MailboxService mailboxes() { return MailboxService(*desk.context); }

    void useProvider(Provider provider, const ProviderServer& server, const std::string& api) {
        const auto set = wait(accounts.setProvider(provider,
                                                   {.clientId = "client.example",
                                                    .authorizeUrl = server.url() + "/authorize",
                                                    .tokenUrl = server.url() + "/token",
                                                    .apiUrl = api},
                                                   nullptr));
        if (!set)
            qFatal("no provider: %s", set.error().detail.c_str());
    }

    // What a person does in the browser.
    Result<> signIn(OAuthServer& server, bool consents = true) {
        const auto begun = wait(accounts.begin(id));
        if (!begun)
            return fail(begun.error());
        const std::string location = server.authorize((*begun)->url(), consents);
        auto browser = std::async(std::launch::async, [location] {
            transport::HttpClient http;
            const Progress progress;
            return http.perform({.url = location}, progress);
        });
        auto ended = wait(accounts.finish(id, *begun, pages));
        const auto shown = browser.get();
        page = shown.reply ? shown.reply->body : "";
        return ended;
    }

    void write(int messages) {
        const outreach::Surroundings around = desk.context->surroundings();
        StrategyVersion version;
        desk.write([&](WriteContext& w) { version = addStrategy(w, "Dock delays"); });
        for (int i = 0; i < messages; ++i) {
            desk.write([&](WriteContext& w) {
                const std::string name = std::to_string(i);
                const LeadId lead = addLead(w, makeLead("Lead", name, "lead" + name + "@company" + name + ".example"));
                const Strategy strategy = *StrategyRepository(w.db).find(version.strategy);
                if (!outreach::StrategyFlow(w, around).enrol(lead, strategy, version, {}))
                    qFatal("a lead cannot be enrolled");
                const auto outcome =
                    outreach::TaskFlow(w, around, desk.random).complete(TaskRepository(w.db).openOf(lead).at(0).id, {});
                if (!outcome)
                    qFatal("a task cannot be completed: %s", outcome.error().detail.c_str());
                items.push_back(outcome->outbox);
            });
        }
        desk.clock.advance(std::chrono::seconds(11));
    }

    OutboxService::SendReport run() {
        auto report = wait(OutboxService(*desk.context).runOnce(100));
        if (!report)
            qFatal("no run: %s", report.error().detail.c_str());
        return *report;
    }

    OutboxItem item(std::size_t index = 0) {
        return desk.read([&](ReadContext& r) { return *OutboxRepository(r.db).find(items.at(index)); });
    }
    Mailbox mailbox() {
        return desk.read([&](ReadContext& r) { return *MailboxRepository(r.db).find(id); });
    }
    bool wasRead(const std::string& name, const std::string& why) {
        return desk.read([&](ReadContext& r) {
            const auto audit = SecretRepository(r.db).audit(100);
            return std::any_of(audit.begin(), audit.end(),
                               [&](const SecretAudit& row) { return row.name == name && row.what == "read" && row.why == why; });
        });
    }

    Desk desk;
    AccountService accounts{*desk.context};
    MailboxId id;
    std::vector<OutboxId> items;
    std::string page; // what the browser showed
};

QString state(const OutboxItem& item) {
    return QString::fromStdString(std::string(name(item.state)) + " " + std::string(name(item.waitReason)));
}

// "needs_attention auth_failed"
QString state(const Mailbox& mailbox) {
    return QString::fromStdString(std::string(mailboxStateNames.name(mailbox.state)) + " " + mailbox.stateReason).trimmed();
}

} // namespace

class AccountsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // ── Resend ───────────────────────────────────────────────────────────────────────────────

    void resend_sends_what_waits_and_the_outcome_is_kept() {
        ResendServer server;
        Office office(AccountKind::Resend);
        office.useProvider(Provider::Resend, server, server.url());
        office.write(3);
        QCOMPARE(office.run().sent, 3);
        QCOMPARE(server.mails().size(), std::size_t(3));
        QCOMPARE(state(office.item()), QStringLiteral("sent none"));
        QCOMPARE(office.item().serverAnswer, "resend " + server.mails()[0].id);
        QCOMPARE(server.mails()[0].idempotencyKey, office.item().idempotencyKey);
        QVERIFY(office.wasRead(secretName(office.id), "sending"));
    }

    void a_lost_answer_is_settled_by_its_key() {
        ResendServer server;
        Office office(AccountKind::Resend);
        office.useProvider(Provider::Resend, server, server.url());
        office.write(1);
        server.add({.path = "/emails", .reply = {.action = Action::Drop}, .when = When::After});
        QCOMPARE(office.run().unknown, 1);
        QCOMPARE(state(office.item()), QStringLiteral("unknown none"));
        office.run();
        QCOMPARE(state(office.item()), QStringLiteral("sent none"));
        QCOMPARE(server.mails().size(), std::size_t(1));
    }

    void a_key_the_service_has_forgotten_is_not_used_again() {
        ResendServer server;
        Office office(AccountKind::Resend);
        office.useProvider(Provider::Resend, server, server.url());
        office.write(1);
        server.add({.path = "/emails", .reply = {.action = Action::Drop}, .when = When::After});
        QCOMPARE(office.run().unknown, 1);
        const int asked = server.http().count("POST", "/emails");
        office.desk.clock.advance(std::chrono::hours(23) + std::chrono::minutes(1));
        office.run();
        QCOMPARE(state(office.item()), QStringLiteral("unknown none"));
        QCOMPARE(server.http().count("POST", "/emails"), asked);
    }

    void who_must_not_be_written_to_any_more_is_not_asked_about_by_writing() {
        ResendServer server;
        Office office(AccountKind::Resend);
        office.useProvider(Provider::Resend, server, server.url());
        office.write(1);
        server.add({.path = "/emails", .reply = {.action = Action::Drop}}); // and it did not arrive
        QCOMPARE(office.run().unknown, 1);
        office.desk.write([&](WriteContext& w) {
            SuppressionRepository(w.db).add(w, SuppressionKind::Email, office.item().recipientKey, SuppressionReason::OptOut,
                                            "test");
        });
        office.run();
        QCOMPARE(state(office.item()), QStringLiteral("unknown none"));
        QVERIFY(server.mails().empty());
    }

    void a_key_that_is_refused_pauses_the_mailbox_and_keeps_the_messages() {
        ResendServer server;
        server.key = "re_another";
        Office office(AccountKind::Resend);
        office.useProvider(Provider::Resend, server, server.url());
        office.write(2);
        office.run();
        QCOMPARE(state(office.mailbox()), QStringLiteral("needs_attention auth_failed"));
        QVERIFY(canTakeBack(office.item(0).state) && canTakeBack(office.item(1).state));
        VERIFY_OK(wait(office.mailboxes().update(office.mailbox(), secret("re_another"))));
        office.desk.clock.advance(std::chrono::minutes(5));
        QCOMPARE(office.run().sent, 2);
    }

    void a_quota_makes_the_whole_mailbox_wait() {
        ResendServer server;
        Office office(AccountKind::Resend);
        office.useProvider(Provider::Resend, server, server.url());
        office.write(3);
        server.add({.path = "/emails",
                    .reply = {.status = 429,
                              .body = R"({"name":"daily_quota_exceeded","message":"x"})",
                              .headers = {"Retry-After: 900"}}});
        const auto report = office.run();
        QCOMPARE(report.sent, 0);
        QCOMPARE(server.http().count("POST", "/emails"), 1);
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(canTakeBack(office.item(i).state)
                    && office.item(i).earliestAt >= office.desk.clock.now() + std::chrono::seconds(900));
        QCOMPARE(state(office.mailbox()), QStringLiteral("active"));
        office.desk.clock.advance(std::chrono::seconds(901));
        QCOMPARE(office.run().sent, 3);
    }

    // ── Signing in ───────────────────────────────────────────────────────────────────────────

    void a_mailbox_is_signed_in_to_and_what_waits_leaves() {
        GmailServer server;
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        QCOMPARE(state(office.mailbox()), QStringLiteral("needs_attention secret_missing"));
        office.write(2);
        QCOMPARE(office.run().sent, 0);
        QVERIFY(server.http().requests().empty());
        VERIFY_OK(office.signIn(server));
        QCOMPARE(office.page, pages.done);
        QCOMPARE(state(office.mailbox()), QStringLiteral("active"));
        QCOMPARE(office.run().sent, 2);
        QCOMPARE(server.sent().size(), std::size_t(2));
        QVERIFY(office.wasRead(secretName(office.id) + "/access", "sending"));
    }

    void tokens_are_renewed_when_they_run_out_and_the_new_refresh_token_is_kept() {
        GmailServer server;
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        VERIFY_OK(office.signIn(server));
        office.write(1);
        QCOMPARE(office.run().sent, 1);
        QCOMPARE(server.refreshes(), 0);
        for (int time = 1; time <= 2; ++time) { // the second with the token the first brought
            office.desk.clock.advance(std::chrono::hours(2));
            QVERIFY(!wait(office.mailboxes().check(office.id))->empty());
            QCOMPARE(server.refreshes(), time);
        }
        QVERIFY(office.wasRead(secretName(office.id), "renewing the sign-in"));
        QCOMPARE(state(office.mailbox()), QStringLiteral("active"));
    }

    void access_that_is_withdrawn_pauses_the_mailbox_holds_the_queue_and_reconnecting_goes_on() {
        GmailServer server;
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        VERIFY_OK(office.signIn(server));
        office.write(3);
        server.revoke();
        QCOMPARE(office.run().sent, 0);
        QCOMPARE(state(office.mailbox()), QStringLiteral("needs_attention auth_failed"));
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(canTakeBack(office.item(i).state));
        office.desk.clock.advance(std::chrono::seconds(30));
        office.run();
        QCOMPARE(server.http().count("POST", "/token"), 2); // the sign-in's, and one that was refused: it is not asked again
        VERIFY_OK(office.signIn(server));
        QCOMPARE(office.run().sent, 3); // at once
        QCOMPARE(server.sent().size(), std::size_t(3));
    }

    void a_token_endpoint_that_is_down_pauses_nothing() {
        GmailServer server;
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        VERIFY_OK(office.signIn(server));
        office.write(1);
        office.desk.clock.advance(std::chrono::hours(2));
        server.add({.path = "/token", .reply = {.status = 503}});
        QCOMPARE(office.run().sent, 0);
        QCOMPARE(state(office.mailbox()), QStringLiteral("active"));
        office.desk.clock.advance(std::chrono::minutes(2));
        QCOMPARE(office.run().sent, 1);
    }

    void another_account_than_the_mailboxes_is_refused() {
        GmailServer server;
        server.account = "kim@elsewhere.example";
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        const auto ended = office.signIn(server);
        VERIFY_ERROR(ended, ErrorCode::Conflict);
        QCOMPARE(ended.error().detail, std::string("kim@elsewhere.example"));
        QCOMPARE(office.page, pages.failed);
        QCOMPARE(state(office.mailbox()), QStringLiteral("needs_attention secret_missing"));
        QVERIFY(!office.desk.read([&](ReadContext& r) { return SecretRepository(r.db).exists(secretName(office.id)); }));
    }

    void a_person_who_says_no_is_believed() {
        GmailServer server;
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        VERIFY_ERROR(office.signIn(server, false), ErrorCode::AuthFailed);
        QCOMPARE(office.page, pages.failed);
    }

    void without_a_client_id_or_a_browser_kind_there_is_no_sign_in() {
        Office google(AccountKind::Gmail);
        const auto begun = wait(google.accounts.begin(google.id));
        VERIFY_ERROR(begun, ErrorCode::InvalidArgument);
        QVERIFY(begun.error().detail.find("client id") != std::string::npos);
        Office resend(AccountKind::Resend);
        VERIFY_ERROR(wait(resend.accounts.begin(resend.id)), ErrorCode::InvalidArgument);
        VERIFY_ERROR(wait(google.accounts.setProvider(
                         Provider::Google, {.authorizeUrl = "http://accounts.example", .tokenUrl = "x", .apiUrl = "y"}, {})),
                     ErrorCode::InvalidArgument);
    }

    void a_mailbox_keeps_its_kind() {
        Office office(AccountKind::Resend);
        Mailbox other = office.mailbox();
        other.account = AccountKind::Graph;
        VERIFY_ERROR(wait(office.mailboxes().update(other, nullptr)), ErrorCode::InvalidArgument);
    }

    void removing_a_mailbox_removes_its_tokens() {
        GmailServer server;
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        VERIFY_OK(office.signIn(server));
        VERIFY_OK(wait(office.mailboxes().remove(office.id)));
        QVERIFY(!office.desk.read([&](ReadContext& r) { return SecretRepository(r.db).exists(secretName(office.id)); }));
        QVERIFY(
            !office.desk.read([&](ReadContext& r) { return SecretRepository(r.db).exists(secretName(office.id) + "/access"); }));
    }

    // ── What became of a message ─────────────────────────────────────────────────────────────

    void a_draft_that_is_still_there_leaves_once() {
        GmailServer server;
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        VERIFY_OK(office.signIn(server));
        office.write(1);
        server.add({.path = "/drafts/send", .reply = {.action = Action::Drop}});
        QCOMPARE(office.run().unknown, 1);
        QVERIFY(!office.item().providerRef.empty());
        QCOMPARE(office.run().sent, 1); // asked, and tried again
        QCOMPARE(server.sent().size(), std::size_t(1));
        QVERIFY(server.drafts().empty());
    }

    void a_draft_that_left_is_found_and_its_new_id_is_known_to_replies() {
        GmailServer server;
        server.rewritesMessageId = true;
        Office office(AccountKind::GmailApi);
        office.useProvider(Provider::Google, server, server.url());
        VERIFY_OK(office.signIn(server));
        office.write(1);
        server.add({.path = "/drafts/send", .reply = {.action = Action::Drop}, .when = When::After});
        QCOMPARE(office.run().unknown, 1);
        office.run();
        QCOMPARE(state(office.item()), QStringLiteral("sent none"));
        QCOMPARE(server.sent().size(), std::size_t(1));
        const auto ours =
            office.desk.read([](ReadContext& r) { return MessageRepository(r.db).findOutbound("CAmr1@mail.gmail.example"); });
        QVERIFY(ours && ours->id == office.item().message);
    }

    void graph_sends_and_finds_what_it_sent() {
        GraphServer server;
        server.rewritesMessageId = true;
        Office office(AccountKind::Graph);
        office.useProvider(Provider::Microsoft, server, server.apiUrl());
        VERIFY_OK(office.signIn(server));
        office.write(2);
        server.filesAtOnce = false;
        server.add({.path = "/sendMail", .reply = {.action = Action::Drop}, .when = When::After});
        const auto report = office.run();
        QCOMPARE(report.unknown, 1);
        QCOMPARE(report.sent, 1);
        office.run();
        QCOMPARE(state(office.item()), QStringLiteral("unknown none")); // not filed yet, and never sent again by itself
        server.filesAtOnce = true;
        office.run();
        QCOMPARE(state(office.item()), QStringLiteral("sent none"));
        QCOMPARE(server.sent().size(), std::size_t(2));
        QVERIFY(office.desk.read(
            [](ReadContext& r) { return MessageRepository(r.db).findOutbound("DB0@prod.outlook.example").has_value(); }));
    }

    // ── SMTP with a token ────────────────────────────────────────────────────────────────────

    void gmail_by_smtp_is_signed_in_to_with_the_token() {
        GmailServer google;
        FaultSmtpServer smtp;
        smtp.offer("AUTH XOAUTH2");
        Mailbox mailbox;
        mailbox.smtp = {"127.0.0.1", smtp.port(), TlsMode::None};
        mailbox.imap = {"127.0.0.1", 1, TlsMode::None};
        Office office(AccountKind::Gmail, mailbox);
        office.useProvider(Provider::Google, google, google.url());
        VERIFY_OK(office.signIn(google));
        office.write(1);
        QCOMPARE(office.run().sent, 1);
        QCOMPARE(smtp.mails().size(), std::size_t(1));
        const auto commands = smtp.commands();
        const auto auth = std::find_if(commands.begin(), commands.end(),
                                       [](const std::string& line) { return line.starts_with("AUTH XOAUTH2"); });
        QVERIFY(auth != commands.end());
        QVERIFY(office.wasRead(secretName(office.id) + "/access", "sending"));
    }

    void a_token_the_mail_server_refuses_too_early_is_renewed() {
        GmailServer google;
        FaultSmtpServer smtp;
        smtp.offer("AUTH XOAUTH2");
        smtp.add({.at = FaultSmtpServer::At::Auth,
                  .action = FaultSmtpServer::Action::Reply,
                  .reply = "535 5.7.8 Username and Password not accepted",
                  .times = 1});
        Mailbox mailbox;
        mailbox.smtp = {"127.0.0.1", smtp.port(), TlsMode::None};
        mailbox.imap = {"127.0.0.1", 1, TlsMode::None};
        Office office(AccountKind::Gmail, mailbox);
        office.useProvider(Provider::Google, google, google.url());
        VERIFY_OK(office.signIn(google));
        office.write(1);
        QCOMPARE(office.run().sent, 1);
        QCOMPARE(google.refreshes(), 1);
        QCOMPARE(state(office.mailbox()), QStringLiteral("active"));
    }
};

OUTRIDER_TEST(AccountsTest)
#include "accounts_test.moc"
