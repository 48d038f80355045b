// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/outbox_repository.h"

#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;
using enum OutboxState;

namespace {

// A store with a mailbox, and messages put where a test wants them.
struct World {
    World() {
        store.write([this](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example"};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            lead = addLead(w, makeLead("Zoë", "Brandt", "zoe@nordwerft.example"));
        });
    }

    OutboxId add(OutboxState state, Instant earliest = testNow()) {
        return store.write([&](WriteContext& w) {
            const std::string key = std::to_string(++made);
            Message message{.lead = lead, .mailbox = mailbox, .raw = "Subject: Hello\r\n\r\nHello"};
            MessageRepository(w.db).insert(w, message);
            OutboxItem item{.lead = lead,
                            .mailbox = mailbox,
                            .message = message.id,
                            .recipient = "zoe@nordwerft.example",
                            .recipientKey = "zoe@nordwerft.example",
                            .messageIdHeader = key + "@harborline.example",
                            .idempotencyKey = key,
                            .subject = key,
                            .earliestAt = earliest};
            OutboxRepository outbox(w.db);
            outbox.insert(w, item);
            for (const OutboxState next : wayTo(state))
                outbox.move(w, item.id, next);
            return item.id;
        });
    }

    std::vector<OutboxId> list(const std::vector<OutboxState>& states, int limit = 100) {
        return ids(store.read([&](ReadContext& r) { return OutboxRepository(r.db).list(states, limit); }));
    }
    std::vector<OutboxId> settled(OutboxState state, Instant since, int limit = 100) {
        return ids(store.read([&](ReadContext& r) { return OutboxRepository(r.db).settled(state, since, limit); }));
    }

    TempStore store;
    MailboxId mailbox;
    LeadId lead;
    int made = 0;

private:
    static std::vector<OutboxState> wayTo(OutboxState state) {
        switch (state) {
        case Queued:
            return {};
        case Held:
        case Claimed:
        case Dropped:
            return {state};
        case Sending:
            return {Claimed, Sending};
        case Sent:
        case Refused:
        case Unknown:
            return {Claimed, Sending, state};
        }
        return {};
    }
    static std::vector<OutboxId> ids(const std::vector<OutboxRow>& rows) {
        std::vector<OutboxId> out;
        for (const OutboxRow& row : rows)
            out.push_back(row.item.id);
        return out;
    }
};

constexpr std::chrono::minutes minute{1};

} // namespace

class OutboxRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_list_of_several_states_is_by_the_time_they_may_leave() {
        World world;
        const OutboxId third = world.add(Queued, testNow() + 3 * minute);
        const OutboxId first = world.add(Unknown, testNow() + 1 * minute);
        const OutboxId second = world.add(Held, testNow() + 2 * minute);
        const OutboxId fourth = world.add(Sending, testNow() + 4 * minute);
        const OutboxId sent = world.add(Sent, testNow());
        QCOMPARE(world.list({Queued, Held, Claimed, Sending, Unknown}), (std::vector{first, second, third, fourth}));
        QCOMPARE(world.list({Queued, Held, Claimed, Sending, Unknown}, 2), (std::vector{first, second}));
        QCOMPARE(world.list({Held}), std::vector{second});
        QCOMPARE(world.list({Sent, Unknown}), (std::vector{sent, first}));
        QCOMPARE(world.list({Dropped}), std::vector<OutboxId>());
        QCOMPARE(world.list({}), std::vector<OutboxId>());
    }

    void what_settled_is_given_youngest_first_from_a_moment_on() {
        World world;
        world.add(Sent); // yesterday's
        world.store.clock.advance(std::chrono::hours(24));
        const Instant today = world.store.clock.now();
        const OutboxId early = world.add(Sent);
        world.store.clock.advance(minute);
        const OutboxId refused = world.add(Refused);
        const OutboxId late = world.add(Sent);
        const OutboxId later = world.add(Sent); // in the same millisecond
        QCOMPARE(world.settled(Sent, today), (std::vector{later, late, early}));
        QCOMPARE(world.settled(Sent, today, 2), (std::vector{later, late}));
        QCOMPARE(world.settled(Refused, today), std::vector{refused});
    }

    void counts_know_todays_what_waits_and_what_is_unknown() {
        World world;
        world.add(Sent); // yesterday's
        world.store.clock.advance(std::chrono::hours(24));
        const Instant today = world.store.clock.now();
        for (const OutboxState state : {Sent, Sent, Refused, Unknown, Held, Dropped})
            world.add(state);
        world.add(Queued, today + 5 * minute);
        world.add(Queued, today + 7 * minute);
        const auto counts = world.store.read([&](ReadContext& r) { return OutboxRepository(r.db).counts(today); });
        QCOMPARE(counts.sentToday, 2);
        QCOMPARE(counts.refused, 1);
        QCOMPARE(counts.unknown, 1);
        QCOMPARE(counts.waiting, 3);
        QVERIFY(counts.nextAt == testNow()); // the held one's, which waits for no reason of its own
        QVERIFY(counts.lastAt == today + 7 * minute);
    }

    void a_message_whose_mailbox_is_gone_is_still_listed() {
        World world;
        const OutboxId id = world.add(Unknown);
        QVERIFY(world.store.read([](ReadContext& r) { return OutboxRepository(r.db).list({Unknown}, 1); }).at(0).mailboxState
                == MailboxState::Active);
        std::vector<OutboxRow> rows;
        const auto undone = wait(world.store->write({.name = "test"}, [&](WriteContext& w) -> Result<> {
            w.db.script("PRAGMA defer_foreign_keys = ON"); // as a damaged file may have it
            w.db.run("DELETE FROM mailbox WHERE id = ?1", world.mailbox);
            rows = OutboxRepository(w.db).list({Unknown}, 10);
            return fail(ErrorCode::Cancelled);
        }));
        VERIFY_ERROR(undone, ErrorCode::Cancelled);
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].item.id, id);
        QVERIFY(!rows[0].mailboxState);
    }

    // However many messages were ever sent, what is unsettled and what today brought is found at once.
    void nothing_that_is_asked_for_often_reads_what_was_ever_sent() {
        TempStore store;
        std::vector<std::string> sqls = OutboxRepository::countSqls();
        for (const auto& states : std::vector<std::vector<OutboxState>>{
                 {Queued, Held}, {Held}, {Claimed, Sending}, {Unknown}, {Refused}, {Queued, Unknown}}) {
            for (const std::string& sql : OutboxRepository::listSqls(states))
                sqls.push_back(sql);
        }
        sqls.push_back(OutboxRepository::settledSql());
        for (const std::string& sql : sqls) {
            for (const std::string& step : store.read([&](ReadContext& r) { return r.db.plan(sql); })) {
                const auto line = QString::fromStdString(step);
                QVERIFY2(!line.contains(QStringLiteral("TEMP B-TREE")), step.c_str());
                QVERIFY2(!line.startsWith(QStringLiteral("SCAN")) || line.contains(QStringLiteral("INDEX outbox_")),
                         step.c_str());
            }
        }
    }
};

OUTRIDER_TEST(OutboxRepositoryTest)
#include "outbox_repository_test.moc"
