// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deliverability.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outrider::outreach {

// "v=DKIM1; k=rsa; p=…" and "v=DMARC1; p=none": tags and values in their order; of a tag that is there twice the first.
// Empty when a tag has no "=".
using RecordTags = std::vector<std::pair<std::string, std::string>>;
RecordTags parseTags(std::string_view record);
std::string_view tagOf(const RecordTags& tags, std::string_view name);

// The bits of an RSA key as DKIM publishes it (RFC 6376 §3.6.1: DER in base64); 0: it is none.
int rsaKeyBits(std::string_view base64);

// A published key (RFC 6376 §3.6.1, RFC 8463) and what it is worth.
struct DkimKey {
    std::string selector;
    std::string record;
    DnsVerdict verdict = DnsVerdict::Fail;
    DnsFinding finding = DnsFinding::Malformed;
    std::string type = "rsa";
    int bits = 0;
};

DkimKey readDkimKey(const std::string& selector, const std::string& record);

} // namespace outrider::outreach
