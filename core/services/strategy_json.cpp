// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/strategy_checks.h"
#include "core/services/strategy_service.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace outrider {

using nlohmann::json;

namespace {

json windowJson(const Window& window) {
    json days = json::array();
    constexpr std::array names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (unsigned day = 1; day <= 7; ++day) {
        if (window.days.contains(day))
            days.push_back(names.at(day - 1));
    }
    const auto clock = [](int minute) {
        const std::string hours = std::to_string(minute / 60);
        const std::string minutes = std::to_string(minute % 60);
        return (hours.size() < 2 ? "0" : "") + hours + ":" + (minutes.size() < 2 ? "0" : "") + minutes;
    };
    return {{"days", days}, {"from", clock(window.startMinute)}, {"to", clock(window.endMinute)}};
}

Result<Window> windowFrom(const json& value, const std::string& where) {
    const auto bad = [&](const char* what) { return fail(ErrorCode::UnsupportedFormat, where + ": " + what); };
    if (!value.is_object())
        return bad("an object with days, from and to");
    Window window;
    if (value.contains("days")) {
        constexpr std::array names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
        std::uint8_t bits = 0;
        if (!value["days"].is_array())
            return bad("days is a list of mon, tue…");
        for (const json& day : value["days"]) {
            const auto found = std::find(names.begin(), names.end(), day.is_string() ? day.get<std::string>() : std::string());
            if (found == names.end())
                return bad("days is a list of mon, tue…");
            bits = std::uint8_t(bits | (1U << unsigned(found - names.begin())));
        }
        window.days = Weekdays(bits);
    }
    const auto minute = [&](const char* key, int fallback) -> Result<int> {
        if (!value.contains(key))
            return fallback;
        const std::string text = value[key].is_string() ? value[key].get<std::string>() : std::string();
        int hours = 0;
        int minutes = 0;
        const auto colon = text.find(':');
        if (colon == std::string::npos || std::from_chars(text.data(), text.data() + colon, hours).ec != std::errc()
            || std::from_chars(text.data() + colon + 1, text.data() + text.size(), minutes).ec != std::errc() || hours < 0
            || hours > 24 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 24 * 60)
            return bad("from and to are times like 08:00");
        return hours * 60 + minutes;
    };
    OUTRIDER_ASSIGN(window.startMinute, minute("from", window.startMinute));
    OUTRIDER_ASSIGN(window.endMinute, minute("to", window.endMinute));
    if (!isWindow(window))
        return bad("a window that opens");
    return window;
}

json rulesJson(const StrategyRules& rules) {
    return {{"stop_on_reply", rules.stops.reply},
            {"stop_on_meeting", rules.stops.meeting},
            {"stop_on_talked", rules.stops.talked},
            {"stop_status", rules.stops.status.value},
            {"colleague_reply", colleagueReplyNames.name(rules.colleague)},
            {"colleague_days", rules.colleagueDays},
            {"canary_percent", rules.canaryPercent},
            {"per_weekday", rules.perWeekday}};
}

Result<StrategyRules> rulesFrom(const json& value) {
    const auto bad = [](const std::string& what) { return fail(ErrorCode::UnsupportedFormat, "rules: " + what); };
    if (!value.is_object())
        return bad("an object");
    StrategyRules rules;
    for (const auto& [key, out] :
         {std::pair{"stop_on_reply", &rules.stops.reply}, std::pair{"stop_on_meeting", &rules.stops.meeting},
          std::pair{"stop_on_talked", &rules.stops.talked}}) {
        if (!value.contains(key))
            continue;
        if (!value[key].is_boolean())
            return bad(std::string(key) + ": true or false");
        *out = value[key].get<bool>();
    }
    std::int64_t status = 0;
    std::int64_t colleagueDays = rules.colleagueDays;
    std::int64_t canary = 0;
    std::int64_t perWeekday = 0;
    for (const auto& [key, out, most] :
         {std::tuple{"stop_status", &status, INT64_MAX}, std::tuple{"colleague_days", &colleagueDays, std::int64_t(365)},
          std::tuple{"canary_percent", &canary, std::int64_t(100)},
          std::tuple{"per_weekday", &perWeekday, std::int64_t(100000)}}) {
        if (!value.contains(key))
            continue;
        if (!value[key].is_number_integer() || value[key].get<std::int64_t>() < 0 || value[key].get<std::int64_t>() > most)
            return bad(std::string(key) + ": a number");
        *out = value[key].get<std::int64_t>();
    }
    rules.stops.status = StatusId{status};
    rules.colleagueDays = int(colleagueDays);
    rules.canaryPercent = int(canary);
    rules.perWeekday = int(perWeekday);
    if (value.contains("colleague_reply")) {
        const auto known = colleagueReplyNames.value(
            value["colleague_reply"].is_string() ? value["colleague_reply"].get<std::string>() : std::string());
        if (!known)
            return bad("colleague_reply: nothing, delay or stop");
        rules.colleague = *known;
    }
    return rules;
}

Result<int> weightFrom(const json& value, const std::string& where) {
    if (!value.contains("weight"))
        return 1;
    if (!value["weight"].is_number_integer() || value["weight"].get<std::int64_t>() < 0
        || value["weight"].get<std::int64_t>() > 1000)
        return fail(ErrorCode::UnsupportedFormat, where + ", weight: a number");
    return value["weight"].get<int>();
}

Result<> readVariants(const json& entry, Step& step, const std::string& where) {
    OUTRIDER_ASSIGN(step.weight, weightFrom(entry, where));
    if (!entry.contains("variants"))
        return {};
    const auto bad = [&] { return fail(ErrorCode::UnsupportedFormat, where + ", variants: a list of weight, subject and body"); };
    if (!entry["variants"].is_array() || step.channel != Channel::Email)
        return bad();
    for (const json& one : entry["variants"]) {
        if (!one.is_object() || !one.contains("body") || !one["body"].is_string()
            || (one.contains("subject") && !one["subject"].is_string()))
            return bad();
        Variant variant{.subject = one.value("subject", std::string()), .body = one["body"].get<std::string>()};
        OUTRIDER_ASSIGN(variant.weight, weightFrom(one, where));
        step.variants.push_back(std::move(variant));
    }
    return {};
}

} // namespace

