// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/oauth.h"

#include "core/transport/http_client.h"
#include "core/transport/loopback_redirect.h"
#include "support/provider_servers.h"
#include "support/test_registry.h"

#include <thread>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::GmailServer;
using outrider::test::HttpServer;

namespace {

const NetworkTimeouts quick{
    .connect = std::chrono::seconds(5), .response = std::chrono::seconds(1), .total = std::chrono::seconds(5)};

OAuthClient clientOf(const GmailServer& server) {
    return {.clientId = server.clientId,
            .authorizeUrl = server.url() + "/authorize",
            .tokenUrl = server.url() + "/token",
            .scopes = "openid email mail",
            .extra = {{"access_type", "offline"}}};
}

// The whole of a sign-in but for the browser window.
struct Flow {
    explicit Flow(GmailServer& provider)
        : server(provider),
          client(clientOf(provider)),
          request(authorizationRequest(client, 4711, "mara@harborline.example", random)) {}

    std::string comesBack(bool consents = true) {
        const std::string location = server.authorize(request.url, consents);
        const auto slash = location.find('/', std::string_view("http://").size());
        return slash == std::string::npos ? std::string() : location.substr(slash);
    }

    Result<OAuthTokens> exchange(const SecureBytes& code) { return exchangeCode(client, {}, code, request, quick, progress); }

    GmailServer& server;
    SystemRandom random;
    OAuthClient client;
    OAuthRequest request;
    Progress progress;
};

} // namespace

class OauthTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // RFC 7636, appendix B.
    void the_challenge_is_that_of_its_rfc() {
        QCOMPARE(pkceChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
                 std::string("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }

    void each_request_has_a_state_and_a_verifier_of_its_own() {
        GmailServer server;
        Flow one(server);
        Flow two(server);
        QVERIFY(one.request.state != two.request.state);
        QVERIFY(one.request.verifier.view() != two.request.verifier.view());
        QCOMPARE(one.request.state.size(), std::size_t(43));
        QCOMPARE(one.request.verifier.size(), std::size_t(43));
        QVERIFY(one.request.url.find(std::string(one.request.verifier.view())) == std::string::npos);
        QCOMPARE(one.request.redirectUri, std::string("http://127.0.0.1:4711/"));
    }

    void a_sign_in_ends_with_tokens_and_the_account() {
        GmailServer server;
        Flow flow(server);
        const auto code = codeFrom(flow.comesBack(), flow.request);
        VERIFY_OK(code);
        QVERIFY(code->view().starts_with("4/")); // decoded
        const auto tokens = flow.exchange(*code);
        VERIFY_OK(tokens);
        QVERIFY(!tokens->access.empty() && !tokens->refresh.empty());
        QCOMPARE(tokens->lifetime, std::chrono::seconds(3600));
        QCOMPARE(tokens->account, std::string("mara@harborline.example"));
        VERIFY_ERROR(flow.exchange(*code), ErrorCode::AuthFailed); // a code is good once

        const auto renewed = refreshTokens(flow.client, {}, tokens->refresh, quick, flow.progress);
        VERIFY_OK(renewed);
        QVERIFY(renewed->refresh.view() != tokens->refresh.view());
        VERIFY_ERROR(refreshTokens(flow.client, {}, tokens->refresh, quick, flow.progress), ErrorCode::AuthFailed); // replaced
        server.revoke();
        VERIFY_ERROR(refreshTokens(flow.client, {}, renewed->refresh, quick, flow.progress), ErrorCode::AuthFailed);
    }

    void a_code_for_another_verifier_is_worth_nothing() {
        GmailServer server;
        Flow flow(server);
        Flow thief(server);
        const auto code = codeFrom(flow.comesBack(), flow.request);
        VERIFY_OK(code);
        VERIFY_ERROR(thief.exchange(*code), ErrorCode::AuthFailed);
    }

    void an_answer_to_another_request_is_none() {
        GmailServer server;
        Flow flow(server);
        Flow other(server);
        for (const std::string& target : {other.comesBack(), std::string("/favicon.ico"), std::string("/"), std::string("/?"),
                                          std::string("/?code=x"), std::string("/?code=x&state=guess"), std::string("/?state=")})
            VERIFY_ERROR(codeFrom(target, flow.request), ErrorCode::NotFound);
        VERIFY_ERROR(codeFrom(flow.comesBack(false), flow.request), ErrorCode::AuthFailed);
        VERIFY_ERROR(codeFrom("/?state=" + flow.request.state, flow.request), ErrorCode::ProtocolError);
    }

    void what_the_token_endpoint_says_is_for_the_person_or_passes_by_itself_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* label, int status, const char* body, const char* code) {
            QTest::newRow(label) << status << QString::fromLatin1(body) << QString::fromLatin1(code);
        };
        row("revoked", 400, R"({"error":"invalid_grant","error_description":"Token has been expired or revoked."})",
            "auth_failed");
        row("client", 401, R"({"error":"invalid_client"})", "auth_failed");
        row("look", 400, R"({"error":"interaction_required"})", "auth_failed");
        row("busy", 400, R"({"error":"temporarily_unavailable"})", "refused_soft");
        row("429", 429, "", "refused_soft");
        row("500", 500, "<html>", "refused_soft");
        row("503", 503, "", "refused_soft");
        row("our mistake", 400, R"({"error":"invalid_request"})", "protocol_error");
        row("redirect", 302, "", "protocol_error");
        row("html", 200, "<html>Sign in to the hotel</html>", "protocol_error");
        row("array", 200, "[]", "protocol_error");
        row("no token", 200, R"({"token_type":"Bearer"})", "protocol_error");
        row("empty token", 200, R"({"access_token":""})", "protocol_error");
        row("number", 200, R"({"access_token":5})", "protocol_error");
    }
    void what_the_token_endpoint_says_is_for_the_person_or_passes_by_itself() {
        QFETCH(const int, status);
        QFETCH(const QString, body);
        GmailServer server;
        server.add({.path = "/token", .reply = {.status = status, .body = body.toStdString()}});
        Flow flow(server);
        const SecureBytes refresh(std::string_view("1//refresh"));
        const auto tokens = refreshTokens(flow.client, {}, refresh, quick, flow.progress);
        QVERIFY(!tokens);
        QTEST(QString::fromStdString(std::string(name(tokens.error().code))), "code");
    }

    void a_token_endpoint_that_is_silent_is_given_up_on() {
        GmailServer server;
        server.add({.path = "/token", .reply = {.action = HttpServer::Reply::Action::Hang}});
        Flow flow(server);
        const SecureBytes refresh(std::string_view("1//refresh"));
        VERIFY_ERROR(refreshTokens(flow.client, {}, refresh, quick, flow.progress), ErrorCode::TimedOut);
    }

    void an_error_never_repeats_the_token() {
        GmailServer server;
        server.add(
            {.path = "/token",
             .reply = {.status = 400, .body = R"({"error":"invalid_grant","error_description":"refresh-token-7 is bad"})"}});
        Flow flow(server);
        const SecureBytes refresh(std::string_view("refresh-token-7"));
        const auto tokens = refreshTokens(flow.client, {}, refresh, quick, flow.progress);
        QVERIFY(!tokens);
        QVERIFY2(tokens.error().detail.find("refresh-token") == std::string::npos, tokens.error().detail.c_str());
    }
};

OUTRIDER_TEST(OauthTest)
#include "oauth_test.moc"
