// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/inbound_flow.h"

#include "core/outreach/mail_drafting.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/sender.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/builders.h"
#include "support/fake_mail_transport.h"
#include "support/mail_text.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::inbound;
using namespace outrider::store;
using namespace outrider::test;

namespace {

const outreach::Surroundings utc;

// Tobias has been sent the first e-mail of a strategy; the call is next.
struct World {
    explicit World(OutboxState ended = OutboxState::Sent,
                   const std::vector<Channel>& steps = {Channel::Email, Channel::Call, Channel::Email}) {
        store.write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example", .displayName = "Mara Lindqvist"};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            version = addStrategy(w, "Dock delays", steps);
            lead = addLead(w, makeLead("Tobias", "Rühl", "t.ruehl@ostsee.example"));
            const Strategy strategy = *StrategyRepository(w.db).find(version.strategy);
            if (!outreach::StrategyFlow(w, utc).enrol(lead, strategy, version, {}))
                qFatal("the lead cannot be enrolled");
        });
        store.write([&](WriteContext& w) {
            const auto outcome =
                outreach::TaskFlow(w, utc, store.random).complete(TaskRepository(w.db).openOf(lead).at(0).id, {});
            if (!outcome)
                qFatal("the task cannot be completed");
            outbox = outcome->outbox;
        });
        store.clock.advance(std::chrono::seconds(11));
        store.write([&](WriteContext& w) {
            OutboxRepository repository(w.db);
            const OutboxItem item = *repository.find(outbox);
            messageId = item.messageIdHeader;
            repository.claim(w, item);
            repository.move(w, outbox, OutboxState::Sending);
            if (ended == OutboxState::Sent)
                outreach::SendFlow(w, utc).sent(item, "250 ok");
            else
                outreach::SendFlow(w, utc).unknown(item, "354");
        });
        store.clock.advance(std::chrono::hours(2));
    }

    // Reads a mail as the inbox does. Returns how it was matched.
    MailMatch receive(const std::string& mail) {
        return store.write([&](WriteContext& w) {
            IncomingMail incoming = readIncoming(crlf(mail), w.now, mailbox);
            const MailMatch match = findMatch(w.db, incoming);
            if (match.by != MailMatch::By::Nobody && !InboundFlow(w, utc, store.random).apply(incoming, match))
                qFatal("the mail cannot be applied");
            return match;
        });
    }

    std::string answer(const std::string& text, const std::string& from = "t.ruehl@ostsee.example",
                       const std::string& headers = {}) const {
        return "From: <" + from
               + ">\nTo: mara@harborline.example\nSubject: Re: About\nDate: Thu, 19 Nov 2026 10:00:11 +0000\nMessage-ID: <r1@"
               + from.substr(from.find('@') + 1) + ">\nIn-Reply-To: <" + messageId + ">\n" + headers + "\n" + text + "\n";
    }

    std::string report(const char* status, const char* said, const char* action = "failed") const {
        return "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: mara@harborline.example\nSubject: Undelivered "
               "Mail\nMessage-ID: <d1@mx.example>\n"
               "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: "
               "text/plain\n\nSorry.\n\n"
               "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; "
               "t.ruehl@ostsee.example\nAction: "
               + std::string(action) + "\nStatus: " + status + "\nDiagnostic-Code: smtp; " + said
               + "\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + messageId
               + ">\nTo: t.ruehl@ostsee.example\n\n--b--\n";
    }

    Lead leadNow() {
        return store.read([&](ReadContext& r) { return *LeadRepository(r.db).find(lead); });
    }

    Enrolment enrolment() {
        return store.read([&](ReadContext& r) { return EnrolmentRepository(r.db).ofLead(lead).at(0); });
    }

    std::vector<Task> openTasks() {
        return store.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(lead); });
    }

    std::optional<Suppression> suppression() {
        return store.read([&](ReadContext& r) { return SuppressionRepository(r.db).forEmail("t.ruehl@ostsee.example"); });
    }

    OutboxState outboxState() {
        return store.read([&](ReadContext& r) { return OutboxRepository(r.db).find(outbox)->state; });
    }

    int unhandled() {
        return store.read([&](ReadContext& r) { return MessageRepository(r.db).countUnhandled(MessageClass::Reply); });
    }

    TempStore store;
    MailboxId mailbox;
    StrategyVersion version;
    LeadId lead;
    OutboxId outbox;
    std::string messageId;
};

} // namespace

class InboundFlowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void what_was_written_elsewhere_is_the_step_only_in_its_thread_and_when_it_is_due_data() {
        QTest::addColumn<bool>("inThread");
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("moves");
        QTest::newRow("in the thread, the day it is due") << true << 7 << true;
        QTest::newRow("in the thread, long before it is due") << true << 0 << false;
        QTest::newRow("not in the thread") << false << 7 << false;
    }

    void what_was_written_elsewhere_is_the_step_only_in_its_thread_and_when_it_is_due() {
        QFETCH(bool, inThread);
        QFETCH(int, days);
        QFETCH(bool, moves);
        World world(OutboxState::Sent, {Channel::Email, Channel::Email, Channel::Call});
        world.store.clock.advance(std::chrono::days(days));
        const TaskId open = world.openTasks().at(0).id;
        const std::string mail = "From: mara@harborline.example\nTo: t.ruehl@ostsee.example\nSubject: Once more\n"
                                 "Message-ID: <own@harborline.example>\n"
                                 + (inThread ? "In-Reply-To: <" + world.messageId + ">\n" : std::string()) + "\nOnce more.\n";
        world.store.write([&](WriteContext& w) {
            IncomingMail own = readIncoming(crlf(mail), w.now, world.mailbox);
            if (!isOwnMail(w.db, own))
                qFatal("it is the person's own");
            InboundFlow(w, utc, world.store.random).applyOwn(own, findOwn(w.db, own), false);
        });
        QVERIFY(world.enrolment().isRunning());
        const auto tasks = world.openTasks();
        QCOMPARE(tasks.size(), std::size_t(1));
        QCOMPARE(tasks[0].id != open, moves);
        QCOMPARE(tasks[0].channel, moves ? Channel::Call : Channel::Email);
        QVERIFY(world.leadNow().lastTouchAt == world.store.clock.now());
    }

    void a_reply_stops_the_strategy() {
        World world;
        QCOMPARE(world.openTasks().size(), std::size_t(1));
        const auto match = world.receive(world.answer("Yes, Thursday."));
        QVERIFY(match.by == MailMatch::By::Thread);
        QVERIFY(world.leadNow().status == statuses::replied);
        QVERIFY(world.enrolment().state == EnrolmentState::Stopped);
        QVERIFY(world.enrolment().stopReason == StopReason::Reply);
        QVERIFY(world.openTasks().empty());
        QCOMPARE(world.unhandled(), 1);
    }

    void a_reply_of_somebody_who_is_won_changes_no_status() {
        World world;
        world.store.write([&](WriteContext& w) { LeadRepository(w.db).setStatus(w, world.lead, statuses::qualified); });
        world.receive(world.answer("Here is the contract."));
        QVERIFY(world.leadNow().status == statuses::qualified);
        QCOMPARE(world.unhandled(), 1);
    }

    void a_colleague_of_the_lead_answers_for_them() {
        World world;
        QVERIFY(world.receive(world.answer("I look after this.", "ida@ostsee.example")).by == MailMatch::By::Thread);
        QVERIFY(world.enrolment().state == EnrolmentState::Stopped);
    }

    void a_stranger_in_the_thread_is_left_to_the_person() {
        World world;
        QVERIFY(world.receive(world.answer("Forwarded to me.", "ida@elsewhere.example")).by == MailMatch::By::ThreadOtherSender);
        QVERIFY(world.enrolment().isRunning());
        QCOMPARE(world.openTasks().size(), std::size_t(1));
    }

    // A From and a Message-ID can both be forged: what moves a strategy, and what is only shown.
    void thread_and_address_have_to_agree_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<bool>("thread");
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<bool>("moves");
        const auto row = [](const char* from, bool thread, const char* subject, const char* headers, const char* why,
                            bool moves) {
            QTest::addRow("%s%s%s%s", why, thread ? " thread " : " ", subject, headers)
                << QByteArray(from) << thread << QByteArray(subject) << QByteArray(headers) << QByteArray(why) << moves;
        };
        constexpr const char* lead = "t.ruehl@ostsee.example";
        constexpr const char* colleague = "ida@ostsee.example";
        constexpr const char* stranger = "ida@elsewhere.example";
        constexpr const char* forged = "Authentication-Results: mx.harborline.example; dmarc=fail header.from=ostsee.example\n";
        constexpr const char* proved = "Authentication-Results: mx.harborline.example; dmarc=pass header.from=ostsee.example\n";
        constexpr const char* away = "Auto-Submitted: auto-replied\n";
        row(lead, true, "Re: About", "", "thread_address", true);
        row(lead, true, "Something else", "", "thread_address", true);
        row(lead, true, "Re: About", proved, "thread_address", true);
        row(lead, true, "Re: About", forged, "sender_denied", false);
        row(colleague, true, "Re: About", "", "thread_company", true);
        row(colleague, true, "Re: About", forged, "sender_denied", false);
        row(stranger, true, "Re: About", "", "thread", false);
        row(stranger, true, "Re: About", proved, "thread", false);
        row(stranger, true, "Re: About", away, "machine_thread", false);
        row(lead, false, "AW: Re: About", "", "address_subject", true);
        row(lead, false, "A question", "", "address", true);
        row(lead, false, "Re: About", forged, "sender_denied", false);
        row(colleague, false, "Re: About", "", "", false);
        row(stranger, false, "Re: About", "", "", false);
    }

    void thread_and_address_have_to_agree() {
        QFETCH(QByteArray, from);
        QFETCH(bool, thread);
        QFETCH(QByteArray, subject);
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, why);
        QFETCH(bool, moves);
        World world;
        world.store.write([&](WriteContext& w) {
            Message sent = MessageRepository(w.db).ofLead(world.lead, 1).at(0);
            w.db.run("UPDATE message SET subject = 'About' WHERE id = ?1", sent.id);
        });
        const auto match =
            world.receive(headers.toStdString() + "From: <" + from.toStdString()
                          + ">\nTo: mara@harborline.example\nSubject: " + subject.toStdString() + "\nMessage-ID: <r1@x.example>\n"
                          + (thread ? "In-Reply-To: <" + world.messageId + ">\n" : std::string()) + "\nYes, Thursday.\n");
        QCOMPARE(std::string(name(match.why)), why.toStdString());
        QCOMPARE(match.by == MailMatch::By::Nobody, why.isEmpty());
        QCOMPARE(world.enrolment().isRunning(), !moves);
        if (why.isEmpty())
            return;
        QVERIFY(!match.evidence.empty());
        const Message kept = world.store.read([&](ReadContext& r) {
            MessageRepository messages(r.db);
            return *messages.find(messages.ofLead(world.lead, 1).at(0).id);
        });
        QCOMPARE(kept.matchedBy, why.toStdString());
        QCOMPARE(kept.matchEvidence, match.evidence);
        QVERIFY(!kept.rule.empty());
    }

    void a_forged_bounce_suppresses_nobody_data() {
        QTest::addColumn<bool>("ours");
        QTest::addColumn<QByteArray>("failed");
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<bool>("suppressed");
        QTest::newRow("ours") << true << QByteArray("t.ruehl@ostsee.example") << QByteArray("About")
                              << QByteArray("bounce_thread") << true;
        QTest::newRow("passed on") << true << QByteArray("t@private.example") << QByteArray("About") << QByteArray("bounce_other")
                                   << false;
        QTest::newRow("an id of a provider")
            << false << QByteArray("t.ruehl@ostsee.example") << QByteArray("About") << QByteArray("bounce_address") << true;
        QTest::newRow("never sent") << false << QByteArray("t.ruehl@ostsee.example") << QByteArray("Win a car")
                                    << QByteArray("bounce_other") << false;
    }

    void a_forged_bounce_suppresses_nobody() {
        QFETCH(bool, ours);
        QFETCH(QByteArray, failed);
        QFETCH(QByteArray, subject);
        QFETCH(QByteArray, why);
        QFETCH(bool, suppressed);
        World world;
        world.store.write([&](WriteContext& w) {
            w.db.run("UPDATE message SET subject = 'About' WHERE id = ?1",
                     MessageRepository(w.db).ofLead(world.lead, 1).at(0).id);
        });
        const auto match = world.receive(
            "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nMessage-ID: <d1@mx.example>\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: "
            "text/plain\n\nSorry.\n\n"
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; "
            + failed.toStdString() + "\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <"
            + (ours ? world.messageId : std::string("other@ses.example"))
            + ">\nFrom: mara@harborline.example\nSubject: " + subject.toStdString() + "\n\n--b--\n");
        QCOMPARE(std::string(name(match.why)), why.toStdString());
        QCOMPARE(world.suppression().has_value(), suppressed);
        QCOMPARE(world.enrolment().isRunning(), !suppressed);
    }

    void who_has_left_is_written_to_no_more() {
        World world;
        world.receive(world.answer("Tobias is no longer with Ostsee. Please contact ida@ostsee.example.",
                                   "t.ruehl@ostsee.example", "Auto-Submitted: auto-replied\n"));
        QVERIFY(world.enrolment().stopReason == StopReason::Bounce);
        QVERIFY(world.openTasks().empty());
        QVERIFY(!world.suppression());
        const auto rows = world.store.read(
            [&](ReadContext& r) { return MessageRepository(r.db).inbox(MessageClass::AutoReply, std::nullopt, 5); });
        QCOMPARE(rows.at(0).effect, std::string("left, ida@ostsee.example"));
    }

    void a_mail_outside_the_thread_is_matched_by_its_address() {
        World world;
        const auto match = world.receive(
            "From: T.Ruehl@Ostsee.example\nTo: mara@harborline.example\nSubject: A question\nMessage-ID: <q@x.example>\n\nHi\n");
        QVERIFY(match.by == MailMatch::By::Address);
        QVERIFY(world.leadNow().status == statuses::replied);
    }

    void nobodys_mail_is_not_kept() {
        World world;
        QVERIFY(world.receive("From: a@b.example\nSubject: Hi\nMessage-ID: <q@b.example>\n\nHi\n").by == MailMatch::By::Nobody);
        QVERIFY(
            world
                .receive(
                    "From: t.ruehl@ostsee.example\nSubject: News\nList-Id: <n.ostsee.example>\nMessage-ID: <n@b.example>\n\nHi\n")
                .by
            == MailMatch::By::Nobody);
        QVERIFY(world.enrolment().isRunning());
    }

    void ones_own_mail_is_nobodys_answer() {
        World world;
        const IncomingMail own =
            readIncoming(crlf(world.answer("My follow-up", "Mara@harborline.example")), testNow(), world.mailbox);
        QVERIFY(world.store.read([&](ReadContext& r) { return isOwnMail(r.db, own); }));
        const IncomingMail theirs = readIncoming(crlf(world.answer("Yes")), testNow(), world.mailbox);
        QVERIFY(!world.store.read([&](ReadContext& r) { return isOwnMail(r.db, theirs); }));
    }

    void a_hard_bounce_suppresses_the_address_and_stops() {
        World world;
        world.receive(world.report("5.1.1", "550 5.1.1 User unknown"));
        QVERIFY(world.leadNow().reach == Reach::Bounced);
        QVERIFY(world.suppression().has_value());
        QVERIFY(world.suppression()->reason == SuppressionReason::HardBounce);
        QVERIFY(world.enrolment().stopReason == StopReason::Bounce);
        QVERIFY(world.openTasks().empty());
        QCOMPARE(world.unhandled(), 0);
    }

    void soft_bounces_and_delays_stop_nothing_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("action");
        QTest::newRow("full") << QByteArray("5.2.2") << QByteArray("552 5.2.2 mailbox full") << QByteArray("failed");
        QTest::newRow("policy") << QByteArray("5.7.1") << QByteArray("550 5.7.1 rejected by policy") << QByteArray("failed");
        QTest::newRow("delayed") << QByteArray("4.4.1") << QByteArray("timed out") << QByteArray("delayed");
    }

    void soft_bounces_and_delays_stop_nothing() {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, said);
        QFETCH(QByteArray, action);
        World world;
        world.receive(world.report(status.constData(), said.constData(), action.constData()));
        QVERIFY(world.leadNow().reach == Reach::Ok);
        QVERIFY(!world.suppression());
        QVERIFY(world.enrolment().isRunning());
        QCOMPARE(world.openTasks().size(), std::size_t(1));
    }

    void a_bounce_is_matched_by_the_address_when_the_server_kept_no_id() {
        World world;
        const auto match = world.receive(
            "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice\nMessage-ID: <d@mx.example>\n\n"
            "I wasn't able to deliver your message.\n\n<t.ruehl@ostsee.example>:\n550 5.1.1 no such user\n");
        QVERIFY(match.by == MailMatch::By::Address);
        QVERIFY(world.leadNow().reach == Reach::Bounced);
    }

    void out_of_office_moves_the_next_step_to_the_return() {
        World world;
        const Instant before = world.openTasks().at(0).dueAt;
        world.receive(world.answer("I am out of the office and back on Monday, 30 November 2026.", "t.ruehl@ostsee.example",
                                   "Auto-Submitted: auto-replied\n"));
        QVERIFY(world.enrolment().isRunning());
        QVERIFY(world.leadNow().status == statuses::inProgress);
        QCOMPARE(world.openTasks().size(), std::size_t(1));
        const Instant due = world.openTasks().at(0).dueAt;
        QVERIFY(due > before);
        QCOMPARE(toIso8601(due).substr(0, 10), std::string("2026-11-30"));
        QCOMPARE(world.unhandled(), 0);
    }

    void an_automatic_answer_without_a_date_changes_nothing() {
        World world;
        const Instant before = world.openTasks().at(0).dueAt;
        world.receive(world.answer("We have got your mail.", "t.ruehl@ostsee.example", "Auto-Submitted: auto-replied\n"));
        QVERIFY(world.enrolment().state == EnrolmentState::Active);
        QVERIFY(world.openTasks().at(0).dueAt == before);
    }

    void who_opts_out_is_suppressed_and_disqualified() {
        World world;
        world.receive(world.answer("Please remove me from your list."));
        QVERIFY(world.leadNow().reach == Reach::OptedOut);
        QVERIFY(world.leadNow().status == statuses::disqualified);
        QVERIFY(world.suppression().has_value());
        QVERIFY(world.suppression()->reason == SuppressionReason::OptOut);
        QVERIFY(world.enrolment().stopReason == StopReason::OptOut);
    }

    void an_answer_settles_a_send_nobody_knew_the_end_of() {
        World world(OutboxState::Unknown);
        QVERIFY(world.outboxState() == OutboxState::Unknown);
        world.receive(world.answer("Yes, got it."));
        QVERIFY(world.outboxState() == OutboxState::Sent);
    }

    void what_the_person_calls_a_reply_is_one() {
        World world;
        world.receive(world.answer("Forwarded to me.", "ida@elsewhere.example"));
        world.store.write([&](WriteContext& w) {
            const Message message = MessageRepository(w.db).ofLead(world.lead, 10).at(0);
            if (!InboundFlow(w, utc, world.store.random).applyAsReply(message, world.lead))
                qFatal("it cannot be applied");
        });
        QVERIFY(world.enrolment().stopReason == StopReason::Reply);
        QVERIFY(world.leadNow().status == statuses::replied);
    }

    void the_token_of_a_message_opts_its_lead_out_whoever_sends_it() {
        World world;
        const std::string token = world.messageId.substr(0, world.messageId.find('@'));
        const std::string told = "From: endpoint@unsubscribe.example\nTo: mara@harborline.example\nSubject: Unsubscribe " + token
                                 + "\nMessage-ID: <u1@unsubscribe.example>\nAuto-Submitted: auto-generated\n\n\n";
        QCOMPARE(int(world.receive(told).by), int(MailMatch::By::Thread));
        world.store.read([&](ReadContext& r) {
            const auto suppressed = SuppressionRepository(r.db).forEmail("t.ruehl@ostsee.example");
            if (!suppressed || suppressed->reason != SuppressionReason::OptOut)
                qFatal("the lead is not suppressed");
            return 0;
        });
    }

    void a_token_nobody_was_sent_opts_nobody_out() {
        World world;
        const std::string token = world.messageId.substr(0, world.messageId.find('@') - 1) + "w"; // not a sign of one
        for (const std::string& word : {std::string("1.aaaaaaaaaaaaaaaaaaaa"), token, std::string("me")}) {
            const std::string told = "From: stranger@unsubscribe.example\nTo: mara@harborline.example\nSubject: unsubscribe "
                                     + word + "\nMessage-ID: <u1@unsubscribe.example>\n\n\n";
            QCOMPARE(int(world.receive(told).by), int(MailMatch::By::Nobody));
        }
    }

    void an_opt_out_is_in_force_before_the_next_send() {
        World world;
        // The second message waits already when the answer comes.
        const OutboxId next = world.store.write([&](WriteContext& w) {
            MailDraft draft = *outreach::draftTo(w.db, world.lead, std::nullopt);
            draft.subject = "One more thing";
            draft.body = "Hello";
            const auto sent = outreach::TaskFlow(w, utc, world.store.random).send(world.lead, draft);
            if (!sent)
                qFatal("the message cannot be queued");
            return *sent;
        });
        world.store.clock.advance(std::chrono::minutes(1));
        world.receive(world.answer("Please unsubscribe me."));
        FakeMailTransport server;
        Progress progress;
        const auto report = outreach::Sender(*world.store, [] { return utc; }).run(world.mailbox, server, 100, progress);
        QCOMPARE(report.sent, 0);
        QCOMPARE(report.dropped, 1);
        QVERIFY(server.accepted.empty());
        QCOMPARE(int(world.store.read([&](ReadContext& r) { return OutboxRepository(r.db).find(next)->state; })),
                 int(OutboxState::Dropped));
    }
};

OUTRIDER_TEST(InboundFlowTest)
#include "inbound_flow_test.moc"