std::string StrategyService::toJson(const Strategy& strategy, const StrategyVersion& version) {
    json steps = json::array();
    for (const Step& step : version.steps) {
        json entry{
            {"channel", name(step.channel)}, {"day_offset", step.dayOffset}, {"subject", step.subject}, {"body", step.body}};
        if (step.channel == Channel::Email)
            entry["thread"] = threadNames.name(step.thread);
        if (step.window)
            entry["window"] = windowJson(*step.window);
        if (!step.variants.empty()) {
            entry["weight"] = step.weight;
            entry["variants"] = json::array();
            for (const Variant& variant : step.variants)
                entry["variants"].push_back({{"weight", variant.weight}, {"subject", variant.subject}, {"body", variant.body}});
        }
        steps.push_back(std::move(entry));
    }
    const json document{{"name", strategy.name},
                        {"offset_base", offsetBaseNames.name(version.offsetBase)},
                        {"business_days", version.businessDays},
                        {"window", windowJson(version.window)},
                        {"rules", rulesJson(version.rules)},
                        {"steps", std::move(steps)}};
    return document.dump(2);
}

Result<StrategyService::Parsed> StrategyService::fromJson(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    const auto bad = [](const std::string& what) { return fail(ErrorCode::UnsupportedFormat, what); };
    if (!document.is_object())
        return bad("a strategy is a JSON object");
    Parsed parsed;
    if (!document.contains("name") || !document["name"].is_string())
        return bad("name: a text");
    parsed.name = document["name"].get<std::string>();
    if (document.contains("offset_base")) {
        const auto base = offsetBaseNames.value(document["offset_base"].is_string() ? document["offset_base"].get<std::string>()
                                                                                    : std::string());
        if (!base)
            return bad("offset_base: completion or enrolment");
        parsed.version.offsetBase = *base;
    }
    if (document.contains("business_days")) {
        if (!document["business_days"].is_boolean())
            return bad("business_days: true or false");
        parsed.version.businessDays = document["business_days"].get<bool>();
    }
    if (document.contains("window")) {
        OUTRIDER_ASSIGN(parsed.version.window, windowFrom(document["window"], "window"));
    }
    if (document.contains("rules")) {
        OUTRIDER_ASSIGN(parsed.version.rules, rulesFrom(document["rules"]));
    }
    if (!document.contains("steps") || !document["steps"].is_array() || document["steps"].empty())
        return bad("steps: a list of at least one step");
    for (const json& entry : document["steps"]) {
        const std::string where = "step " + std::to_string(parsed.version.steps.size() + 1);
        if (!entry.is_object())
            return bad(where + ": an object");
        const auto textOf = [&](const char* key) -> Result<std::string> {
            if (!entry.contains(key))
                return std::string();
            if (!entry[key].is_string())
                return bad(where + ", " + key + ": a text");
            return entry[key].get<std::string>();
        };
        Step step{.position = int(parsed.version.steps.size())};
        OUTRIDER_ASSIGN(const std::string channel, textOf("channel"));
        const auto known = channelNames.value(channel);
        if (!known)
            return bad(where + ", channel: email, call, linkedin, sms or task");
        step.channel = *known;
        if (entry.contains("day_offset")) {
            if (!entry["day_offset"].is_number_integer() || entry["day_offset"].get<std::int64_t>() < 0
                || entry["day_offset"].get<std::int64_t>() > 3650)
                return bad(where + ", day_offset: a number of days");
            step.dayOffset = entry["day_offset"].get<int>();
        }
        OUTRIDER_ASSIGN(step.subject, textOf("subject"));
        OUTRIDER_ASSIGN(step.body, textOf("body"));
        OUTRIDER_ASSIGN(const std::string thread, textOf("thread"));
        step.thread = threadNames.value(thread).value_or(Thread::New);
        if (entry.contains("window")) {
            OUTRIDER_ASSIGN(step.window, windowFrom(entry["window"], where + ", window"));
        }
        OUTRIDER_TRY(readVariants(entry, step, where));
        parsed.version.steps.push_back(std::move(step));
    }
    if (const auto found = strategyFaults(parsed.version); !found.empty())
        return bad("step " + std::to_string(found.front().step + 1) + ": " + found.front().code + " " + found.front().detail);
    return parsed;
}

} // namespace outrider
