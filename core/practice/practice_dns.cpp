// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_dns.h"

#include <map>
#include <utility>
#include <vector>

namespace outrider::practice {

using transport::DnsAnswer;
using transport::DnsType;

namespace {

constexpr const char* publicKey =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzRAMUw1j8lfhuEtDTnA+extZXsHOvtREhvXdNSgVtlAkheMsCoO6UWsK"
    "Hke46XQw5lqihZYnsKwG7TRaXNTSaYVBB1/7Qi0TEGpMEmo43/2dftUy9A+eirhZmZ1/o5MEGRFzlU0Nuvk0ec/P8Y81AQDPyp7l"
    "WFT++ZNW88x3krLsD1RZh021wTmus4F67rqFgJrnQOrhqKcPmnjnNP9IDlXHcMLEpb8J+/d8M2yIWobl67nwW62k6A+pg8EpIYPU"
    "//wUAHq/Yj7u0lCY+q4SfrxfPBCOMepZucEoVxn4ZZHMl5uqRYvaXueE6/X2muc7l1rDlQXQoiwL9WZFUY0SHwIDAQAB";

} // namespace

std::function<DnsAnswer(DnsType, const std::string&)> practiceDns(std::string_view address) {
    const std::string domain(address.substr(address.rfind('@') + 1));
    std::map<std::pair<DnsType, std::string>, std::vector<std::string>> records{
        {{DnsType::Txt, domain}, {"v=spf1 mx include:_spf." + domain + " -all"}},
        {{DnsType::Txt, "_spf." + domain}, {"v=spf1 ip4:192.0.2.0/24 -all"}},
        {{DnsType::Txt, "s1._domainkey." + domain}, {std::string("v=DKIM1; k=rsa; p=") + publicKey}},
        {{DnsType::Txt, "_dmarc." + domain}, {"v=DMARC1; p=none; rua=mailto:dmarc@" + domain}},
        {{DnsType::Mx, domain}, {"mx1." + domain, "mx2." + domain}},
        {{DnsType::A, "mx1." + domain}, {"192.0.2.25"}},
        {{DnsType::A, "mx2." + domain}, {"192.0.2.26"}},
    };
    return [records = std::move(records)](DnsType type, const std::string& name) -> DnsAnswer {
        const auto found = records.find({type, name});
        return found == records.end() ? DnsAnswer{DnsAnswer::Kind::NoName, {}} : DnsAnswer{DnsAnswer::Kind::Found, found->second};
    };
}

} // namespace outrider::practice
