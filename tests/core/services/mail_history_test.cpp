// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mail_history_service.h"

#include "core/services/account_service.h"
#include "core/services/inbox_service.h"
#include "core/services/mailbox_service.h"
#include "core/store/repositories/mail_history_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "support/imap_mailbox.h"
#include "support/import_desk.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <sys/resource.h>

using namespace outrider;
using namespace outrider::test;
using State = MailHistoryState;

namespace {

std::int64_t mostMemory() { // in KiB
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

std::string mailFrom(const std::string& from, std::uint32_t number, const std::string& text = "Yes, gladly.",
                     const std::string& headers = {}) {
    return crlf("From: <" + from
                + ">\nTo: mara@harborline.example\nSubject: Re: docks\nDate: Tue, 10 Nov 2026 08:00:00 "
                  "+0000\nMessage-ID: <m"
                + std::to_string(number) + "@there.example>\nIn-Reply-To: <old@harborline.example>\n" + headers + "\n" + text
                + "\n");
}

std::string mailTo(const std::string& to, std::uint32_t number, const std::string& headers = {}) {
    return crlf("From: Mara <mara@harborline.example>\nTo: <" + to + ">\nSubject: docks\nMessage-ID: <o" + std::to_string(number)
                + "@harborline.example>\n" + headers + "\nHello\n");
}

// A mailbox at a scripted server, three leads, and what lies in it.
struct Office {
    explicit Office(std::vector<std::string> mails)
        : Office(std::uint32_t(mails.size()), [mails](std::uint32_t uid) { return mails[uid - 1]; }) {}

    Office(std::uint32_t count, ImapMailbox::Mail mail)
        : inbox(count, std::move(mail)),
          server([this](const std::string& command) { return inbox.answer(command); }) {
        Mailbox box{.address = "mara@harborline.example",
                    .smtp = {"127.0.0.1", 1, TlsMode::None},
                    .imap = {"127.0.0.1", server.port(), TlsMode::None}};
        const auto added = wait(MailboxService(*desk.context).add(box, std::make_shared<SecureBytes>("secret")));
        if (!added)
            qFatal("no mailbox: %s", added.error().detail.c_str());
        mailbox = *added;
        desk.write([&](WriteContext& w) {
            for (const char* name : {"anna", "ben", "cleo"})
                leads.push_back(addLead(w, makeLead(name, "Test", std::string(name) + "@" + name + ".example")));
        });
    }

    Result<MailHistoryPreview> gather(ProgressPtr progress = {}, bool again = false) {
        return wait(MailHistoryService(*desk.context).gather(mailbox, {.again = again}, std::move(progress)));
    }
    Result<std::int64_t> approve() { return wait(MailHistoryService(*desk.context).approve(mailbox)); }

    Lead lead(std::size_t index) {
        return desk.read([&](ReadContext& r) { return *LeadRepository(r.db).find(leads.at(index)); });
    }
    std::vector<Message> messages(std::size_t index) {
        return desk.read([&](ReadContext& r) { return MessageRepository(r.db).ofLead(leads.at(index), 100); });
    }
    std::vector<HistoryEntry> actions() { return *wait(HistoryService(*desk.context).list({.limit = 100})); }

    Desk desk;
    ImapMailbox inbox;
    ScriptedImapServer server;
    MailboxId mailbox;
    std::vector<LeadId> leads;
};

std::vector<std::string> someMail() {
    return {mailFrom("anna@anna.example", 1),
            mailFrom("stranger@elsewhere.example", 2),
            mailFrom("ben@ben.example", 3, "Please remove me from your list and do not contact me again."),
            mailTo("anna@anna.example", 4),
            mailTo("friend@elsewhere.example", 5),
            mailFrom("anna@anna.example", 6, "And Thursday?")};
}

} // namespace

class MailHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_lies_there_is_shown_and_nothing_is_changed() {
        Office office(someMail());
        const std::string before = office.desk.hash();
        const auto preview = office.gather();
        VERIFY_OK(preview);
        QCOMPARE(preview->history.state, State::Ready);
        QCOMPARE(preview->history.read, std::int64_t(6));
        QCOMPARE(preview->messages, std::int64_t(4));
        QCOMPARE(preview->leads, std::int64_t(2));
        QCOMPARE(preview->replies, std::int64_t(2));
        QCOMPARE(preview->sent, std::int64_t(1));
        QCOMPARE(preview->optOuts, std::int64_t(1));
        QCOMPARE(preview->suppresses, std::int64_t(1));
        QCOMPARE(preview->shown.at(0).name, std::string("ben Test")); // whom it does something to comes first
        QVERIFY(preview->shown.at(0).suppresses);
        QCOMPARE(preview->shown.at(1).received, 2);
        QCOMPARE(preview->shown.at(1).sent, 1);
        QCOMPARE(office.desk.hash(), before);
        QVERIFY(!office.inbox.changesAnything());
    }

