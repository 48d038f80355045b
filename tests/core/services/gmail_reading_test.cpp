// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/account_service.h"
#include "core/services/inbox_service.h"
#include "core/services/mail_history_service.h"
#include "core/services/mailbox_service.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/transport/http_client.h"
#include "support/gmail_mailbox.h"
#include "support/import_desk.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <future>

using namespace outrider;
using namespace outrider::test;

namespace {

// A mailbox that is read over the API, signed in to, and a lead who writes.
struct Office {
    Office() {
        const auto added = wait(
            MailboxService(*desk.context).add({.account = AccountKind::GmailApi, .address = "mara@harborline.example"}, nullptr));
        if (!added)
            qFatal("no mailbox: %s", added.error().detail.c_str());
        id = *added;
        const auto set = wait(accounts.setProvider(Provider::Google,
                                                   {.clientId = "client.example",
                                                    .authorizeUrl = server.url() + "/authorize",
                                                    .tokenUrl = server.url() + "/token",
                                                    .apiUrl = server.url()},
                                                   nullptr));
        if (!set || !signIn())
            qFatal("not signed in");
        desk.write([&](WriteContext& w) { lead = addLead(w, makeLead("Anna", "Test", "anna@anna.example")); });
    }

    // What a person does in the browser.
    bool signIn() {
        const auto begun = wait(accounts.begin(id));
        if (!begun)
            return false;
        const std::string location = server.authorize((*begun)->url());
        auto browser = std::async(std::launch::async, [location] {
            transport::HttpClient http;
            const Progress progress;
            return http.perform({.url = location}, progress);
        });
        const bool done = bool(wait(accounts.finish(id, *begun, {"<p>done</p>", "<p>failed</p>"})));
        browser.get();
        return done;
    }

    void write(int number, const std::string& headers = {}) {
        const std::string name = std::to_string(number);
        server.deliver(crlf("From: anna@anna.example\nTo: mara@harborline.example\nSubject: Re: docks\nMessage-ID: <a" + name
                            + "@anna.example>\nIn-Reply-To: <old@harborline.example>\n" + headers + "\nYes, number " + name
                            + ".\n"),
                       toEpochMillis(desk.clock.now()) + number);
    }

    FetchReport fetch() {
        auto report = wait(InboxService(*desk.context).fetch());
        if (!report)
            qFatal("nothing was fetched: %s", report.error().detail.c_str());
        return *report;
    }
    ReadingState reading() {
        return desk.read([&](ReadContext& r) { return MailboxRepository(r.db).reading(id); });
    }
    Mailbox mailbox() {
        return desk.read([&](ReadContext& r) { return *MailboxRepository(r.db).find(id); });
    }
    std::size_t messages() {
        return desk.read([&](ReadContext& r) { return MessageRepository(r.db).ofLead(lead, 100).size(); });
    }

    GmailMailbox server;
    Desk desk;
    AccountService accounts{*desk.context};
    MailboxId id;
    LeadId lead;
};

} // namespace

class GmailReadingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mail_reaches_its_lead_once() {
        Office office;
        office.write(1);
        QCOMPARE(office.fetch().replies, 1);
        QCOMPARE(office.fetch().fetched, 0);
        office.write(2);
        QCOMPARE(office.fetch().replies, 1);
        QCOMPARE(office.messages(), std::size_t(2));
        QVERIFY(office.mailbox().fetchedAt.has_value());
    }

    void a_history_that_expired_files_nothing_twice() {
        Office office;
        office.write(1);
        office.fetch();
        office.server.forgetHistory();
        office.write(2);
        QCOMPARE(office.fetch().replies, 1);
        QCOMPARE(office.messages(), std::size_t(2));
    }

    void a_withdrawn_access_pauses_reading_until_one_signs_in_and_loses_nothing() {
        Office office;
        office.write(1);
        office.fetch();
        office.server.revoke();
        office.write(2);
        const FetchReport refused = office.fetch();
        QCOMPARE(refused.errors.size(), std::size_t(1));
        QCOMPARE(refused.errors[0].code, ErrorCode::AuthFailed);
        QCOMPARE(office.mailbox().state, MailboxState::NeedsAttention);
        QCOMPARE(office.mailbox().stateReason, std::string("auth_failed"));
        QVERIFY(!office.reading().nextTryAt); // nothing is tried by itself
        QVERIFY(office.signIn());
        QCOMPARE(office.mailbox().state, MailboxState::Active);
        QCOMPARE(office.fetch().replies, 1);
        QCOMPARE(office.messages(), std::size_t(2));
        QVERIFY(office.reading().error.empty());
    }

    void a_limit_is_noted_with_its_time_and_forgotten_when_it_is_over() {
        Office office;
        office.write(1);
        office.server.fault("profile", {.status = 429,
                                        .body = R"({"error":{"code":429,"errors":[{"reason":"rateLimitExceeded"}]}})",
                                        .headers = {"Retry-After: 120"}});
        QCOMPARE(office.fetch().errors.size(), std::size_t(1));
        const ReadingState reading = office.reading();
        QCOMPARE(reading.error, std::string("refused_soft"));
        QCOMPARE(reading.failures, 1);
        QVERIFY(reading.nextTryAt == office.desk.clock.now() + std::chrono::seconds(120));
        QCOMPARE(office.mailbox().state, MailboxState::Active);
        QCOMPARE(office.fetch().replies, 1);
        QCOMPARE(office.reading().failures, 0);
    }

    void a_copy_the_provider_renamed_is_ours_and_answers_to_it_are_known() {
        Office office;
        office.desk.write([&](WriteContext& w) {
            Message sent{.lead = office.lead,
                         .mailbox = office.id,
                         .direction = Direction::Outbound,
                         .messageClass = MessageClass::Own,
                         .messageIdHeader = "0123456789abcdef-7@harborline.example",
                         .at = w.now};
            MessageRepository(w.db).insert(w, sent);
        });
        office.server.deliver(crlf("From: mara@harborline.example\nTo: anna@anna.example\nMessage-ID: <CAx1@mail.gmail.example>\n"
                                   "X-Outrider-Id: 0123456789abcdef-7\n\nHello\n"),
                              toEpochMillis(office.desk.clock.now()), {"SENT"});
        QCOMPARE(office.fetch().sentElsewhere, 0);
        QCOMPARE(office.messages(), std::size_t(1));
        const auto known =
            office.desk.read([](ReadContext& r) { return MessageRepository(r.db).findOutbound("CAx1@mail.gmail.example"); });
        QVERIFY(known && known->lead == office.lead);
    }

    void what_lay_there_before_is_gathered_too() {
        Office office;
        office.server.deliver(crlf("From: anna@anna.example\nTo: mara@harborline.example\nMessage-ID: <old@anna.example>\n\nx\n"),
                              toEpochMillis(office.desk.clock.now() - std::chrono::days(40)));
        office.server.deliver(
            crlf("From: mara@harborline.example\nTo: anna@anna.example\nMessage-ID: <o2@harborline.example>\n\nx\n"),
            toEpochMillis(office.desk.clock.now() - std::chrono::days(39)), {"SENT"});
        office.write(1);
        QCOMPARE(office.fetch().fetched, 1); // what is new, and no more
        const auto preview = wait(MailHistoryService(*office.desk.context).gather(office.id, {}, {}));
        VERIFY_OK(preview);
        QCOMPARE(preview->messages, std::int64_t(2));
        QCOMPARE(preview->sent, std::int64_t(1));
        VERIFY_OK(wait(MailHistoryService(*office.desk.context).approve(office.id)));
        QCOMPARE(office.messages(), std::size_t(3));
    }
};

OUTRIDER_TEST(GmailReadingTest)
#include "gmail_reading_test.moc"
