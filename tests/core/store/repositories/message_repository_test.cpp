// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/message_repository.h"

#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

class MessageRepositoryTest : public QObject {
    Q_OBJECT

    static MessageId receive(WriteContext& w, LeadId lead, MessageClass messageClass, const std::string& effect = {},
                             Instant at = testNow(), bool handled = true) {
        Message message{
            .lead = lead, .direction = Direction::Inbound, .messageClass = messageClass, .at = at, .handled = handled};
        MessageRepository(w.db).insert(w, message);
        Activity activity{.lead = lead, .at = at, .kind = ActivityKind::Bounce, .message = message.id, .text = effect};
        ActivityRepository(w.db).append(w, activity);
        return message.id;
    }

private Q_SLOTS:
    void what_an_automatic_mail_did_is_listed_with_it() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId gone = addLead(w, makeLead("Gone", "Away", "gone@company.example"));
            const LeadId full = addLead(w, makeLead("Full", "Box", "full@company.example"));
            receive(w, gone, MessageClass::Bounce, "550 5.1.1 no such user");
            receive(w, full, MessageClass::Bounce, "452 4.2.2 mailbox full", testNow() + std::chrono::minutes(1));
            receive(w, full, MessageClass::AutoReply, "2026-11-30");
            receive(w, full, MessageClass::Reply, "not for the list");
            SuppressionRepository(w.db).add(w, SuppressionKind::Email, "gone@company.example", SuppressionReason::HardBounce,
                                            "bounce");
        });
        const auto list = [&](MessageClass messageClass) {
            return store.read([&](ReadContext& r) { return MessageRepository(r.db).inbox(messageClass, true, 10); });
        };
        const auto bounces = list(MessageClass::Bounce);
        QCOMPARE(bounces.size(), std::size_t(2));
        QCOMPARE(bounces[0].leadName, std::string("Full Box")); // the youngest
        QCOMPARE(bounces[0].effect, std::string("452 4.2.2 mailbox full"));
        QVERIFY(!bounces[0].suppressed);
        QCOMPARE(bounces[1].effect, std::string("550 5.1.1 no such user"));
        QVERIFY(bounces[1].suppressed);
        QCOMPARE(list(MessageClass::AutoReply).at(0).effect, std::string("2026-11-30"));
        QVERIFY(list(MessageClass::Reply).at(0).effect.empty());
    }

    void the_last_reply_is_known_whether_handled_or_not() {
        TempStore store;
        QVERIFY(!store.read([](ReadContext& r) { return MessageRepository(r.db).lastInbound(MessageClass::Reply); }));
        const auto later = testNow() + std::chrono::minutes(5);
        store.write([&](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("A", "B"));
            receive(w, lead, MessageClass::Reply, {}, later, true);
            receive(w, lead, MessageClass::Reply, {}, testNow(), false);
            receive(w, lead, MessageClass::Bounce, {}, later + std::chrono::minutes(1));
        });
        QVERIFY(store.read([](ReadContext& r) { return MessageRepository(r.db).lastInbound(MessageClass::Reply); }) == later);
    }

    void the_inbox_sorts_nothing_and_scans_nothing() {
        TempStore store;
        for (const bool handled : {false, true}) {
            for (const std::string& step :
                 store.read([&](ReadContext& r) { return r.db.plan(MessageRepository::inboxSql(handled)); })) {
                const auto line = QString::fromStdString(step);
                QVERIFY2(!line.startsWith(QStringLiteral("SCAN m")), step.c_str());
                QVERIFY2(!line.contains(QStringLiteral("SCAN a")) && !line.contains(QStringLiteral("SCAN s")), step.c_str());
                QVERIFY2(!line.contains(QStringLiteral("TEMP B-TREE")), step.c_str());
            }
        }
    }
};

OUTRIDER_TEST(MessageRepositoryTest)
#include "message_repository_test.moc"
