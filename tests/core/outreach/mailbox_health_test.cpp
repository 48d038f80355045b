// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/mailbox_health.h"

#include "core/outreach/sender.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "support/builders.h"
#include "support/fake_mail_transport.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;
using transport::SendStage;

namespace {

const Surroundings utc;

// Thirty messages on their way; the server knows none of the last addresses.
struct World {
    World(int unknownAddresses, PauseRules rules, MailboxKind kind = MailboxKind::Mail) {
        store.write([&](WriteContext& w) {
            Mailbox box{
                .kind = kind, .address = "mara@harborline.example", .dailyLimit = 1000, .holdSeconds = 0, .pauses = rules};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            const StrategyVersion version = addStrategy(w, "Dock delays");
            const Strategy strategy = *StrategyRepository(w.db).find(version.strategy);
            for (int i = 0; i < messages; ++i) {
                const LeadId lead =
                    addLead(w, makeLead("Lead", std::to_string(i), "lead" + std::to_string(i) + "@nordwind.example"));
                if (!StrategyFlow(w, utc).enrol(lead, strategy, version, {})
                    || !TaskFlow(w, utc, store.random).complete(TaskRepository(w.db).openOf(lead).at(0).id, {}))
                    qFatal("a message cannot be queued");
            }
        });
        server.script = [unknownAddresses](int attempt, const transport::Envelope&) {
            return attempt < messages - unknownAddresses
                       ? FakeMailTransport::sent()
                       : FakeMailTransport::refused(550, "550 5.1.1 no such user", SendStage::Recipient);
        };
    }

    Sender::Report send() {
        return Sender(*store, [] { return utc; }).run(mailbox, server, 1000, progress);
    }
    Mailbox box() {
        return store.read([&](ReadContext& r) { return *MailboxRepository(r.db).find(mailbox); });
    }
    int waiting() {
        return store.read([&](ReadContext& r) { return OutboxRepository(r.db).countWaiting(mailbox); });
    }

    static constexpr int messages = 30;
    TempStore store;
    FakeMailTransport server;
    Progress progress;
    MailboxId mailbox;
};

} // namespace

class MailboxHealthTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void of_few_messages_nothing_is_concluded() {
        QVERIFY(!reasonToPause({.bouncePercent = 3}, {.sent = 19, .bounced = 19}));
        QVERIFY(reasonToPause({.bouncePercent = 3}, {.sent = 20, .bounced = 1}) == pauseReasons::bounces);
    }

    void the_limit_itself_is_not_above_it() {
        QVERIFY(!reasonToPause({.bouncePercent = 5}, {.sent = 100, .bounced = 5}));
        QVERIFY(reasonToPause({.bouncePercent = 5}, {.sent = 100, .bounced = 6}) == pauseReasons::bounces);
        QVERIFY(!reasonToPause({.bouncePercent = 0, .errorPercent = 0}, {.sent = 100, .bounced = 90, .refused = 90}));
        QVERIFY(reasonToPause({.bouncePercent = 0, .errorPercent = 1}, {.sent = 98, .refused = 2}) == pauseReasons::errors);
    }

    void a_mailbox_that_bounces_much_pauses_and_holds_the_rest() {
        World world(9, {.bouncePercent = 10});
        const auto report = world.send();
        QCOMPARE(report.sent, 21);
        QCOMPARE(report.refused, 3); // the third of 21 is above 10 %
        QCOMPARE(int(world.box().state), int(MailboxState::Paused));
        QCOMPARE(world.box().stateReason, std::string(pauseReasons::bounces));
        QVERIFY(needsPerson(world.box()));
        QCOMPARE(world.waiting(), 6); // held, not dropped
        QCOMPARE(world.send().sent, 0);
    }

    void a_server_that_refuses_the_sender_is_not_asked_again() {
        World world(9, {.bouncePercent = 0});
        world.server.script = [](int attempt, const transport::Envelope&) {
            return attempt < 4 ? FakeMailTransport::sent()
                               : FakeMailTransport::refused(550, "550 5.7.1 Sending quota policy: see https://help.example",
                                                            SendStage::Content);
        };
        const auto report = world.send();
        QCOMPARE(report.sent, 4);
        QCOMPARE(report.refused, 1);
        QCOMPARE(int(world.box().state), int(MailboxState::Paused));
        QCOMPARE(world.box().stateReason, std::string(pauseReasons::policy));
        QCOMPARE(world.box().stateDetail, std::string("550 5.7.1 Sending quota policy: see https://help.example"));
        QVERIFY(needsPerson(world.box()));
        QCOMPARE(world.waiting(), 25);
    }

    void unless_the_person_does_not_want_that() {
        World world(9, {.bouncePercent = 0, .onPolicy = false});
        world.server.script = [](int, const transport::Envelope&) {
            return FakeMailTransport::refused(550, "550 5.7.1 no", SendStage::Content);
        };
        QCOMPARE(world.send().refused, 30);
        QCOMPARE(int(world.box().state), int(MailboxState::Active));
    }

    void a_policy_is_told_from_what_only_looks_like_one() {
        for (const char* policy :
             {"550 5.7.1 Message rejected", "550-5.7.26 Unauthenticated\n550 5.7.26 mail", "5.7.515 Access denied"})
            QVERIFY2(isPolicyRefusal(policy), policy);
        for (const char* other :
             {"550 5.1.1 no such user", "450 4.7.1 greylisted", "552 5.2.2 full", "550 client 192.5.7.1 refused",
              "550 5.7.133 Sender not authenticated for group", "550 version 5.7.1.2", "550 5.7. ", ""})
            QVERIFY2(!isPolicyRefusal(other), other);
    }

    void below_its_limit_it_goes_on() {
        World world(3, {.bouncePercent = 50});
        QCOMPARE(world.send().refused, 3);
        QCOMPARE(int(world.box().state), int(MailboxState::Active));
    }

    void a_practice_mailbox_goes_on() {
        World world(9, {.bouncePercent = 10}, MailboxKind::Practice);
        QCOMPARE(world.send().refused, 9);
        QCOMPARE(int(world.box().state), int(MailboxState::Active));
    }
};

OUTRIDER_TEST(MailboxHealthTest)
#include "mailbox_health_test.moc"
