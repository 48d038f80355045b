// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/http_client.h"
#include "support/http_server.h"
#include "support/test_registry.h"

#include <thread>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::HttpServer;
using Reply = HttpServer::Reply;
using Action = HttpServer::Reply::Action;

namespace {

NetworkTimeouts quick() {
    return {.connect = std::chrono::seconds(5),
            .response = std::chrono::seconds(1),
            .total = std::chrono::seconds(20),
            .afterCancel = std::chrono::milliseconds(100)};
}

struct Client {
    HttpExchange post(const std::string& url, std::string_view body = "{}") {
        return http.perform({.method = "POST", .url = url, .headers = {"Content-Type: application/json"}, .body = body}, progress,
                            [this] {
                                ++handOvers;
                                return mayLeave;
                            });
    }

    HttpClient http{{}, quick()};
    Progress progress;
    int handOvers = 0;
    bool mayLeave = true;
};

} // namespace

class HttpClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_request_arrives_as_it_was_meant_over_one_connection() {
        HttpServer server([](const HttpServer::Request&) { return Reply{.status = 201, .body = "made"}; });
        Client client;
        const SecureBytes token(std::string_view("t0ken"));
        const std::string body(300'000, 'x');
        for (int i = 0; i < 3; ++i) {
            const auto exchange = client.http.perform({.method = "POST",
                                                       .url = server.url() + "/emails?a=1",
                                                       .headers = {"Idempotency-Key: k1"},
                                                       .body = body,
                                                       .bearer = &token},
                                                      client.progress);
            QVERIFY(exchange.reply && exchange.handedOver);
            QCOMPARE(exchange.reply->status, 201);
            QCOMPARE(exchange.reply->body, std::string("made"));
        }
        const auto request = server.requests().at(2);
        QCOMPARE(request.method, std::string("POST"));
        QCOMPARE(request.path, std::string("/emails"));
        QCOMPARE(request.query.at("a"), std::string("1"));
        QCOMPARE(request.header("authorization"), std::string("Bearer t0ken"));
        QCOMPARE(request.header("idempotency-key"), std::string("k1"));
        QVERIFY(request.body == body);
        QCOMPARE(server.connections(), 1);
        // Of the token nothing is left for a request that has none.
        const auto bare = client.http.perform({.url = server.url() + "/"}, client.progress);
        QVERIFY(bare.reply);
        QCOMPARE(server.requests().back().method, std::string("GET"));
        QCOMPARE(server.requests().back().header("authorization"), std::string());
    }

    // libcurl repeats a request by itself when a kept connection turns out to be closed: a message would leave twice.
    void a_post_on_a_connection_that_dies_is_never_repeated() {
        int asked = 0;
        HttpServer server([&](const HttpServer::Request&) { return ++asked == 1 ? Reply{} : Reply{.action = Action::Drop}; });
        Client client;
        QVERIFY(client.post(server.url() + "/send").reply);
        const auto second = client.post(server.url() + "/send");
        QVERIFY(!second.reply);
        QVERIFY(second.handedOver);
        QCOMPARE(client.handOvers, 2);
        QCOMPARE(server.requests().size(), std::size_t(2));
    }

    void a_connection_closed_while_idle_is_opened_again() {
        HttpServer server([](const HttpServer::Request&) { return Reply{.action = Action::AnswerAndClose}; });
        Client client;
        QVERIFY(client.post(server.url() + "/a").reply);
        QTRY_VERIFY(client.post(server.url() + "/b").reply);
        QVERIFY(server.connections() >= 2);
    }

    void what_left_and_was_not_answered_is_told_apart_from_what_did_not_leave() {
        for (const Action action : {Action::Drop, Action::Hang, Action::Garbage}) {
            HttpServer server([&](const HttpServer::Request&) { return Reply{.action = action}; });
            Client client;
            const auto exchange = client.post(server.url() + "/send");
            QVERIFY(!exchange.reply);
            QVERIFY(exchange.handedOver);
            QCOMPARE(client.handOvers, 1);
        }
        Client client;
        const auto closed = [] {
            const HttpServer gone([](const HttpServer::Request&) { return Reply{}; });
            return gone.url();
        }();
        const auto exchange = client.post(closed + "/send");
        QVERIFY(!exchange.reply && !exchange.handedOver);
        QCOMPARE(client.handOvers, 0);
        QCOMPARE(exchange.error.code, ErrorCode::ConnectionRefused);
    }

