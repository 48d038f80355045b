// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/deliverability.h"
#include "core/transport/auth_results.h"

#include "fuzz.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace outrider;
using transport::DnsAnswer;
using transport::DnsType;

// A domain whose records are what somebody made them: "NAME TEXT" a line, each a TXT record. Every topic is judged, with few
// questions however the records lead to each other; what is advised is a record of its kind. Each line is also read as a
// header of a mail.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::map<std::string, std::vector<std::string>> zone;
    const std::string_view input = fuzz::textOf(data, size);
    for (std::size_t at = 0; at < input.size();) {
        const auto end = std::min(input.find('\n', at), input.size());
        const std::string_view line = input.substr(at, end - at);
        at = end + 1;
        const auto space = line.find(' ');
        if (space != std::string_view::npos)
            zone[std::string(line.substr(0, space))].emplace_back(line.substr(space + 1));
        const auto results = transport::parseAuthResults(line);
        FUZZ_REQUIRE(!results || !results->server.empty());
        const auto signature = transport::parseDkimSignature(line);
        FUZZ_REQUIRE(!signature || !signature->domain.empty());
    }
    Mailbox mailbox;
    mailbox.address = "mara@d.example";
    mailbox.smtp.host = "smtp.d.example";
    int asked = 0;
    const DnsReport report =
        outreach::examineDomain(mailbox, {},
                                [&](DnsType type, const std::string& name) -> DnsAnswer {
                                    ++asked;
                                    if (type == DnsType::A || type == DnsType::Aaaa)
                                        return {DnsAnswer::Kind::Found, {type == DnsType::A ? "192.0.2.1" : "2001:db8::1"}};
                                    const auto found = zone.find(name);
                                    if (type != DnsType::Txt || found == zone.end())
                                        return {DnsAnswer::Kind::NoName, {}};
                                    return {DnsAnswer::Kind::Found, found->second};
                                },
                                {});
    FUZZ_REQUIRE(report.checks.size() == 7);
    FUZZ_REQUIRE(asked < 500);
    for (const DnsCheck& check : report.checks) {
        if (check.topic == DnsTopic::Spf)
            FUZZ_REQUIRE(check.advice.empty() || check.advice.starts_with("v=spf1") || check.advice.starts_with("V="));
        if (check.topic == DnsTopic::Dmarc)
            FUZZ_REQUIRE(check.advice.empty() || check.advice.find("p=") != std::string::npos);
    }
    return 0;
}
