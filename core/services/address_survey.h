// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/worker.h"
#include "core/domain/verification.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

// What an address tells by itself and by its domain's DNS: the part of verifying that costs nothing.

// Whether mail can be delivered to a domain: its MX records, and without one its addresses (RFC 5321 §5.1, RFC 7505).
using DomainFindings = std::map<std::string, AddressFinding, std::less<>>;

// Asks for all of them, several at once on threads of its own; blocks. Cancelled: what was not asked is missing. `tell`
// is called for each answer, one at a time, on those threads.
DomainFindings surveyDomains(const std::vector<std::string>& domains, const std::string& dnsServers, WorkerMode workers,
                             const Progress& progress, const std::function<void()>& tell = {});

// Pure. `domain`: what the DNS said of the address's domain. An address that cannot be read is Invalid.
AddressVerdict judgeAddress(std::string_view address, AddressFinding domain);

// The domain to ask about; empty for what is no address or has a domain nobody needs to ask about (disposable).
std::string domainToAsk(std::string_view address);

} // namespace outrider
