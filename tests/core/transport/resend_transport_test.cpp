// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/resend_transport.h"

#include "support/mail_text.h"
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

ResendTransport transportTo(const ResendServer& server, const std::string& key = "re_contract_key") {
    return ResendTransport(
        server.url(), [key]() -> Result<SecureBytes> { return SecureBytes(std::string_view(key)); }, {}, ProviderMail::quick());
}

Reply refusal(int status, const char* name) {
    return {.status = status, .body = Json{{"statusCode", status}, {"name", name}, {"message", "because"}}.dump()};
}

} // namespace

class ResendTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_message_arrives_with_its_words_headers_and_key() {
        ResendServer server;
        ResendTransport transport = transportTo(server);
        ProviderMail mail;
        const auto outcome = mail.send(transport);
        QCOMPARE(told(outcome), QStringLiteral("sent"));
        QCOMPARE(mail.handOvers, 1);
        QCOMPARE(server.mails().size(), std::size_t(1));
        QCOMPARE(outcome.answer, "resend " + server.mails()[0].id);
        QCOMPARE(server.mails()[0].idempotencyKey, std::string("step-1-2-3"));
        const Json body = Json::parse(server.mails()[0].body);
        QCOMPARE(body["from"].get<std::string>(), std::string(R"("Mara \"ML\" Lindqvist" <mara@harborline.example>)"));
        QVERIFY(body["to"] == Json::array({"t.ruehl@hafenwerk.example"}));
        QCOMPARE(body["subject"].get<std::string>(), std::string("Kürzere Wege im Hafen"));
        QCOMPARE(body["text"].get<std::string>(), std::string("Guten Tag,\n\nzwei Minuten?\n.\nMara\n"));
        QVERIFY(!body.contains("html"));
        QCOMPARE(body["headers"]["Message-ID"].get<std::string>(), std::string("<4711-8@harborline.example>"));
        QCOMPARE(body["headers"]["In-Reply-To"].get<std::string>(), std::string("<1@hafenwerk.example>"));
        QCOMPARE(body["headers"]["X-Outrider-Id"].get<std::string>(), std::string("4711-8"));
        QVERIFY(body["headers"].contains("List-Unsubscribe"));
        for (const char* made : {"Subject", "From", "To", "Content-Type", "MIME-Version"})
            QVERIFY2(!body["headers"].contains(made), made);
    }

    void html_and_files_are_taken_apart() {
        const std::string raw =
            crlf("From: Mara <mara@harborline.example>\nTo: t@hafenwerk.example\nSubject: Hi\nMIME-Version: 1.0\n"
                 "Content-Type: multipart/mixed; boundary=m\n\n--m\n"
                 "Content-Type: multipart/alternative; boundary=a\n\n"
                 "--a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
                 "Gr=C3=BC=C3=9Fe\n--a\nContent-Type: text/html; charset=utf-8\n\n<p>Hi</p>\n--a--\n--m\n"
                 "Content-Type: application/pdf; name=\"a.pdf\"\nContent-Disposition: attachment; "
                 "filename=\"offer.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--m--\n");
        const auto body = resendBody({.sender = "mara@harborline.example", .recipient = "t@hafenwerk.example"}, raw);
        VERIFY_OK(body);
        const Json parsed = Json::parse(*body);
        QCOMPARE(parsed["text"].get<std::string>().substr(0, 7), std::string("Grüße"));
        QVERIFY(parsed["html"].get<std::string>().find("<p>Hi</p>") != std::string::npos);
        QCOMPARE(parsed["attachments"].size(), std::size_t(1));
        QCOMPARE(parsed["attachments"][0]["filename"].get<std::string>(), std::string("offer.pdf"));
        QCOMPARE(parsed["attachments"][0]["content"].get<std::string>(), std::string("JVBERi0="));
        VERIFY_ERROR(resendBody({}, "bare\nline"), ErrorCode::MessageMalformed);
    }

