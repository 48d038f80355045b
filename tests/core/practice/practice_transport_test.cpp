// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_transport.h"

#include "core/inbound/inbound_flow.h"
#include "core/outreach/sender.h"
#include "core/outreach/task_flow.h"
#include "core/practice/practice_people.h"
#include "core/practice/practice_prospects.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/practice_mail_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/transport/outgoing_mail.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <map>

using namespace outrider;
using namespace outrider::practice;
using namespace outrider::store;
using namespace outrider::test;
using namespace std::chrono_literals;

namespace {

const outreach::Surroundings utc;

// One of the practice people who behaves so, and answers soon if wanted.
const PracticePerson& personWho(ProspectKind kind, bool soon = true) {
    for (const PracticePerson& person : practicePeople()) {
        const Prospect prospect = prospectAt(person.email);
        if (prospect.kind == kind && (kind == ProspectKind::Silent || (prospect.answersAfter < 15s) == soon))
            return person;
    }
    qFatal("nobody behaves so");
}

// A workspace with that one person, in a strategy, and the mailbox as a row that claims to be a real one.
struct World {
    explicit World(const PracticePerson& person) {
        store.write([&](WriteContext& w) {
            mailbox = {.kind = MailboxKind::Mail,
                       .address = "mara@harborline.example",
                       .displayName = "Mara Lindqvist",
                       .smtp = {"smtp.harborline.example", 465, TlsMode::Implicit},
                       .imap = {"imap.harborline.example", 993, TlsMode::Implicit}};
            MailboxRepository(w.db).insert(w, mailbox);
            version = addStrategy(w, "Dock delays");
            Lead made = makeLead(person.firstName.empty() ? "Nhung" : person.firstName, person.lastName, person.email);
            made.language = person.language;
            lead = addLead(w, made);
            if (!outreach::StrategyFlow(w, utc).enrol(lead, *StrategyRepository(w.db).find(version.strategy), version, {}))
                qFatal("the lead cannot be enrolled");
        });
        store.write([&](WriteContext& w) {
            if (!outreach::TaskFlow(w, utc, store.random).complete(TaskRepository(w.db).openOf(lead).at(0).id, {}))
                qFatal("the task cannot be completed");
        });
        store.clock.advance(11s);
    }

    int send() {
        PracticeTransport transport(*store, store.clock, mailbox);
        return outreach::Sender(*store, [] { return utc; }).run(mailbox.id, transport, 100, progress).sent;
    }

    // Reads what has arrived, as the inbox does; how many.
    std::size_t fetch() {
        PracticeSource source(*store, store.clock);
        std::vector<std::pair<Instant, std::string>> mails;
        const auto report = source.fetchNew(
            cursor, {},
            [&](std::uint32_t, Instant at, std::string_view raw) {
                mails.emplace_back(at, raw);
                return true;
            },
            progress, nullptr);
        if (!report)
            qFatal("the practice mailbox cannot be read");
        cursor = report->cursor;
        for (const auto& [at, raw] : mails) {
            store.write([&, arrived = at, bytes = raw](WriteContext& w) {
                inbound::IncomingMail mail = inbound::readIncoming(bytes, arrived, mailbox.id);
                const auto match = inbound::findMatch(w.db, mail);
                if (match.by != inbound::MailMatch::By::Thread)
                    qFatal("the prospect's mail is not in the thread");
                if (!inbound::InboundFlow(w, utc, store.random).apply(mail, match))
                    qFatal("the prospect's mail cannot be applied");
                last = mail;
            });
        }
        return mails.size();
    }

    Lead leadNow() {
        return store.read([&](ReadContext& r) { return *LeadRepository(r.db).find(lead); });
    }

    Enrolment enrolment() {
        return store.read([&](ReadContext& r) { return EnrolmentRepository(r.db).ofLead(lead).at(0); });
    }

    bool suppressed() {
        const std::string key = leadNow().emailKey;
        return store.read([&](ReadContext& r) { return SuppressionRepository(r.db).forEmail(key).has_value(); });
    }

