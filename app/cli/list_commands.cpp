// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/list_service.h"
#include "core/services/strategy_service.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

json toJson(const PersonList& list) {
    return {{"id", idJson(list.id.value)},
            {"name", list.name},
            {"leads", list.leads},
            {"created", momentJson(list.createdAt)},
            {"archived", list.archivedAt.has_value()}};
}

struct AllOptions {
    bool archived = false;
};

int all(Session& session, const AllOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<PersonList> lists, session.wait(workspace->lists().all(options.archived)));
    json data = json::array();
    std::vector<std::vector<std::string>> rows{{"ID", "NAME", "LEADS", ""}};
    for (const PersonList& list : lists) {
        data.push_back(toJson(list));
        rows.push_back({std::to_string(list.id.value), list.name, std::to_string(list.leads), list.archivedAt ? "archived" : ""});
    }
    return session.done({{"lists", data}}, table(rows));
}

struct ListOptions {
    std::string list; // its name
    std::string value;
    std::string filter;
    std::vector<std::string> ids;
    bool back = false;
};

int create(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const ListId id, session.wait(workspace->lists().create(options.list)));
    return session.done({{"id", idJson(id.value)}}, "List “" + options.list + "”");
}

int show(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const PersonList list, session.wait(workspace->lists().find(options.list)));
    CLI_TRY(const std::vector<LeadId> members, session.wait(workspace->lists().members(list.id)));
    json data = toJson(list);
    data["members"] = json::array();
    std::string out = list.name + ", " + std::to_string(list.leads) + " leads\n";
    for (const LeadId lead : members) {
        data["members"].push_back(idJson(lead.value));
        out += "  " + std::to_string(lead.value) + "\n";
    }
    return session.done(data, out);
}

int change(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    ListService& lists = workspace->lists();
    CLI_TRY(const PersonList list, session.wait(lists.find(options.list)));
    CLI_CHECK(session.wait(options.value == "archive"  ? lists.setArchived(list.id, !options.back)
                           : options.value == "remove" ? lists.remove(list.id)
                                                       : lists.rename(list.id, options.filter)));
    return session.done({{"id", idJson(list.id.value)}}, {});
}

int members(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const PersonList list, session.wait(workspace->lists().find(options.list)));
    CLI_TRY(LeadSelection leads, selection(options.ids, options.filter));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    CLI_TRY(const std::int64_t count, session.wait(options.back ? workspace->lists().take(list.id, std::move(leads), progress)
                                                                : workspace->lists().add(list.id, std::move(leads), progress)));
    return session.done({{"id", idJson(list.id.value)}, {"changed", count}},
                        std::to_string(count) + (options.back ? " taken off" : " put on"));
}

int sources(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().find(options.list)));
    CLI_TRY(const std::vector<StrategySource> found, session.wait(workspace->lists().sourcesOf(id)));
    json data = json::array();
    std::vector<std::vector<std::string>> rows{{"FROM", "LEADS", "RUNNING", "REPLIED"}};
    for (const StrategySource& source : found) {
        data.push_back(
            {{"source", source.source}, {"enrolled", source.enrolled}, {"running", source.running}, {"replied", source.replied}});
        rows.push_back({source.source.empty() ? "(not told)" : source.source, std::to_string(source.enrolled),
                        std::to_string(source.running), std::to_string(source.replied)});
    }
    return session.done({{"sources", data}}, table(rows));
}

CLI::App* ofList(CLI::App* group, const char* name, const char* what, const std::shared_ptr<ListOptions>& options) {
    auto* command = group->add_subcommand(name, what);
    command->add_option("list", options->list, "its name")->required();
    return command;
}

} // namespace

void addListCommands(CLI::App& app, Command& chosen) {
    auto* list = app.add_subcommand("list", "lists you put leads on: all, create, show, add, take, rename, archive, remove");
    list->require_subcommand(1);
    auto allOptions = std::make_shared<AllOptions>();
    auto* allCommand = list->add_subcommand("all", "all of them, with how many leads are on each");
    allCommand->add_flag("--archived", allOptions->archived, "those archived, too");
    onParsed(allCommand, chosen, allOptions, all);

    auto createOptions = std::make_shared<ListOptions>();
    onParsed(ofList(list, "create", "a new one", createOptions), chosen, createOptions, create);
    auto showOptions = std::make_shared<ListOptions>();
    onParsed(ofList(list, "show", "who is on it", showOptions), chosen, showOptions, show);
    for (const bool off : {false, true}) {
        auto options = std::make_shared<ListOptions>();
        options->back = off;
        auto* command = ofList(list, off ? "take" : "add", off ? "leads off it" : "leads to it", options);
        command->add_option("ids", options->ids, "leads");
        command->add_option("--filter", options->filter, "all the filter finds instead");
        onParsed(command, chosen, options, members);
    }
    auto renameOptions = std::make_shared<ListOptions>();
    renameOptions->value = "rename";
    auto* renameCommand = ofList(list, "rename", "call it otherwise", renameOptions);
    renameCommand->add_option("name", renameOptions->filter)->required();
    onParsed(renameCommand, chosen, renameOptions, change);
    auto archiveOptions = std::make_shared<ListOptions>();
    archiveOptions->value = "archive";
    auto* archiveCommand = ofList(list, "archive", "no longer offer it", archiveOptions);
    archiveCommand->add_flag("--back", archiveOptions->back, "offer it again");
    onParsed(archiveCommand, chosen, archiveOptions, change);
    auto removeOptions = std::make_shared<ListOptions>();
    removeOptions->value = "remove";
    onParsed(ofList(list, "remove", "the list, not its leads", removeOptions), chosen, removeOptions, change);

    auto sourceOptions = std::make_shared<ListOptions>();
    auto* sourceCommand = app.get_subcommand("strategy")->add_subcommand("lists", "which lists and searches its leads came from");
    sourceCommand->add_option("strategy", sourceOptions->list, "its name or id")->required();
    onParsed(sourceCommand, chosen, sourceOptions, sources);
}

} // namespace outrider::cli