    void what_the_service_says_becomes_what_the_outbox_knows_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<int>("wait"); // seconds; 0: none
        const auto row = [](int status, const char* reason, const char* outcome, int wait = 0) {
            QTest::addRow("%d %s", status, reason)
                << status << QString::fromLatin1(reason) << QString::fromLatin1(outcome) << wait;
        };
        row(400, "validation_error", "refused_hard refused_hard");
        row(401, "missing_api_key", "not_sent auth_failed");
        row(403, "invalid_api_key", "not_sent auth_failed");
        row(403, "validation_error", "not_sent auth_failed"); // the domain is not verified
        row(409, "concurrent_idempotent_requests", "unknown outcome_unknown");
        row(409, "invalid_idempotent_request", "unknown outcome_unknown");
        row(422, "invalid_from_address", "not_sent auth_failed");
        row(422, "missing_required_field", "refused_hard refused_hard");
        row(429, "rate_limit_exceeded", "not_sent refused_soft", 5);
        row(429, "daily_quota_exceeded", "not_sent refused_soft", 3600);
        row(429, "monthly_quota_exceeded", "not_sent refused_soft", 3600);
        row(451, "security_error", "refused_hard refused_hard");
        row(500, "application_error", "unknown outcome_unknown");
        row(500, "internal_server_error", "unknown outcome_unknown");
        row(503, "unavailable", "not_sent refused_soft", 60);
    }
    void what_the_service_says_becomes_what_the_outbox_knows() {
        QFETCH(const int, status);
        QFETCH(const QString, reason);
        QFETCH(const int, wait);
        ResendServer server;
        server.add({.path = "/emails", .reply = refusal(status, reason.toLatin1().constData())});
        ResendTransport transport = transportTo(server);
        ProviderMail mail;
        const auto outcome = mail.send(transport);
        QTEST(told(outcome), "outcome");
        QCOMPARE(outcome.retryAfter.value_or(Millis(0)), Millis(std::chrono::seconds(wait)));
        QVERIFY(outcome.answer.find(reason.toStdString()) != std::string::npos);
        QVERIFY(server.mails().empty());
    }

    void a_lost_answer_is_unknown_and_the_same_key_settles_it_without_a_second_message_data() {
        QTest::addColumn<int>("action");
        QTest::addColumn<bool>("arrived");
        for (const bool arrived : {true, false}) {
            QTest::addRow("drop %d", int(arrived)) << int(Action::Drop) << arrived;
            QTest::addRow("hang %d", int(arrived)) << int(Action::Hang) << arrived;
            QTest::addRow("garbage %d", int(arrived)) << int(Action::Garbage) << arrived;
        }
        QTest::newRow("cut") << int(Action::CutBody) << true;
    }
    void a_lost_answer_is_unknown_and_the_same_key_settles_it_without_a_second_message() {
        QFETCH(const int, action);
        QFETCH(const bool, arrived);
        ResendServer server;
        server.add({.path = "/emails", .reply = {.action = Action(action)}, .when = arrived ? When::After : When::Before});
        ResendTransport transport = transportTo(server);
        ProviderMail mail;
        QCOMPARE(mail.send(transport).kind, SendKind::Unknown);
        QCOMPARE(server.mails().size(), std::size_t(arrived));
        const auto fate = mail.fate(transport);
        VERIFY_OK(fate);
        QCOMPARE(fate->fate, Fate::Sent);
        QCOMPARE(server.mails().size(), std::size_t(1));
    }

    void a_200_that_is_not_the_services_is_not_taken_for_one() {
        for (const char* body : {"", "<html>", "[]", "{}", R"({"id":7})", R"({"id":""})"}) {
            ResendServer server;
            server.add({.path = "/emails", .reply = {.status = 200, .body = body}});
            ResendTransport transport = transportTo(server);
            ProviderMail mail;
            QCOMPARE(mail.send(transport).kind, SendKind::Unknown);
        }
    }

    void what_may_not_leave_does_not() {
        ResendServer server;
        ResendTransport transport = transportTo(server);
        ProviderMail mail;
        mail.mayLeave = false;
        QCOMPARE(told(mail.send(transport)), QStringLiteral("not_sent cancelled"));
        QVERIFY(server.http().requests().empty());
    }

    void the_key_is_tried_without_sending() {
        ResendServer server;
        Progress progress;
        VERIFY_OK(transportTo(server).check(progress));
        server.keyIsRestricted = false;
        VERIFY_OK(transportTo(server).check(progress));
        VERIFY_ERROR(transportTo(server, "re_wrong").check(progress), ErrorCode::AuthFailed);
        QVERIFY(server.mails().empty());
    }

    void the_key_is_in_no_answer() {
        ResendServer server;
        server.add({.path = "/emails",
                    .reply = {.status = 403, .body = R"({"name":"invalid_api_key","message":"re_contract_key is invalid"})"}});
        ResendTransport transport = transportTo(server);
        ProviderMail mail;
        const auto outcome = mail.send(transport);
        QVERIFY2(outcome.answer.find("contract_key") == std::string::npos, outcome.answer.c_str());
        QVERIFY2(outcome.error.detail.find("contract_key") == std::string::npos, outcome.error.detail.c_str());
    }
};

OUTRIDER_TEST(ResendTransportTest)
#include "resend_transport_test.moc"
