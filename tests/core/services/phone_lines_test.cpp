// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/simulation.h"
#include "core/outreach/strategy_flow.h"
#include "core/outreach/task_flow.h"
#include "core/services/account_service.h"
#include "core/services/mail_access.h"
#include "core/services/mailbox_service.h"
#include "core/services/outbox_service.h"
#include "core/services/phone_service.h"
#include "core/services/queue_service.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/phone_delivery_repository.h"
#include "core/store/repositories/secret_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"
#include "support/import_desk.h"
#include "support/provider_servers.h"
#include "support/test_registry.h"

#include <QDateTime>

using namespace outrider;
using namespace outrider::test;
using Reply = HttpServer::Reply;
using Action = Reply::Action;
using When = ProviderServer::Fault::When;

namespace {

constexpr const char* own = "+4915155509000";
constexpr const char* tomas = "+4915155502000";

std::shared_ptr<SecureBytes> secret(std::string_view text) { return std::make_shared<SecureBytes>(text); }

// A workspace with a phone line and a lead whose clock is Berlin's; Thursday, nine there.
struct Office {
    Office() {
        server.now =
            QDateTime::fromMSecsSinceEpoch(toEpochMillis(desk.clock.now()), Qt::UTC).toString(Qt::RFC2822Date).toStdString();
        const auto set = wait(AccountService(*desk.context).setProvider(Provider::Twilio, {.apiUrl = server.apiUrl()}, nullptr));
        Mailbox mailbox{.account = AccountKind::Twilio,
                        .address = server.number,
                        .phone = {.accountSid = server.accountSid, .ownNumber = own},
                        .holdSeconds = 10};
        const auto added = wait(mailboxes().add(mailbox, secret(server.authToken)));
        if (!set || !added)
            qFatal("no line: %s", added.error().detail.c_str());
        line = *added;
        lead = add("Tomás", tomas);
    }

    LeadId add(const std::string& name, const std::string& number) {
        LeadId id;
        desk.write([&](WriteContext& w) {
            Lead made = makeLead(name, "Rühl", name.size() > 5 ? "t.ruehl@hafenwerk.example" : "");
            made.phone = number;
            made.phoneKey = number;
            made.country = "DE";
            id = addLead(w, made);
        });
        return id;
    }

    MailboxService mailboxes() { return MailboxService(*desk.context); }

    Result<OutboxId> text(const std::string& words) {
        auto draft = wait(phone.newText(lead));
        if (!draft)
            return fail(draft.error());
        draft->body = words;
        return wait(QueueService(*desk.context).send(lead, *draft));
    }
    OutboxId texted(const std::string& words = "Zwei Minuten?") {
        const auto item = text(words);
        if (!item)
            qFatal("no text: %s %s", std::string(name(item.error().code)).c_str(), item.error().detail.c_str());
        desk.clock.advance(std::chrono::seconds(11));
        return *item;
    }

    void enrol(const std::vector<Channel>& steps) {
        desk.write([&](WriteContext& w) {
            version = addStrategy(w, "Dock delays", steps, 0);
            const Strategy strategy = *StrategyRepository(w.db).find(version.strategy);
            if (!outreach::StrategyFlow(w, desk.context->surroundings()).enrol(lead, strategy, version, {}))
                qFatal("the lead cannot be enrolled");
        });
    }
    std::vector<Task> openTasks() {
        return desk.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(lead); });
    }
    Result<TaskOutcome> complete(const TaskCompletion& completion) {
        return wait(QueueService(*desk.context).complete(openTasks().at(0).id, completion));
    }

    OutboxService::SendReport run() {
        auto report = wait(OutboxService(*desk.context).runOnce(100));
        if (!report)
            qFatal("no run: %s", report.error().detail.c_str());
        return *report;
    }

    OutboxItem item(OutboxId id) {
        return desk.read([&](ReadContext& r) { return *OutboxRepository(r.db).find(id); });
    }
    Mailbox mailbox() {
        return desk.read([&](ReadContext& r) { return *MailboxRepository(r.db).find(line); });
    }
    Enrolment enrolment() {
        return desk.read([&](ReadContext& r) { return EnrolmentRepository(r.db).ofLead(lead).at(0); });
    }
    bool wasRead(const std::string& why) {
        return desk.read([&](ReadContext& r) {
            const auto audit = SecretRepository(r.db).audit(100);
            return std::any_of(audit.begin(), audit.end(), [&](const SecretAudit& row) {
                return row.name == secretName(line) && row.what == "read" && row.why == why;
            });
        });
    }

    TwilioServer server;
    Desk desk;
    PhoneService phone{*desk.context};
    MailboxId line;
    LeadId lead;
    StrategyVersion version;
};

