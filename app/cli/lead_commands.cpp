// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/domain/field.h"
#include "core/services/field_service.h"
#include "core/services/history_service.h"
#include "core/services/lead_service.h"
#include "core/services/phone_service.h"
#include "ui/text/history_text.h"
#include "ui/text/names.h"

#include <chrono>
#include <thread>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct ListOptions {
    std::string filter;
    std::string sort = "name";
    bool descending = false;
    int limit = 50;
    std::string after;
    std::vector<std::string> columns; // custom fields to be shown as well
};

int list(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const Filter filter, parseFilter(options.filter));
    CLI_TRY(const StatusKeys statuses, statusKeys(session, *workspace));
    CLI_CHECK(session.wait(workspace->fields().check(filter)));
    LeadQuery query{
        .filter = filter, .sort = options.sort, .descending = options.descending, .limit = options.limit, .after = options.after};
    for (const std::string& column : options.columns)
        query.custom.emplace_back(customFieldKey(column).value_or(column));
    if (query.sort.starts_with('-')) {
        query.descending = true;
        query.sort.erase(0, 1);
    }
    LeadPage page;
    do { // a terminal may wait for the last lead that matches
        CLI_TRY(LeadPage more, session.wait(workspace->leads().page(query)));
        page.rows.insert(page.rows.end(), std::make_move_iterator(more.rows.begin()), std::make_move_iterator(more.rows.end()));
        page.next = query.after = more.next;
        query.limit = options.limit - int(page.rows.size());
        page.searching = more.searching;
    } while (page.searching && query.limit > 0);
    CLI_TRY(const std::int64_t total, session.wait(workspace->leads().count(filter)));
    std::vector<std::vector<std::string>> rows{{"ID", "NAME", "TITLE", "COMPANY", "STATUS", "SCORE", "NEXT"}};
    rows.front().insert(rows.front().end(), query.custom.begin(), query.custom.end());
    json leads = listJson(page.rows, statuses);
    std::size_t at = 0;
    for (const LeadListRow& row : page.rows) {
        rows.push_back({std::to_string(row.id.value), row.name, row.jobTitle, row.companyName, statuses.at(row.status),
                        std::to_string(row.score), row.nextTaskAt ? session.moment(*row.nextTaskAt) : ""});
        rows.back().insert(rows.back().end(), row.custom.begin(), row.custom.end());
        for (std::size_t i = 0; i < row.custom.size(); ++i)
            leads[at][std::string(customFieldPrefix) + query.custom[i]] = row.custom[i];
        ++at;
    }
    return session.done({{"leads", leads}, {"total", total}, {"next", page.next.empty() ? json() : json(page.next)}},
                        table(rows) + std::to_string(total) + " in all\n");
}

struct IdOptions {
    std::string id;
    int limit = 20;
    bool provenance = false;
};

int show(Session& session, const IdOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const StatusKeys statuses, statusKeys(session, *workspace));
    CLI_TRY(const LeadDetail detail, session.wait(workspace->leads().detail(LeadId{id})));
    CLI_TRY(const TimelinePage page, session.wait(workspace->leads().timeline(LeadId{id}, {}, options.limit)));
    json data = toJson(detail, statuses);
    data["timeline"] = listJson(page.entries);
    std::vector<FieldOrigin> origins;
    if (options.provenance) {
        CLI_TRY(origins, session.wait(workspace->history().provenance(LeadId{id})));
        data["provenance"] = listJson(origins);
    }
    std::string text = displayName(detail.lead) + "\n";
    for (const char* key : {"job_title", "company", "email", "phone", "city", "country", "status", "owner", "zone"}) {
        if (data[key].is_string() && !data[key].get<std::string>().empty())
            text += "  " + std::string(key) + ": " + data[key].get<std::string>() + "\n";
    }
    std::vector<std::vector<std::string>> sources;
    for (const FieldOrigin& origin : origins)
        sources.push_back({"  " + text::columnText(origin.field).toStdString(), origin.value, plain(text::originText(origin)),
                           origin.entry.at == Instant{} ? "" : session.moment(origin.entry.at)});
    text += table(sources);
    for (const TimelineEntry& entry : page.entries)
        text += "  " + session.moment(entry.activity.at) + "  " + text::activityTitle(entry.activity).toStdString() + "  "
                + entry.activity.subject + "\n";
    return session.done(data, text);
}

struct FieldOptions {
    std::string id;
    std::vector<std::string> fields; // name=value
};

Result<LeadService::FieldValues> fieldValues(const std::vector<std::string>& fields) {
    LeadService::FieldValues values;
    for (const std::string& field : fields) {
        const auto equals = field.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidArgument, "FIELD=VALUE: " + field);
        values[field.substr(0, equals)] = field.substr(equals + 1);
    }
    return values;
}

int add(Session& session, const FieldOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadService::FieldValues values, fieldValues(options.fields));
    CLI_TRY(const LeadId id, session.wait(workspace->leads().add(values)));
    return session.done({{"id", idJson(id.value)}}, std::to_string(id.value));
}