    TempStore store;
    Mailbox mailbox;
    StrategyVersion version;
    LeadId lead;
    transport::MailCursor cursor;
    inbound::IncomingMail last;
    Progress progress;
};

} // namespace

class PracticeTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void the_people_behave_in_the_shares_promised() {
        std::map<ProspectKind, int> people;
        for (const PracticePerson& person : practicePeople())
            ++people[prospectAt(person.email).kind];
        const auto share = [&](ProspectKind kind) { return people[kind] * 100.0 / double(practicePeopleCount); };
        const auto near = [](double value, double wanted) { return value > wanted - 2.0 && value < wanted + 2.0; };
        QVERIFY(near(share(ProspectKind::Replies), 12));
        QVERIFY(near(share(ProspectKind::Gone), 3));
        QVERIFY(near(share(ProspectKind::Full), 2));
        QVERIFY(near(share(ProspectKind::Away), 5));
        QVERIFY(near(share(ProspectKind::OptsOut), 1));
        QVERIFY(people[ProspectKind::OptsOut] > 0);
    }

    void an_address_always_behaves_the_same() {
        const Prospect one = prospectAt("Z.Brandt@Nordwind-Logistik.example");
        const Prospect other = prospectAt("z.brandt@nordwind-logistik.example");
        QVERIFY(one.kind == other.kind && one.answersAfter == other.answersAfter && one.seed == other.seed);
    }

    void whatever_the_mailbox_says_nothing_needs_a_network() {
        World world(personWho(ProspectKind::Silent));
        QCOMPARE(world.send(), 1); // its servers do not exist
        QVERIFY(world.enrolment().isRunning());
        world.store.clock.advance(48h);
        QCOMPARE(world.fetch(), std::size_t(0));
    }

    void a_reply_comes_within_seconds_and_stops_the_strategy() {
        World world(personWho(ProspectKind::Replies));
        QCOMPARE(world.send(), 1);
        QCOMPARE(world.fetch(), std::size_t(0)); // not before it was written
        world.store.clock.advance(15s);
        QCOMPARE(world.fetch(), std::size_t(1));
        QVERIFY(world.last.message.messageClass == MessageClass::Reply);
        QVERIFY(world.last.message.quotedLines > 0);
        QVERIFY(!world.last.message.text.empty());
        QVERIFY(world.leadNow().status == statuses::replied);
        QVERIFY(world.enrolment().stopReason == StopReason::Reply);
        QCOMPARE(world.fetch(), std::size_t(0)); // once
    }

    void others_take_hours_to_reply() {
        World world(personWho(ProspectKind::Replies, false));
        QCOMPARE(world.send(), 1);
        world.store.clock.advance(10min);
        QCOMPARE(world.fetch(), std::size_t(0));
        world.store.clock.advance(6h);
        QCOMPARE(world.fetch(), std::size_t(1));
    }

    void a_wrong_address_comes_back_as_a_hard_bounce() {
        World world(personWho(ProspectKind::Gone));
        QCOMPARE(world.send(), 1);
        world.store.clock.advance(10s);
        QCOMPARE(world.fetch(), std::size_t(1));
        QVERIFY(world.last.classification.hard == true);
        QCOMPARE(world.last.classification.rule, std::string("dsn.failed"));
        QVERIFY(world.leadNow().reach == Reach::Bounced);
        QVERIFY(world.suppressed());
        QVERIFY(world.enrolment().stopReason == StopReason::Bounce);
    }

    void a_full_mailbox_is_a_soft_bounce() {
        World world(personWho(ProspectKind::Full));
        QCOMPARE(world.send(), 1);
        world.store.clock.advance(10s);
        QCOMPARE(world.fetch(), std::size_t(1));
        QVERIFY(world.last.classification.hard == false);
        QCOMPARE(world.last.classification.reason, std::string("mailbox_full"));
        QVERIFY(world.leadNow().reach == Reach::Ok);
        QVERIFY(world.enrolment().isRunning());
    }

    void who_opts_out_is_left_alone() {
        World world(personWho(ProspectKind::OptsOut));
        QCOMPARE(world.send(), 1);
        world.store.clock.advance(15s);
        QCOMPARE(world.fetch(), std::size_t(1));
        QVERIFY(world.leadNow().reach == Reach::OptedOut);
        QVERIFY(world.suppressed());
    }

    // Whatever their language, the date is understood, and the next step waits for it.
    void who_is_away_moves_the_next_step_data() {
        QTest::addColumn<QString>("language");
        for (const char* language : {"en", "de", "fr", "nl", "es", "it", "pt", "pl", "ja", "sv"})
            QTest::newRow(language) << QString::fromLatin1(language);
    }

    void who_is_away_moves_the_next_step() {
        QFETCH(QString, language);
        PracticePerson person = personWho(ProspectKind::Away);
        person.language = language.toStdString();
        World world(person);
        QCOMPARE(world.send(), 1);
        world.store.clock.advance(10s);
        QCOMPARE(world.fetch(), std::size_t(1));
        QVERIFY(world.last.message.messageClass == MessageClass::AutoReply);
        QVERIFY(world.last.classification.returnDate.has_value());
        QVERIFY(world.enrolment().isRunning());
        const auto tasks = world.store.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(world.lead); });
        QCOMPARE(tasks.size(), std::size_t(1));
        QVERIFY(tasks[0].dueAt >= Instant(*world.last.classification.returnDate));
        QVERIFY(tasks[0].dueAt < Instant(*world.last.classification.returnDate) + 24h * 4);
    }

    void every_language_is_understood_as_a_reply_and_as_an_opt_out_data() { who_is_away_moves_the_next_step_data(); }

    void every_language_is_understood_as_a_reply_and_as_an_opt_out() {
        QFETCH(QString, language);
        const transport::ParsedMail ours =
            transport::parse("From: Mara Lindqvist <mara@harborline.example>\r\nTo: a@b.example\r\n"
                             "Subject: Hello\r\nMessage-ID: <m1@harborline.example>\r\n"
                             "Date: Thu, 19 Nov 2026 09:00:00 +0100\r\n\r\nHello\r\n\r\nNot for you? Say no.\r\n");
        Lead lead = makeLead("Ada", "Beck", "a@b.example");
        lead.language = language.toStdString();
        const PracticeLetter letter(lead, ours, testNow(), 60);
        for (std::uint32_t seed = 0; seed < 16; ++seed) {
            const auto reply = letter.of({.kind = ProspectKind::Replies, .seed = seed});
            VERIFY_OK(reply);
            VERIFY_OK(transport::checkWireFormat(*reply));
            const auto mail = inbound::readIncoming(*reply, testNow(), {});
            QVERIFY2(mail.message.messageClass == MessageClass::Reply, mail.message.text.c_str());
            QVERIFY2(mail.message.text.find("Not for you") == std::string::npos, mail.message.text.c_str());
            const auto second = letter.second({.kind = ProspectKind::Replies, .seed = seed});
            VERIFY_OK(second);
            QVERIFY(inbound::readIncoming(*second, testNow(), {}).message.messageClass == MessageClass::Reply);
        }
        const auto optOut = letter.of({.kind = ProspectKind::OptsOut});
        VERIFY_OK(optOut);
        QVERIFY(inbound::readIncoming(*optOut, testNow(), {}).message.messageClass == MessageClass::OptOut);
    }

    void what_no_server_would_take_is_not_taken() {
        World world(personWho(ProspectKind::Replies));
        PracticeTransport transport(*world.store, world.store.clock, world.mailbox);
        bool handedOver = false;
        const auto outcome = transport.send(
            {"mara@harborline.example", "z.brandt@nordwind-logistik.example"}, "no line end", [&] { return handedOver = true; },
            world.progress);
        QVERIFY(outcome.kind == transport::SendKind::NotSent);
        QVERIFY(!handedOver);
        const auto refusedByUs = transport.send(
            {"mara@harborline.example", "z.brandt@nordwind-logistik.example"},
            "From: mara@harborline.example\r\nMessage-ID: <m@x.example>\r\n\r\nHi\r\n", [] { return false; }, world.progress);
        QVERIFY(refusedByUs.kind == transport::SendKind::NotSent);
        QVERIFY(!world.store.read([](ReadContext& r) { return PracticeMailRepository(r.db).nextArrival({}); }));
    }

    void an_answer_of_ours_is_answered_once_more() {
        World world(personWho(ProspectKind::Replies));
        QCOMPARE(world.send(), 1);
        world.store.clock.advance(15s);
        QCOMPARE(world.fetch(), std::size_t(1));
        for (int turn = 0; turn < 2; ++turn) {
            const std::string theirs = world.last.message.messageIdHeader;
            PracticeTransport transport(*world.store, world.store.clock, world.mailbox);
            const auto raw = transport::render({.fromAddress = "mara@harborline.example",
                                                .toAddress = world.leadNow().email,
                                                .subject = "Re: About",
                                                .text = "Thursday?",
                                                .messageId = "a" + std::to_string(turn) + "@harborline.example",
                                                .inReplyTo = theirs,
                                                .date = world.store.clock.now()});
            VERIFY_OK(raw);
            QVERIFY(transport
                        .send(
                            {"mara@harborline.example", world.leadNow().email}, *raw, [] { return true; }, world.progress)
                        .kind
                    == transport::SendKind::Sent);
            // Ours is not among the stored messages here, so it is read past the flows.
            world.store.clock.advance(15s);
            PracticeSource source(*world.store, world.store.clock);
            int came = 0;
            const auto report = source.fetchNew(
                world.cursor, {},
                [&](std::uint32_t, Instant at, std::string_view bytes) {
                    ++came;
                    world.store.write([&](WriteContext& w) {
                        inbound::IncomingMail mail = inbound::readIncoming(bytes, at, world.mailbox.id);
                        mail.message.lead = world.lead;
                        MessageRepository(w.db).insert(w, mail.message);
                        world.last = mail;
                    });
                    return true;
                },
                world.progress, nullptr);
            VERIFY_OK(report);
            world.cursor = report->cursor;
            QCOMPARE(came, turn == 0 ? 1 : 0);
        }
    }

    void waiting_tells_of_mail_that_is_there() {
        World world(personWho(ProspectKind::Replies));
        PracticeSource source(*world.store, world.store.clock);
        VERIFY_ERROR(source.waitForMail({}, 1min, world.progress), ErrorCode::Unsupported);
        QCOMPARE(world.send(), 1);
        world.store.clock.advance(15s);
        const auto there = source.waitForMail({}, 1min, world.progress);
        VERIFY_OK(there);
        QVERIFY(*there == transport::WaitEnd::NewMail);
    }

    void reading_stops_where_the_sink_does() {
        World world(personWho(ProspectKind::Replies));
        world.store.write([&](WriteContext& w) {
            for (const char* subject : {"one", "two", "three"})
                PracticeMailRepository(w.db).deliver(w, w.now, "Subject: " + std::string(subject) + "\r\n\r\nx\r\n");
        });
        PracticeSource source(*world.store, world.store.clock);
        transport::MailCursor reached;
        int taken = 0;
        const auto report = source.fetchNew(
            {}, {}, [&](std::uint32_t, Instant, std::string_view) { return ++taken < 2; }, world.progress, &reached);
        VERIFY_OK(report);
        QVERIFY(report->more);
        QCOMPARE(report->cursor.lastUid, std::uint32_t(1));
        QVERIFY(reached == report->cursor);
    }
};

OUTRIDER_TEST(PracticeTransportTest)
#include "practice_transport_test.moc"