    void approving_files_it_as_one_action_and_undo_takes_all_of_it_back() {
        Office office(someMail());
        VERIFY_OK(office.gather());
        const std::string before = office.desk.hash();
        const auto filed = office.approve();
        VERIFY_OK(filed);
        QCOMPARE(*filed, std::int64_t(4));
        QCOMPARE(office.actions().at(0).action.name, std::string("inbox.ingest"));
        QCOMPARE(office.messages(0).size(), std::size_t(3));
        QVERIFY((office.desk.timeline(office.leads[0]).filter(QStringLiteral("email_received")).size() == 2));
        QVERIFY((office.desk.timeline(office.leads[0]).filter(QStringLiteral("email_sent_elsewhere")).size() == 1));
        QVERIFY(office.desk.isSuppressed("ben@ben.example"));
        QVERIFY(office.lead(0).status == statuses::newLead); // mail of then says nothing about now
        const auto waiting = wait(InboxService(*office.desk.context).counts());
        QCOMPARE(waiting->replies, 0); // nor does it wait for an answer
        const std::string after = office.desk.hash();
        VERIFY_OK(office.desk.undo());
        QCOMPARE(office.desk.hash(), before);
        QVERIFY(!office.desk.isSuppressed("ben@ben.example"));
        VERIFY_OK(wait(HistoryService(*office.desk.context).redo()));
        QCOMPARE(office.desk.hash(), after);
    }

    void approved_once_there_is_nothing_to_approve_and_again_finds_only_what_is_not_there() {
        Office office(someMail());
        VERIFY_OK(office.gather());
        VERIFY_OK(office.approve());
        VERIFY_ERROR(office.approve(), ErrorCode::NotFound);
        const auto again = office.gather({}, true);
        VERIFY_OK(again);
        QCOMPARE(again->messages, std::int64_t(0));
        VERIFY_OK(office.desk.undo());
        const auto back = office.gather({}, true);
        VERIFY_OK(back);
        QCOMPARE(back->messages, std::int64_t(4));
    }

    void declined_it_is_gone_and_only_what_is_new_is_read() {
        Office office(someMail());
        VERIFY_OK(office.gather());
        VERIFY_OK(wait(MailHistoryService(*office.desk.context).decline(office.mailbox)));
        VERIFY_ERROR(office.approve(), ErrorCode::NotFound);
        QVERIFY(wait(MailHistoryService(*office.desk.context).waiting())->empty());
        const auto same = office.gather();
        VERIFY_OK(same);
        QCOMPARE(same->history.state, State::Declined);
        QCOMPARE(same->messages, std::int64_t(0));
    }

    void only_what_came_while_a_strategy_ran_ends_it_data() {
        QTest::addColumn<QString>("enrolled");
        QTest::addColumn<bool>("ends");
        QTest::newRow("before it came") << "2026-11-09T08:00" << true;
        QTest::newRow("after it came") << "2026-11-11T08:00" << false;
    }