QString state(const OutboxItem& item) {
    return QString::fromStdString(std::string(name(item.state)) + " " + std::string(name(item.waitReason)));
}

} // namespace

class PhoneLinesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_text_waits_out_its_undo_window_and_leaves_once() {
        Office office;
        const OutboxId id = *office.text("Zwei Minuten?");
        QCOMPARE(state(office.item(id)), QStringLiteral("held undo_window"));
        office.run();
        QVERIFY(office.server.texts().empty());
        office.desk.clock.advance(std::chrono::seconds(11));
        QCOMPARE(office.run().sent, 1);
        QCOMPARE(office.run().sent, 0);
        QCOMPARE(office.server.texts().size(), std::size_t(1));
        QCOMPARE(office.server.texts()[0].body, std::string("Zwei Minuten?"));
        QCOMPARE(office.server.texts()[0].to, std::string(tomas));
        const OutboxItem item = office.item(id);
        QCOMPARE(state(item), QStringLiteral("sent none"));
        QVERIFY(item.channel == Channel::Sms);
        QCOMPARE(item.serverAnswer, "twilio " + office.server.texts()[0].sid);
        QVERIFY(office.wasRead("sending"));
        QVERIFY2(office.desk.timeline(office.lead).contains(QStringLiteral("sms Zwei Minuten?")),
                 qPrintable(office.desk.timeline(office.lead).join(QLatin1Char('|'))));
    }

    void a_step_is_sent_over_the_line_or_said_to_be_done_by_hand() {
        Office office;
        office.enrol({Channel::Sms, Channel::Call});
        const auto sent = office.complete({.overPhoneLine = true});
        VERIFY_OK(sent);
        QVERIFY(bool(sent->outbox));
        QVERIFY(office.openTasks().empty()); // what follows is planned when it has left
        office.desk.clock.advance(std::chrono::seconds(11));
        QCOMPARE(office.run().sent, 1);
        QCOMPARE(office.server.texts()[0].body, std::string("Hello Tomás,\n\na short question."));
        QCOMPARE(office.enrolment().nextStep, 1);
        QVERIFY(office.openTasks().at(0).channel == Channel::Call);

        Office byHand;
        byHand.enrol({Channel::Sms, Channel::Call});
        const auto logged = byHand.complete({});
        VERIFY_OK(logged);
        QVERIFY(!logged->outbox);
        byHand.run();
        QVERIFY(byHand.server.texts().empty());
        QCOMPARE(byHand.enrolment().nextStep, 1);
    }

    void a_step_whose_text_was_refused_can_be_sent_again() {
        Office office;
        office.enrol({Channel::Sms, Channel::Call});
        office.server.add(
            {.path = "/Messages.json", .reply = {.status = 400, .body = R"({"code":21614,"message":"no mobile"})"}});
        VERIFY_OK(office.complete({.overPhoneLine = true}));
        office.desk.clock.advance(std::chrono::seconds(11));
        QCOMPARE(office.run().refused, 1);
        QCOMPARE(office.openTasks().size(), std::size_t(1));
        QVERIFY(office.openTasks()[0].note.find("21614") != std::string::npos);
        QVERIFY(!office.desk.isPhoneSuppressed(tomas));
        VERIFY_OK(office.complete({.overPhoneLine = true}));
        office.desk.clock.advance(std::chrono::seconds(11));
        QCOMPARE(office.run().sent, 1);
    }

    void whoever_answered_stop_is_left_alone_on_every_line() {
        Office office;
        office.enrol({Channel::Sms, Channel::Call});
        office.server.optedOut.insert(tomas);
        VERIFY_OK(office.complete({.overPhoneLine = true}));
        office.desk.clock.advance(std::chrono::seconds(11));
        QCOMPARE(office.run().refused, 1);
        QVERIFY(office.desk.isPhoneSuppressed(tomas));
        QVERIFY(office.enrolment().state == EnrolmentState::Stopped);
        QVERIFY(office.enrolment().stopReason == StopReason::OptOut);
        QVERIFY(office.desk.timeline(office.lead).contains(QStringLiteral("opt_out opt_out")));
        VERIFY_ERROR(office.text("Once more"), ErrorCode::LeadSuppressed);
        VERIFY_ERROR(wait(office.phone.startCall(office.lead)), ErrorCode::LeadSuppressed);
        QVERIFY(office.mailbox().state == MailboxState::Active);
    }

    void a_number_suppressed_meanwhile_gets_nothing() {
        Office office;
        const OutboxId id = office.texted();
        office.desk.write([](WriteContext& w) {
            SuppressionRepository(w.db).add(w, SuppressionKind::Phone, tomas, SuppressionReason::DoNotContact, "said so");
        });
        QCOMPARE(office.run().dropped, 1);
        QVERIFY(office.server.texts().empty());
        QCOMPARE(state(office.item(id)), QStringLiteral("dropped none"));
    }

    void nothing_leaves_while_everything_is_held() {
        Office office;
        const OutboxId id = office.texted();
        OutboxService outbox(*office.desk.context);
        VERIFY_OK(wait(outbox.holdEverything(true)));
        office.run();
        QVERIFY(office.server.texts().empty());
        const auto held = wait(outbox.detail(id));
        VERIFY_OK(held);
        QVERIFY(std::ranges::any_of(held->checks, [](const SendCheck& one) {
            return one.what == SendCheck::What::Hold && one.state == SendCheck::State::Waits;
        }));
        VERIFY_OK(wait(outbox.holdEverything(false)));
        QCOMPARE(office.run().sent, 1);
    }

    void nobody_is_texted_at_night_on_their_clock() {
        Office office;
        office.desk.clock.advance(std::chrono::hours(13)); // ten at night in Berlin
        const OutboxId id = office.texted();
        QCOMPARE(office.run().sent, 0);
        QCOMPARE(state(office.item(id)), QStringLiteral("held outside_hours"));
        QCOMPARE(QString::fromStdString(toIso8601(office.item(id).earliestAt)),
                 QStringLiteral("2026-11-20T07:00:00.000Z")); // eight
        office.desk.clock.advance(std::chrono::hours(10));
        QCOMPARE(office.run().sent, 1);
        office.desk.clock.advance(std::chrono::hours(24)); // a Saturday's morning is no night
        office.texted();
        QCOMPARE(office.run().sent, 1);
    }

    void a_line_keeps_its_limits() {
        Office office;
        Mailbox line = office.mailbox();
        line.dailyLimit = 1;
        VERIFY_OK(wait(office.mailboxes().update(line, nullptr)));
        office.texted("One");
        const OutboxId second = office.texted("Two");
        QCOMPARE(office.run().sent, 1);
        QCOMPARE(state(office.item(second)), QStringLiteral("held daily_limit"));
    }

    void a_secret_that_no_longer_holds_pauses_the_line_and_drops_nothing() {
        Office office;
        office.server.authToken = "another";
        const OutboxId id = office.texted();
        QCOMPARE(office.run().sent, 0);
        QVERIFY(office.mailbox().state == MailboxState::NeedsAttention);
        QCOMPARE(office.mailbox().stateReason, std::string("auth_failed"));
        QCOMPARE(state(office.item(id)), QStringLiteral("queued mailbox_signed_out"));
        VERIFY_OK(wait(office.mailboxes().update(office.mailbox(), secret("another"))));
        office.desk.clock.advance(std::chrono::hours(1));
        QCOMPARE(office.run().sent, 1);
    }

    void the_whole_line_waits_as_long_as_the_service_asks() {
        Office office;
        office.server.add(
            {.path = "/Messages.json",
             .reply = {.status = 429, .body = R"({"code":20429,"message":"slow"})", .headers = {"Retry-After: 90"}}});
        const OutboxId first = office.texted("One");
        const OutboxId second = office.texted("Two");
        office.run();
        QCOMPARE(state(office.item(first)), QStringLiteral("queued retry_later"));
        QCOMPARE(state(office.item(second)), QStringLiteral("held retry_later"));
        office.desk.clock.advance(std::chrono::seconds(91));
        QCOMPARE(office.run().sent, 2);
    }

    void a_lost_answer_is_settled_by_the_list_and_never_by_a_second_text_data() {
        QTest::addColumn<bool>("arrived");
        QTest::newRow("it had arrived") << true;
        QTest::newRow("it had not") << false;
    }
    void a_lost_answer_is_settled_by_the_list_and_never_by_a_second_text() {
        QFETCH(const bool, arrived);
        Office office;
        const OutboxId before = office.texted(); // the same words, which the list holds too
        QCOMPARE(office.run().sent, 1);
        office.server.add(
            {.path = "/Messages.json", .reply = {.action = Action::Drop}, .when = arrived ? When::After : When::Before});
        const OutboxId id = office.texted();
        QCOMPARE(office.run().unknown, 1);
        QCOMPARE(state(office.item(id)), QStringLiteral("unknown none"));
        office.desk.clock.advance(std::chrono::minutes(5));
        office.run();
        QCOMPARE(state(office.item(id)), arrived ? QStringLiteral("sent none") : QStringLiteral("unknown none"));
        QCOMPARE(office.server.texts().size(), arrived ? std::size_t(2) : std::size_t(1));
        QVERIFY(office.item(id).serverAnswer != office.item(before).serverAnswer);
        if (!arrived) {
            VERIFY_OK(wait(OutboxService(*office.desk.context).resolve(id, OutboxService::Resolution::SendAgain)));
            QCOMPARE(office.run().sent, 1);
        }
        QCOMPARE(office.server.texts().size(), std::size_t(2));
    }

    void how_a_text_fared_is_asked_until_it_is_known() {
        Office office;
        const OutboxId id = office.texted();
        QCOMPARE(office.run().sent, 1);
        const auto delivery = [&] {
            return *office.desk.read([&](ReadContext& r) { return PhoneDeliveryRepository(r.db).of(id); });
        };
        QCOMPARE(delivery().sid, office.server.texts()[0].sid);
        office.desk.clock.advance(std::chrono::minutes(1));
        office.run();
        QCOMPARE(delivery().status, std::string("queued"));
        QVERIFY(delivery().askAt.has_value());
        office.server.setText(0, "undelivered", 30003);
        office.desk.clock.advance(std::chrono::minutes(1));
        office.run();
        QCOMPARE(delivery().status, std::string("undelivered"));
        QVERIFY(!delivery().askAt);
        QVERIFY(office.desk.timeline(office.lead).contains(QStringLiteral("send_failed Zwei Minuten?")));
        QCOMPARE(state(office.item(id)), QStringLiteral("sent none")); // it had left
        QVERIFY(!office.desk.isPhoneSuppressed(tomas));
    }

    void a_call_rings_the_persons_phone_first_and_says_how_it_goes() {
        Office office;
        const auto call = wait(office.phone.startCall(office.lead));
        VERIFY_OK(call);
        QCOMPARE(call->rings, std::string(own));
        QCOMPARE(call->number, std::string(tomas));
        QCOMPARE(office.server.calls().size(), std::size_t(1));
        QCOMPARE(office.server.calls()[0].to, std::string(own));
        QVERIFY(office.server.calls()[0].twiml.find(tomas) != std::string::npos);
        QVERIFY(office.wasRead("placing a call"));
        office.server.setCall(0, "completed", 40);
        const auto state = wait(office.phone.callState(call->line, call->sid));
        VERIFY_OK(state);
        QVERIFY(state->over);
        QCOMPARE(state->seconds, std::optional(40));
        VERIFY_OK(wait(office.mailboxes().setPaused(office.line, true)));
        VERIFY_ERROR(wait(office.phone.startCall(office.lead)), ErrorCode::NoPhoneLine);
    }

    void a_line_is_checked_before_it_is_kept() {
        Office office;
        const auto refused = [&](Mailbox mailbox) {
            mailbox.account = AccountKind::Twilio;
            const auto added = wait(office.mailboxes().add(mailbox, secret("x")));
            return added ? std::string() : std::string(name(added.error().code));
        };
        QCOMPARE(refused({.address = "not a number", .phone = {.accountSid = office.server.accountSid}}),
                 std::string("invalid_phone"));
        QCOMPARE(refused({.address = "+493055501001", .phone = {.accountSid = "AC1"}}), std::string("invalid_argument"));
        QCOMPARE(
            refused({.address = office.server.serviceSid, .phone = {.accountSid = office.server.accountSid, .ownNumber = own}}),
            std::string("invalid_argument")); // a service has no number to call from
        QCOMPARE(refused({.address = office.server.number, .phone = {.accountSid = office.server.accountSid}}),
                 std::string("already_exists"));
        QCOMPARE(refused({.address = "+49 30 55501002", .phone = {.accountSid = office.server.accountSid}}), std::string());
    }

    void mail_never_leaves_from_a_line() {
        Office office;
        VERIFY_ERROR(wait(QueueService(*office.desk.context).newMail(office.lead)), ErrorCode::NoMailbox);
        office.desk.write([&](WriteContext& w) { QVERIFY(!MailboxRepository(w.db).firstActive()); });
        office.enrol({Channel::Sms});
        QVERIFY(office.complete({}).has_value());
    }

    void the_dry_run_sends_texts_where_there_is_a_line() {
        Office office;
        office.enrol({Channel::Sms, Channel::Sms});
        const auto plan = [&] {
            return office.desk.read([&](ReadContext& r) {
                return outreach::simulate(outreach::simulationInput(r.db, office.desk.context->surroundings(), r.now),
                                          r.now + std::chrono::hours(48));
            });
        };
        const Simulation texts = plan();
        QCOMPARE(texts.steps.size(), std::size_t(2));
        QVERIFY(texts.steps[0].channel == Channel::Sms && texts.steps[0].mailbox == office.line);
        office.desk.write([&](WriteContext& w) {
            SuppressionRepository(w.db).add(w, SuppressionKind::Phone, tomas, SuppressionReason::DoNotContact, "said so");
        });
        QVERIFY(plan().steps.empty());
        QVERIFY(plan().skips.at(0).reason == SkipReason::Unreachable);
    }

    void practice_calls_and_texts_nobody() {
        Office office;
        const auto practice = makeMailAccess(office.desk.context->store(), office.desk.environment, true);
        const Progress progress;
        VERIFY_OK(practice->startCall(office.mailbox(), tomas, progress));
        const auto outcome = practice->transport(office.mailbox())
                                 ->send(
                                     {.recipient = tomas, .idempotencyKey = "1"}, "Text", [] { return true; }, progress);
        QVERIFY(outcome.kind == transport::SendKind::Sent);
        QVERIFY(office.server.http().requests().empty());
    }

    void a_line_and_its_words_survive_undo_and_redo() {
        Office office;
        HistoryService history(*office.desk.context);
        Mailbox line = office.mailbox();
        line.phone.ownNumber = "+4915155509009";
        VERIFY_OK(wait(office.mailboxes().update(line, nullptr)));
        VERIFY_OK(wait(history.undo()));
        QCOMPARE(office.mailbox().phone.ownNumber, std::string(own));
        VERIFY_OK(wait(office.mailboxes().remove(office.line)));
        VERIFY_OK(wait(history.undo()));
        QVERIFY(isPhoneLine(office.mailbox().account));
        QCOMPARE(office.mailbox().phone.accountSid, office.server.accountSid);
    }
};

OUTRIDER_TEST(PhoneLinesTest)
#include "phone_lines_test.moc"
