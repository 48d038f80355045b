// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/backup_service.h"
#include "core/services/history_service.h"
#include "ui/text/history_text.h"

#include <algorithm>

namespace outrider::cli {

using nlohmann::json;

namespace {

constexpr int actionsLookedAt = 2000;     // of the history
constexpr std::int64_t manyChanges = 200; // from here on it was work for the background

struct JobOptions {
    int limit = 20;
};

struct Job {
    Instant at{};
    std::string kind; // "import", "bulk", "undo", "backup"
    std::string what;
    std::int64_t size = 0; // changes, or bytes of a backup
    bool undone = false;
};

std::string kindOf(const HistoryEntry& entry) {
    if (entry.kind != HistoryEntry::Kind::Done)
        return "undo";
    return entry.action.name.starts_with("import") ? "import" : "bulk";
}

// Long work leaves an action or a file: both are asked.
int list(Session& session, const JobOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<HistoryEntry> actions, session.wait(workspace->history().list({.limit = actionsLookedAt})));
    CLI_TRY(const std::vector<BackupFile> backups, session.wait(workspace->backups().list()));
    std::vector<Job> jobs;
    for (const HistoryEntry& entry : actions) {
        if (entry.changeCount >= manyChanges || entry.action.name.starts_with("import"))
            jobs.push_back({entry.at, kindOf(entry), plain(text::historyText(entry)), entry.changeCount, entry.undone});
    }
    for (const BackupFile& file : backups)
        jobs.push_back({file.at, "backup", std::string(name(file.kind)), file.bytes, false});
    std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return a.at > b.at; });
    if (int(jobs.size()) > options.limit)
        jobs.resize(std::size_t(options.limit));
    json all = json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Job& job : jobs) {
        all.push_back(
            {{"at", toIso8601(job.at)}, {"kind", job.kind}, {"what", job.what}, {"size", job.size}, {"undone", job.undone}});
        rows.push_back({session.moment(job.at), job.kind, job.what,
                        std::to_string(job.size) + (job.kind == "backup" ? " bytes" : " changes"), job.undone ? "undone" : ""});
    }
    return session.done({{"jobs", all}}, table(rows));
}

} // namespace

void addJobCommands(CLI::App& app, Command& chosen) {
    auto* job = app.add_subcommand("job", "long work that was done: imports, bulk runs, large undos, backups");
    job->require_subcommand(1);
    auto options = std::make_shared<JobOptions>();
    auto* command = job->add_subcommand("list", "the youngest first");
    command->add_option("--limit", options->limit)->check(CLI::Range(1, 1000));
    onParsed(command, chosen, options, list);
}

} // namespace outrider::cli