    void what_is_held_back_does_not_leave() {
        HttpServer server([](const HttpServer::Request&) { return Reply{}; });
        Client client;
        client.mayLeave = false;
        const auto exchange = client.post(server.url() + "/send");
        QVERIFY(exchange.heldBack && !exchange.handedOver && !exchange.reply);
        QVERIFY(server.requests().empty());
    }

    void half_an_answer_has_a_status_and_is_not_whole() {
        HttpServer server([](const HttpServer::Request&) {
            return Reply{.status = 200, .body = R"({"id":"abcdefghijkl"})", .action = Action::CutBody};
        });
        Client client;
        const auto exchange = client.post(server.url() + "/send");
        QVERIFY(exchange.reply);
        QCOMPARE(exchange.reply->status, 200);
        QVERIFY(!exchange.reply->whole);
    }

    void when_to_come_again_is_read_in_seconds_and_as_a_date() {
        HttpServer server([](const HttpServer::Request& request) {
            return Reply{.status = 429,
                         .headers = {request.path == "/date" ? "Retry-After: Fri, 31 Dec 2049 23:59:59 GMT" : "Retry-After: 17"}};
        });
        Client client;
        QCOMPARE(client.post(server.url() + "/seconds").reply->retryAfter, std::optional<Millis>(std::chrono::seconds(17)));
        QCOMPARE(client.post(server.url() + "/date").reply->retryAfter, std::optional<Millis>(std::chrono::hours(24)));
    }

    void a_redirect_is_an_answer_and_not_followed() {
        HttpServer other([](const HttpServer::Request&) { return Reply{}; });
        HttpServer server(
            [&](const HttpServer::Request&) { return Reply{.status = 307, .headers = {"Location: " + other.url() + "/"}}; });
        Client client;
        QCOMPARE(client.post(server.url() + "/send").reply->status, 307);
        QVERIFY(other.requests().empty());
    }

    void without_tls_only_to_this_computer() {
        VERIFY_OK(checkUrl("https://api.resend.example"));
        VERIFY_OK(checkUrl("http://127.0.0.1:8080/x"));
        VERIFY_OK(checkUrl("http://localhost/x"));
        for (const char* bad : {"http://api.resend.example", "ftp://127.0.0.1", "", "nonsense", "https://", "file:///etc/passwd",
                                "https://user:pass@mail.example/", "https://mail.example/\r\nX: y", "http://127.0.0.1.example/"})
            VERIFY_ERROR(checkUrl(bad), ErrorCode::InvalidArgument);
        Client client;
        QCOMPARE(client.post("http://mail.example/").error.code, ErrorCode::InvalidArgument);
        QCOMPARE(client.handOvers, 0);
    }

    void cancelling_ends_a_wait_that_would_be_long() {
        HttpServer server([](const HttpServer::Request&) { return Reply{.action = Action::Hang}; });
        NetworkTimeouts patient;
        patient.afterCancel = std::chrono::milliseconds(50);
        HttpClient http({}, patient);
        Progress progress;
        std::thread canceller([&] {
            while (server.requests().empty())
                std::this_thread::yield();
            progress.cancel();
        });
        const auto exchange = http.perform({.method = "POST", .url = server.url() + "/send", .body = "{}"}, progress);
        canceller.join();
        QVERIFY(!exchange.reply && exchange.handedOver);
    }

    void texts_go_through_queries_and_base64_and_back() {
        const std::string text("a b+c/d?e=f&g%\0\xff ü", 19);
        QCOMPARE(percentDecoded(percentEncoded(text)), text);
        QCOMPARE(percentEncoded("4/x~-._"), std::string("4%2Fx~-._"));
        for (std::size_t size = 0; size < text.size(); ++size) {
            const auto part = std::string_view(text).substr(0, size);
            QCOMPARE(fromBase64(base64(part)), std::optional<std::string>(part));
            QCOMPARE(fromBase64(base64Url(part)), std::optional<std::string>(part));
            QVERIFY(base64Url(part).find_first_of("+/=") == std::string::npos);
        }
        QVERIFY(!fromBase64("!!!!"));
        QVERIFY(!fromBase64("abcde"));
    }
};

OUTRIDER_TEST(HttpClientTest)
#include "http_client_test.moc"
