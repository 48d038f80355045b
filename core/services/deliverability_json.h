// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deliverability.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace outrider {

// How reports are kept in the workspace and what the command line prints. What is read back may be from an older or a
// newer program: what is not understood is left out; nullopt when nothing is.
nlohmann::json toJson(const DnsReport& report);
nlohmann::json toJson(const ProbeReport& report);
nlohmann::json toJson(const MailboxHealth& health);
std::optional<DnsReport> dnsReportFrom(std::string_view json);
std::optional<ProbeReport> probeReportFrom(std::string_view json);

} // namespace outrider