    void only_what_came_while_a_strategy_ran_ends_it() {
        QFETCH(QString, enrolled);
        QFETCH(bool, ends);
        Office office({mailFrom("anna@anna.example", 1)});
        office.desk.write([&](WriteContext& w) {
            const StrategyVersion version = addStrategy(w, "Docks");
            Enrolment enrolment{.lead = office.leads[0],
                                .strategy = version.strategy,
                                .version = version.id,
                                .enrolledAt = *parseIso8601(enrolled.toStdString())};
            EnrolmentRepository(w.db).insert(w, enrolment);
        });
        const auto preview = office.gather();
        VERIFY_OK(preview);
        QCOMPARE(preview->stops, std::int64_t(ends ? 1 : 0)); // as it is shown …
        VERIFY_OK(office.approve());
        office.desk.read([&](ReadContext& r) { // … so it is done
            return EnrolmentRepository(r.db).ofLead(office.leads[0]).at(0).isRunning();
        });
        QCOMPARE(
            office.desk.read([&](ReadContext& r) { return EnrolmentRepository(r.db).ofLead(office.leads[0]).at(0).isRunning(); }),
            !ends);
    }

    void a_gathering_that_was_stopped_goes_on_where_it_was() {
        constexpr std::uint32_t all = 2000;
        Office office(all, [](std::uint32_t uid) {
            return mailFrom(uid % 100 == 0 ? "anna@anna.example" : "stranger@elsewhere.example", uid);
        });
        const auto progress = std::make_shared<Progress>();
        office.inbox.onFetched = [&](std::uint64_t fetched) {
            if (fetched == all / 2)
                progress->cancel();
        };
        VERIFY_ERROR(office.gather(progress), ErrorCode::Cancelled);
        const auto half = wait(MailHistoryService(*office.desk.context).preview(office.mailbox, 10));
        VERIFY_OK(half);
        QCOMPARE(half->history.state, State::Reading);
        QVERIFY(half->history.read > 0 && half->history.read < all);
        office.desk.reopen(); // as after a kill: what was kept is in the file
        const auto preview = office.gather();
        VERIFY_OK(preview);
        QCOMPARE(preview->history.read, std::int64_t(all));
        QCOMPARE(preview->messages, std::int64_t(all / 100));
        QVERIFY(office.inbox.fetched() <= all + 200); // at most a piece twice
    }

    void twenty_thousand_messages_take_little_memory_and_one_list() {
        constexpr std::uint32_t all = 20000;
        const std::string filler(3000, 'x');
        Office office(all, [&filler](std::uint32_t uid) {
            return mailFrom(uid % 200 == 0 ? "anna@anna.example" : "stranger@elsewhere.example", uid, filler);
        });
        VERIFY_OK(Office(someMail()).gather()); // what is made once
        const std::int64_t before = mostMemory();
        const auto progress = std::make_shared<Progress>();
        const auto preview = office.gather(progress);
        VERIFY_OK(preview);
        const std::int64_t grown = mostMemory() - before;
        QCOMPARE(preview->history.read, std::int64_t(all));
        QCOMPARE(preview->messages, std::int64_t(all / 200));
        QCOMPARE(progress->total(), std::int64_t(all));
        QVERIFY2(grown < 48 * 1024, qPrintable(QString::number(grown))); // of 65 MB of mail
        QVERIFY2(office.inbox.searches() <= 2, qPrintable(QString::number(office.inbox.searches())));
        QCOMPARE(office.inbox.fetched(), std::uint64_t(all));
    }

    void a_folder_made_anew_half_way_is_not_kept_twice() {
        Office office(someMail());
        VERIFY_OK(office.gather());
        office.inbox.uidValidity = 200;
        office.desk.write([&](WriteContext& w) {
            MailHistoryRepository(w.db).setState(w, office.mailbox, State::Reading);
            MailboxRepository(w.db).forgetCursor(w, office.mailbox, "history:INBOX");
        });
        const auto preview = office.gather();
        VERIFY_OK(preview);
        QCOMPARE(preview->messages, std::int64_t(4));
    }

    // ── Sent elsewhere ───────────────────────────────────────────────────────────────────────

