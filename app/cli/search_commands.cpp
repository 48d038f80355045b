// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_values.h"
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/search_service.h"

#include <chrono>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct SearchOptions {
    std::string words;
    int limit = 10;
};

int search(Session& session, const SearchOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    const SearchService::Limits limits{options.limit, options.limit, options.limit, options.limit};
    if (!workspace->isReadOnly()) { // what other commands have just written
        CLI_TRY([[maybe_unused]] const int left, session.wait(workspace->search().catchUp(std::chrono::milliseconds(300))));
    }
    CLI_TRY(const SearchResult found, session.wait(workspace->search().search(options.words, limits)));
    std::vector<std::vector<std::string>> rows;
    for (const SearchHit& hit : found.hits) {
        const json one = toJson(hit);
        rows.push_back({one["kind"].get<std::string>(), hit.title, hit.detail});
    }
    std::string text = table(rows);
    if (found.unindexed > 0)
        text += std::to_string(found.unindexed) + (found.unindexed == SearchResult::mostUnindexed ? " or more" : "")
                + " notes and mails are not indexed yet: outrider-cli index\n";
    if (found.mayHaveMore)
        text += "There may be more: many have each of these words, and not all of them were looked at.\n";
    return session.done({{"hits", listJson(found.hits)},
                         {"corrected", found.corrected},
                         {"may_have_more", found.mayHaveMore},
                         {"unindexed", found.unindexed}},
                        text);
}

struct IndexOptions {
    bool anew = false;
};

int index(Session& session, const IndexOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Indexing");
    CLI_CHECK(session.wait(workspace->search().index(options.anew, progress)));
    return session.done("Everything is indexed.");
}

} // namespace

void addSearchCommands(CLI::App& app, Command& chosen) {
    auto searchOptions = std::make_shared<SearchOptions>();
    auto* searchCommand =
        app.add_subcommand("search", "leads, companies, strategies, notes and mails by the beginnings of words");
    searchCommand->add_option("words", searchOptions->words)->required();
    searchCommand->add_option("--limit", searchOptions->limit)->check(CLI::Range(1, 1000));
    onParsed(searchCommand, chosen, searchOptions, search);
    auto indexOptions = std::make_shared<IndexOptions>();
    auto* indexCommand = app.add_subcommand("index", "index for search what the window has not yet");
    indexCommand->add_flag("--anew", indexOptions->anew, "the whole index, when doctor finds it wrong");
    onParsed(indexCommand, chosen, indexOptions, index);
}

} // namespace outrider::cli
