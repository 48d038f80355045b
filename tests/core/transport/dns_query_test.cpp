// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/dns_query.h"

#include "support/dns_server.h"
#include "support/test_registry.h"

#include <thread>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::DnsServer;
using Kind = DnsAnswer::Kind;
using Values = std::vector<std::string>;

namespace {

constexpr DnsPatience impatient{.firstTry = Millis(60), .tries = 2};

DnsAnswer ask(const DnsServer& server, DnsType type, const std::string& name) {
    DnsQuery query(server.address(), impatient);
    return query.ask(type, name, Progress());
}

} // namespace

class DnsQueryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void texts_come_whole_however_many_pieces_they_have() {
        DnsServer server;
        const std::string longText = "v=DKIM1; p=" + std::string(600, 'a');
        server.add("s1._domainkey.harborline.example", "TXT", longText);
        server.add("s1._domainkey.harborline.example", "TXT", "second");
        const DnsAnswer answer = ask(server, DnsType::Txt, "s1._domainkey.harborline.example");
        QVERIFY(answer.found());
        QCOMPARE(answer.values, (Values{longText, "second"}));
    }

    void what_cannot_be_read_is_made_readable() {
        DnsServer server;
        server.add("odd.example", "TXT", "a\x1b[2J\n\xff\xfe b");
        server.add("odd.example", "TXT",
                   "Gr\xc3\xbc\xc3\x9f"
                   "e");
        QCOMPARE(ask(server, DnsType::Txt, "odd.example").values, (Values{"a?[2J??? b", "Gr\xc3\xbc\xc3\x9f"
                                                                                        "e"}));
    }

    void exchanges_come_in_the_order_they_are_wanted_in() {
        DnsServer server;
        server.add("harborline.example", "MX", "20 mx2.harborline.example");
        server.add("harborline.example", "MX", "10 MX1.harborline.example");
        QCOMPARE(ask(server, DnsType::Mx, "harborline.example").values,
                 (Values{"mx1.harborline.example", "mx2.harborline.example"}));
        server.add("silent.example", "MX", "0 .");
        QCOMPARE(ask(server, DnsType::Mx, "silent.example").values, Values{""});
    }

    void addresses_and_their_names_are_found() {
        DnsServer server;
        server.add("mx1.harborline.example", "A", "192.0.2.7");
        server.add("mx1.harborline.example", "AAAA", "2001:db8::7");
        server.add("7.2.0.192.in-addr.arpa", "PTR", "mx1.harborline.example");
        server.add("7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "PTR", "six.harborline.example");
        QCOMPARE(ask(server, DnsType::A, "mx1.harborline.example").values, Values{"192.0.2.7"});
        QCOMPARE(ask(server, DnsType::Aaaa, "mx1.harborline.example").values, Values{"2001:db8::7"});
        QCOMPARE(ask(server, DnsType::Ptr, "192.0.2.7").values, Values{"mx1.harborline.example"});
        QCOMPARE(ask(server, DnsType::Ptr, "2001:db8::7").values, Values{"six.harborline.example"});
        QVERIFY(ask(server, DnsType::Ptr, "no address").kind == Kind::NoName);
    }

    void another_name_for_it_is_followed() {
        DnsServer server;
        server.add("selector1._domainkey.harborline.example", "CNAME", "key.provider.example");
        server.add("key.provider.example", "TXT", "v=DKIM1; p=abc");
        QCOMPARE(ask(server, DnsType::Txt, "selector1._domainkey.harborline.example").values, Values{"v=DKIM1; p=abc"});
    }

    void what_is_not_there_is_told_from_what_nobody_knows() {
        DnsServer server;
        server.add("harborline.example", "A", "192.0.2.7");
        QVERIFY(ask(server, DnsType::Txt, "nowhere.example").kind == Kind::NoName);
        QVERIFY(ask(server, DnsType::Txt, "harborline.example").kind == Kind::NoRecord);
        server.setFault("broken.example", DnsServer::Fault::ServerFailed);
        QVERIFY(ask(server, DnsType::Txt, "broken.example").kind == Kind::Failed);
        server.setFault("shut.example", DnsServer::Fault::Refused);
        QVERIFY(ask(server, DnsType::Txt, "shut.example").kind == Kind::Failed);
        server.setFault("silent.example", DnsServer::Fault::Silent);
        QVERIFY(ask(server, DnsType::Txt, "silent.example").kind == Kind::TimedOut);
    }

    void an_answer_too_long_for_a_packet_is_asked_for_over_tcp() {
        DnsServer server;
        server.add("short.example", "TXT", "v=spf1 -all");
        server.setFault("short.example", DnsServer::Fault::Truncated);
        QCOMPARE(ask(server, DnsType::Txt, "short.example").values, Values{"v=spf1 -all"});
        const std::string big(3000, 'x');
        server.add("big.example", "TXT", big);
        QCOMPARE(ask(server, DnsType::Txt, "big.example").values, Values{big});
        QCOMPARE(server.questions(),
                 (Values{"TXT short.example", "tcp TXT short.example", "TXT big.example", "tcp TXT big.example"}));
    }

    void bytes_that_are_no_answer_are_none() {
        DnsServer server;
        server.setFault("garbage.example", DnsServer::Fault::Garbage);
        QVERIFY(!ask(server, DnsType::Txt, "garbage.example").isAnswer());
        server.add("cut.example", "TXT", "v=spf1 include:somewhere.example -all");
        server.setFault("cut.example", DnsServer::Fault::CutOff);
        const DnsAnswer cut = ask(server, DnsType::Txt, "cut.example");
        QVERIFY(!cut.found());
        QVERIFY(cut.values.empty());
    }

    void names_no_server_could_know_are_not_asked_for() {
        DnsServer server;
        for (const std::string& name : {std::string(), std::string(300, 'a'), std::string("a\0b.example", 11),
                                        std::string(70, 'a') + ".example", std::string("a..example")})
            QVERIFY(!ask(server, DnsType::Txt, name).found());
        QVERIFY(server.questions().empty());
    }

    void a_question_can_be_given_up() {
        DnsServer server;
        server.setFault("silent.example", DnsServer::Fault::Silent);
        DnsQuery query(server.address(), {.firstTry = std::chrono::minutes(5), .tries = 3});
        Progress progress;
        std::thread person([&] {
            while (server.questions().empty())
                std::this_thread::yield();
            progress.cancel();
        });
        const DnsAnswer answer = query.ask(DnsType::Txt, "silent.example", progress);
        person.join();
        QVERIFY(answer.kind == Kind::Cancelled);
    }

    void what_is_no_server_is_not_replaced_by_the_systems() {
        DnsQuery query("not a server", impatient);
        QVERIFY(query.ask(DnsType::Txt, "harborline.example", Progress()).kind == Kind::Unreachable);
    }
};

OUTRIDER_TEST(DnsQueryTest)
#include "dns_query_test.moc"