    void what_was_sent_elsewhere_is_in_the_timeline_and_moves_nothing() {
        Office office({mailTo("anna@anna.example", 1)});
        const auto report = wait(InboxService(*office.desk.context).fetch());
        VERIFY_OK(report);
        QCOMPARE(report->sentElsewhere, 1);
        QCOMPARE(office.messages(0).size(), std::size_t(1));
        QVERIFY(office.messages(0)[0].direction == Direction::Outbound);
        QVERIFY(office.desk.timeline(office.leads[0]).contains(QStringLiteral("email_sent_elsewhere docks")));
        const auto again = wait(InboxService(*office.desk.context).fetch());
        QCOMPARE(again->fetched, 0);
    }

    void an_answer_sent_elsewhere_has_dealt_with_their_mail() {
        Office office({mailFrom("anna@anna.example", 1), mailTo("anna@anna.example", 2, "In-Reply-To: <m1@there.example>\n")});
        // The reply and its answer come in one piece; what the reply became is known when the answer is looked at.
        const auto first = wait(InboxService(*office.desk.context).fetch());
        VERIFY_OK(first);
        QCOMPARE(first->replies, 1);
        QCOMPARE(first->sentElsewhere, 1);
        QCOMPARE(wait(InboxService(*office.desk.context).counts())->replies, 0);
    }

    // ── Judged anew ──────────────────────────────────────────────────────────────────────────

    void better_rules_judge_what_is_there_and_one_undo_takes_that_back() {
        Office office(std::vector<std::string>{});
        MessageId id;
        office.desk.write([&](WriteContext& w) { // as rules of before judged it
            Message message{.lead = office.leads[0],
                            .mailbox = office.mailbox,
                            .direction = Direction::Inbound,
                            .messageClass = MessageClass::Reply,
                            .messageIdHeader = "a@anna.example",
                            .from = "anna@anna.example",
                            .subject = "Re: docks",
                            .text = "Away",
                            .raw = mailFrom("anna@anna.example", 1, "I am away.", "Auto-Submitted: auto-replied\n"),
                            .at = w.now,
                            .rule = "reply.thread"};
            MessageRepository(w.db).insert(w, message);
            id = message.id;
        });
        MailHistoryService service(*office.desk.context);
        const std::string before = office.desk.hash();
        const auto dry = wait(service.rejudge({.dryRun = true}));
        VERIFY_OK(dry);
        QCOMPARE(dry->looked, std::int64_t(1));
        QCOMPARE(dry->classes, std::int64_t(1));
        QCOMPARE(dry->changes.at(0).before, MessageClass::Reply);
        QCOMPARE(dry->changes.at(0).after, MessageClass::AutoReply);
        QCOMPARE(office.desk.hash(), before);
        const auto done = wait(service.rejudge({}));
        VERIFY_OK(done);
        QCOMPARE(done->changed, std::int64_t(1));
        QCOMPARE(office.messages(0)[0].messageClass, MessageClass::AutoReply);
        QCOMPARE(office.messages(0)[0].text, std::string("I am away."));
        QCOMPARE(office.actions().at(0).action.name, std::string("inbox.reclassify"));
        QCOMPARE(wait(service.rejudge({}))->looked, std::int64_t(0)); // judged by these rules
        VERIFY_OK(office.desk.undo());
        QCOMPARE(office.desk.hash(), before);
    }

    void what_a_person_decided_stays() {
        Office office(std::vector<std::string>{});
        office.desk.write([&](WriteContext& w) {
            Message message{.lead = office.leads[0],
                            .mailbox = office.mailbox,
                            .direction = Direction::Inbound,
                            .messageClass = MessageClass::Reply,
                            .messageIdHeader = "a@anna.example",
                            .from = "anna@anna.example",
                            .raw = mailFrom("anna@anna.example", 1, "I am away.", "Auto-Submitted: auto-replied\n"),
                            .at = w.now,
                            .rule = "auto.header",
                            .matchedBy = "person"};
            MessageRepository(w.db).insert(w, message);
        });
        VERIFY_OK(wait(MailHistoryService(*office.desk.context).rejudge({.all = true})));
        QCOMPARE(office.messages(0)[0].messageClass, MessageClass::Reply);
    }
};

OUTRIDER_TEST(MailHistoryTest)
#include "mail_history_test.moc"
