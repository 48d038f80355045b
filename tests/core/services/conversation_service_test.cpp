// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/conversation_service.h"

#include "core/services/inbox_service.h"
#include "core/services/queue_service.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/conversation_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/task_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::test;

namespace {

using std::chrono::hours;

// Tobias has answered an e-mail of Mara's.
struct Inbox {
    Inbox() {
        desk.write([&](WriteContext& w) {
            Mailbox first{.address = "first@harborline.example", .displayName = "Mara"};
            MailboxRepository(w.db).insert(w, first);
            Mailbox box{.address = "mara@harborline.example", .displayName = "Mara"};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            Lead one = makeLead("Tobias", "Rühl", "t.ruehl@ostsee.example");
            Company company{.domain = "ostsee.example", .name = "Ostsee Kühlhaus"};
            one.company = CompanyRepository(w.db).findOrCreate(w, company);
            one.companyName = company.name;
            lead = addLead(w, one);
            Message sent{.lead = lead,
                         .mailbox = mailbox,
                         .direction = Direction::Outbound,
                         .messageClass = MessageClass::Own,
                         .messageIdHeader = "sent@harborline.example",
                         .subject = "Slots",
                         .at = w.now - hours(3),
                         .handled = true};
            MessageRepository(w.db).insert(w, sent);
        });
        reply = receive("Das Thema passt.", MessageClass::Reply, lead);
    }

    MessageId receive(const std::string& text, MessageClass messageClass, LeadId of,
                      const std::string& from = "t.ruehl@ostsee.example") {
        MessageId id;
        desk.clock.advance(std::chrono::minutes(1));
        desk.write([&](WriteContext& w) {
            Message message{.lead = of,
                            .mailbox = mailbox,
                            .direction = Direction::Inbound,
                            .messageClass = messageClass,
                            .messageIdHeader = std::to_string(w.now.time_since_epoch().count()) + "@ostsee.example",
                            .inReplyTo = "sent@harborline.example",
                            .from = from,
                            .to = "mara@harborline.example",
                            .subject = "Re: Slots",
                            .text = text,
                            .raw = "From: Piet Jansen <" + from + ">\r\nSubject: Re: Slots\r\n\r\n" + text + "\r\n",
                            .at = w.now};
            MessageRepository(w.db).insert(w, message);
            id = message.id;
        });
        return id;
    }

    std::vector<Conversation> list(ConversationTab tab) {
        auto page = wait(service.list(tab, std::nullopt, 100));
        return page ? std::move(page->rows) : std::vector<Conversation>();
    }
    Lead leadNow() {
        return desk.read([&](ReadContext& r) { return *LeadRepository(r.db).find(lead); });
    }

    Desk desk;
    ConversationService service{*desk.context};
    MailboxId mailbox;
    LeadId lead;
    MessageId reply;
};

} // namespace

class ConversationServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void who_is_interested_still_waits_for_an_answer() {
        Inbox inbox;
        VERIFY_OK(wait(inbox.service.judge(inbox.lead, {.verdict = Verdict::Interested})));
        const auto rows = inbox.list(ConversationTab::ToAnswer);
        QCOMPARE(rows.size(), std::size_t(1));
        QVERIFY(rows[0].verdict == Verdict::Interested);
        QVERIFY(inbox.leadNow().status == statuses::replied);
    }

    void later_plans_a_task_for_the_day_that_was_said() {
        Inbox inbox;
        const std::string before = inbox.desk.hash();
        const Instant march = *parseIso8601("2027-03-01T09:00");
        VERIFY_OK(wait(inbox.service.judge(inbox.lead, {.verdict = Verdict::NotNow, .until = march})));
        const auto tasks = inbox.desk.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(inbox.lead); });
        QCOMPARE(tasks.size(), std::size_t(1));
        QVERIFY(tasks[0].dueAt == march);
        QVERIFY(inbox.leadNow().status == statuses::inProgress);
        QVERIFY(inbox.list(ConversationTab::ToAnswer).empty());
        QCOMPARE(inbox.list(ConversationTab::Done).size(), std::size_t(1));
        VERIFY_OK(inbox.desk.undo());
        QCOMPARE(inbox.desk.hash(), before);
        QCOMPARE(inbox.list(ConversationTab::ToAnswer).size(), std::size_t(1));
    }

    void later_than_now_is_said_of_the_past() {
        Inbox inbox;
        const auto judged =
            wait(inbox.service.judge(inbox.lead, {.verdict = Verdict::NotNow, .until = inbox.desk.clock.now() - hours(1)}));
        VERIFY_ERROR(judged, ErrorCode::InvalidArgument);
        QCOMPARE(inbox.list(ConversationTab::ToAnswer).size(), std::size_t(1));
    }

    void the_right_person_becomes_a_lead_of_the_same_company_and_goes_with_one_undo() {
        Inbox inbox;
        const auto count = inbox.desk.leadCount();
        const MessageId reply =
            inbox.receive("Dafür ist Piet Jansen (p.jansen@ostsee.example) zuständig.", MessageClass::Reply, inbox.lead);
        const auto named = wait(inbox.service.namedIn(reply));
        VERIFY_OK(named);
        QCOMPARE(named->email, std::string("p.jansen@ostsee.example"));
        QCOMPARE(named->name, std::string("Piet Jansen"));
        const auto added = wait(inbox.service.judge(inbox.lead, {.verdict = Verdict::WrongPerson, .rightOne = *named}));
        VERIFY_OK(added);
        const auto piet = inbox.desk.byEmail("p.jansen@ostsee.example");
        QVERIFY(piet && piet->id == *added);
        QVERIFY(piet->company == inbox.leadNow().company);
        QCOMPARE(piet->lastName, std::string("Jansen"));
        QVERIFY(inbox.leadNow().status == statuses::disqualified);
        QVERIFY(inbox.list(ConversationTab::ToAnswer).empty()); // both replies
        VERIFY_OK(inbox.desk.undo());
        QCOMPARE(inbox.desk.leadCount(), count);
        QCOMPARE(inbox.list(ConversationTab::ToAnswer).size(), std::size_t(1));
    }

    void names_and_addresses_are_found_in_what_people_write() {
        const auto named = [](const char* text) {
            const NamedPerson one = personNamedIn(text, {"me@ostsee.example"});
            return QString::fromStdString(one.name + "|" + one.email);
        };
        QCOMPARE(named("Bitte an Zoë Brandt <z.brandt@ostsee.example> wenden."),
                 QStringLiteral("Zoë Brandt|z.brandt@ostsee.example"));
        QCOMPARE(named("write to ops@ostsee.example."), QStringLiteral("|ops@ostsee.example"));
        QCOMPARE(named("me@ostsee.example\n\nAsk Ann: ann.lee@ostsee.example, thanks"),
                 QStringLiteral("Ask Ann|ann.lee@ostsee.example"));
        QCOMPARE(named("I am at me@ostsee.example"), QStringLiteral("|"));
        QCOMPARE(named("no @ here @ all"), QStringLiteral("|"));
    }

    void an_opt_out_suppresses_and_is_undone_as_one() {
        Inbox inbox;
        const std::string before = inbox.desk.hash();
        VERIFY_OK(wait(inbox.service.judge(inbox.lead, {.verdict = Verdict::OptOut})));
        QVERIFY(inbox.desk.isSuppressed("t.ruehl@ostsee.example"));
        QVERIFY(inbox.list(ConversationTab::ToAnswer).empty());
        VERIFY_OK(inbox.desk.undo());
        QVERIFY(!inbox.desk.isSuppressed("t.ruehl@ostsee.example"));
        QCOMPARE(inbox.desk.hash(), before);
    }

    void an_answer_leaves_from_the_mailbox_it_came_to_and_all_their_replies_are_answered() {
        Inbox inbox;
        const MessageId second = inbox.receive("Noch etwas.", MessageClass::Reply, inbox.lead);
        QueueService queue(*inbox.desk.context);
        auto draft = wait(queue.answer(second));
        VERIFY_OK(draft);
        QVERIFY(draft->mailbox == inbox.mailbox);
        QCOMPARE(draft->subject, std::string("Re: Slots"));
        QVERIFY(draft->inThread);
        draft->body = "Dienstag?";
        inbox.desk.clock.advance(std::chrono::minutes(1));
        VERIFY_OK(wait(queue.send(inbox.lead, *draft)));
        QVERIFY(inbox.list(ConversationTab::ToAnswer).empty());
        QCOMPARE(inbox.list(ConversationTab::Waiting).size(), std::size_t(1));
        VERIFY_OK(inbox.desk.undo());
        QCOMPARE(inbox.list(ConversationTab::ToAnswer).at(0).waiting, 2);
        QVERIFY(inbox.list(ConversationTab::Waiting).empty());
    }

    void snoozing_is_undone_and_needs_something_to_answer() {
        Inbox inbox;
        const Instant later = inbox.desk.clock.now() + hours(5);
        VERIFY_OK(wait(inbox.service.snooze(inbox.lead, later)));
        QCOMPARE(inbox.list(ConversationTab::Snoozed).size(), std::size_t(1));
        VERIFY_OK(inbox.desk.undo());
        QVERIFY(inbox.list(ConversationTab::Snoozed).empty());
        VERIFY_OK(wait(inbox.service.setDone(inbox.lead, true)));
        VERIFY_ERROR(wait(inbox.service.snooze(inbox.lead, later)), ErrorCode::InvalidArgument);
        VERIFY_OK(wait(inbox.service.setDone(inbox.lead, false)));
        QCOMPARE(inbox.list(ConversationTab::ToAnswer).size(), std::size_t(1));
    }

    void reading_is_nothing_to_undo_and_no_content() {
        Inbox inbox;
        const std::string before = inbox.desk.hash();
        VERIFY_OK(wait(inbox.service.setRead(inbox.lead, true)));
        QCOMPARE(wait(inbox.service.counts())->unread, 0);
        QCOMPARE(inbox.desk.hash(), before);
    }

    void a_stranger_in_the_thread_is_matched_or_becomes_a_lead() {
        Inbox inbox;
        const MessageId mail = inbox.receive("Ich übernehme.", MessageClass::Other, inbox.lead, "p.jansen@ostsee.example");
        const auto found = wait(inbox.service.suggestions(mail));
        VERIFY_OK(found);
        QVERIFY(!found->empty());
        QVERIFY(found->front().lead == inbox.lead && found->front().why == MatchSuggestion::Why::Thread);
        const auto added = wait(inbox.service.addSender(mail));
        VERIFY_OK(added);
        const auto piet = inbox.desk.byEmail("p.jansen@ostsee.example");
        QVERIFY(piet && piet->id == *added);
        QCOMPARE(piet->firstName, std::string("Piet"));
        QCOMPARE(piet->companyName, std::string("Ostsee Kühlhaus"));
        QVERIFY(piet->status == statuses::replied);
        QCOMPARE(inbox.list(ConversationTab::ToAnswer).size(), std::size_t(2));
        VERIFY_OK(inbox.desk.undo());
        QVERIFY(!inbox.desk.byEmail("p.jansen@ostsee.example"));
        QCOMPARE(inbox.list(ConversationTab::ToAnswer).size(), std::size_t(1));
    }

    void conversations_are_found_by_name_wherever_they_stand() {
        Inbox inbox;
        VERIFY_OK(wait(inbox.service.setDone(inbox.lead, true)));
        const auto found = wait(inbox.service.search("Rühl", 20));
        VERIFY_OK(found);
        QCOMPARE(found->size(), std::size_t(1));
        QVERIFY(found->front().tab == ConversationTab::Done);
        QVERIFY(wait(inbox.service.search("Nobody", 20))->empty());
    }
};

OUTRIDER_TEST(ConversationServiceTest)
#include "conversation_service_test.moc"
