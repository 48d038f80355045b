// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/dns_query.h"

#include <functional>
#include <string>
#include <string_view>

namespace outrider::practice {

// The DNS of the practice workspace: what a carefully run company's domain says, but for a DMARC policy that could be
// stricter. Nothing is asked of anybody.
std::function<transport::DnsAnswer(transport::DnsType, const std::string&)> practiceDns(std::string_view address);

} // namespace outrider::practice