int edit(Session& session, const FieldOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const LeadService::FieldValues values, fieldValues(options.fields));
    CLI_CHECK(session.wait(workspace->leads().edit(LeadId{id}, values)));
    return session.done({{"id", idJson(id)}}, {});
}

struct BulkOptions {
    std::vector<std::string> ids;
    std::string filter;
    std::string value;
    bool reverse = false;
};

int setStatus(Session& session, const BulkOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadSelection leads, selection(options.ids, options.filter));
    CLI_TRY(const std::vector<Status> statuses, session.wait(workspace->leads().statuses()));
    for (const Status& status : statuses) {
        if (status.key == options.value || status.name == options.value) {
            CLI_TRY(const std::int64_t changed, session.wait(workspace->leads().setStatus(leads, status.id)));
            return session.done({{"changed", changed}}, std::to_string(changed) + " changed");
        }
    }
    return session.refused(Error(ErrorCode::InvalidArgument, "status: " + options.value));
}

int tag(Session& session, const BulkOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadSelection leads, selection(options.ids, options.filter));
    CLI_TRY(const std::int64_t changed, session.wait(options.reverse ? workspace->leads().removeTag(leads, options.value)
                                                                     : workspace->leads().addTag(leads, options.value)));
    return session.done({{"changed", changed}}, std::to_string(changed) + " changed");
}

int archive(Session& session, const BulkOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadSelection leads, selection(options.ids, options.filter));
    CLI_TRY(const std::int64_t changed, session.wait(workspace->leads().setArchived(leads, !options.reverse)));
    return session.done({{"changed", changed}}, std::to_string(changed) + " changed");
}

int trash(Session& session, const BulkOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadSelection leads, selection(options.ids, options.filter));
    CLI_TRY(const std::int64_t changed, session.wait(workspace->leads().setTrashed(leads, !options.reverse)));
    return session.done({{"changed", changed}}, std::to_string(changed) + " changed");
}

int doNotContact(Session& session, const IdOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_CHECK(session.wait(workspace->leads().doNotContact(LeadId{id})));
    return session.done({{"id", idJson(id)}}, {});
}

struct NoteOptions {
    std::string id;
    std::string text;
};

int addNote(Session& session, const NoteOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const ActivityId note, session.wait(workspace->leads().addNote(LeadId{id}, options.text)));
    return session.done({{"id", idJson(note.value)}}, {});
}

struct CallOptions {
    std::string id;
    std::string disposition = "none";
    int seconds = -1;
    std::string note;
};

int logCall(Session& session, const CallOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    const auto disposition = dispositionNames.value(options.disposition);
    if (!disposition)
        return session.refused(Error(ErrorCode::InvalidArgument, "outcome: " + options.disposition));
    const auto seconds = options.seconds < 0 ? std::nullopt : std::optional(options.seconds);
    CLI_TRY(const ActivityId call, session.wait(workspace->leads().logCall(LeadId{id}, *disposition, seconds, options.note)));
    return session.done({{"id", idJson(call.value)}}, {});
}

struct CallStartOptions {
    std::string id;
    std::string number;
    bool wait = false;
};

// Until it is over, at most an hour; a look costs a request.
constexpr auto callLook = std::chrono::seconds(2);
constexpr int mostCallLooks = 1800;

int startCall(Session& session, const CallStartOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const PhoneService::Call call, session.wait(workspace->phone().startCall(LeadId{id}, options.number)));
    nlohmann::json data{{"call", call.sid}, {"rings", call.rings}, {"number", call.number}};
    std::string text = "Your phone " + call.rings + " rings; take it to be connected with " + call.number;
    if (options.wait) {
        PhoneService::CallState state;
        for (int looks = 0; !state.over && looks < mostCallLooks; ++looks) {
            CLI_TRY(state, session.wait(workspace->phone().callState(call.line, call.sid)));
            if (!state.over)
                std::this_thread::sleep_for(callLook);
        }
        data["status"] = state.status;
        data["seconds"] = state.seconds ? nlohmann::json(*state.seconds) : nlohmann::json();
        text = state.status + (state.seconds ? ", " + std::to_string(*state.seconds) + " s" : "");
    }
    return session.done(data, text);
}

CLI::App* bulkCommand(CLI::App* parent, const char* name, const char* help, const std::shared_ptr<BulkOptions>& options) {
    auto* command = parent->add_subcommand(name, help);
    command->add_option("ids", options->ids, "leads");
    command->add_option("--filter", options->filter, "all the filter finds instead");
    return command;
}

} // namespace

