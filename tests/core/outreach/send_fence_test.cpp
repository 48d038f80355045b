// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/send_fence.h"

#include "core/outreach/sender.h"
#include "core/outreach/task_flow.h"
#include "core/store/backup.h"
#include "core/store/content_hash.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "support/builders.h"
#include "support/fake_mail_transport.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;

namespace {

const Surroundings utc;

QString qt(const std::string& path) { return QString::fromStdString(path); }

std::string hash(Store& store) {
    return wait(store.read([](ReadContext& r) -> Result<std::string> { return contentHash(r); })).value_or("unreadable");
}

// One file opened by the program on this computer.
struct Opened {
    Opened(const std::string& path, const std::string& record, const Clock& clock, Random& random) {
        auto result = Store::open({.path = path, .workerMode = WorkerMode::Inline}, testKey(), clock, random);
        if (!result)
            qFatal("it does not open: %s", result.error().detail.c_str());
        store = std::move(*result);
        watched = wait(store->writeSilently([&](WriteContext& w) -> Result<FenceReason> {
            OutboxRepository(w.db).recover(w, SendFence::begun(w.db, record, path));
            return store->fence().watch(w.db, w.now, random, record, path);
        }));
    }

    Sender::Report send(FakeMailTransport& server, MailboxId mailbox) {
        Progress progress;
        return Sender(*store, [] { return utc; }).run(mailbox, server, 1000, progress);
    }
    OutboxItem item(OutboxId id) {
        return *wait(store->read([id](ReadContext& r) -> Result<OutboxItem> { return *OutboxRepository(r.db).find(id); }));
    }
    FenceReason raised() {
        return *wait(store->read([](ReadContext& r) -> Result<FenceReason> { return SendFence::raised(r.db); }));
    }
    void release(OutboxId id) {
        (void)wait(store->writeSilently([id](WriteContext& w) -> Result<> {
            SendFence::pass(w.db, id);
            OutboxRepository(w.db).move(w, id, OutboxState::Queued, WaitReason::None, w.now);
            return {};
        }));
    }
    void lower(Random& random) {
        (void)wait(store->writeSilently([&](WriteContext& w) -> Result<> {
            SendFence::lower(w.db, w.now, random);
            return {};
        }));
        (void)wait(store->read([this](ReadContext& r) -> Result<> { return store->fence().lowered(r.db); }));
    }

    std::unique_ptr<Store> store;
    Result<FenceReason> watched;
};

// A workspace with three leads whose first e-mail waits, its undo window over; closed.
struct World {
    World() {
        store.write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example", .displayName = "Mara Lindqvist", .dailyLimit = 1000};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            const StrategyVersion version = addStrategy(w, "Dock delays");
            for (int i = 0; i < 3; ++i) {
                const LeadId lead =
                    addLead(w, makeLead("Lead", std::to_string(i), "lead" + std::to_string(i) + "@company.example"));
                const Strategy strategy = *StrategyRepository(w.db).find(version.strategy);
                if (!StrategyFlow(w, utc).enrol(lead, strategy, version, {}))
                    qFatal("a lead cannot be enrolled");
                const auto outcome = TaskFlow(w, utc, store.random).complete(TaskRepository(w.db).openOf(lead).at(0).id, {});
                if (!outcome)
                    qFatal("a task cannot be completed: %s", outcome.error().detail.c_str());
                items.push_back(outcome->outbox);
            }
        });
        store.clock.advance(std::chrono::seconds(11));
        store.close();
    }

    Opened open() { return {store.path(), record(), store.clock, store.random}; }
    Opened open(const std::string& path) { return {path, record(), store.clock, store.random}; }
    Opened open(const std::string& path, const std::string& recordPath) { return {path, recordPath, store.clock, store.random}; }
    std::string record() const { return store.dir.filePath(QStringLiteral("computer/w.fence")).toStdString(); }
    std::string path(const char* name) const { return store.dir.filePath(QString::fromUtf8(name)).toStdString(); }

    TempStore store;
    FakeMailTransport server;
    MailboxId mailbox;
    std::vector<OutboxId> items;
};

} // namespace

class SendFenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_file_that_sent_last_goes_on_sending() {
        World world;
        for (int i = 0; i < 3; ++i) {
            Opened opened = world.open();
            QVERIFY(opened.watched && *opened.watched == FenceReason::None);
            Progress progress;
            Sender(*opened.store, [] { return utc; }).run(world.mailbox, world.server, 1, progress);
        }
        QCOMPARE(world.server.accepted.size(), std::size_t(3));
    }

    // T3: the backup is of before the send; restored after it, it would send everything once more.
    void restored_after_the_original_sent_nothing_leaves_twice() {
        World world;
        Progress progress;
        {
            Opened original = world.open();
            VERIFY_OK(writeBackup(*original.store, world.path("backup.outrider"), BackupKind::Daily, progress));
            QCOMPARE(original.send(world.server, world.mailbox).sent, 3);
        }
        VERIFY_OK(restoreBackup(world.path("backup.outrider"), world.path("restored.outrider"), testKey(), world.store.random,
                                progress));
        Opened restored = world.open(world.path("restored.outrider"));
        QVERIFY(restored.raised() == FenceReason::Restored);
        for (int day = 0; day < 5; ++day) {
            QCOMPARE(restored.send(world.server, world.mailbox).sent, 0);
            world.store.clock.advance(std::chrono::hours(24));
        }
        QCOMPARE(world.server.accepted.size(), std::size_t(3)); // the original's
        for (const OutboxId id : world.items) {
            QVERIFY(restored.item(id).state == OutboxState::Held);
            QVERIFY(restored.item(id).waitReason == WaitReason::SendFence);
        }
        // And over a restart.
        restored.store.reset();
        Opened again = world.open(world.path("restored.outrider"));
        QVERIFY(again.raised() == FenceReason::Restored);
        QCOMPARE(again.send(world.server, world.mailbox).sent, 0);
    }

    void holding_does_not_change_the_content() {
        World world;
        Progress progress;
        std::string before;
        {
            Opened original = world.open();
            before = hash(*original.store);
            VERIFY_OK(writeBackup(*original.store, world.path("backup.outrider"), BackupKind::Daily, progress));
        }
        VERIFY_OK(restoreBackup(world.path("backup.outrider"), world.path("restored.outrider"), testKey(), world.store.random,
                                progress));
        Opened restored = world.open(world.path("restored.outrider"));
        QVERIFY(restored.item(world.items[0]).state == OutboxState::Held);
        QCOMPARE(hash(*restored.store), before);
    }

    void what_the_person_releases_leaves_and_nothing_else() {
        World world;
        Progress progress;
        { VERIFY_OK(writeBackup(*world.open().store, world.path("backup.outrider"), BackupKind::Daily, progress)); }
        VERIFY_OK(restoreBackup(world.path("backup.outrider"), world.path("restored.outrider"), testKey(), world.store.random,
                                progress));
        Opened restored = world.open(world.path("restored.outrider"));
        restored.release(world.items[1]);
        QCOMPARE(restored.send(world.server, world.mailbox).sent, 1);
        QCOMPARE(world.server.accepted[0].recipient, std::string("lead1@company.example"));
        QVERIFY(restored.item(world.items[0]).waitReason == WaitReason::SendFence);
        restored.lower(world.store.random);
        QCOMPARE(restored.send(world.server, world.mailbox).sent, 2);
        restored.store.reset();
        QVERIFY(world.open(world.path("restored.outrider")).raised() == FenceReason::None);
    }

    void what_is_queued_while_the_fence_is_up_waits_too() {
        World world;
        Opened opened = world.open();
        (void)wait(opened.store->writeSilently([](WriteContext& w) -> Result<> {
            SendFence::raise(w.db, FenceReason::Copy);
            w.db.run("UPDATE outbox SET state = 0, wait_reason = 0"); // as if queued afterwards
            return {};
        }));
        QCOMPARE(opened.send(world.server, world.mailbox).sent, 0);
        for (const OutboxId id : world.items)
            QVERIFY(opened.item(id).state == OutboxState::Held && opened.item(id).waitReason == WaitReason::SendFence);
    }

    void a_copy_elsewhere_on_this_computer_sends_nothing_and_the_original_still_does() {
        World world;
        { world.open(); }
        QVERIFY(QFile::copy(qt(world.store.path()), qt(world.path("copy.outrider"))));
        {
            Opened copy = world.open(world.path("copy.outrider"));
            QVERIFY(copy.raised() == FenceReason::Copy);
            QCOMPARE(copy.send(world.server, world.mailbox).sent, 0);
        }
        Opened original = world.open();
        QVERIFY(original.raised() == FenceReason::None);
        QCOMPARE(original.send(world.server, world.mailbox).sent, 3);
    }

    void of_two_copies_the_one_released_last_is_the_one_that_sends() {
        World world;
        { world.open(); }
        QVERIFY(QFile::copy(qt(world.store.path()), qt(world.path("copy.outrider"))));
        { world.open(world.path("copy.outrider")).lower(world.store.random); }
        QVERIFY(world.open(world.path("copy.outrider")).raised() == FenceReason::None);
        Opened original = world.open();
        QVERIFY(original.raised() == FenceReason::Copy);
        QCOMPARE(original.send(world.server, world.mailbox).sent, 0);
    }

    void another_computer_that_knows_nothing_of_it_sends_nothing() {
        World world;
        { world.open(); }
        Opened elsewhere = world.open(world.store.path(), world.path("other/w.fence"));
        QVERIFY(elsewhere.raised() == FenceReason::Copy);
        QCOMPARE(elsewhere.send(world.server, world.mailbox).sent, 0);
    }

    void a_record_of_another_computer_is_none() {
        World world;
        { world.open(); }
        QFile file(qt(world.record()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QList<QByteArray> parts = file.readAll().split(' ');
        file.close();
        parts[3] = QByteArray(32, '0');
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(parts.join(' ')) > 0);
        file.close();
        QVERIFY(world.open().raised() == FenceReason::Copy);
    }

    // The folder with the record put back as well, as a backup of the whole home would: another file now.
    void a_record_that_was_put_back_itself_is_none() {
        World world;
        { world.open(); }
        const QString record = qt(world.record());
        QVERIFY(QFile::copy(record, record + QStringLiteral(".old")));
        QVERIFY(QFile::remove(record));
        QVERIFY(QFile::copy(record + QStringLiteral(".old"), record));
        QVERIFY(world.open().raised() == FenceReason::Copy);
    }

    void an_older_state_in_the_same_place_sends_nothing() {
        World world;
        { world.open(); }
        QVERIFY(QFile::copy(qt(world.store.path()), qt(world.path("yesterday"))));
        { QCOMPARE(world.open().send(world.server, world.mailbox).sent, 3); }
        for (const char* suffix : {"", "-wal", "-shm"})
            QFile::remove(qt(world.store.path() + suffix));
        QVERIFY(QFile::copy(qt(world.path("yesterday")), qt(world.store.path())));
        Opened back = world.open();
        QVERIFY(back.raised() == FenceReason::Copy);
        QCOMPARE(back.send(world.server, world.mailbox).sent, 0);
        QCOMPARE(world.server.accepted.size(), std::size_t(3));
    }

    // Every single send is counted: a copy made in the middle of a run is as old as one from yesterday.
    void a_copy_from_between_two_sends_is_told_apart() {
        World world;
        {
            Opened opened = world.open();
            Progress progress;
            Sender sender(*opened.store, [] { return utc; });
            QCOMPARE(sender.run(world.mailbox, world.server, 1, progress).sent, 1);
            for (const char* suffix : {"", "-wal"}) // nobody writes just now
                QVERIFY(QFile::copy(qt(world.store.path() + suffix), qt(world.path("between") + suffix)));
            QCOMPARE(sender.run(world.mailbox, world.server, 1, progress).sent, 1);
        }
        for (const char* suffix : {"", "-wal", "-shm"})
            QFile::remove(qt(world.store.path() + suffix));
        for (const char* suffix : {"", "-wal"})
            QVERIFY(QFile::copy(qt(world.path("between") + suffix), qt(world.store.path() + suffix)));
        QVERIFY(world.open().raised() == FenceReason::Copy);
    }

    void a_clock_set_back_behind_what_left_holds_everything() {
        World world;
        {
            Opened opened = world.open();
            Progress progress;
            Sender(*opened.store, [] { return utc; }).run(world.mailbox, world.server, 1, progress);
        }
        world.store.clock.advance(-std::chrono::minutes(4)); // a time server's correction
        { QVERIFY(world.open().raised() == FenceReason::None); }
        world.store.clock.advance(-std::chrono::hours(24));
        {
            Opened opened = world.open();
            QVERIFY(opened.raised() == FenceReason::ClockBack);
            world.store.clock.advance(std::chrono::hours(49)); // also when it comes right again; Friday, 09:00
            QCOMPARE(opened.send(world.server, world.mailbox).sent, 0);
            opened.lower(world.store.random);
            QCOMPARE(opened.send(world.server, world.mailbox).sent, 2);
        }
    }

    void set_back_while_the_program_runs_it_is_noticed_before_the_next_send() {
        World world;
        Opened opened = world.open();
        Progress progress;
        Sender sender(*opened.store, [] { return utc; });
        QCOMPARE(sender.run(world.mailbox, world.server, 1, progress).sent, 1);
        world.store.clock.advance(-std::chrono::hours(2));
        QCOMPARE(sender.run(world.mailbox, world.server, 1000, progress).sent, 0);
        QVERIFY(opened.raised() == FenceReason::ClockBack);
        world.store.clock.advance(std::chrono::hours(3));
        QCOMPARE(sender.run(world.mailbox, world.server, 1000, progress).sent, 0);
    }

    void a_record_that_cannot_be_written_keeps_messages_from_leaving() {
        World world;
        { world.open(); }
        Opened opened = world.open();
        QVERIFY(*opened.watched == FenceReason::None);
        // A directory where the record should be: it can be neither opened nor replaced.
        QVERIFY(QFile::remove(qt(world.record())));
        QVERIFY(QDir().mkpath(qt(world.record())));
        QCOMPARE(opened.send(world.server, world.mailbox).sent, 0);
        QVERIFY(world.server.accepted.empty());
        QVERIFY(opened.item(world.items[0]).state == OutboxState::Queued);
    }

    // Killed between the two: the file is ahead of its record, which is no other file.
    void a_crash_between_file_and_record_is_no_alarm() {
        World world;
        {
            Opened opened = world.open();
            (void)wait(opened.store->writeSilently(
                [&](WriteContext& w) -> Result<std::int64_t> { return opened.store->fence().count(w.db, w.now); }));
        }
        QVERIFY(world.open().raised() == FenceReason::None);
    }

    // Three recorded as being sent together, killed before the first byte of the third: the record knows how far it came,
    // while the computer runs on. After a restart of the computer what it says proves nothing.
    void after_a_crash_only_what_had_begun_is_in_doubt_data() {
        QTest::addColumn<bool>("sameBoot");
        QTest::newRow("the computer ran on") << true;
        QTest::newRow("the computer was started again") << false;
    }

    void after_a_crash_only_what_had_begun_is_in_doubt() {
        QFETCH(bool, sameBoot);
        if (QSysInfo::bootUniqueId().isEmpty())
            sameBoot = false; // a system that does not tell
        World world;
        {
            Opened opened = world.open();
            const auto first = wait(opened.store->writeSilently([&](WriteContext& w) -> Result<std::int64_t> {
                OutboxRepository outbox(w.db);
                const auto number = opened.store->fence().count(w.db, w.now, 3);
                for (std::size_t i = 0; i < 3; ++i) {
                    outbox.claim(w, *outbox.find(world.items[i]));
                    outbox.beginSending(w, world.items[i], number + std::int64_t(i));
                }
                if (!sameBoot)
                    w.db.run("UPDATE send_fence SET boot = 'another'");
                return number;
            }));
            VERIFY_OK(opened.store->fence().follow(*first));
            VERIFY_OK(opened.store->fence().follow(*first + 1));
        }
        Opened opened = world.open();
        QVERIFY(opened.raised() == FenceReason::None);
        QVERIFY(opened.item(world.items[0]).state == OutboxState::Unknown);
        QVERIFY(opened.item(world.items[1]).state == OutboxState::Unknown);
        QVERIFY(opened.item(world.items[2]).state == (sameBoot ? OutboxState::Queued : OutboxState::Unknown));
        QCOMPARE(opened.item(world.items[2]).attempts, sameBoot ? 0 : 1);
        QCOMPARE(opened.send(world.server, world.mailbox).sent, sameBoot ? 1 : 0);
    }

    // While the fence is up the record is not followed, though it may look like this file's: a message the person released
    // alone is in doubt after a crash, whatever the record says.
    void what_left_while_the_fence_was_up_is_in_doubt_after_a_crash() {
        World world;
        {
            Opened opened = world.open();
            Progress progress;
            Sender(*opened.store, [] { return utc; }).run(world.mailbox, world.server, 1, progress);
        }
        world.store.clock.advance(-std::chrono::hours(3));
        QVERIFY(world.open().raised() == FenceReason::ClockBack);
        world.store.clock.advance(std::chrono::hours(3));
        {
            Opened opened = world.open();
            QVERIFY(opened.raised() == FenceReason::ClockBack);
            opened.release(world.items[1]);
            const auto number = wait(opened.store->writeSilently([&](WriteContext& w) -> Result<std::int64_t> {
                OutboxRepository outbox(w.db);
                outbox.claim(w, *outbox.find(world.items[1]));
                const auto first = opened.store->fence().count(w.db, w.now);
                outbox.beginSending(w, world.items[1], first);
                return first;
            }));
            VERIFY_OK(opened.store->fence().follow(*number));
        }
        QVERIFY(world.open().item(world.items[1]).state == OutboxState::Unknown);
    }

    // A copy has another place: its record, if it has one at all, says nothing of what had begun in it.
    void a_copy_made_in_the_middle_of_sending_is_in_doubt_of_all_of_it() {
        World world;
        {
            Opened opened = world.open();
            (void)wait(opened.store->writeSilently([&](WriteContext& w) -> Result<> {
                OutboxRepository outbox(w.db);
                const auto number = opened.store->fence().count(w.db, w.now, 3);
                for (std::size_t i = 0; i < 3; ++i) {
                    outbox.claim(w, *outbox.find(world.items[i]));
                    outbox.beginSending(w, world.items[i], number + std::int64_t(i));
                }
                return {};
            }));
        }
        QVERIFY(QFile::copy(qt(world.store.path()), qt(world.path("copy.outrider"))));
        Opened copy = world.open(world.path("copy.outrider"));
        for (const OutboxId id : world.items)
            QVERIFY(copy.item(id).state == OutboxState::Unknown);
        for (int day = 0; day < 5; ++day) {
            QCOMPARE(copy.send(world.server, world.mailbox).sent, 0);
            world.store.clock.advance(std::chrono::hours(24));
        }
    }

    void without_a_record_nothing_is_compared() {
        World world;
        auto opened = Store::open({.path = world.store.path(), .workerMode = WorkerMode::Inline}, testKey(), world.store.clock,
                                  world.store.random);
        VERIFY_OK(opened);
        Progress progress;
        QCOMPARE(Sender(**opened, [] { return utc; }).run(world.mailbox, world.server, 10, progress).sent, 3);
    }
};

OUTRIDER_TEST(SendFenceTest)
#include "send_fence_test.moc"
