// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/files.h"
#include "app/cli/simulate_command.h"
#include "app/cli/strategy_rules_commands.h"
#include "app/cli/support.h"
#include "app/cli/writing_commands.h"
#include "core/services/strategy_service.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

struct Nothing {};

int list(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<StrategySummary> all, session.wait(workspace->strategies().list()));
    std::vector<std::vector<std::string>> rows{{"ID", "NAME", "STATE", "STEPS", "RUNNING", "REPLIED", "FINISHED"}};
    for (const StrategySummary& one : all)
        rows.push_back({std::to_string(one.strategy.id.value), one.strategy.name,
                        std::string(strategyStateNames.name(one.strategy.state)), std::to_string(one.stepCount),
                        std::to_string(one.running), std::to_string(one.replied), std::to_string(one.finished)});
    return session.done({{"strategies", listJson(all)}}, table(rows));
}

struct OneOptions {
    std::string strategy; // name or id
    std::string file;
    std::string value;
};

int show(Session& session, const OneOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().find(options.strategy)));
    CLI_TRY(const StrategyDetail detail, session.wait(workspace->strategies().detail(id)));
    json data = toJson(detail.summary);
    data["version"] = json::parse(StrategyService::toJson(detail.summary.strategy, detail.version));
    return session.done(data, data["version"].dump(2));
}

int importFile(Session& session, const OneOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::string text, readFile(options.file));
    CLI_TRY(const StrategyService::Parsed parsed, StrategyService::fromJson(text));
    const std::string name = options.value.empty() ? parsed.name : options.value;
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().create(name, parsed.version)));
    return session.done({{"id", idJson(id.value)}, {"name", name}, {"steps", parsed.version.steps.size()}},
                        "Strategy “" + name + "”, " + std::to_string(parsed.version.steps.size()) + " steps");
}

int exportFile(Session& session, const OneOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().find(options.strategy)));
    CLI_TRY(const StrategyDetail detail, session.wait(workspace->strategies().detail(id)));
    const std::string text = StrategyService::toJson(detail.summary.strategy, detail.version);
    if (options.file.empty())
        return session.done(json::parse(text), text);
    CLI_CHECK(writeFile(options.file, text));
    return session.done({{"file", options.file}}, "Written to " + options.file);
}

int setState(Session& session, const OneOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    StrategyService& strategies = workspace->strategies();
    CLI_TRY(const StrategyId id, session.wait(strategies.find(options.strategy)));
    CLI_CHECK(session.wait(options.value == "pause"    ? strategies.pause(id)
                           : options.value == "resume" ? strategies.resume(id)
                                                       : strategies.archive(id)));
    return session.done({{"id", idJson(id.value)}}, {});
}

struct EnrolOptions {
    std::string strategy;
    std::string filter;
    std::vector<std::string> ids;
    std::string source;
    bool preview = false;
    bool force = false;
};

int enrol(Session& session, const EnrolOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadSelection leads, selection(options.ids, options.filter));
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().find(options.strategy)));
    if (!options.preview) {
        if (const auto refused = refusedByChecks(session, *workspace, id, leads, options.force))
            return *refused;
    }
    const std::string source = !options.source.empty() ? options.source : options.filter;
    CLI_TRY(const EnrolReport report, session.wait(workspace->strategies().enrol(id, leads, source, options.preview)));
    std::string text = std::to_string(report.enrolled) + (options.preview ? " would be enrolled" : " enrolled") + "\n";
    for (const EnrolReport::Waiting& waiting : report.waiting)
        text += "  " + waiting.name + ": " + text::planReasonText(waiting.reason).toStdString()
                + (waiting.until ? ", earliest " + toIso8601(*waiting.until) : std::string()) + "\n";
    for (const EnrolReport::Skipped& skipped : report.skipped)
        text += "  " + skipped.name + ": " + text::sentence(skipped.reason).toStdString() + "\n";
    return session.done(toJson(report), text);
}

CLI::App* oneCommand(CLI::App* parent, const char* name, const char* help, const std::shared_ptr<OneOptions>& options) {
    auto* command = parent->add_subcommand(name, help);
    command->add_option("strategy", options->strategy, "its name or id")->required();
    return command;
}

} // namespace

void addStrategyCommands(CLI::App& app, Command& chosen) {
    auto* strategy = app.add_subcommand(
        "strategy",
        "strategies: list, show, import, export, publish, enrol, pause, resume, release, archive, results, rules, simulate");
    strategy->require_subcommand(1);
    onParsed(strategy->add_subcommand("list", "all of them"), chosen, std::make_shared<Nothing>(), list);

    auto showOptions = std::make_shared<OneOptions>();
    onParsed(oneCommand(strategy, "show", "its steps and numbers", showOptions), chosen, showOptions, show);

    auto importOptions = std::make_shared<OneOptions>();
    auto* importCommand = strategy->add_subcommand("import", "a new one from a JSON file");
    importCommand->add_option("file", importOptions->file)->required();
    importCommand->add_option("--name", importOptions->value, "call it so");
    onParsed(importCommand, chosen, importOptions, importFile);

    auto exportOptions = std::make_shared<OneOptions>();
    auto* exportCommand = oneCommand(strategy, "export", "as JSON", exportOptions);
    exportCommand->add_option("file", exportOptions->file, "without it: to the terminal");
    onParsed(exportCommand, chosen, exportOptions, exportFile);

    for (const char* state : {"pause", "resume", "archive"}) {
        auto options = std::make_shared<OneOptions>();
        options->value = state;
        onParsed(oneCommand(strategy, state, "change its state", options), chosen, options, setState);
    }

    auto enrolOptions = std::make_shared<EnrolOptions>();
    auto* enrolCommand = strategy->add_subcommand("enrol", "put leads into it");
    enrolCommand->add_option("strategy", enrolOptions->strategy, "its name or id")->required();
    enrolCommand->add_option("ids", enrolOptions->ids, "leads");
    enrolCommand->add_option("--filter", enrolOptions->filter, "all the filter finds instead");
    enrolCommand->add_option("--source", enrolOptions->source, "where they come from, for the record");
    enrolCommand->add_flag("--preview", enrolOptions->preview, "change nothing");
    enrolCommand->add_flag("--force", enrolOptions->force, "although the checks warn of something");
    onParsed(enrolCommand, chosen, enrolOptions, enrol);

    addStrategyRulesCommands(*strategy, chosen);
    addSimulateCommand(*strategy, chosen);
}

} // namespace outrider::cli
