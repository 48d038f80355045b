// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/twilio_transport.h"

#include "support/provider_mail.h"
#include "support/provider_servers.h"
#include "support/test_registry.h"

#include <nlohmann/json.hpp>

using namespace outrider;
using namespace outrider::transport;
using namespace outrider::test;
using Json = nlohmann::json;
using Reply = HttpServer::Reply;
using Action = Reply::Action;
using When = ProviderServer::Fault::When;

namespace {

constexpr const char* lead = "+4915155502000";
constexpr const char* text = "Guten Tag Tomás, zwei Minuten? & = + €";

// Nine o'clock, as the server has it.
Instant handedOver() { return Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 17) + std::chrono::hours(9)); }

PhoneLine lineOf(const TwilioServer& server) {
    return {.accountSid = server.accountSid, .number = server.number, .ownNumber = "+4915155509000"};
}

TwilioTransport transportTo(const TwilioServer& server, PhoneLine line, const std::string& secret = "twilio_contract_token") {
    return TwilioTransport(
        server.apiUrl(), std::move(line), [secret]() -> Result<SecureBytes> { return SecureBytes(std::string_view(secret)); }, {},
        ProviderMail::quick());
}

struct Message {
    SendOutcome send(TwilioTransport& transport) {
        return transport.send(
            {.sender = "+493055501000", .recipient = lead, .idempotencyKey = "step-1-2-3"}, body,
            [&] {
                ++handOvers;
                return mayLeave;
            },
            progress);
    }
    Result<FateReport> fate(TwilioTransport& transport, std::optional<Instant> at = handedOver()) {
        return transport.fateOf({.recipient = lead,
                                 .raw = body,
                                 .handedOver = at,
                                 .isAnothers = [this](std::string_view sid) { return sid == taken; }},
                                progress);
    }

    std::string body = text;
    std::string taken; // the provider's name of a message that is another
    Progress progress;
    int handOvers = 0;
    bool mayLeave = true;
};

Reply refusal(int status, int code) {
    return {.status = status, .body = Json{{"code", code}, {"message", "because"}, {"status", status}}.dump()};
}

} // namespace

class TwilioTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_text_arrives_as_it_was_written() {
        TwilioServer server;
        TwilioTransport transport = transportTo(server, lineOf(server));
        Message message;
        const auto outcome = message.send(transport);
        QCOMPARE(told(outcome), QStringLiteral("sent"));
        QCOMPARE(message.handOvers, 1);
        QCOMPARE(server.texts().size(), std::size_t(1));
        QCOMPARE(server.texts()[0].to, std::string(lead));
        QCOMPARE(server.texts()[0].from, server.number);
        QCOMPARE(server.texts()[0].body, std::string(text));
        QCOMPARE(outcome.messageId, server.texts()[0].sid);
        QCOMPARE(outcome.answer, "twilio " + server.texts()[0].sid);
    }

    void an_api_key_and_a_messaging_service_stand_for_token_and_number() {
        TwilioServer server;
        PhoneLine line = lineOf(server);
        line.keySid = server.keySid;
        line.serviceSid = server.serviceSid;
        TwilioTransport transport = transportTo(server, line, server.keySecret);
        Message message;
        QCOMPARE(told(message.send(transport)), QStringLiteral("sent"));
        QCOMPARE(server.texts()[0].service, server.serviceSid);
        QVERIFY(server.texts()[0].from.empty());
        QCOMPARE(message.fate(transport)->fate, Fate::Sent);
    }

    void what_the_service_says_becomes_what_the_outbox_knows_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<int>("stage");
        QTest::addColumn<int>("wait"); // seconds; 0: none
        const auto row = [](int status, int code, const char* outcome, SendStage stage, int wait = 0) {
            QTest::addRow("%d %d", status, code) << status << code << QString::fromLatin1(outcome) << int(stage) << wait;
        };
        row(400, 21610, "refused_hard refused_hard", SendStage::Recipient);
        row(400, 21211, "refused_hard refused_hard", SendStage::Recipient);
        row(400, 21614, "refused_hard refused_hard", SendStage::Recipient);
        row(400, 21408, "refused_hard refused_hard", SendStage::Recipient);
        row(400, 21602, "refused_hard refused_hard", SendStage::Content);
        row(400, 21617, "refused_hard message_too_large", SendStage::Content);
        row(400, 21606, "not_sent auth_failed", SendStage::SignIn); // the number is not the account's
        row(400, 21705, "not_sent auth_failed", SendStage::SignIn);
        row(400, 21611, "not_sent refused_soft", SendStage::Content, 600);
        row(401, 20003, "not_sent auth_failed", SendStage::SignIn);
        row(403, 20403, "not_sent auth_failed", SendStage::SignIn);
        row(404, 20404, "not_sent auth_failed", SendStage::SignIn); // no such account
        row(429, 20429, "not_sent refused_soft", SendStage::Content, 60);
        row(500, 20500, "unknown outcome_unknown", SendStage::Answer);
        row(502, 0, "unknown outcome_unknown", SendStage::Answer);
        row(503, 20503, "not_sent refused_soft", SendStage::Content, 60);
        row(504, 0, "unknown outcome_unknown", SendStage::Answer);
    }
    void what_the_service_says_becomes_what_the_outbox_knows() {
        QFETCH(const int, status);
        QFETCH(const int, code);
        QFETCH(const int, wait);
        TwilioServer server;
        server.add({.path = "/Messages.json", .reply = refusal(status, code)});
        TwilioTransport transport = transportTo(server, lineOf(server));
        Message message;
        const auto outcome = message.send(transport);
        QTEST(told(outcome), "outcome");
        QTEST(int(outcome.stage), "stage");
        QCOMPARE(outcome.retryAfter.value_or(Millis(0)), Millis(std::chrono::seconds(wait)));
        QCOMPARE(outcome.optedOut, code == 21610);
        QVERIFY2(code == 0 || outcome.answer.find(std::to_string(code)) != std::string::npos, outcome.answer.c_str());
        QVERIFY(server.texts().empty());
    }

    void the_wait_the_service_asks_for_is_kept() {
        TwilioServer server;
        Reply busy = refusal(429, 20429);
        busy.headers = {"Retry-After: 17"};
        server.add({.path = "/Messages.json", .reply = busy});
        TwilioTransport transport = transportTo(server, lineOf(server));
        QCOMPARE(Message().send(transport).retryAfter, std::optional(Millis(std::chrono::seconds(17))));
    }

    void a_lost_answer_is_unknown_and_the_list_settles_it_without_a_second_text_data() {
        QTest::addColumn<int>("action");
        QTest::addColumn<bool>("arrived");
        for (const bool arrived : {true, false}) {
            QTest::addRow("drop %d", int(arrived)) << int(Action::Drop) << arrived;
            QTest::addRow("hang %d", int(arrived)) << int(Action::Hang) << arrived;
            QTest::addRow("garbage %d", int(arrived)) << int(Action::Garbage) << arrived;
        }
        QTest::newRow("cut") << int(Action::CutBody) << true;
    }
    void a_lost_answer_is_unknown_and_the_list_settles_it_without_a_second_text() {
        QFETCH(const int, action);
        QFETCH(const bool, arrived);
        TwilioServer server;
        server.add({.path = "/Messages.json", .reply = {.action = Action(action)}, .when = arrived ? When::After : When::Before});
        TwilioTransport transport = transportTo(server, lineOf(server));
        Message message;
        QCOMPARE(message.send(transport).kind, SendKind::Unknown);
        QCOMPARE(server.texts().size(), std::size_t(arrived));
        const auto fate = message.fate(transport);
        VERIFY_OK(fate);
        QCOMPARE(fate->fate, arrived ? Fate::Sent : Fate::Unknown); // that it is not there proves nothing
        QCOMPARE(fate->messageId, arrived ? server.texts()[0].sid : std::string());
        QCOMPARE(server.texts().size(), std::size_t(arrived));
    }

    void only_its_own_text_settles_a_message() {
        TwilioServer server;
        TwilioTransport transport = transportTo(server, lineOf(server));
        Message other;
        other.body = "Another text";
        other.send(transport);
        Message message;
        QCOMPARE(message.fate(transport)->fate, Fate::Unknown);
        message.send(transport);
        QCOMPARE(message.fate(transport)->messageId, server.texts()[1].sid);
        message.taken = server.texts()[1].sid; // the same words, sent before
        QCOMPARE(message.fate(transport)->fate, Fate::Unknown);
        message.taken.clear();
        QCOMPARE(message.fate(transport, handedOver() + std::chrono::hours(1))->fate, Fate::Unknown); // older than the hand-over
        QCOMPARE(message.fate(transport, std::nullopt)->fate, Fate::Unknown);
    }

    void what_an_account_on_trial_puts_before_it_is_known() {
        TwilioServer server;
        TwilioTransport transport = transportTo(server, lineOf(server));
        Message trial;
        trial.body = "Sent from your Twilio trial account - " + std::string(text);
        trial.send(transport);
        QCOMPARE(Message().fate(transport)->fate, Fate::Sent);
    }

    void a_201_that_is_not_the_services_is_not_taken_for_one() {
        for (const char* body : {"", "<html>", "[]", "{}", R"({"sid":7})", R"({"sid":"SM../../1"})"}) {
            TwilioServer server;
            server.add({.path = "/Messages.json", .reply = {.status = 201, .body = body}});
            TwilioTransport transport = transportTo(server, lineOf(server));
            QCOMPARE(Message().send(transport).kind, SendKind::Unknown);
        }
    }

    void what_may_not_leave_does_not() {
        TwilioServer server;
        TwilioTransport transport = transportTo(server, lineOf(server));
        Message message;
        message.mayLeave = false;
        QCOMPARE(told(message.send(transport)), QStringLiteral("not_sent cancelled"));
        Message empty;
        empty.body.clear();
        QCOMPARE(told(empty.send(transport)), QStringLiteral("not_sent message_malformed"));
        Message tooLong;
        tooLong.body = std::string(1601, 'x');
        QCOMPARE(told(tooLong.send(transport)), QStringLiteral("not_sent message_too_large"));
        QVERIFY(server.http().requests().empty());
    }

    void a_call_rings_the_persons_own_phone_and_dials_the_lead() {
        TwilioServer server;
        TwilioTransport transport = transportTo(server, lineOf(server));
        const Progress progress;
        const auto call = transport.startCall(lead, progress);
        VERIFY_OK(call);
        QCOMPARE(server.calls().size(), std::size_t(1));
        QCOMPARE(server.calls()[0].sid, *call);
        QCOMPARE(server.calls()[0].to, std::string("+4915155509000"));
        QCOMPARE(server.calls()[0].from, server.number);
        QCOMPARE(server.calls()[0].twiml,
                 std::string("<Response><Dial answerOnBridge=\"true\" callerId=\"+493055501000\"><Number>+4915155502000</Number>"
                             "</Dial></Response>"));
        QCOMPARE(bridgingTwiml("+1\"/>", "<2>"),
                 std::string("<Response><Dial answerOnBridge=\"true\" callerId=\"+1\"><Number>2</Number></Dial></Response>"));
        QVERIFY(!isOver(*transport.callStatus(*call, progress)));
        server.setCall(0, "completed", 63);
        const auto over = transport.callStatus(*call, progress);
        QVERIFY(isOver(*over) && !hasFailed(*over));
        QCOMPARE(over->seconds, std::optional(63));
    }

    void a_call_whose_answer_is_lost_is_not_tried_again() {
        TwilioServer server;
        server.add({.path = "/Calls.json", .reply = {.action = Action::Drop}, .when = When::After});
        TwilioTransport transport = transportTo(server, lineOf(server));
        const Progress progress;
        VERIFY_ERROR(transport.startCall(lead, progress), ErrorCode::OutcomeUnknown);
        QCOMPARE(server.calls().size(), std::size_t(1));
        PhoneLine noPhone = lineOf(server);
        noPhone.ownNumber.clear();
        VERIFY_ERROR(transportTo(server, noPhone).startCall(lead, progress), ErrorCode::NoPhoneLine);
        QCOMPARE(server.calls().size(), std::size_t(1));
    }

    void how_a_text_fared_is_read() {
        TwilioServer server;
        TwilioTransport transport = transportTo(server, lineOf(server));
        const Progress progress;
        const std::string sid = Message().send(transport).messageId;
        QVERIFY(!isOver(*transport.messageStatus(sid, progress)));
        server.setText(0, "undelivered", 30003);
        const auto status = transport.messageStatus(sid, progress);
        VERIFY_OK(status);
        QVERIFY(isOver(*status) && hasFailed(*status));
        QCOMPARE(status->errorCode, 30003);
        VERIFY_ERROR(transport.messageStatus("SM00000000000000000000000000000000", progress), ErrorCode::NotFound);
    }

    void the_secret_is_tried_without_sending_and_in_no_answer() {
        TwilioServer server;
        const Progress progress;
        VERIFY_OK(transportTo(server, lineOf(server)).check(progress));
        VERIFY_ERROR(transportTo(server, lineOf(server), "wrong").check(progress), ErrorCode::AuthFailed);
        PhoneLine elsewhere = lineOf(server);
        elsewhere.accountSid = "AC00000000000000000000000000000000";
        elsewhere.keySid = server.keySid;
        VERIFY_ERROR(transportTo(server, elsewhere, server.keySecret).check(progress), ErrorCode::AuthFailed);
        QVERIFY(server.texts().empty());
        server.add({.path = "/Messages.json",
                    .reply = {.status = 403, .body = R"({"code":20003,"message":"twilio_contract_token is wrong"})"}});
        TwilioTransport transport = transportTo(server, lineOf(server));
        const auto outcome = Message().send(transport);
        QVERIFY2(outcome.answer.find("contract_token") == std::string::npos, outcome.answer.c_str());
        QVERIFY2(outcome.error.detail.find("contract_token") == std::string::npos, outcome.error.detail.c_str());
    }
};

OUTRIDER_TEST(TwilioTransportTest)
#include "twilio_transport_test.moc"
