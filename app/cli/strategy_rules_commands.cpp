// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/strategy_rules_commands.h"

#include "app/cli/files.h"
#include "app/cli/support.h"
#include "core/services/settings_service.h"
#include "core/services/strategy_service.h"

#include <cstdio>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct PublishOptions {
    std::string strategy; // name or id
    std::string file;
    bool move = false;
    bool preview = false;
};

std::string percent(double share) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", share * 100);
    return text.data();
}

int publish(Session& session, const PublishOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::string text, readFile(options.file));
    CLI_TRY(const StrategyService::Parsed parsed, StrategyService::fromJson(text));
    StrategyService& strategies = workspace->strategies();
    CLI_TRY(const StrategyId id, session.wait(strategies.find(options.strategy)));
    if (options.preview) {
        CLI_TRY(const PublishPreview preview, session.wait(strategies.publishPreview(id, parsed.version)));
        json affected = json::array();
        std::vector<std::vector<std::string>> rows{{"LEAD", "STEP", "DUE", "WOULD BE DUE"}};
        for (const PublishPreview::Affected& one : preview.affected) {
            affected.push_back({{"lead", idJson(one.lead.value)},
                                {"name", one.name},
                                {"step", one.step + 1},
                                {"before", momentJson(one.before)},
                                {"after", momentJson(one.after)},
                                {"finishes", one.finishes},
                                {"other_step", one.otherStep}});
            rows.push_back({one.name, std::to_string(one.step + 1), one.before ? toIso8601(*one.before) : "",
                            one.finishes                               ? "finished"
                            : one.otherStep && one.before == one.after ? "another step"
                            : one.after                                ? toIso8601(*one.after)
                                                                       : ""});
        }
        return session.done({{"running", preview.running},
                             {"finish", preview.finish},
                             {"earlier", preview.earlier},
                             {"later", preview.later},
                             {"complete", preview.complete},
                             {"affected", affected}},
                            std::to_string(preview.running) + " in it; moved, " + std::to_string(preview.affected.size())
                                + " would be affected\n" + (rows.size() > 1 ? table(rows) : std::string()));
    }
    const auto running = options.move ? StrategyService::Running::MoveToNew : StrategyService::Running::FinishOnOld;
    CLI_TRY(const StrategyVersionId version, session.wait(strategies.publish(id, parsed.version, running)));
    return session.done({{"id", idJson(id.value)}, {"version", idJson(version.value)}, {"moved", options.move}}, "Published");
}

struct NameOption {
    std::string strategy;
};

int release(Session& session, const NameOption& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().find(options.strategy)));
    CLI_TRY(const std::int64_t released, session.wait(workspace->strategies().release(id)));
    return session.done({{"released", released}}, std::to_string(released) + " begin");
}

int results(Session& session, const NameOption& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    StrategyService& strategies = workspace->strategies();
    CLI_TRY(const StrategyId id, session.wait(strategies.find(options.strategy)));
    CLI_TRY(const auto found, session.wait(strategies.variantResults(id)));
    CLI_TRY(const CanaryState canary, session.wait(strategies.canary(id)));
    json steps = json::array();
    std::vector<std::vector<std::string>> rows{{"STEP", "TEXT", "SENT", "REPLIED", "SHARE", "95 % INTERVAL", ""}};
    for (std::size_t step = 0; step < found.size(); ++step) {
        const auto winner = winnerOf(found[step]);
        json texts = json::array();
        for (std::size_t i = 0; i < found[step].size(); ++i) {
            const VariantResult& one = found[step][i];
            const Interval interval = one.interval();
            const std::string letter(1, char('A' + int(i)));
            const bool wins = winner && *winner == int(i);
            texts.push_back({{"text", letter},
                             {"sent", one.sent},
                             {"replied", one.replied},
                             {"low", interval.low},
                             {"high", interval.high},
                             {"winner", wins}});
            if (one.sent > 0 || found[step].size() > 1)
                rows.push_back({std::to_string(step + 1), letter, std::to_string(one.sent), std::to_string(one.replied),
                                one.sent > 0 ? percent(double(one.replied) / double(one.sent)) : "",
                                one.sent > 0 ? percent(interval.low) + " to " + percent(interval.high) : "",
                                wins ? "winner" : ""});
        }
        steps.push_back({{"step", step + 1}, {"texts", texts}, {"too_early", found[step].size() > 1 && !winner}});
    }
    return session.done({{"steps", steps}, {"held", canary.held}, {"released", momentJson(canary.releasedAt)}},
                        table(rows) + (canary.held > 0 ? std::to_string(canary.held) + " wait for “strategy release”\n" : ""));
}

