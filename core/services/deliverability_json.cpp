// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/deliverability_json.h"

#include <nlohmann/json.hpp>

namespace outrider {

using nlohmann::json;

namespace {

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int numberOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<int>() : 0;
}

bool yesOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::optional<Instant> momentOf(const json& object, const char* key) {
    const auto moment = parseIso8601(textOf(object, key));
    return moment ? std::optional(*moment) : std::nullopt;
}

json orNull(const std::string& text) { return text.empty() ? json() : json(text); }

} // namespace

json toJson(const DnsReport& report) {
    json checks = json::array();
    for (const DnsCheck& check : report.checks) {
        json one{{"topic", dnsTopicNames.name(check.topic)},
                 {"verdict", dnsVerdictNames.name(check.verdict)},
                 {"finding", dnsFindingNames.name(check.finding)},
                 {"detail", orNull(check.detail)},
                 {"name", orNull(check.name)},
                 {"record", orNull(check.record)},
                 {"advice", orNull(check.advice)}};
        if (check.topic == DnsTopic::Spf)
            one["lookups"] = check.lookups;
        if (check.topic == DnsTopic::Dkim) {
            one["selector"] = orNull(check.selector);
            one["key_type"] = orNull(check.keyType);
            one["key_bits"] = check.keyBits;
        }
        if (check.topic == DnsTopic::Dmarc) {
            one["policy"] = orNull(check.policy);
            one["policy_owner"] = orNull(check.policyOwner);
        }
        checks.push_back(std::move(one));
    }
    return {{"domain", report.domain}, {"at", toIso8601(report.at)}, {"checks", checks}};
}

json toJson(const ProbeReport& report) {
    json results = json::array();
    for (const AuthResult& one : report.results)
        results.push_back({{"method", one.method}, {"result", one.result}, {"properties", one.properties}});
    return {{"sent_at", toIso8601(report.sentAt)},
            {"arrived_at", report.arrivedAt ? json(toIso8601(*report.arrivedAt)) : json()},
            {"to", report.to},
            {"folder", orNull(report.folder)},
            {"auth_server", orNull(report.authServer)},
            {"results", results},
            {"dkim_domain", orNull(report.dkimDomain)},
            {"dkim_selector", orNull(report.dkimSelector)},
            {"dkim_aligned", report.dkimAligned},
            {"signs_unsubscribe", report.signsUnsubscribe},
            {"message_id_kept", report.messageIdKept},
            {"message_id", orNull(report.messageId)}};
}

json toJson(const MailboxHealth& health) {
    json lines = json::array();
    for (const HealthLine& line : health.lines)
        lines.push_back({{"point", healthPointNames.name(line.point)},
                         {"points", line.points},
                         {"most", line.most},
                         {"part", line.part},
                         {"whole", line.whole},
                         {"detail", orNull(line.detail)}});
    return {{"score", health.score ? json(*health.score) : json()}, {"lines", lines}};
}

std::optional<DnsReport> dnsReportFrom(std::string_view text) {
    const json all = json::parse(text, nullptr, false);
    if (!all.is_object() || !all.contains("checks") || !all["checks"].is_array())
        return std::nullopt;
    DnsReport report{.domain = textOf(all, "domain"), .at = momentOf(all, "at").value_or(Instant{})};
    for (const json& one : all["checks"]) {
        if (!one.is_object())
            continue;
        const auto topic = dnsTopicNames.value(textOf(one, "topic"));
        const auto verdict = dnsVerdictNames.value(textOf(one, "verdict"));
        const auto finding = dnsFindingNames.value(textOf(one, "finding"));
        if (!topic || !verdict || !finding)
            continue;
        report.checks.push_back({.topic = *topic,
                                 .verdict = *verdict,
                                 .finding = *finding,
                                 .detail = textOf(one, "detail"),
                                 .name = textOf(one, "name"),
                                 .record = textOf(one, "record"),
                                 .advice = textOf(one, "advice"),
                                 .lookups = numberOf(one, "lookups"),
                                 .selector = textOf(one, "selector"),
                                 .keyType = textOf(one, "key_type"),
                                 .keyBits = numberOf(one, "key_bits"),
                                 .policy = textOf(one, "policy"),
                                 .policyOwner = textOf(one, "policy_owner")});
    }
    return report;
}

std::optional<ProbeReport> probeReportFrom(std::string_view text) {
    const json all = json::parse(text, nullptr, false);
    const auto sentAt = all.is_object() ? momentOf(all, "sent_at") : std::nullopt;
    if (!sentAt)
        return std::nullopt;
    ProbeReport report{.sentAt = *sentAt,
                       .arrivedAt = momentOf(all, "arrived_at"),
                       .to = textOf(all, "to"),
                       .folder = textOf(all, "folder"),
                       .authServer = textOf(all, "auth_server"),
                       .results = {},
                       .dkimDomain = textOf(all, "dkim_domain"),
                       .dkimSelector = textOf(all, "dkim_selector"),
                       .dkimAligned = yesOf(all, "dkim_aligned"),
                       .signsUnsubscribe = yesOf(all, "signs_unsubscribe"),
                       .messageIdKept = yesOf(all, "message_id_kept"),
                       .messageId = textOf(all, "message_id")};
    if (const auto results = all.find("results"); results != all.end() && results->is_array()) {
        for (const json& one : *results) {
            if (one.is_object())
                report.results.push_back({textOf(one, "method"), textOf(one, "result"), textOf(one, "properties")});
        }
    }
    return report;
}

} // namespace outrider