void addLeadCommands(CLI::App& app, Command& chosen) {
    auto* lead = app.add_subcommand("lead", "leads: list, show, add, edit, status, tag, archive, trash");
    lead->require_subcommand(1);

    auto listOptions = std::make_shared<ListOptions>();
    auto* listCommand = lead->add_subcommand("list", "leads a filter finds, a page at a time");
    listCommand->add_option("--filter", listOptions->filter, "status:open strategy:\"Q4\" due<=today city:Berlin -tag:customer");
    listCommand->add_option("--sort", listOptions->sort, "field; with - in front descending");
    listCommand->add_flag("--descending", listOptions->descending);
    listCommand->add_option("--limit", listOptions->limit)->check(CLI::Range(1, 100000));
    listCommand->add_option("--columns", listOptions->columns, "your own fields to show as well: custom:dock_count")
        ->delimiter(',');
    listCommand->add_option("--after", listOptions->after, "cursor of the page before");
    onParsed(listCommand, chosen, listOptions, list);

    auto showOptions = std::make_shared<IdOptions>();
    auto* showCommand = lead->add_subcommand("show", "one lead with its timeline");
    showCommand->add_option("id", showOptions->id)->required();
    showCommand->add_option("--limit", showOptions->limit, "entries of the timeline");
    showCommand->add_flag("--provenance", showOptions->provenance, "who or which file said what each field says, and when");
    onParsed(showCommand, chosen, showOptions, show);

    auto addOptions = std::make_shared<FieldOptions>();
    auto* addCommand = lead->add_subcommand("add", "a new lead: lead add first_name=Zoë email=z@x.example");
    addCommand->add_option("fields", addOptions->fields, "FIELD=VALUE")->required();
    onParsed(addCommand, chosen, addOptions, add);

    auto editOptions = std::make_shared<FieldOptions>();
    auto* editCommand = lead->add_subcommand("edit", "change fields; an empty value clears");
    editCommand->add_option("id", editOptions->id)->required();
    editCommand->add_option("fields", editOptions->fields, "FIELD=VALUE")->required();
    onParsed(editCommand, chosen, editOptions, edit);

    auto statusOptions = std::make_shared<BulkOptions>();
    auto* statusCommand = bulkCommand(lead, "status", "set the status", statusOptions);
    statusCommand->add_option("--to", statusOptions->value, "new, in_progress, replied, qualified, disqualified or your own")
        ->required();
    onParsed(statusCommand, chosen, statusOptions, setStatus);

    auto tagOptions = std::make_shared<BulkOptions>();
    auto* tagCommand = bulkCommand(lead, "tag", "put a tag on, or take it off", tagOptions);
    tagCommand->add_option("--tag", tagOptions->value)->required();
    tagCommand->add_flag("--off", tagOptions->reverse, "take it off");
    onParsed(tagCommand, chosen, tagOptions, tag);

    auto archiveOptions = std::make_shared<BulkOptions>();
    auto* archiveCommand = bulkCommand(lead, "archive", "out of the lists, still found by archived:yes", archiveOptions);
    archiveCommand->add_flag("--back", archiveOptions->reverse, "back into the lists");
    onParsed(archiveCommand, chosen, archiveOptions, archive);

    auto trashOptions = std::make_shared<BulkOptions>();
    auto* trashCommand = bulkCommand(lead, "trash", "into the trash", trashOptions);
    trashCommand->add_flag("--back", trashOptions->reverse, "back from it");
    onParsed(trashCommand, chosen, trashOptions, trash);

    auto dncOptions = std::make_shared<IdOptions>();
    auto* dncCommand = lead->add_subcommand("do-not-contact", "nobody is to reach this lead any more");
    dncCommand->add_option("id", dncOptions->id)->required();
    onParsed(dncCommand, chosen, dncOptions, doNotContact);

    auto* note = app.add_subcommand("note", "notes");
    note->require_subcommand(1);
    auto noteOptions = std::make_shared<NoteOptions>();
    auto* noteAdd = note->add_subcommand("add", "a note on a lead's timeline");
    noteAdd->add_option("lead", noteOptions->id)->required();
    noteAdd->add_option("text", noteOptions->text)->required();
    onParsed(noteAdd, chosen, noteOptions, addNote);

    auto* call = app.add_subcommand("call", "calls: start, log");
    call->require_subcommand(1);
    auto startOptions = std::make_shared<CallStartOptions>();
    auto* callStart = call->add_subcommand("start", "over the phone line: your own phone rings, then you are connected");
    callStart->add_option("lead", startOptions->id)->required();
    callStart->add_option("--number", startOptions->number, "another one than the lead's first");
    callStart->add_flag("--wait", startOptions->wait, "until it is over, and how long it was");
    onParsed(callStart, chosen, startOptions, startCall);
    auto callOptions = std::make_shared<CallOptions>();
    auto* callLog = call->add_subcommand("log", "a call that was made");
    callLog->add_option("lead", callOptions->id)->required();
    callLog->add_option("--outcome", callOptions->disposition, "no_answer, voicemail, talked, meeting, not_now, never");
    callLog->add_option("--seconds", callOptions->seconds);
    callLog->add_option("--note", callOptions->note);
    onParsed(callLog, chosen, callOptions, logCall);
}

} // namespace outrider::cli
