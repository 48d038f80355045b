// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/sender.h"

#include "core/outreach/send_flow.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/outbox_world.h"
#include "support/test_registry.h"

#include <map>

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;
using transport::SendStage;

class SenderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_sent_message_moves_its_strategy_on() {
        Outbox world(1);
        const auto report = world.run();
        QCOMPARE(report.sent, 1);
        QCOMPARE(world.server.accepted.size(), std::size_t(1));
        QCOMPARE(world.server.accepted[0].recipient, std::string("lead0@company0.example"));
        QVERIFY(world.server.accepted[0].raw.find("Message-ID: <" + world.item(0).messageIdHeader + ">") != std::string::npos);
        QCOMPARE(int(world.item(0).state), int(OutboxState::Sent));
        QVERIFY(world.lead(0).status == statuses::inProgress);
        QVERIFY(world.lead(0).lastTouchAt.has_value());
        QCOMPARE(world.openTasks(0).size(), std::size_t(1));
        QCOMPARE(int(world.openTasks(0)[0].channel), int(Channel::Call));
        QVERIFY(world.openTasks(0)[0].dueAt == *parseIso8601("2026-11-23T08:00"));
    }

    void nothing_leaves_within_the_undo_window() {
        Outbox world(1);
        world.store.clock.advance(-std::chrono::seconds(5));
        QCOMPARE(world.run().sent, 0);
        QVERIFY(world.server.accepted.empty());
        world.store.clock.advance(std::chrono::seconds(5));
        QCOMPARE(world.run().sent, 1);
    }

    void sending_is_durable_before_the_first_byte_leaves() {
        Outbox world(1);
        OutboxState seen{};
        world.server.script = [&](int, const transport::Envelope&) {
            auto plan = FakeMailTransport::sent();
            return plan;
        };
        // Looked at from outside, as a restart after a kill would see it.
        class Peeking final : public transport::MailTransport {
        public:
            Peeking(Outbox& world, OutboxState& before, OutboxState& after) : m_world(world), m_before(before), m_after(after) {}
            transport::SendOutcome send(const transport::Envelope&, std::string_view, const transport::HandOver& beforeData,
                                        const Progress&) override {
                m_before = m_world.item(0).state;
                if (!beforeData())
                    return {};
                m_after = m_world.item(0).state;
                return {.kind = transport::SendKind::Sent};
            }

        private:
            Outbox& m_world;
            OutboxState& m_before;
            OutboxState& m_after;
        };
        OutboxState before{};
        Peeking peeking(world, before, seen);
        Sender(*world.store, [] { return utc; }).run(world.mailbox, peeking, 1, world.progress);
        QCOMPARE(int(before), int(OutboxState::Claimed));
        QCOMPARE(int(seen), int(OutboxState::Sending));
        QCOMPARE(int(world.item(0).state), int(OutboxState::Sent));
    }

    void an_unknown_end_waits_for_the_persons_word_and_is_never_tried_again() {
        Outbox world(1);
        world.server.script = [](int, const transport::Envelope&) { return FakeMailTransport::unknown(true); };
        QCOMPARE(world.run().unknown, 1);
        QCOMPARE(int(world.item(0).state), int(OutboxState::Unknown));
        world.store.clock.advance(std::chrono::hours(240));
        QCOMPARE(world.run().sent, 0);
        QCOMPARE(world.server.attempts, 1);
        QVERIFY(world.openTasks(0).empty()); // the strategy waits as well
        world.store.write([&](WriteContext& w) { SendFlow(w, utc).sent(world.item(0), "said by the person"); });
        QCOMPARE(world.openTasks(0).size(), std::size_t(1));
    }

    void an_address_the_server_does_not_know_is_a_hard_bounce() {
        Outbox world(1);
        world.server.script = [](int, const transport::Envelope&) {
            return FakeMailTransport::refused(550, "550 5.1.1 User unknown", SendStage::Recipient);
        };
        QCOMPARE(world.run().refused, 1);
        QCOMPARE(int(world.lead(0).reach), int(Reach::Bounced));
        QCOMPARE(int(world.enrolment(0).stopReason), int(StopReason::Bounce));
        const auto suppressed =
            world.store.read([&](ReadContext& r) { return SuppressionRepository(r.db).forEmail("lead0@company0.example"); });
        QVERIFY(suppressed.has_value());
        QCOMPARE(int(suppressed->reason), int(SuppressionReason::HardBounce));
    }

    void a_policy_refusal_keeps_the_lead_and_gives_the_task_back() {
        Outbox world(1);
        world.server.script = [](int, const transport::Envelope&) {
            return FakeMailTransport::refused(554, "554 5.7.1 Message refused as spam", SendStage::Answer);
        };
        QCOMPARE(world.run().refused, 1);
        QCOMPARE(int(world.lead(0).reach), int(Reach::Ok));
        QVERIFY(world.enrolment(0).isRunning());
        QCOMPARE(world.openTasks(0).size(), std::size_t(1));
        QVERIFY(world.openTasks(0)[0].note.find("5.7.1") != std::string::npos);
        // Edited and sent again by the person, from the mailbox that paused over it: a new message, not a second copy of a
        // sent one.
        world.server.script = nullptr;
        world.store.write([&](WriteContext& w) {
            MailboxRepository(w.db).setState(w, world.mailbox, MailboxState::Active, {});
            const auto outcome = TaskFlow(w, utc, world.store.random).complete(world.openTasks(0)[0].id, {.body = "Shorter."});
            VERIFY_OK(outcome);
        });
        world.store.clock.advance(std::chrono::seconds(11));
        QCOMPARE(world.run().sent, 1);
        QCOMPARE(world.server.accepted.size(), std::size_t(1));
    }

    void later_means_later_again_and_not_for_ever() {
        Outbox world(1);
        world.server.script = [](int, const transport::Envelope&) {
            return FakeMailTransport::refused(451, "451 4.7.1 Greylisted", SendStage::Recipient);
        };
        QCOMPARE(world.run().deferred, 1);
        QCOMPARE(int(world.item(0).state), int(OutboxState::Queued));
        QCOMPARE(int(world.item(0).waitReason), int(WaitReason::RetryLater));
        QVERIFY(world.item(0).earliestAt > world.store.clock.now());
        for (int i = 0; i < 20; ++i) {
            world.store.clock.advance(std::chrono::hours(2));
            world.run();
        }
        // Thursday's hours end at 17:00: the tries go on inside the window until they are used up.
        QVERIFY(world.server.attempts <= 6);
        for (int i = 0; i < 100 && world.item(0).state != OutboxState::Refused; ++i) {
            world.store.clock.advance(std::chrono::hours(2));
            world.run();
        }
        QCOMPARE(world.server.attempts, 6);
        QCOMPARE(int(world.item(0).state), int(OutboxState::Refused));
        QVERIFY(!world.item(0).refusedHard);
    }

    void a_signed_out_mailbox_stops_and_says_so_and_loses_nothing() {
        Outbox world(3);
        world.server.script = [](int, const transport::Envelope&) { return FakeMailTransport::notSent(ErrorCode::AuthFailed); };
        const auto report = world.run();
        QVERIFY(report.stoppedBy.has_value());
        QCOMPARE(world.server.attempts, 1); // not three wrong passwords in a row
        const auto mailbox = world.store.read([&](ReadContext& r) { return *MailboxRepository(r.db).find(world.mailbox); });
        QCOMPARE(int(mailbox.state), int(MailboxState::NeedsAttention));
        QCOMPARE(mailbox.stateReason, std::string("auth_failed"));
        world.run(); // while it is signed out nothing is tried
        QCOMPARE(world.server.attempts, 1);
        world.server.script = nullptr;
        world.store.write([&](WriteContext& w) { MailboxRepository(w.db).setState(w, world.mailbox, MailboxState::Active, {}); });
        world.store.clock.advance(std::chrono::minutes(5));
        QCOMPARE(world.run().sent, 3);
    }

    void without_a_network_everything_waits() {
        Outbox world(2);
        world.server.script = [](int, const transport::Envelope&) { return FakeMailTransport::notSent(ErrorCode::Offline); };
        world.run();
        QCOMPARE(int(world.item(0).waitReason), int(WaitReason::Offline));
        QCOMPARE(int(world.item(0).state), int(OutboxState::Queued));
        world.server.script = nullptr;
        world.store.clock.advance(std::chrono::minutes(2));
        QCOMPARE(world.run().sent, 2);
    }

    void the_daily_limit_holds_in_any_24_hours() {
        Outbox world(5, 3);
        QCOMPARE(world.run().sent, 3);
        QCOMPARE(int(world.item(3).waitReason), int(WaitReason::DailyLimit));
        world.store.clock.advance(std::chrono::hours(23));
        QCOMPARE(world.run().sent, 0);
        world.store.clock.advance(std::chrono::hours(1) + std::chrono::seconds(1));
        QCOMPARE(world.run().sent, 2);
    }

    void outside_the_leads_hours_it_waits_for_the_window() {
        Outbox world(1);
        world.store.clock.set(*parseIso8601("2026-11-19T17:30"));
        QCOMPARE(world.run().sent, 0);
        QCOMPARE(int(world.item(0).waitReason), int(WaitReason::OutsideHours));
        QVERIFY(world.item(0).earliestAt == *parseIso8601("2026-11-20T08:00"));
        world.store.clock.set(*parseIso8601("2026-11-20T08:00"));
        QCOMPARE(world.run().sent, 1);
    }

    void what_was_suppressed_or_stopped_meanwhile_does_not_leave() {
        Outbox world(3);
        world.store.write([&](WriteContext& w) {
            SuppressionRepository(w.db).add(w, SuppressionKind::Domain, "company0.example", SuppressionReason::OptOut, "test");
            LeadRepository(w.db).setStatus(w, world.leads[1], statuses::replied);
        });
        QCOMPARE(world.run().sent, 1);
        QCOMPARE(world.server.accepted.size(), std::size_t(1));
        QCOMPARE(int(world.item(0).state), int(OutboxState::Dropped));
        QCOMPARE(int(world.item(1).state), int(OutboxState::Dropped));
    }

    void hold_everything_holds_everything() {
        Outbox world(2);
        const auto hold = [&](const char* value) {
            world.store.write([&](WriteContext& w) { SettingRepository(w.db).set(w, "send.held", value); });
        };
        hold("true");
        QCOMPARE(world.run().sent, 0);
        QCOMPARE(world.server.attempts, 0);
        hold("false");
        world.store.clock.advance(std::chrono::minutes(2));
        QCOMPARE(world.run().sent, 2);
    }

    void a_step_can_be_queued_for_a_lead_only_once() {
        Outbox world(1);
        world.store.write([&](WriteContext& w) {
            const Task task = *TaskRepository(w.db).find(world.item(0).task);
            TaskRepository(w.db).reopen(w, task.id); // as a bug might
            const auto again = TaskFlow(w, utc, world.store.random).complete(task.id, {});
            VERIFY_ERROR(again, ErrorCode::AlreadyExists);
        });
    }

    // The program may be killed after every commit, and after the server has taken a message but before
    // that is written down. Whatever the server has must then be known as sent or unknown, and nothing
    // may ever reach it twice.
    void killed_at_any_moment_nobody_gets_a_second_message_and_none_is_lost() {
        for (int killedAt = 1;; ++killedAt) {
            Outbox world(7);
            const std::string record = world.store.path() + ".fence";
            QByteArray recordThen;
            const auto watch = [&] {
                world.store.write(
                    [&](WriteContext& w) {
                        OutboxRepository(w.db).recover(w, SendFence::begun(w.db, record, world.store.path()));
                        VERIFY_OK(world.store->fence().watch(w.db, w.now, world.store.random, record, world.store.path()));
                    },
                    {.name = "start"});
            };
            const auto recordFile = [&](QIODevice::OpenMode mode, auto use) {
                QFile file(QString::fromStdString(record)); // the same file all the time: another would be another computer's
                QVERIFY(file.open(mode));
                use(file);
            };
            watch();
            QTemporaryDir snapshot;
            int moment = 0;
            std::vector<FakeMailTransport::Accepted> takenThen;
            const auto mayDie = [&] {
                if (++moment != killedAt)
                    return;
                for (const char* suffix : {"", "-wal"})
                    QFile::copy(QString::fromStdString(world.store.path() + suffix),
                                snapshot.filePath(QStringLiteral("test.outrider") + QLatin1String(suffix)));
                takenThen = world.server.accepted;
                recordFile(QIODevice::ReadOnly, [&](QFile& file) { recordThen = file.readAll(); });
            };
            world.store->subscribe([&](const ChangeSet&) { mayDie(); });
            world.server.onAccepted = mayDie;
            world.run();
            if (moment < killedAt) { // past the last moment: every one has been tried
                QVERIFY(killedAt > 12);
                return;
            }

            // The program starts again on what was on the disk; the server goes on from what it had.
            world.store.close();
            for (const char* suffix : {"", "-wal"}) {
                QFile::remove(QString::fromStdString(world.store.path() + suffix));
                QFile::copy(snapshot.filePath(QStringLiteral("test.outrider") + QLatin1String(suffix)),
                            QString::fromStdString(world.store.path() + suffix));
            }
            QFile::remove(QString::fromStdString(world.store.path() + "-shm"));
            world.server.accepted = takenThen;
            world.server.onAccepted = nullptr;
            world.store.reopen();
            recordFile(QIODevice::WriteOnly | QIODevice::Truncate, [&](QFile& file) { file.write(recordThen); });
            watch();
            world.store.clock.advance(std::chrono::minutes(10));
            world.run();

            std::map<std::string, int> received;
            for (const auto& mail : world.server.accepted)
                ++received[mail.recipient];
            int underWay = 0;
            for (std::size_t i = 0; i < world.items.size(); ++i) {
                const OutboxItem item = world.item(i);
                const int count = received[item.recipient];
                QVERIFY2(count <= 1, "a message was sent twice");
                QVERIFY2(item.state == OutboxState::Sent ? count == 1 : item.state == OutboxState::Unknown, "a message was lost");
                underWay += item.state == OutboxState::Unknown && count == 0 ? 1 : 0;
            }
            QVERIFY2(underWay <= 1, "of those the server does not have, only the one being sent can be unknown");
        }
    }
};

OUTRIDER_TEST(SenderTest)
#include "sender_test.moc"
