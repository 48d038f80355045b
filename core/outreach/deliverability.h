// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deliverability.h"
#include "core/outreach/dns_lookups.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// What the DNS says of the domain a mailbox writes from, as those who receive its mail judge it: SPF (RFC 7208), DKIM
// (RFC 6376), DMARC (RFC 7489), MX, the names of a server of one's own, MTA-STS (RFC 8461) and TLS-RPT (RFC 8460). Pure:
// everything it knows comes through `ask`. `selector` is where a signed message was seen to have its key, if one was.
DnsReport examineDomain(const Mailbox& mailbox, std::string_view selector, AskDns ask, Instant now);

// Names a DKIM key may be under, the mailbox's provider's first.
std::vector<std::string> likelySelectors(const Mailbox& mailbox);

// The part of a domain somebody registered, as DMARC means it (RFC 7489 §3.2).
std::string organisationalDomain(std::string_view domain);

// Whether a signature or envelope of that domain speaks for the From domain (RFC 7489 §3.1, relaxed).
bool isAligned(std::string_view domain, std::string_view fromDomain);

} // namespace outrider::outreach
