// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/conversation_repository.h"

#include "core/store/doctor.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <set>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

using std::chrono::hours;
using std::chrono::minutes;

Message mail(LeadId lead, Direction direction, Instant at, MessageClass messageClass = MessageClass::Reply) {
    return {.lead = lead,
            .direction = direction,
            .messageClass = direction == Direction::Outbound ? MessageClass::Own : messageClass,
            .text = "Words.",
            .at = at,
            .handled = direction == Direction::Outbound};
}

MessageId add(WriteContext& w, Message message) {
    MessageRepository(w.db).insert(w, message);
    return message.id;
}

LeadId lead(WriteContext& w, const char* first) { return addLead(w, makeLead(first, "Lee")); }

std::vector<LeadId> leadsOf(const ConversationPage& page) {
    std::vector<LeadId> leads;
    for (const Conversation& one : page.rows)
        leads.push_back(one.lead);
    return leads;
}

} // namespace

class ConversationRepositoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TempStore> m_store;

    ConversationPage list(ConversationTab tab, const std::optional<ConversationKey>& after = {}, int limit = 100) {
        return m_store->read(
            [&](ReadContext& r) { return ConversationRepository(r.db).list(tab, m_store->clock.now(), after, limit); });
    }
    ConversationCounts counts() {
        return m_store->read([&](ReadContext& r) { return ConversationRepository(r.db).counts(m_store->clock.now()); });
    }
    std::vector<std::string> wrong() {
        return m_store->read([](ReadContext& r) { return ConversationRepository(r.db).examine(); });
    }

