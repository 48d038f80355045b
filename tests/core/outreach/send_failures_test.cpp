// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/send_flow.h"
#include "core/outreach/send_questions.h"
#include "core/outreach/sender.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/outbox_world.h"
#include "support/test_registry.h"

#include <algorithm>
#include <map>

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;
using transport::SendStage;

// What went wrong elsewhere (docs/failures.md), and what sending several at once must not change.
class SendFailuresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Several share a wait for the disk: each is recorded as being sent before its own first byte all the same.
    void of_messages_sent_together_each_is_recorded_before_its_first_byte() {
        Outbox world(40);
        int commits = 0;
        world.store->subscribe([&](const ChangeSet&) { ++commits; });
        int recorded = 0;
        world.server.onAccepted = [&] {
            const auto index = world.server.accepted.size() - 1;
            recorded += world.item(index).state == OutboxState::Sending ? 1 : 0;
        };
        QCOMPARE(world.run().sent, 40);
        QCOMPARE(recorded, 40);
        QVERIFY2(commits < 40, "nothing was shared: the test tests nothing");
        for (std::size_t i = 0; i < world.items.size(); ++i)
            QCOMPARE(int(world.item(i).state), int(OutboxState::Sent));
        const auto ledger =
            world.store.read([&](ReadContext& r) { return OutboxRepository(r.db).handedOverSince(world.mailbox, Instant{}); });
        QCOMPARE(ledger, 40);
    }

    // What was recorded together with the one that could not leave was not tried: it waits, counts as no attempt and against
    // no limit.
    void a_connection_lost_among_messages_sent_together_puts_the_rest_back_data() {
        QTest::addColumn<int>("lostAt");
        for (int lostAt = 0; lostAt < 20; ++lostAt)
            QTest::addRow("message %d", lostAt + 1) << lostAt;
    }

    void a_connection_lost_among_messages_sent_together_puts_the_rest_back() {
        QFETCH(int, lostAt);
        Outbox world(20);
        world.server.script = [lostAt](int attempt, const transport::Envelope&) {
            return attempt == lostAt ? FakeMailTransport::notSent(ErrorCode::ConnectionLost) : FakeMailTransport::sent();
        };
        const auto report = world.run();
        QCOMPARE(report.sent, lostAt);
        QCOMPARE(report.deferred, 1);
        QVERIFY(report.stoppedBy.has_value());
        for (int i = 0; i < 20; ++i) {
            const OutboxItem item = world.item(std::size_t(i));
            QCOMPARE(item.attempts, i <= lostAt ? 1 : 0);
            if (i < lostAt)
                QCOMPARE(int(item.state), int(OutboxState::Sent));
            else
                QVERIFY(canTakeBack(item.state));
            if (i == lostAt)
                QCOMPARE(int(item.waitReason), int(WaitReason::Offline));
            else
                QVERIFY(item.earliestAt <= world.store.clock.now());
        }
        QCOMPARE(
            world.store.read([&](ReadContext& r) { return OutboxRepository(r.db).handedOverSince(world.mailbox, Instant{}); }),
            lostAt);
        world.store.clock.advance(std::chrono::minutes(2));
        QCOMPARE(world.run().sent, 20 - lostAt);
        QCOMPARE(world.server.accepted.size(), std::size_t(20));
    }

    // T4: accepted, then the connection was reset. Never again by itself, however long one waits and however it is asked.
    void what_a_server_took_before_it_fell_silent_is_not_sent_again() {
        Outbox world(12);
        world.server.script = [](int attempt, const transport::Envelope&) {
            return attempt % 3 == 1 ? FakeMailTransport::unknown(attempt % 2 == 0) : FakeMailTransport::sent();
        };
        const auto report = world.run();
        QCOMPARE(report.sent, 8);
        QCOMPARE(report.unknown, 4);
        world.server.script = nullptr;
        for (int i = 0; i < 10; ++i) {
            world.store.clock.advance(std::chrono::hours(24));
            world.run();
        }
        QCOMPARE(world.server.attempts, 12);
        std::map<std::string, int> received;
        for (const auto& mail : world.server.accepted)
            QCOMPARE(++received[mail.recipient], 1);
    }

    // T2: pausing, resuming and a lowered limit in the middle repeat nothing and lose nothing.
    void pausing_resuming_and_lowering_a_limit_in_the_middle_never_repeats() {
        Outbox world(30);
        const auto mailboxState = [&](MailboxState state) {
            world.store.write([&](WriteContext& w) { MailboxRepository(w.db).setState(w, world.mailbox, state, {}); });
        };
        QCOMPARE(world.run(7).sent, 7);
        mailboxState(MailboxState::Paused);
        QCOMPARE(world.run().sent, 0);
        QCOMPARE(int(world.item(7).waitReason), int(WaitReason::MailboxPaused));
        mailboxState(MailboxState::Active);
        world.store.clock.advance(std::chrono::minutes(2));
        QCOMPARE(world.run(5).sent, 5);
        world.store.write([&](WriteContext& w) {
            Mailbox box = *MailboxRepository(w.db).find(world.mailbox);
            box.dailyLimit = 15;
            MailboxRepository(w.db).update(w, box);
        });
        QCOMPARE(world.run().sent, 3);
        world.store.write([&](WriteContext& w) { // paused while it waits for its limit, and resumed
            StrategyRepository strategies(w.db);
            strategies.setState(w, world.version.strategy, StrategyState::Paused);
            strategies.setState(w, world.version.strategy, StrategyState::Active);
        });
        world.store.clock.advance(std::chrono::hours(25));
        QCOMPARE(world.run().sent, 15);
        std::map<std::string, int> received;
        for (const auto& mail : world.server.accepted)
            QCOMPARE(++received[mail.recipient], 1);
        QCOMPARE(received.size(), std::size_t(30));
    }

    // The computer slept through the day, and everything is due when it wakes: it leaves under the caps and with the time
    // between two messages, not at once.
    void what_was_missed_while_the_computer_slept_leaves_under_the_caps() {
        Outbox world(24);
        world.store.write([&](WriteContext& w) {
            Mailbox box = *MailboxRepository(w.db).find(world.mailbox);
            box.spacingSeconds = 90;
            box.limits.spacingUpTo = 180;
            box.limits.perHour = 10;
            MailboxRepository(w.db).update(w, box);
        });
        QCOMPARE(world.run().sent, 1);
        world.store.clock.set(*parseIso8601("2026-11-20T09:00")); // a day later
        std::vector<Instant> left;
        for (int looks = 0; left.size() < 23 && looks < 500; ++looks) {
            if (world.run().sent > 0)
                left.push_back(world.store.clock.now());
            const auto next = world.store.read([&](ReadContext& r) { return OutboxRepository(r.db).nextDue(world.mailbox); });
            if (next)
                world.store.clock.set(std::max(*next, world.store.clock.now() + std::chrono::seconds(1)));
        }
        QCOMPARE(left.size(), std::size_t(23));
        for (std::size_t i = 1; i < left.size(); ++i)
            QVERIFY(left[i] - left[i - 1] >= std::chrono::seconds(90));
        for (std::size_t i = 10; i < left.size(); ++i)
            QVERIFY(left[i] - left[i - 10] >= std::chrono::hours(1));
    }

    void every_move_of_a_message_is_told_with_its_moment_and_its_proof() {
        Outbox world(2, 1);
        const Instant queued = world.store.clock.now() - std::chrono::seconds(11);
        world.server.script = [](int attempt, const transport::Envelope&) {
            return attempt == 0 ? FakeMailTransport::refused(451, "451 4.7.1 Greylisted", SendStage::Recipient)
                                : FakeMailTransport::sent();
        };
        world.run(1);
        world.store.clock.advance(std::chrono::minutes(5));
        world.run(1);
        const Instant sent = world.store.clock.now();
        world.run();
        const auto trace = [&](std::size_t index) {
            return world.store.read([&](ReadContext& r) { return OutboxRepository(r.db).trace(world.items.at(index)); });
        };
        const auto first = trace(0);
        const std::vector<OutboxState> states{OutboxState::Held,    OutboxState::Claimed, OutboxState::Queued,
                                              OutboxState::Claimed, OutboxState::Sending, OutboxState::Sent};
        QCOMPARE(first.size(), states.size());
        for (std::size_t i = 0; i < states.size(); ++i)
            QCOMPARE(int(first[i].state), int(states[i]));
        QVERIFY(first[0].at == queued);
        QCOMPARE(int(first[0].reason), int(WaitReason::UndoWindow));
        QCOMPARE(int(first[2].reason), int(WaitReason::RetryLater));
        QCOMPARE(first[2].evidence, std::string("451 4.7.1 Greylisted"));
        QVERIFY(first[2].until > first[2].at);
        QVERIFY(first[5].at == sent);
        QCOMPARE(first[5].evidence, std::string("250 ok"));
        // The reason it waits for is told once, however often it is met.
        for (int i = 0; i < 3; ++i) {
            world.store.clock.advance(std::chrono::hours(1));
            world.run();
        }
        const auto second = trace(1);
        QCOMPARE(second.size(), std::size_t(2));
        QCOMPARE(int(second[1].reason), int(WaitReason::DailyLimit));
        // Taken back by a trigger, which knows no trace: its end is told all the same.
        world.store.write([&](WriteContext& w) { LeadRepository(w.db).setStatus(w, world.leads[1], statuses::replied); });
        QCOMPARE(int(trace(1).back().state), int(OutboxState::Dropped));
    }

    void why_it_waits_is_told_one_by_one_and_agrees_with_what_happens() {
        Outbox world(3, 2);
        const auto checks = [&](std::size_t index) {
            const OutboxItem item = world.item(index);
            return world.store.read([&](ReadContext& r) {
                const Mailbox box = *MailboxRepository(r.db).find(world.mailbox);
                return SendQuestions(r.db, r.now, box, utc).checks(item);
            });
        };
        const auto waits = [](const std::vector<SendCheck>& all) -> std::optional<SendCheck> {
            const auto found =
                std::find_if(all.begin(), all.end(), [](const SendCheck& one) { return one.state == SendCheck::State::Waits; });
            return found == all.end() ? std::nullopt : std::optional(*found);
        };
        QVERIFY(!waits(checks(0)));
        QCOMPARE(world.run().sent, 2);
        const auto limit = waits(checks(2));
        QVERIFY(limit && limit->what == SendCheck::What::Limit && limit->reason == WaitReason::DailyLimit);
        QCOMPARE(*limit->free, 0);
        QCOMPARE(*limit->most, 2);
        QVERIFY(limit->until && *limit->until == world.item(2).earliestAt);
        world.store.clock.set(*parseIso8601("2026-11-21T07:30")); // a Saturday
        const auto hours = waits(checks(2));
        QVERIFY(hours && hours->what == SendCheck::What::Hours);
        QVERIFY(hours->until && *hours->until == *parseIso8601("2026-11-23T08:00"));
        world.store.write([&](WriteContext& w) { SettingRepository(w.db).set(w, "send.held", "true"); });
        const auto held = waits(checks(2));
        QVERIFY(held && held->what == SendCheck::What::Hold && !held->until);
        world.store.write([&](WriteContext& w) {
            SuppressionRepository(w.db).add(w, SuppressionKind::Email, "lead2@company2.example", SuppressionReason::OptOut,
                                            "test");
        });
        QVERIFY(waits(checks(2))->what == SendCheck::What::Reach);
        for (const SendCheck& check : checks(2)) // behind what keeps it nothing was asked
            QVERIFY(check.what == SendCheck::What::Reach || check.state == SendCheck::State::Later);
    }

    // T7: opens can only be counted by what is fetched or answered when a message is read.
    void what_leaves_tells_nobody_that_it_was_read() {
        Outbox world(1);
        QCOMPARE(world.run().sent, 1);
        const std::string& raw = world.server.accepted[0].raw;
        for (const char* told : {"http:", "https:", "<img", "Disposition-Notification-To", "Return-Receipt-To"})
            QVERIFY2(raw.find(told) == std::string::npos, told);
    }

    // T15
    void who_is_suppressed_already_is_not_suppressed_anew() {
        TempStore store;
        const auto add = [&](SuppressionReason reason) {
            return store.write([&](WriteContext& w) {
                return SuppressionRepository(w.db).add(w, SuppressionKind::Email, "ada@x.example", reason, "test");
            });
        };
        QVERIFY(add(SuppressionReason::OptOut));
        store.clock.advance(std::chrono::hours(1));
        QVERIFY(!add(SuppressionReason::HardBounce));
        const auto kept = store.read([](ReadContext& r) { return SuppressionRepository(r.db).forEmail("ada@x.example"); });
        QCOMPARE(int(kept->reason), int(SuppressionReason::OptOut));
        QVERIFY(kept->createdAt == testNow());
    }
};

OUTRIDER_TEST(SendFailuresTest)
#include "send_failures_test.moc"
