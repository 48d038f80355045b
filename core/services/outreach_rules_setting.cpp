// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/outreach_rules_setting.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace outrider {

using nlohmann::json;

namespace {

constexpr int mostDays = 365;

}

OutreachRules outreachRulesFrom(std::string_view text) {
    OutreachRules rules;
    const json stored = json::parse(text, nullptr, false);
    if (!stored.is_object())
        return rules;
    const auto flag = [&](const char* key, bool& out) {
        if (stored.contains(key) && stored[key].is_boolean())
            out = stored[key].get<bool>();
    };
    const auto days = [&](const char* key, int& out) {
        if (stored.contains(key) && stored[key].is_number_integer())
            out = int(std::clamp<std::int64_t>(stored[key].get<std::int64_t>(), 0, mostDays));
    };
    flag("one_strategy", rules.oneStrategyAtATime);
    flag("holidays", rules.holidays);
    days("lead_gap", rules.leadGapDays);
    days("company_gap", rules.companyGapDays);
    return rules;
}

std::string outreachRulesJson(const OutreachRules& rules) {
    return json{{"one_strategy", rules.oneStrategyAtATime},
                {"lead_gap", rules.leadGapDays},
                {"company_gap", rules.companyGapDays},
                {"holidays", rules.holidays}}
        .dump();
}

} // namespace outrider