private Q_SLOTS:
    void init() { m_store = std::make_unique<TempStore>(); }
    void cleanup() { QVERIFY2(wrong().empty(), wrong().empty() ? "" : wrong().front().c_str()); }

    void a_reply_is_to_answer_and_after_an_answer_theirs_is_awaited() {
        LeadId ann;
        m_store->write([&](WriteContext& w) {
            ann = lead(w, "Ann");
            add(w, mail(ann, Direction::Outbound, testNow() - hours(3)));
        });
        QVERIFY(list(ConversationTab::ToAnswer).rows.empty()); // who never wrote is no conversation
        QVERIFY(list(ConversationTab::Waiting).rows.empty());
        MessageId reply;
        m_store->write([&](WriteContext& w) { reply = add(w, mail(ann, Direction::Inbound, testNow() - hours(2))); });
        const auto page = list(ConversationTab::ToAnswer);
        QCOMPARE(page.rows.size(), std::size_t(1));
        QVERIFY(page.rows[0].last.id == reply);
        QCOMPARE(page.rows[0].leadName, std::string("Ann Lee"));
        QCOMPARE(page.rows[0].unread, 1);
        m_store->write([&](WriteContext& w) {
            add(w, mail(ann, Direction::Outbound, testNow() - hours(1)));
            MessageRepository(w.db).setHandled(w, reply, true);
        });
        QVERIFY(list(ConversationTab::ToAnswer).rows.empty());
        QCOMPARE(list(ConversationTab::Waiting).rows.size(), std::size_t(1));
        m_store->write([&](WriteContext& w) { ConversationRepository(w.db).setClosed(w, ann, testNow()); });
        QVERIFY(list(ConversationTab::Waiting).rows.empty());
        QCOMPARE(list(ConversationTab::Done).rows.size(), std::size_t(1));
    }

    void an_answer_that_was_dropped_is_no_last_word() {
        m_store->write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example"};
            MailboxRepository(w.db).insert(w, box);
            const LeadId ann = lead(w, "Ann");
            const MessageId reply = add(w, mail(ann, Direction::Inbound, testNow() - hours(2)));
            MessageRepository(w.db).setHandled(w, reply, true);
            OutboxItem item{.lead = ann,
                            .mailbox = box.id,
                            .message = add(w, mail(ann, Direction::Outbound, testNow())),
                            .recipient = "ann@company.example",
                            .recipientKey = "ann@company.example",
                            .messageIdHeader = "1@harborline.example",
                            .idempotencyKey = "1@harborline.example",
                            .state = OutboxState::Held,
                            .earliestAt = testNow()};
            OutboxRepository(w.db).insert(w, item);
            OutboxRepository(w.db).move(w, item.id, OutboxState::Dropped);
        });
        QVERIFY(list(ConversationTab::Waiting).rows.empty());
        QCOMPARE(list(ConversationTab::Done).rows.size(), std::size_t(1));
    }

    void what_is_snoozed_comes_back_at_its_moment_or_when_they_write_again() {
        LeadId ann, ben;
        m_store->write([&](WriteContext& w) {
            ann = lead(w, "Ann");
            ben = lead(w, "Ben");
            for (const LeadId one : {ann, ben}) {
                add(w, mail(one, Direction::Inbound, testNow() - hours(1)));
                ConversationRepository(w.db).setSnoozed(w, one, testNow() + hours(one == ann ? 5 : 2));
                ConversationRepository(w.db).setVerdict(w, one, Verdict::Interested);
            }
        });
        QCOMPARE(counts().toAnswer, 0);
        QCOMPARE(counts().snoozed, 2);
        QVERIFY(counts().nextBackAt == testNow() + hours(2));
        QVERIFY((leadsOf(list(ConversationTab::Snoozed)) == std::vector<LeadId>{ben, ann})); // by when they come back
        m_store->write([&](WriteContext& w) { add(w, mail(ann, Direction::Inbound, testNow())); });
        QVERIFY((leadsOf(list(ConversationTab::ToAnswer)) == std::vector<LeadId>{ann}));
        QVERIFY(list(ConversationTab::ToAnswer).rows[0].verdict == Verdict::None); // of what they wrote before
        m_store->clock.advance(hours(2));
        QVERIFY((leadsOf(list(ConversationTab::ToAnswer)) == std::vector<LeadId>{ann, ben}));
        QCOMPARE(counts().snoozed, 0);
        QVERIFY(list(ConversationTab::ToAnswer).rows[1].snoozedUntil.has_value());
    }

    void pages_show_every_conversation_once_also_those_of_one_moment() {
        m_store->write([&](WriteContext& w) {
            for (int i = 0; i < 25; ++i)
                add(w, mail(lead(w, "Ann"), Direction::Inbound, testNow() - minutes(i / 7)));
        });
        std::set<LeadId> seen;
        std::optional<ConversationKey> after;
        int pages = 0;
        do {
            const auto page = list(ConversationTab::ToAnswer, after, 4);
            for (const LeadId one : leadsOf(page))
                QVERIFY(seen.insert(one).second);
            after = page.next;
            ++pages;
        } while (after && pages < 20);
        QCOMPARE(seen.size(), std::size_t(25));
    }

    void what_was_seen_is_read_until_the_next_one_comes() {
        LeadId ann;
        m_store->write([&](WriteContext& w) {
            ann = lead(w, "Ann");
            add(w, mail(ann, Direction::Inbound, testNow() - hours(2)));
            add(w, mail(ann, Direction::Inbound, testNow() - hours(1)));
            add(w, mail(ann, Direction::Inbound, testNow(), MessageClass::AutoReply)); // nobody wrote that
        });
        QCOMPARE(counts().unread, 2);
        m_store->write([&](WriteContext& w) { ConversationRepository(w.db).setRead(ann, true); });
        QCOMPARE(counts().unread, 0);
        QCOMPARE(counts().toAnswer, 1);
        m_store->write([&](WriteContext& w) { add(w, mail(ann, Direction::Inbound, testNow() + minutes(1))); });
        QCOMPARE(counts().unread, 1);
        m_store->write([&](WriteContext& w) { ConversationRepository(w.db).setRead(ann, true); });
        m_store->write([&](WriteContext& w) { ConversationRepository(w.db).setRead(ann, false); });
        QCOMPARE(counts().unread, 1);
    }

    void a_mail_that_is_given_to_another_lead_moves_both() {
        LeadId ann, ben;
        MessageId reply;
        m_store->write([&](WriteContext& w) {
            ann = lead(w, "Ann");
            ben = lead(w, "Ben");
            reply = add(w, mail(ann, Direction::Inbound, testNow()));
        });
        m_store->write([&](WriteContext& w) { MessageRepository(w.db).setLead(w, reply, ben); });
        QVERIFY((leadsOf(list(ConversationTab::ToAnswer)) == std::vector<LeadId>{ben}));
    }

    void a_row_that_is_wrong_is_found_and_put_right() {
        m_store->write([&](WriteContext& w) {
            const LeadId ann = lead(w, "Ann");
            add(w, mail(ann, Direction::Inbound, testNow()));
            w.db.run("UPDATE conversation_row SET waiting = 7 WHERE lead_id = ?1", ann);
        });
        const auto found = wrong();
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found[0].starts_with("conversations: "));
        m_store->write([&](WriteContext& w) { (void)repair(w.db, found); });
        QVERIFY(wrong().empty());
    }

    void no_list_of_the_inbox_sorts_or_scans() {
        for (const std::string& sql : ConversationRepository::statements()) {
            for (const std::string& step : m_store->read([&](ReadContext& r) { return r.db.plan(sql); })) {
                const auto line = QString::fromStdString(step);
                const bool inner = line.contains(QStringLiteral("SCAN (subquery")); // of what was already bounded
                QVERIFY2(inner || !line.startsWith(QStringLiteral("SCAN")), (sql + "\n" + step).c_str());
                QVERIFY2(!line.contains(QStringLiteral("TEMP B-TREE")), (sql + "\n" + step).c_str());
            }
        }
    }
};

OUTRIDER_TEST(ConversationRepositoryTest)
#include "conversation_repository_test.moc"
