// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/verification_service.h"

#include "support/dns_server.h"
#include "support/http_server.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <nlohmann/json.hpp>

using namespace outrider;
using namespace outrider::test;
using Json = nlohmann::json;
using Reply = HttpServer::Reply;

namespace {

// Six leads at domains that differ in what they take.
struct World {
    World() {
        dns.add("harbour.test", "MX", "10 mx.harbour.test");
        dns.add("nullmx.test", "MX", "0 .");
        dns.add("hostonly.test", "A", "192.0.2.1");
        dns.add("gmial.com", "MX", "10 mx.gmial.com");
        dns.setFault("silent.test", DnsServer::Fault::ServerFailed);
        desk.environment.dnsServers = dns.address();
        const auto preview = desk.run({.path = desk.file("First Name,Email\nZoë,zoe@harbour.test\nDesk,info@harbour.test\n"
                                                         "Null,a@nullmx.test\nHost,b@hostonly.test\nGone,c@nowhere.test\n"
                                                         "Slip,d@gmial.com\nSilent,e@silent.test\nThrown,f@mailinator.com\n"
                                                         "Nobody,\n")});
        if (!preview)
            qFatal("no import: %s", preview.error().detail.c_str());
    }

    static VerificationService::Wish everybody(bool paid = false) {
        return {.leads = {{}, *parseFilter(""), {}}, .paid = paid, .mostCredits = {}};
    }
    QString state(const char* address) {
        const auto verdict = *wait(service.verdict(address));
        if (!verdict)
            return QStringLiteral("unchecked");
        return QString::fromStdString(std::string(addressStateNames.name(verdict->state)) + ' '
                                      + std::string(addressFindingNames.name(verdict->finding)));
    }

    DnsServer dns;
    Desk desk;
    VerificationService service{*desk.context};
};

// Everybody there is, at a verifier that takes what it is told to.
Reply said(const char* code, int balance) {
    return {.body =
                Json{{"debounce", {{"code", code}, {"role", "false"}}}, {"success", "1"}, {"balance", std::to_string(balance)}}
                    .dump()};
}

} // namespace

class VerificationServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_can_be_found_out_here_is_kept_and_not_asked_for_twice() {
        World world;
        const auto plan = wait(world.service.plan(World::everybody()));
        VERIFY_OK(plan);
        QCOMPARE(plan->toCheck, std::int64_t(8));
        QCOMPARE(plan->now.unchecked, std::int64_t(8));
        const auto report = wait(world.service.verify(World::everybody()));
        VERIFY_OK(report);
        QCOMPARE(report->checked, std::int64_t(8));
        QCOMPARE(world.state("zoe@harbour.test"), QStringLiteral("valid good"));
        QCOMPARE(world.state("info@harbour.test"), QStringLiteral("risky role"));
        QCOMPARE(world.state("a@nullmx.test"), QStringLiteral("invalid takes_no_mail"));
        QCOMPARE(world.state("b@hostonly.test"), QStringLiteral("valid good"));
        QCOMPARE(world.state("c@nowhere.test"), QStringLiteral("invalid no_domain"));
        QCOMPARE(world.state("d@gmial.com"), QStringLiteral("risky likely_typo"));
        QCOMPARE((*wait(world.service.verdict("d@gmial.com")))->suggestion, std::string("d@gmail.com"));
        QCOMPARE(world.state("e@silent.test"), QStringLiteral("unknown no_answer"));
        QCOMPARE(world.state("f@mailinator.com"), QStringLiteral("risky disposable"));
        QCOMPARE(report->after.valid, std::int64_t(2));
        QCOMPARE(report->after.risky, std::int64_t(3));
        QCOMPARE(report->after.invalid, std::int64_t(2));
        QCOMPARE(report->after.unknown, std::int64_t(1));
        QCOMPARE(report->after.withAddress, std::int64_t(8));
        QCOMPARE(report->after.leads, std::int64_t(9));
        const auto asked = world.dns.questions();
        QCOMPARE(std::count(asked.begin(), asked.end(), "MX harbour.test"), std::ptrdiff_t(1)); // two leads, one question
        QCOMPARE(std::count(asked.begin(), asked.end(), "MX mailinator.com"), std::ptrdiff_t(0));

