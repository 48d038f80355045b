// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/history_service.h"
#include "ui/text/names.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

struct UndoOptions {
    int count = 1;
    bool keepChanged = false;
    std::string action;
};

std::string sentenceOf(const char* verb, const UndoReport& report) {
    std::string text = std::string(verb) + ": " + text::actionText(report.undone.action).toStdString() + "\n";
    if (!report.conflicts.empty())
        text += std::to_string(report.conflicts.size()) + " later changes were kept\n";
    return text;
}

int undo(Session& session, const UndoOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    json all = json::array();
    std::string text;
    for (int i = 0; i < options.count; ++i) {
        const auto policy = options.keepChanged ? std::optional(UndoPolicy::KeepChanged) : std::nullopt;
        Result<UndoReport> report;
        if (options.action.empty()) {
            report = session.wait(workspace->history().undo(policy));
        } else {
            CLI_TRY(const std::int64_t id, parseId(options.action));
            report = session.wait(workspace->history().undoAction(ActionId{id}, policy.value_or(UndoPolicy::AllOrNothing)));
        }
        if (!report)
            return session.refused(report);
        all.push_back(toJson(*report));
        text += sentenceOf("Undone", *report);
    }
    return session.done({{"undone", all}}, text);
}

struct Nothing {};

int redo(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const UndoReport report, session.wait(workspace->history().redo()));
    return session.done({{"redone", toJson(report)}}, sentenceOf("Done again", report));
}

struct HistoryOptions {
    std::string lead;
    std::string since;
    int limit = 50;
};

int history(Session& session, const HistoryOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    std::optional<LeadId> lead;
    if (!options.lead.empty()) {
        CLI_TRY(const std::int64_t id, parseId(options.lead));
        lead = LeadId{id};
    }
    std::optional<Instant> since;
    if (!options.since.empty()) {
        CLI_TRY(since, parseMoment(session, *workspace, options.since));
    }
    CLI_TRY(const std::vector<HistoryEntry> all, session.wait(workspace->history().list(lead, since, options.limit)));
    std::vector<std::vector<std::string>> rows;
    for (const HistoryEntry& entry : all)
        rows.push_back({session.moment(entry.at), text::actionText(entry.action).toStdString(), entry.undone ? "undone" : "",
                        std::string(name(entry.action.origin))});
    return session.done({{"actions", listJson(all)}}, table(rows));
}

} // namespace

void addHistoryCommands(CLI::App& app, Command& chosen) {
    auto undoOptions = std::make_shared<UndoOptions>();
    auto* undoCommand = app.add_subcommand("undo", "take back what was done last");
    undoCommand->add_option("count", undoOptions->count, "how many actions")->check(CLI::Range(1, 1000));
    undoCommand->add_flag("--keep-changed", undoOptions->keepChanged, "keep what was changed since, take back the rest");
    undoCommand->add_option("--action", undoOptions->action, "a certain one, of `history --json`");
    onParsed(undoCommand, chosen, undoOptions, undo);
    onParsed(app.add_subcommand("redo", "do again what was undone last"), chosen, std::make_shared<Nothing>(), redo);
    auto historyOptions = std::make_shared<HistoryOptions>();
    auto* historyCommand = app.add_subcommand("history", "who did what when");
    historyCommand->add_option("--lead", historyOptions->lead);
    historyCommand->add_option("--since", historyOptions->since);
    historyCommand->add_option("--limit", historyOptions->limit)->check(CLI::Range(1, 100000));
    onParsed(historyCommand, chosen, historyOptions, history);
}

} // namespace outrider::cli
