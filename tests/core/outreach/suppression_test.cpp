// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/sender.h"
#include "core/outreach/simulation.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/builders.h"
#include "support/fake_mail_transport.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;

// Suppression holds at each of the three gates by itself: what was let through by one, because the entry came later, stops
// at the next.

namespace {

const Surroundings utc;

struct World {
    World() {
        store.write([&](WriteContext& w) {
            Mailbox box{.kind = MailboxKind::Mail, .address = "mara@harborline.example", .holdSeconds = 0};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            version = addStrategy(w, "Dock delays");
            lead = addLead(w, makeLead("Tobias", "Rühl", "tobias@mail.nordwind.example"));
        });
    }

    Result<EnrolmentId> enrol() {
        return wait(store->write({.name = "strategy.enrol"}, [&](WriteContext& w) -> Result<EnrolmentId> {
            return StrategyFlow(w, utc).enrol(lead, *StrategyRepository(w.db).find(version.strategy), version, {});
        }));
    }
    Result<TaskOutcome> send() {
        return wait(store->write({.name = "task.done"}, [&](WriteContext& w) -> Result<TaskOutcome> {
            return TaskFlow(w, utc, store.random).complete(TaskRepository(w.db).openOf(lead).at(0).id, {});
        }));
    }

    void suppress(const char* how) {
        const auto done = wait(store->writeSilently([&](WriteContext& w) -> Result<> {
            SuppressionRepository all(w.db);
            const std::string_view what = how;
            if (what == "address")
                all.add(w, SuppressionKind::Email, "tobias@mail.nordwind.example", SuppressionReason::OptOut, {});
            else if (what == "domain")
                all.add(w, SuppressionKind::Domain, "mail.nordwind.example", SuppressionReason::Manual, {});
            else if (what == "domain above")
                all.add(w, SuppressionKind::Domain, "nordwind.example", SuppressionReason::Manual, {});
            else
                all.seal(w, SuppressionKind::Email, "tobias@mail.nordwind.example", SuppressionReason::OptOut, store.random);
            return {};
        }));
        if (!done)
            qFatal("not suppressed");
    }

    TempStore store;
    FakeMailTransport server;
    MailboxId mailbox;
    StrategyVersion version;
    LeadId lead;
};

} // namespace

class SuppressionTest : public QObject {
    Q_OBJECT

private:
    static void entries() {
        QTest::addColumn<QString>("how");
        for (const char* how : {"address", "domain", "domain above", "fingerprint"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }

private Q_SLOTS:
    void who_is_suppressed_cannot_be_enrolled_data() { entries(); }
    void who_is_suppressed_cannot_be_enrolled() {
        QFETCH(QString, how);
        World world;
        world.suppress(qPrintable(how));
        VERIFY_ERROR(world.enrol(), ErrorCode::LeadSuppressed);
    }

    void nothing_is_written_to_who_was_suppressed_since_data() { entries(); }
    void nothing_is_written_to_who_was_suppressed_since() {
        QFETCH(QString, how);
        World world;
        VERIFY_OK(world.enrol());
        world.suppress(qPrintable(how));
        VERIFY_ERROR(world.send(), ErrorCode::LeadSuppressed);
        QCOMPARE(world.store.read([&](ReadContext& r) { return OutboxRepository(r.db).countWaiting(world.mailbox); }), 0);
    }

    void what_waits_does_not_leave_to_who_was_suppressed_since_data() { entries(); }
    void what_waits_does_not_leave_to_who_was_suppressed_since() {
        QFETCH(QString, how);
        World world;
        VERIFY_OK(world.enrol());
        VERIFY_OK(world.send());
        world.suppress(qPrintable(how));
        const auto report = Sender(*world.store, [] { return utc; }).run(world.mailbox, world.server, 10, Progress());
        QCOMPARE(report.sent, 0);
        QCOMPARE(report.dropped, 1);
    }
};

OUTRIDER_TEST(SuppressionTest)
#include "suppression_test.moc"