struct RulesOptions {
    std::string oneStrategy;
    std::string holidays;
    int leadGap = -1;
    int companyGap = -1;
};

int rules(Session& session, const RulesOptions& options) {
    const bool changes =
        !options.oneStrategy.empty() || !options.holidays.empty() || options.leadGap >= 0 || options.companyGap >= 0;
    CLI_TRY(Workspace * workspace, session.workspace(!changes));
    CLI_TRY(OutreachRules now, session.wait(workspace->settings().outreachRules()));
    if (changes) {
        if (!options.oneStrategy.empty())
            now.oneStrategyAtATime = options.oneStrategy == "on";
        if (!options.holidays.empty())
            now.holidays = options.holidays == "on";
        if (options.leadGap >= 0)
            now.leadGapDays = options.leadGap;
        if (options.companyGap >= 0)
            now.companyGapDays = options.companyGap;
        CLI_CHECK(session.wait(workspace->settings().setOutreachRules(now)));
    }
    return session.done({{"one_strategy", now.oneStrategyAtATime},
                         {"lead_gap", now.leadGapDays},
                         {"company_gap", now.companyGapDays},
                         {"holidays", now.holidays}},
                        std::string("one strategy at a time: ") + (now.oneStrategyAtATime ? "on" : "off")
                            + "\ndays between contacts with a lead: " + std::to_string(now.leadGapDays)
                            + "\ndays between contacts with a company: " + std::to_string(now.companyGapDays)
                            + "\nholidays of the lead's country: " + (now.holidays ? "on" : "off") + "\n");
}

} // namespace

void addStrategyRulesCommands(CLI::App& strategy, Command& chosen) {
    const auto named = [&](const char* name, const char* help, int (*run)(Session&, const NameOption&)) {
        auto options = std::make_shared<NameOption>();
        auto* command = strategy.add_subcommand(name, help);
        command->add_option("strategy", options->strategy, "its name or id")->required();
        onParsed(command, chosen, options, run);
    };
    named("release", "its first ones look well: let those it holds for review begin", release);
    named("results", "what became of its e-mails, text by text", results);

    auto publishOptions = std::make_shared<PublishOptions>();
    auto* publishCommand = strategy.add_subcommand("publish", "its next version, from a JSON file");
    publishCommand->add_option("strategy", publishOptions->strategy, "its name or id")->required();
    publishCommand->add_option("file", publishOptions->file)->required();
    publishCommand->add_flag("--move", publishOptions->move, "who is in it goes on with the new version");
    publishCommand->add_flag("--preview", publishOptions->preview, "who moving would affect; change nothing");
    onParsed(publishCommand, chosen, publishOptions, publish);

    auto rulesOptions = std::make_shared<RulesOptions>();
    auto* rulesCommand = strategy.add_subcommand("rules", "rules of contact of all strategies: show or change them");
    rulesCommand->add_option("--one-strategy", rulesOptions->oneStrategy, "a lead is in one at a time")
        ->check(CLI::IsMember({"on", "off"}));
    rulesCommand->add_option("--lead-gap", rulesOptions->leadGap, "days between contacts with a lead")->check(CLI::Range(0, 365));
    rulesCommand->add_option("--company-gap", rulesOptions->companyGap, "days between contacts with a company")
        ->check(CLI::Range(0, 365));
    rulesCommand->add_option("--holidays", rulesOptions->holidays, "of the lead's country are days off")
        ->check(CLI::IsMember({"on", "off"}));
    onParsed(rulesCommand, chosen, rulesOptions, rules);
}

} // namespace outrider::cli
