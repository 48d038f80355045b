// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/address_verifier.h"

#include "support/http_server.h"
#include "support/test_registry.h"

#include <nlohmann/json.hpp>

using namespace outrider;
using namespace outrider::transport;
using namespace outrider::test;
using Json = nlohmann::json;
using Reply = HttpServer::Reply;

namespace {

NetworkTimeouts quick() {
    return {.connect = std::chrono::seconds(5), .response = std::chrono::milliseconds(700), .total = std::chrono::seconds(5)};
}

Reply verdict(const char* code, const char* role = "false", const char* meant = "") {
    return {.body = Json{{"debounce",
                          {{"email", "z@x.example"},
                           {"code", code},
                           {"role", role},
                           {"free_email", "false"},
                           {"result", "whatever"},
                           {"reason", "whatever"},
                           {"send_transactional", "1"},
                           {"did_you_mean", meant}}},
                         {"success", "1"},
                         {"balance", "1724.8"}}
                        .dump()};
}

Reply refusal(int status, const char* error) {
    return {.status = status, .body = Json{{"debounce", {{"error", error}, {"code", "0"}}}, {"success", "0"}}.dump()};
}

struct Asked {
    explicit Asked(Reply reply) : server([reply](const HttpServer::Request&) { return reply; }) {}

    Result<AddressVerifier::Answer> ask(const std::string& address = "zoë+list@x.example") {
        AddressVerifier verifier(server.url() + "/v1", key, {}, quick());
        auto answer = verifier.ask(address, Progress());
        waits = verifier.retryAfter();
        return answer;
    }

    SecureBytes key{std::string_view("k&y=1")};
    HttpServer server;
    Millis waits{};
};

} // namespace

class AddressVerifierTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_address_and_the_key_arrive_as_they_are() {
        Asked asked(verdict("5"));
        const auto answer = asked.ask();
        QVERIFY(answer.has_value());
        const auto requests = asked.server.requests();
        QCOMPARE(requests.size(), std::size_t(1));
        QCOMPARE(requests[0].method, std::string("GET"));
        QCOMPARE(requests[0].path, std::string("/v1/"));
        QCOMPARE(requests[0].query.at("api"), std::string("k&y=1"));
        QCOMPARE(requests[0].query.at("email"), std::string("zoë+list@x.example"));
        QVERIFY(answer->verdict.paid);
        QCOMPARE(answer->balance, std::optional<std::int64_t>(1724)); // credits that are there whole
    }

    void every_code_is_a_state_with_a_reason_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* code, const char* role, const char* said) {
            QTest::newRow(said) << QString::fromLatin1(code) << QString::fromLatin1(role) << QString::fromLatin1(said);
        };
        row("1", "false", "invalid syntax");
        row("2", "false", "invalid spam_trap");
        row("3", "false", "risky disposable");
        row("4", "false", "risky catch_all");
        row("5", "false", "valid good");
        row("5", "true", "risky role");
        row("6", "false", "invalid rejected");
        row("7", "false", "unknown undetermined");
        row("8", "true", "risky role ");
        row("99", "false", "unknown undetermined ");
    }
    void every_code_is_a_state_with_a_reason() {
        QFETCH(QString, code);
        QFETCH(QString, role);
        QFETCH(QString, said);
        const auto answer = Asked(verdict(code.toLatin1().constData(), role.toLatin1().constData())).ask();
        QVERIFY(answer.has_value());
        const std::string got = std::string(addressStateNames.name(answer->verdict.state)) + ' '
                                + std::string(addressFindingNames.name(answer->verdict.finding));
        QCOMPARE(QString::fromStdString(got), said.trimmed());
    }

    void a_suggestion_is_taken_only_when_it_is_an_address() {
        QCOMPARE(Asked(verdict("6", "false", "z@gmail.com")).ask()->verdict.suggestion, std::string("z@gmail.com"));
        QCOMPARE(Asked(verdict("6", "false", "<b>no</b>")).ask()->verdict.suggestion, std::string());
        QCOMPARE(Asked(verdict("6", "false", (std::string(5000, 'a') + "@x.example").c_str())).ask()->verdict.suggestion,
                 std::string());
    }

    void refusals_are_told_apart_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("code");
        QTest::newRow("wrong key") << 401 << "Wrong API"
                                   << "auth_failed";
        QTest::newRow("wrong key, politely") << 200 << "Wrong API"
                                             << "auth_failed";
        QTest::newRow("forbidden") << 403 << ""
                                   << "auth_failed";
        QTest::newRow("no credits") << 402 << ""
                                    << "refused_hard";
        QTest::newRow("no credits, politely") << 200 << "Credits Low"
                                              << "refused_hard";
        QTest::newRow("too fast") << 429 << "Maximum concurrent calls reached"
                                  << "refused_soft";
        QTest::newRow("broken") << 500 << ""
                                << "refused_soft";
        QTest::newRow("bad question") << 400 << "Missing email"
                                      << "refused_hard";
    }
    void refusals_are_told_apart() {
        QFETCH(int, status);
        QFETCH(QString, words);
        QFETCH(QString, code);
        Asked asked(refusal(status, words.toLatin1().constData()));
        const auto answer = asked.ask();
        QVERIFY(!answer.has_value());
        QCOMPARE(QString::fromStdString(std::string(name(answer.error().code))), code);
        QVERIFY(answer.error().detail.find("k&y") == std::string::npos);
        QVERIFY(answer.error().detail.find("k%26y") == std::string::npos);
        if (status == 402)
            QVERIFY(answer.error().retry == Retry::AfterUserAction);
        if (status == 429)
            QVERIFY(asked.waits > Millis(0));
    }

    void what_is_no_answer_is_an_error_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("action");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* what, const char* body, Reply::Action action, const char* code) {
            QTest::newRow(what) << QString::fromLatin1(body) << int(action) << QString::fromLatin1(code);
        };
        row("no JSON", "<html>", Reply::Action::Answer, "protocol_error");
        row("a list", "[1]", Reply::Action::Answer, "protocol_error");
        row("no verdict", R"({"success":"1"})", Reply::Action::Answer, "protocol_error");
        row("a verdict that is text", R"({"debounce":"5","success":"1"})", Reply::Action::Answer, "protocol_error");
        row("hang", "", Reply::Action::Hang, "timed_out");
        row("drop", "", Reply::Action::Drop, "connection_lost");
    }
    void what_is_no_answer_is_an_error() {
        QFETCH(QString, body);
        QFETCH(int, action);
        QFETCH(QString, code);
        const auto answer = Asked({.body = body.toStdString(), .action = Reply::Action(action)}).ask();
        QVERIFY(!answer.has_value());
        QCOMPARE(QString::fromStdString(std::string(name(answer.error().code))), code);
    }

    void a_key_is_never_sent_in_the_open() {
        const SecureBytes key{std::string_view("secret")};
        const auto answer = AddressVerifier("http://verifier.example/v1", key, {}, quick()).ask("z@x.example", Progress());
        QVERIFY(!answer.has_value());
        QVERIFY(answer.error().code == ErrorCode::InvalidArgument);
    }
};

OUTRIDER_TEST(AddressVerifierTest)
#include "address_verifier_test.moc"
