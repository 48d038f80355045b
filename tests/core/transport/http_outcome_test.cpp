// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/http_outcome.h"

#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::transport;

namespace {

HttpExchange answered(int status, std::string body = {}, std::optional<Millis> retryAfter = {}) {
    HttpExchange exchange;
    exchange.handedOver = true;
    exchange.reply = HttpReply{.status = status, .body = std::move(body), .retryAfter = retryAfter};
    return exchange;
}

} // namespace

class HttpOutcomeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_status_says_whether_the_message_left_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        const auto row = [](int status, const char* kind, const char* code) {
            QTest::addRow("%d", status) << status << QString::fromLatin1(kind) << QString::fromLatin1(code);
        };
        for (const int status : {200, 201, 202, 204})
            row(status, "sent", "internal"); // the error says nothing
        for (const int status : {301, 302, 307, 308})
            row(status, "not_sent", "protocol_error");
        for (const int status : {400, 402, 404, 405, 409, 410, 415, 422, 451})
            row(status, "refused_hard", "refused_hard");
        row(413, "refused_hard", "message_too_large");
        for (const int status : {401, 403})
            row(status, "not_sent", "auth_failed");
        for (const int status : {408, 425, 429, 503})
            row(status, "not_sent", "refused_soft");
        for (const int status : {500, 501, 502, 504, 520, 599})
            row(status, "unknown", "outcome_unknown");
    }
    void every_status_says_whether_the_message_left() {
        QFETCH(const int, status);
        const SendOutcome outcome = outcomeOf(answered(status));
        QTEST(QString::fromStdString(std::string(name(outcome.kind))), "kind");
        QTEST(QString::fromStdString(std::string(name(outcome.error.code))), "code");
        QCOMPARE(outcome.replyCode, status);
        QCOMPARE(outcome.retryAfter.has_value(), outcome.error.code == ErrorCode::RefusedSoft);
    }

    void without_an_answer_what_matters_is_whether_all_of_it_left() {
        HttpExchange exchange;
        exchange.error = Error(ErrorCode::ConnectionLost, "reset");
        QCOMPARE(outcomeOf(exchange).kind, SendKind::NotSent);
        QCOMPARE(outcomeOf(exchange).error.code, ErrorCode::ConnectionLost);
        exchange.handedOver = true;
        QCOMPARE(outcomeOf(exchange).kind, SendKind::Unknown);
        QCOMPARE(outcomeOf(exchange).error.code, ErrorCode::OutcomeUnknown);
    }

    void the_provider_says_when_to_come_again() {
        QCOMPARE(outcomeOf(answered(429, {}, std::chrono::seconds(7))).retryAfter,
                 std::optional<Millis>(std::chrono::seconds(7)));
        QCOMPARE(usedUp(answered(403), std::chrono::hours(1)).retryAfter, std::optional<Millis>(std::chrono::hours(1)));
    }

    void the_providers_words_are_found_in_each_of_their_forms() {
        const auto of = [](std::string body) {
            const ProviderAnswer answer = answerOf({.status = 400, .body = std::move(body)});
            return answer.reason + "|" + answer.text;
        };
        QCOMPARE(of(R"({"statusCode":422,"name":"invalid_from_address","message":"Invalid `from` field."})"),
                 std::string("invalid_from_address|Invalid `from` field."));
        QCOMPARE(of(R"({"error":{"code":"ErrorSendAsDenied","message":"Not allowed."}})"),
                 std::string("ErrorSendAsDenied|Not allowed."));
        QCOMPARE(
            of(R"({"error":{"code":403,"message":"Slow","status":"PERMISSION_DENIED","errors":[{"reason":"rateLimitExceeded"}]}})"),
            std::string("rateLimitExceeded|Slow"));
        QCOMPARE(of(R"({"error":"invalid_grant","error_description":"Revoked."})"), std::string("invalid_grant|Revoked."));
        for (const char* none :
             {"", "<html>Bad gateway</html>", "[]", "null", "{", R"({"error":[]})", R"({"error":{"errors":[1]}})"})
            QCOMPARE(of(none), std::string("|"));
    }
};

OUTRIDER_TEST(HttpOutcomeTest)
#include "http_outcome_test.moc"
