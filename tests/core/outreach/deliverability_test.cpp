// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/deliverability.h"

#include "core/outreach/dkim_key.h"
#include "core/outreach/spf_record.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <map>

using namespace outrider;
using namespace outrider::outreach;
using transport::DnsAnswer;
using transport::DnsType;
using Kind = DnsAnswer::Kind;

namespace {

// 2048, 1024 and 512 bits, made with openssl.
constexpr const char* key2048 =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmk8ABlAo5Q+fJ7jgfvVtdTWXO4ZJO7gGTfFBZzUzaeN4IXijaLzWTGRl"
    "g5FWg4R8ZAdGGV2t2QTTqqBysm72y8tdLenRpovDDzXaHdxGyW7L+I/gwVtSZsaLXZ9n4A78/dPdpgVeYo+QqZUDoSdJ5lBqHEku"
    "S7NPdyQFiPfCSXkQ44/6zsKTzxRh81y45FIVNPv1f1CqX1IXS27UAsY11/BOQ5lgOVoI1NmDUT+A3k5OiGXCOY50lwiVs8fFiiZ7"
    "wjjUl/PHWovC9LToAId4ISKMLth625w2TV+MvyAlo3eJ8CdlAdDGt4CIFp/O9unyb8vCy9S7P60Q4O/FWp26oQIDAQAB";
constexpr const char* key1024 =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDnoXOiEVs8oruBg7MOCBtziQF4iTrTcxUikKuVgjvBT/fGm1OdehZVUTmHqGuu"
    "g5EYX9DBBRCxgNzQjGGswKTYdfMdPSQ1/KH+vejxz4fSzN52EAmq8Y7g68JZwm27ngeuAVHESyXLauXhBm8/+APIfRmnpuTiwR4r"
    "QzxcWENg8QIDAQAB";
constexpr const char* key512 =
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALsM5vrf+TyoOMiulygw48thavanaUAp3WxeczstDhIine1A31l7SgS+C/5hI+kR3CFa"
    "FQhtpeL2tX27HvymLpUCAwEAAQ==";

// A DNS in a map.
struct Zone {
    std::map<std::pair<DnsType, std::string>, std::vector<std::string>> records;
    std::map<std::string, Kind> faults;
    int asked = 0;

    void txt(const std::string& name, const std::string& value) { records[{DnsType::Txt, name}].push_back(value); }
    void a(const std::string& name, const std::string& value) { records[{DnsType::A, name}].push_back(value); }

    AskDns ask() {
        return [this](DnsType type, const std::string& name) -> DnsAnswer {
            ++asked;
            if (const auto fault = faults.find(name); fault != faults.end())
                return {fault->second, {}};
            const auto found = records.find({type, name});
            return found == records.end() ? DnsAnswer{Kind::NoName, {}} : DnsAnswer{Kind::Found, found->second};
        };
    }
};

Mailbox mara(const char* smtp = "smtp.provider.test") {
    Mailbox mailbox;
    mailbox.address = "mara@harborline.example";
    mailbox.smtp.host = smtp;
    return mailbox;
}

DnsCheck check(Zone& zone, DnsTopic topic, const Mailbox& mailbox = mara(), std::string_view selector = {}) {
    return *examineDomain(mailbox, selector, zone.ask(), {}).of(topic);
}

DnsCheck spf(const std::string& record, const char* smtp = "smtp.provider.test") {
    Zone zone;
    zone.txt("harborline.example", record);
    return check(zone, DnsTopic::Spf, mara(smtp));
}

std::string name(const DnsCheck& check) {
    return std::string(dnsVerdictNames.name(check.verdict)) + " " + std::string(dnsFindingNames.name(check.finding))
           + (check.detail.empty() ? "" : " " + check.detail);
}

} // namespace

#define IS(check, expected) QCOMPARE(QString::fromStdString(name(check)), QStringLiteral(expected))

class DeliverabilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_spf_record_is_judged_by_what_it_lets_through() {
        IS(spf("v=spf1 ip4:192.0.2.0/24 -all"), "pass good 0");
        IS(spf("v=spf1 ip6:2001:db8::/32 ~all"), "pass good 0");
        IS(spf("V=SPF1 a:mail.harborline.example -ALL"), "pass good 1");
        IS(spf("v=spf1 ip4:192.0.2.0/24 +all"), "fail allows_all");
        IS(spf("v=spf1 all"), "fail allows_all");
        IS(spf("v=spf1 ip4:192.0.2.0/24 ?all"), "weak no_all");
        IS(spf("v=spf1 ip4:192.0.2.0/24"), "weak no_all");
        IS(spf("v=spf1 ptr -all"), "weak ptr_mechanism");
        IS(spf("v=spf2 -all"), "fail missing harborline.example");
        IS(spf("v=spf10 -all"), "fail missing harborline.example");
    }

    void a_term_that_is_none_breaks_the_record_and_is_named() {
        IS(spf("v=spf1 ip4:192.0.2.300 -all"), "fail malformed ip4:192.0.2.300");
        IS(spf("v=spf1 ip4:192.0.2.0/33 -all"), "fail malformed ip4:192.0.2.0/33");
        IS(spf("v=spf1 ip6:192.0.2.1 -all"), "fail malformed ip6:192.0.2.1");
        IS(spf("v=spf1 inlcude:provider.test -all"), "fail malformed inlcude:provider.test");
        IS(spf("v=spf1 include: -all"), "fail malformed include:");
        IS(spf("v=spf1 a:host/99 -all"), "fail malformed a:host/99");
        IS(spf("v=spf1 -all:x"), "fail malformed -all:x");
        IS(spf("v=spf1 unknown=thing -all"), "pass good 0"); // RFC 7208 §6: unknown modifiers are ignored
        QCOMPARE(spf("v=spf1 ip4:192.0.2.300 mx -all").advice, std::string("v=spf1 mx -all"));
    }

    void two_spf_records_are_none_and_become_one() {
        Zone zone;
        zone.txt("harborline.example", "v=spf1 include:a.test -all");
        zone.txt("harborline.example", "google-site-verification=x");
        zone.txt("harborline.example", "v=spf1 mx ~all");
        const DnsCheck found = check(zone, DnsTopic::Spf);
        IS(found, "fail several harborline.example");
        QCOMPARE(found.advice, std::string("v=spf1 include:a.test mx ~all"));
    }

    void every_lookup_of_everything_included_is_counted() {
        Zone zone;
        std::string record = "v=spf1";
        for (int i = 0; i < 5; ++i) {
            const std::string part = "p" + std::to_string(i) + ".test";
            record += " include:" + part;
            zone.txt(part, "v=spf1 a:h.test -all");
        }
        zone.a("h.test", "192.0.2.1");
        zone.txt("harborline.example", record + " -all");
        IS(check(zone, DnsTopic::Spf), "pass good 10");

        zone.records[{DnsType::Txt, "harborline.example"}] = {record + " exists:%{i}.x.test -all"};
        IS(check(zone, DnsTopic::Spf), "fail too_many_lookups 11");
        QCOMPARE(check(zone, DnsTopic::Spf).lookups, 11);
    }

    void more_than_two_lookups_in_vain_break_it() {
        IS(spf("v=spf1 a:gone1.test a:gone2.test -all"), "pass good 2");
        IS(spf("v=spf1 a:gone1.test a:gone2.test mx:gone3.test -all"), "fail too_many_void 3");
    }

    void an_include_that_leads_nowhere_or_back_breaks_it() {
        IS(spf("v=spf1 include:gone.test -all"), "fail broken_include gone.test");
        QCOMPARE(spf("v=spf1 include:gone.test mx -all").advice, std::string("v=spf1 mx -all"));
        Zone zone;
        zone.txt("harborline.example", "v=spf1 include:a.test -all");
        zone.txt("a.test", "v=spf1 include:harborline.example -all");
        IS(check(zone, DnsTopic::Spf), "fail loop harborline.example");
    }

    void what_stands_behind_all_is_not_looked_at() { IS(spf("v=spf1 -all include:gone.test"), "pass good 0"); }

    void a_redirect_speaks_for_the_domain() {
        Zone zone;
        zone.txt("harborline.example", "v=spf1 redirect=_spf.provider.test");
        zone.txt("_spf.provider.test", "v=spf1 ip4:192.0.2.0/24 -all");
        IS(check(zone, DnsTopic::Spf), "pass good 1");
        zone.records[{DnsType::Txt, "_spf.provider.test"}] = {"v=spf1 +all"};
        IS(check(zone, DnsTopic::Spf), "fail allows_all");
    }

    void the_providers_servers_must_be_among_those_who_may() {
        const DnsCheck found = spf("v=spf1 mx -all", "smtp.gmail.com");
        IS(found, "fail server_missing _spf.google.com");
        QCOMPARE(found.advice, std::string("v=spf1 mx include:_spf.google.com -all"));
        Zone zone;
        zone.txt("harborline.example", "v=spf1 include:_spf.google.com ~all");
        zone.txt("_spf.google.com", "v=spf1 ip4:192.0.2.0/24 ~all");
        IS(check(zone, DnsTopic::Spf, mara("smtp.gmail.com")), "pass good 1");
        Zone none;
        QCOMPARE(check(none, DnsTopic::Spf, mara("smtp.gmail.com")).advice, std::string("v=spf1 include:_spf.google.com ~all"));
    }

    void a_server_of_ones_own_must_be_among_them_too() {
        Zone zone;
        zone.a("mail.harborline.example", "192.0.2.7");
        zone.txt("harborline.example", "v=spf1 ip4:198.51.100.0/24 -all");
        IS(check(zone, DnsTopic::Spf, mara("mail.harborline.example")), "weak server_missing mail.harborline.example");
        QCOMPARE(check(zone, DnsTopic::Spf, mara("mail.harborline.example")).advice,
                 std::string("v=spf1 ip4:198.51.100.0/24 a:mail.harborline.example -all"));
        for (const char* record : {"v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 a:mail.harborline.example -all", "v=spf1 mx -all",
                                   "v=spf1 include:in.test -all", "v=spf1 a:mail2.harborline.example/24 -all"}) {
            zone.records[{DnsType::Txt, "harborline.example"}] = {record};
            zone.records[{DnsType::Txt, "in.test"}] = {"v=spf1 ip4:192.0.2.7 -all"};
            zone.records[{DnsType::A, "mail2.harborline.example"}] = {"192.0.2.200"};
            zone.records[{DnsType::Mx, "harborline.example"}] = {"mail.harborline.example"};
            QVERIFY2(check(zone, DnsTopic::Spf, mara("mail.harborline.example")).verdict == DnsVerdict::Pass, record);
        }
    }

    void check_host_answers_as_the_rfc_says() {
        Zone zone;
        zone.txt("e.test", "v=spf1 ip4:192.0.2.1 -ip4:192.0.2.2 include:i.test ?ip6:2001:db8::/33 ~all");
        zone.txt("i.test", "v=spf1 -ip4:192.0.2.3 +ip4:192.0.2.4 -all");
        DnsLookups dns(zone.ask());
        const auto said = [&](const char* address) { return spfSaysOf(dns, "e.test", *parseIpAddress(address)); };
        QVERIFY(said("192.0.2.1") == '+');
        QVERIFY(said("192.0.2.2") == '-');
        QVERIFY(said("192.0.2.3") == '~'); // an include that does not pass matches nothing
        QVERIFY(said("192.0.2.4") == '+');
        QVERIFY(said("2001:db8:7000::1") == '?');
        QVERIFY(said("2001:db8:8000::1") == '~');
        QVERIFY(!spfSaysOf(dns, "nothing.test", *parseIpAddress("192.0.2.1")));
    }

    void addresses_are_read_as_they_are_written() {
        QVERIFY(parseIpAddress("192.0.2.1"));
        QVERIFY(parseIpAddress("::1"));
        QVERIFY(parseIpAddress("2001:db8::"));
        QVERIFY(parseIpAddress("1:2:3:4:5:6:7:8"));
        QVERIFY(parseIpAddress("::ffff:192.0.2.1"));
        for (const char* wrong : {"", "1.2.3", "1.2.3.4.5", "1.2.3.", "256.1.1.1", "1:2", ":::", "1::2::3", "g::1",
                                  "12345::", "1:2:3:4:5:6:7:8:9", "::1.2.3", "1:2:3:4:5:6:7:"})
            QVERIFY2(!parseIpAddress(wrong), wrong);
    }

    void a_dkim_key_is_judged_by_its_length() {
        Zone zone;
        const auto found = [&](const std::string& record) {
            zone.records[{DnsType::Txt, "s1._domainkey.harborline.example"}] = {record};
            return check(zone, DnsTopic::Dkim, mara(), "s1");
        };
        const DnsCheck good = found(std::string("v=DKIM1; k=rsa; p=") + key2048);
        IS(good, "pass good s1");
        QCOMPARE(good.keyBits, 2048);
        IS(found(std::string("k=rsa; p=") + key1024), "weak short_key 1024");
        IS(found(std::string("p=") + key512), "fail weak_key 512");
        IS(found(std::string("v=DKIM1; t=s:y; p=") + key2048), "weak testing s1");
        IS(found("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="), "pass good s1");
        IS(found("v=DKIM1; p="), "fail revoked s1");
        IS(found("v=DKIM1; p=AAAA"), "fail malformed s1");
        IS(found("v=DKIM1; k=rsa"), "fail malformed s1");
        IS(found("v=DKIM2; p=abc"), "fail malformed s1");
    }

    void the_selector_is_the_persons_the_probes_or_guessed() {
        Zone zone;
        zone.txt("fm2._domainkey.harborline.example", std::string("v=DKIM1; p=") + key2048);
        IS(check(zone, DnsTopic::Dkim, mara("smtp.fastmail.com")), "pass good fm2");
        IS(check(zone, DnsTopic::Dkim), "unknown no_selector");
        IS(check(zone, DnsTopic::Dkim, mara(), "fm9"), "fail missing fm9");
        Mailbox mailbox = mara();
        mailbox.dkimSelector = "fm2";
        IS(check(zone, DnsTopic::Dkim, mailbox, "fm9"), "pass good fm2");
        // An old key beside the one in use says nothing.
        zone.txt("fm1._domainkey.harborline.example", "v=DKIM1; p=");
        IS(check(zone, DnsTopic::Dkim, mara("smtp.fastmail.com")), "pass good fm2");
    }

    void a_policy_is_told_with_the_next_step() {
        Zone zone;
        zone.txt("harborline.example", "v=spf1 ip4:192.0.2.0/24 -all");
        zone.txt("s1._domainkey.harborline.example", std::string("v=DKIM1; p=") + key2048);
        const auto found = [&](const std::string& record) {
            zone.records[{DnsType::Txt, "_dmarc.harborline.example"}] = {record};
            return check(zone, DnsTopic::Dmarc);
        };
        const DnsCheck none = found("v=DMARC1; p=none; rua=mailto:d@harborline.example");
        IS(none, "weak policy_none");
        QCOMPARE(none.advice, std::string("v=DMARC1; p=quarantine; rua=mailto:d@harborline.example"));
        IS(found("v=DMARC1; p=reject; rua=mailto:d@mail.harborline.example"), "pass good reject");
        IS(found("v=DMARC1; p=quarantine; pct=20; rua=mailto:d@harborline.example"), "weak testing 20");
        IS(found("v=DMARC1; p=reject"), "pass no_reports");
        IS(found("v=DMARC1; p=sometimes"), "fail malformed p=sometimes");
        IS(found("v=DMARC1 p=none"), "fail malformed p=");
        IS(found("v=DMARC1; p=reject; rua=mailto:x@reports.test"), "weak reports_refused reports.test");
        zone.txt("harborline.example._report._dmarc.reports.test", "v=DMARC1;");
        IS(found("v=DMARC1; p=reject; rua=mailto:x@reports.test!10m"), "pass good reject");

        // Stricter only when one's own mail would pass.
        zone.records[{DnsType::Txt, "harborline.example"}] = {"v=spf1 ip4:192.0.2.0/24"};
        QVERIFY(found("v=DMARC1; p=none; rua=mailto:d@harborline.example").advice.empty());
    }

    void a_domain_without_a_policy_has_that_of_the_one_above() {
        Zone zone;
        Mailbox mailbox = mara();
        mailbox.address = "mara@mail.harborline.example";
        IS(check(zone, DnsTopic::Dmarc, mailbox), "fail missing");
        QCOMPARE(check(zone, DnsTopic::Dmarc, mailbox).advice,
                 std::string("v=DMARC1; p=none; rua=mailto:mara@mail.harborline.example"));
        zone.txt("_dmarc.harborline.example", "v=DMARC1; p=none; sp=reject; rua=mailto:d@harborline.example");
        const DnsCheck found = check(zone, DnsTopic::Dmarc, mailbox);
        IS(found, "pass good reject");
        QCOMPARE(found.policyOwner, std::string("harborline.example"));
        zone.txt("_dmarc.harborline.example", "v=DMARC1; p=reject");
        IS(check(zone, DnsTopic::Dmarc, mailbox), "fail several");
    }

    void answers_must_have_a_place_to_come_back_to() {
        Zone zone;
        IS(check(zone, DnsTopic::Mx), "fail missing");
        zone.a("harborline.example", "192.0.2.1");
        IS(check(zone, DnsTopic::Mx), "weak missing harborline.example");
        zone.records[{DnsType::Mx, "harborline.example"}] = {""};
        IS(check(zone, DnsTopic::Mx), "fail null_mx");
        zone.records[{DnsType::Mx, "harborline.example"}] = {"mx1.test", "mx2.test"};
        IS(check(zone, DnsTopic::Mx), "fail no_host mx1.test");
        zone.a("mx2.test", "192.0.2.2");
        IS(check(zone, DnsTopic::Mx), "weak no_host mx1.test");
        zone.a("mx1.test", "192.0.2.3");
        IS(check(zone, DnsTopic::Mx), "pass good mx1.test");
    }

    void a_server_of_ones_own_needs_a_name_that_leads_back() {
        Zone zone;
        IS(check(zone, DnsTopic::Ptr, mara("smtp.gmail.com")), "none not_needed smtp.gmail.com");
        const Mailbox own = mara("mail.harborline.example");
        IS(check(zone, DnsTopic::Ptr, own), "fail no_host mail.harborline.example");
        zone.a("mail.harborline.example", "192.0.2.7");
        IS(check(zone, DnsTopic::Ptr, own), "fail no_ptr 192.0.2.7");
        zone.records[{DnsType::Ptr, "192.0.2.7"}] = {"static-7.carrier.test"};
        IS(check(zone, DnsTopic::Ptr, own), "fail not_confirmed static-7.carrier.test");
        zone.a("static-7.carrier.test", "192.0.2.7");
        IS(check(zone, DnsTopic::Ptr, own), "pass good mail.harborline.example");
    }

    void what_nobody_insists_on_is_not_held_against_anybody() {
        Zone zone;
        IS(check(zone, DnsTopic::MtaSts), "none missing");
        IS(check(zone, DnsTopic::TlsRpt), "none missing");
        zone.txt("_mta-sts.harborline.example", "v=STSv1; id=20261124");
        zone.txt("_smtp._tls.harborline.example", "v=TLSRPTv1");
        IS(check(zone, DnsTopic::MtaSts), "pass good");
        IS(check(zone, DnsTopic::TlsRpt), "weak malformed rua=");
    }

    void the_records_of_a_free_mail_domain_are_not_the_persons() {
        Zone zone;
        Mailbox mailbox = mara("smtp.gmail.com");
        mailbox.address = "mara@gmail.com";
        for (const DnsCheck& one : examineDomain(mailbox, {}, zone.ask(), {}).checks) {
            QVERIFY(one.verdict != DnsVerdict::Fail && one.verdict != DnsVerdict::Weak);
            QVERIFY(one.advice.empty());
        }
    }

    void a_dns_that_does_not_answer_is_no_verdict_and_not_asked_for_ever() {
        for (const Kind silence : {Kind::TimedOut, Kind::Unreachable}) {
            int asked = 0;
            const DnsReport report = examineDomain(mara("mail.harborline.example"), {},
                                                   [&](DnsType, const std::string&) {
                                                       ++asked;
                                                       return DnsAnswer{silence, {}};
                                                   },
                                                   {});
            for (const DnsCheck& one : report.checks)
                QVERIFY(one.verdict == DnsVerdict::Unknown);
            QVERIFY2(asked <= 3, std::to_string(asked).c_str());
        }
        Zone zone;
        zone.faults["harborline.example"] = Kind::Failed;
        IS(check(zone, DnsTopic::Spf), "unknown no_answer harborline.example");
        Zone deeper;
        deeper.txt("harborline.example", "v=spf1 include:_spf.test -all");
        deeper.faults["_spf.test"] = Kind::Failed;
        IS(check(deeper, DnsTopic::Spf), "unknown no_answer _spf.test");
    }

    void records_of_any_shape_are_survived() {
        VERIFY_PROPERTY([](const std::string& text, const std::string& other) {
            Zone zone;
            zone.txt("harborline.example", "v=spf1 " + text);
            zone.txt("_dmarc.harborline.example", "v=DMARC1;" + other);
            zone.txt("default._domainkey.harborline.example", text);
            zone.txt("default._domainkey.harborline.example", "p=" + other);
            const DnsReport report = examineDomain(mara(), {}, zone.ask(), {});
            RC_ASSERT(report.checks.size() == 7U);
        });
    }
};

OUTRIDER_TEST(DeliverabilityTest)
#include "deliverability_test.moc"