        QCOMPARE(wait(world.service.verify(World::everybody()))->checked, std::int64_t(0));
        QCOMPARE(world.dns.questions().size(), asked.size());
    }

    void a_verdict_grows_old() {
        World world;
        VERIFY_OK(wait(world.service.verify(World::everybody())));
        world.desk.clock.advance(VerificationService::freshFor + std::chrono::hours(1));
        const auto plan = wait(world.service.plan(World::everybody()));
        QCOMPARE(plan->now.stale, std::int64_t(8));
        QCOMPARE(plan->toCheck, std::int64_t(8));
        world.dns.clear("harbour.test"); // the company is gone
        VERIFY_OK(wait(world.service.verify(World::everybody())));
        QCOMPARE(world.state("zoe@harbour.test"), QStringLiteral("invalid no_domain"));
    }

    void the_verifier_is_asked_for_what_could_be_valid_and_its_charges_are_booked() {
        World world;
        int balance = 100;
        HttpServer server([&balance](const HttpServer::Request& request) {
            return said(request.query.at("email").starts_with("zoe") ? "6" : "5", --balance);
        });
        VERIFY_OK(wait(world.service.setVerifier({.url = server.url()}, SecureBytes(std::string_view("key")))));
        QVERIFY(wait(world.service.verifier())->hasKey);
        const auto report = wait(world.service.verify(World::everybody(true)));
        VERIFY_OK(report);
        QVERIFY(!report->stopped);
        // zoe, info, b, d, e: not the two that are known to be wrong, nor the thrown-away one
        QCOMPARE(report->asked, std::int64_t(5));
        QCOMPARE(report->charged, std::int64_t(5));
        QCOMPARE(report->balance, std::optional<std::int64_t>(95));
        QCOMPARE(world.state("zoe@harbour.test"), QStringLiteral("invalid rejected"));
        QCOMPARE(world.state("e@silent.test"), QStringLiteral("valid good"));
        const auto ledger = wait(world.service.ledger(10));
        QCOMPARE(ledger->size(), std::size_t(1));
        QCOMPARE(ledger->front().charged, std::int64_t(5));
        QCOMPARE(ledger->front().balance, std::optional<std::int64_t>(95));

        QCOMPARE(wait(world.service.verify(World::everybody(true)))->asked, std::int64_t(0)); // paid for once
        // What is found out here does not overrule what was paid for.
        auto again = World::everybody();
        again.again = true;
        VERIFY_OK(wait(world.service.verify(again)));
        QCOMPARE(world.state("e@silent.test"), QStringLiteral("valid good"));
        QCOMPARE(world.state("zoe@harbour.test"), QStringLiteral("invalid rejected"));
    }

    void credits_are_never_spent_beyond_what_was_said() {
        World world;
        HttpServer server([](const HttpServer::Request&) { return said("5", 50); });
        VERIFY_OK(wait(world.service.setVerifier({.url = server.url(), .mostADay = 3}, SecureBytes(std::string_view("key")))));
        auto wish = World::everybody(true);
        wish.mostCredits = 2;
        const auto first = wait(world.service.verify(wish));
        VERIFY_OK(first);
        QCOMPARE(first->charged, std::int64_t(2));
        QVERIFY(first->stopped.has_value());
        wish.mostCredits = {};
        QCOMPARE(wait(world.service.verify(wish))->charged, std::int64_t(1)); // the day's third
        QCOMPARE(wait(world.service.verify(wish))->charged, std::int64_t(0));
        world.desk.clock.advance(std::chrono::hours(25));
        QCOMPARE(wait(world.service.verify(wish))->charged, std::int64_t(2));
        QCOMPARE(int(server.requests().size()), 5);
    }

    void what_was_answered_before_the_verifier_refuses_is_kept() {
        World world;
        int answers = 0;
        HttpServer server([&answers](const HttpServer::Request&) {
            if (++answers <= 2)
                return said("5", 2 - answers);
            return Reply{.status = 402, .body = R"({"debounce":{"error":"Credits Low"},"success":"0"})"};
        });
        VERIFY_OK(wait(world.service.setVerifier({.url = server.url()}, SecureBytes(std::string_view("key")))));
        const auto report = wait(world.service.verify(World::everybody(true)));
        VERIFY_OK(report);
        QCOMPARE(report->charged, std::int64_t(2));
        QVERIFY(report->stopped.has_value());
        QVERIFY(report->stopped->retry == Retry::AfterUserAction);
        QCOMPARE(wait(world.service.ledger(10))->front().balance, std::optional<std::int64_t>(0));
        QCOMPARE(report->after.valid, std::int64_t(3)); // two paid for, and the host that was found valid here
    }

    void a_busy_verifier_is_asked_again() {
        World world;
        int requests = 0;
        HttpServer server([&requests](const HttpServer::Request&) {
            if (++requests == 1)
                return Reply{.status = 429, .body = "{}", .headers = {"Retry-After: 0"}};
            return said("5", 10);
        });
        VERIFY_OK(wait(world.service.setVerifier({.url = server.url()}, SecureBytes(std::string_view("key")))));
        const auto report = wait(world.service.verify(World::everybody(true)));
        VERIFY_OK(report);
        QVERIFY(!report->stopped);
        QCOMPARE(report->asked, std::int64_t(5));
        QCOMPARE(requests, 6);
    }

    void without_a_key_nobody_is_asked() {
        World world;
        VERIFY_ERROR(wait(world.service.verify(World::everybody(true))), ErrorCode::SecretMissing);
        QCOMPARE(world.state("zoe@harbour.test"), QStringLiteral("valid good")); // what costs nothing was done
    }

    void every_use_of_the_key_leaves_an_audit_row() {
        World world;
        HttpServer server([](const HttpServer::Request&) { return Reply{.body = R"({"balance":"12","success":"1"})"}; });
        VERIFY_OK(wait(world.service.setVerifier({.url = server.url()}, SecureBytes(std::string_view("key")))));
        QCOMPARE(*wait(world.service.balance()), std::int64_t(12));
        const auto audit = world.desk.read([](ReadContext& r) {
            return r.db.integer("SELECT count(*) FROM secret_audit WHERE name = 'verifier/key' AND why LIKE '%balance%'");
        });
        QCOMPARE(audit, std::int64_t(1));
        VERIFY_OK(wait(world.service.removeVerifier()));
        QVERIFY(!wait(world.service.verifier())->hasKey);
    }

    void the_pipeline_counts_each_stage_of_the_week() {
        World world;
        VERIFY_OK(wait(world.service.setTarget(6)));
        auto pipeline = wait(world.service.pipeline(2));
        VERIFY_OK(pipeline);
        QCOMPARE(pipeline->target, std::int64_t(6));
        QCOMPARE(pipeline->weeks.size(), std::size_t(2));
        QCOMPARE(pipeline->weeks[0].uploaded, std::int64_t(9));
        QCOMPARE(pipeline->weeks[0].clean, std::int64_t(8));
        QCOMPARE(pipeline->weeks[0].verified, std::int64_t(0));
        QCOMPARE(pipeline->weeks[1].uploaded, std::int64_t(0));
        VERIFY_OK(wait(world.service.verify(World::everybody())));
        pipeline = wait(world.service.pipeline(1));
        QCOMPARE(pipeline->weeks[0].clean, std::int64_t(6)); // two are known to be wrong
        QCOMPARE(pipeline->weeks[0].verified, std::int64_t(2));
        QCOMPARE(pipeline->weeks[0].enrolled, std::int64_t(0));
    }
};

OUTRIDER_TEST(VerificationServiceTest)
#include "verification_service_test.moc"
