// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deliverability.h"
#include "core/outreach/dns_lookups.h"
#include "core/outreach/ip_network.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// A domain's SPF record (RFC 7208) and everything it leads to. What lets it be judged without a message: every term
// is followed, so the lookups counted are the most a receiver could need.
struct SpfAnalysis {
    std::vector<std::string> records;  // of the domain itself; more than one is an error
    std::optional<DnsFinding> problem; // the first that makes a receiver give up; or NoAnswer
    std::string detail;                // see DnsFinding
    int lookups = 0;                   // of ten (§4.6.4)
    int voids = 0;                     // that found nothing; of two
    char all = '\0';                   // the qualifier of what matches everybody; 0: nothing does
    bool usesPtr = false;
    std::set<std::string> included; // domains, however deep
};

SpfAnalysis analyseSpf(DnsLookups& dns, const std::string& domain);

// check_host() (§4): what the record says of that address: '+', '-', '~', '?'; nullopt when it cannot be told.
std::optional<char> spfSaysOf(DnsLookups& dns, const std::string& domain, const IpAddress& address);

// The record with `term` before what matches everybody, and that written as `all`; an empty `term` adds none.
std::string spfWith(std::string_view record, std::string_view term, std::string_view all);

inline constexpr int mostSpfLookups = 10;
inline constexpr int mostSpfVoids = 2;

} // namespace outrider::outreach
