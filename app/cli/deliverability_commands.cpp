// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mailbox_arguments.h"
#include "app/cli/support.h"
#include "core/services/deliverability_json.h"
#include "core/services/deliverability_service.h"
#include "core/services/mailbox_service.h"
#include "ui/text/deliverability_text.h"

#include <algorithm>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct DnsOptions {
    std::string mailbox;
    std::string server;
};

std::string checksText(const DnsReport& report) {
    std::string out;
    for (const DnsCheck& check : report.checks) {
        out += table({{text::dnsTopicTitle(check.topic).toStdString(), text::dnsVerdictText(check).toStdString(),
                       plain(text::dnsRecordLine(check))}});
        out += "  " + plain(text::dnsSentence(check)) + "\n";
        if (!check.advice.empty())
            out += "  " + plain(text::dnsAdviceTitle(check)) + "\n    " + check.advice + "\n";
    }
    return out;
}

int dns(Session& session, const DnsOptions& options) {
    session.environment().dnsServers = options.server;
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    CLI_TRY(const DnsReport report, session.wait(workspace->deliverability().checkDns(id)));
    const bool failed = std::any_of(report.checks.begin(), report.checks.end(),
                                    [](const DnsCheck& check) { return check.verdict == DnsVerdict::Fail; });
    json data = toJson(report);
    data["passed"] = !failed;
    session.done(data, checksText(report));
    return failed ? 1 : 0;
}

struct ProbeOptions {
    std::string mailbox;
    std::string to;
};

int probe(Session& session, const ProbeOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    MailboxId to = id;
    if (!options.to.empty()) {
        CLI_TRY(to, mailboxId(session, *workspace, options.to));
    }
    CLI_TRY(const Mailbox from, session.wait(workspace->mailboxes().find(id)));
    CLI_TRY(
        const ProbeReport report,
        session.wait(workspace->deliverability().probe(
            id, to, {text::probeSubject(QString::fromStdString(from.address)).toStdString(), text::probeBody().toStdString()})));
    std::string out = plain(text::probeSentence(report)) + "\n";
    for (const AuthResult& one : report.results)
        out +=
            "  " + text::authResultText(one).toStdString() + (one.properties.empty() ? "" : "  (" + one.properties + ")") + "\n";
    session.done(toJson(report), out);
    return report.arrivedAt ? 0 : 1;
}

struct HealthOptions {
    std::string mailbox;
};

int health(Session& session, const HealthOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    std::optional<MailboxId> only;
    if (!options.mailbox.empty()) {
        CLI_TRY(only, mailboxId(session, *workspace, options.mailbox));
    }
    CLI_TRY(const auto all, session.wait(workspace->deliverability().overview()));
    json data = json::array();
    std::string out;
    for (const auto& one : all) {
        if (only && one.mailbox.id != *only)
            continue;
        json entry = toJson(one.health);
        entry["id"] = idJson(one.mailbox.id.value);
        entry["address"] = one.mailbox.address;
        entry["sent_in_a_day"] = one.sentInADay;
        entry["limit_today"] = one.limitToday;
        entry["waiting"] = one.waiting;
        data.push_back(std::move(entry));
        out += one.mailbox.address + ": " + text::healthWord(one.health).toStdString()
               + (one.health.score ? ", " + std::to_string(*one.health.score) + " of 100" : "") + "\n";
        for (const HealthLine& line : one.health.lines) {
            const std::string points = line.most == 0 ? "-" : std::to_string(line.points) + "/" + std::to_string(line.most);
            out += "  " + text::healthTitle(line.point).leftJustified(12).toStdString()
                   + QString::fromStdString(points).leftJustified(8).toStdString() + plain(text::healthSentence(line)) + "\n";
        }
    }
    return session.done({{"mailboxes", data}}, out);
}

struct RuleOptions {
    std::string mailbox;
    std::optional<int> bounces;
    std::optional<int> errors;
    std::optional<bool> policy;
    std::optional<std::string> selector;
};

int rules(Session& session, const RuleOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    CLI_TRY(Mailbox mailbox, session.wait(workspace->mailboxes().find(id)));
    mailbox.pauses.bouncePercent = options.bounces.value_or(mailbox.pauses.bouncePercent);
    mailbox.pauses.errorPercent = options.errors.value_or(mailbox.pauses.errorPercent);
    mailbox.pauses.onPolicy = options.policy.value_or(mailbox.pauses.onPolicy);
    mailbox.dkimSelector = options.selector.value_or(mailbox.dkimSelector);
    CLI_CHECK(session.wait(workspace->mailboxes().update(mailbox, nullptr)));
    const auto percent = [](int value) { return value > 0 ? "more than " + std::to_string(value) + " %" : std::string("never"); };
    return session.done(toJson(mailbox),
                        table({{"pauses for bounces", percent(mailbox.pauses.bouncePercent)},
                               {"pauses for refusals", percent(mailbox.pauses.errorPercent)},
                               {"pauses when refused as a sender (5.7.x)", mailbox.pauses.onPolicy ? "yes" : "no"},
                               {"DKIM selector", mailbox.dkimSelector.empty() ? "found" : mailbox.dkimSelector}}));
}

} // namespace

void addDeliverabilityCommands(CLI::App& app, Command& chosen) {
    CLI::App* mailbox = app.get_subcommand("mailbox");
    auto dnsOptions = std::make_shared<DnsOptions>();
    auto* dnsCommand = mailbox->add_subcommand("dns", "what the DNS says of its domain: SPF, DKIM, DMARC, MX and more");
    dnsCommand->add_option("mailbox", dnsOptions->mailbox, "its address or id")->required();
    dnsCommand->add_option("--server", dnsOptions->server, "HOST:PORT to ask instead of the system's");
    onParsed(dnsCommand, chosen, dnsOptions, dns);

    auto probeOptions = std::make_shared<ProbeOptions>();
    auto* probeCommand = mailbox->add_subcommand("probe", "send one message to itself and see how it arrives");
    probeCommand->add_option("mailbox", probeOptions->mailbox, "its address or id")->required();
    probeCommand->add_option("--to", probeOptions->to, "another mailbox of yours");
    onParsed(probeCommand, chosen, probeOptions, probe);

    auto healthOptions = std::make_shared<HealthOptions>();
    auto* healthCommand = mailbox->add_subcommand("health", "the health of each, point by point");
    healthCommand->add_option("mailbox", healthOptions->mailbox, "only this one");
    onParsed(healthCommand, chosen, healthOptions, health);

    auto ruleOptions = std::make_shared<RuleOptions>();
    auto* ruleCommand = mailbox->add_subcommand("rules", "when it pauses by itself, and where its DKIM key is");
    ruleCommand->add_option("mailbox", ruleOptions->mailbox, "its address or id")->required();
    ruleCommand->add_option("--pause-bounces", ruleOptions->bounces, "percent of hard bounces in seven days; 0: never")
        ->check(CLI::Range(0, 100));
    ruleCommand->add_option("--pause-errors", ruleOptions->errors, "percent of refusals in seven days; 0: never")
        ->check(CLI::Range(0, 100));
    ruleCommand->add_option("--pause-policy", ruleOptions->policy, "true, false: at once when refused as a sender (5.7.x)");
    ruleCommand->add_option("--dkim-selector", ruleOptions->selector, "the name its DKIM key is under; \"\": found by itself");
    onParsed(ruleCommand, chosen, ruleOptions, rules);
}

} // namespace outrider::cli
