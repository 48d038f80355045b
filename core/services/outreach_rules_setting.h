// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outreach_rules.h"

#include <string>
#include <string_view>

namespace outrider {

// How the rules of contact are kept in the setting "outreach_rules": JSON. What is missing or no number is as by default.
OutreachRules outreachRulesFrom(std::string_view json);
std::string outreachRulesJson(const OutreachRules& rules);

} // namespace outrider
