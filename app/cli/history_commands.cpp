// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/history_service.h"
#include "ui/text/history_text.h"
#include "ui/text/names.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

struct UndoOptions {
    int count = 1;
    bool keepChanged = false;
    std::string action;
};

std::string lines(const std::vector<UndoConflict>& conflicts) {
    constexpr std::size_t shown = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, conflicts.size()); ++i)
        text += "  " + plain(text::conflictText(conflicts[i])) + "\n";
    if (conflicts.size() > shown)
        text += "  … " + std::to_string(conflicts.size() - shown) + " more\n";
    return text;
}

std::string sentenceOf(const char* verb, const UndoReport& report) {
    std::string text = std::string(verb) + ": " + plain(text::actionText(report.undone.action)) + "\n";
    if (!report.conflicts.empty())
        text += std::to_string(report.conflicts.size()) + " later changes were kept\n" + lines(report.conflicts);
    return text;
}

// Why nothing was taken back: what was changed since, by whom, to what.
int refuse(Session& session, Workspace& workspace, const Error& error, std::optional<ActionId> id) {
    if (error.code != ErrorCode::UndoConflict)
        return session.refused(error);
    const auto conflicts = session.wait(workspace.history().conflicts(id));
    if (!conflicts)
        return session.refused(error);
    return session.refused(error, {{"conflicts", listJson(*conflicts)}},
                           lines(*conflicts) + "With --keep-changed these stay, and the rest is taken back.\n");
}

int undo(Session& session, const UndoOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    json all = json::array();
    std::string text;
    for (int i = 0; i < options.count; ++i) {
        const auto policy = options.keepChanged ? std::optional(UndoPolicy::KeepChanged) : std::nullopt;
        std::optional<ActionId> id;
        if (!options.action.empty()) {
            CLI_TRY(const std::int64_t number, parseId(options.action));
            id = ActionId{number};
        }
        const auto progress = std::make_shared<Progress>();
        const Interruptible interruptible(progress);
        const ProgressLine line(session, progress, "Taking back");
        const Result<UndoReport> report =
            session.wait(id ? workspace->history().undoAction(*id, policy.value_or(UndoPolicy::AllOrNothing), progress)
                            : workspace->history().undo(policy, progress));
        if (!report)
            return refuse(session, *workspace, report.error(), id);
        all.push_back(toJson(*report));
        text += sentenceOf("Undone", *report);
    }
    return session.done({{"undone", all}}, text);
}

struct RedoOptions {
    bool keepChanged = false;
};

int redo(Session& session, const RedoOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Doing again");
    const auto policy = options.keepChanged ? std::optional(UndoPolicy::KeepChanged) : std::nullopt;
    CLI_TRY(const UndoReport report, session.wait(workspace->history().redo(policy, progress)));
    return session.done({{"redone", toJson(report)}}, sentenceOf("Done again", report));
}

struct HistoryOptions {
    std::string lead;
    std::string since;
    std::string after;
    int limit = 50;
};

int history(Session& session, const HistoryOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    HistoryQuery query{.limit = options.limit};
    if (!options.lead.empty()) {
        CLI_TRY(const std::int64_t id, parseId(options.lead));
        query.lead = LeadId{id};
    }
    if (!options.since.empty()) {
        CLI_TRY(query.since, parseMoment(session, *workspace, options.since));
    }
    if (!options.after.empty()) {
        CLI_TRY(const std::int64_t id, parseId(options.after));
        query.before = ActionId{id};
    }
    CLI_TRY(const std::vector<HistoryEntry> all, session.wait(workspace->history().list(query)));
    std::vector<std::vector<std::string>> rows;
    for (const HistoryEntry& entry : all)
        rows.push_back({session.moment(entry.at), plain(text::historyText(entry)), plain(text::whoText(entry)),
                        std::to_string(entry.changeCount), entry.undone ? "undone" : ""});
    const bool full = int(all.size()) == options.limit;
    return session.done({{"actions", listJson(all)}, {"next", full ? idJson(all.back().id.value) : json()}}, table(rows));
}

struct KeepOptions {
    int days = -1;
};

int keep(Session& session, const KeepOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.days < 0));
    if (options.days >= 0)
        CLI_CHECK(session.wait(workspace->history().setKeepDays(options.days)));
    CLI_TRY(const int days, session.wait(workspace->history().keepDays()));
    return session.done({{"days", days}}, days == 0 ? "for ever" : std::to_string(days) + " days");
}

} // namespace

void addHistoryCommands(CLI::App& app, Command& chosen) {
    auto undoOptions = std::make_shared<UndoOptions>();
    auto* undoCommand = app.add_subcommand("undo", "take back what was done last");
    undoCommand->add_option("count", undoOptions->count, "how many actions")->check(CLI::Range(1, 1000));
    undoCommand->add_flag("--keep-changed", undoOptions->keepChanged, "keep what was changed since, take back the rest");
    undoCommand->add_option("--action", undoOptions->action, "a certain one, of `history --json`");
    onParsed(undoCommand, chosen, undoOptions, undo);
    auto redoOptions = std::make_shared<RedoOptions>();
    auto* redoCommand = app.add_subcommand("redo", "do again what was undone last");
    redoCommand->add_flag("--keep-changed", redoOptions->keepChanged, "keep what was changed since, do the rest again");
    onParsed(redoCommand, chosen, redoOptions, redo);
    auto historyOptions = std::make_shared<HistoryOptions>();
    auto* historyCommand = app.add_subcommand("history", "who did what when");
    historyCommand->add_option("--lead", historyOptions->lead, "what changed this lead or anything of it");
    historyCommand->add_option("--since", historyOptions->since, "done then or later");
    historyCommand->add_option("--after", historyOptions->after, "`next` of the page before");
    historyCommand->add_option("--limit", historyOptions->limit)->check(CLI::Range(1, 100000));
    onParsed(historyCommand, chosen, historyOptions, history);
    auto keepOptions = std::make_shared<KeepOptions>();
    auto* keepCommand =
        app.add_subcommand("history-keep", "how long what an action changed is kept, to undo it and to look back");
    keepCommand->add_option("days", keepOptions->days, "0: for ever")->check(CLI::Range(0, 36500));
    onParsed(keepCommand, chosen, keepOptions, keep);
}

} // namespace outrider::cli
