// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/deliverability_service.h"

#include <string_view>

namespace outrider {

// Sends a message from one mailbox of one's own to another and waits for it there. Blocks for minutes; see
// DeliverabilityService::probe.
Result<ProbeReport> probeMailbox(ServiceContext& context, const Mailbox& from, const Mailbox& to,
                                 const DeliverabilityService::ProbeWords& words, const Progress& progress);

// What an arrived message tells: who judged it and how, what its signature covers, whether its Message-ID is the one it
// was sent with.
void readProbe(ProbeReport& report, std::string_view raw, std::string_view sentId, std::string_view fromDomain);

} // namespace outrider
