// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/domain/field.h"
#include "core/services/export_service.h"
#include "core/services/field_service.h"
#include "core/services/lead_service.h"
#include "core/services/queue_service.h"
#include "core/services/strategy_service.h"

#include <functional>

namespace outrider::cli {

using nlohmann::json;

namespace {

// Which leads, and whether only to count them.
struct Bulk {
    std::vector<std::string> ids;
    std::string where;
    bool everything = false;
    bool preview = false;
    std::vector<std::string> values;
    std::string value;
    bool back = false;
};

Result<LeadSelection> leadsOf(Session& session, Workspace& workspace, const Bulk& options) {
    if (options.ids.empty() && options.where.empty() && !options.everything)
        return fail(ErrorCode::InvalidArgument, "which leads: ids, --where or --all");
    OUTRIDER_ASSIGN(LeadSelection leads, selection(options.ids, options.where));
    if (options.everything && options.ids.empty() && options.where.empty())
        leads.filter = Filter{};
    if (leads.filter)
        OUTRIDER_TRY(session.wait(workspace.fields().check(*leads.filter)));
    return leads;
}

using Act = std::function<QFuture<Result<std::int64_t>>(const LeadSelection&, const ProgressPtr&)>;

// How many it concerns with --preview; else done, with progress, until Ctrl+C.
int run(Session& session, Workspace& workspace, const Bulk& options, const char* what, const Act& act) {
    CLI_TRY(const LeadSelection leads, leadsOf(session, workspace, options));
    if (options.preview) {
        std::int64_t count = std::int64_t(leads.ids.size());
        if (leads.filter) {
            CLI_TRY(count, session.wait(workspace.leads().count(*leads.filter)));
        }
        return session.done({{"leads", count}, {"preview", true}}, std::to_string(count) + " leads");
    }
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, what);
    CLI_TRY(const std::int64_t changed, session.wait(act(leads, progress)));
    return session.done({{"changed", changed}}, std::to_string(changed) + " changed");
}

int edit(Session& session, const Bulk& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    LeadService::FieldValues values;
    for (const std::string& field : options.values) {
        const auto equals = field.find('=');
        if (equals == std::string::npos || equals == 0)
            return session.refused(Error(ErrorCode::InvalidArgument, "FIELD=VALUE: " + field));
        const std::string key = field.substr(0, equals);
        if (!LeadService::canEditMany(key))
            return session.refused(Error(ErrorCode::InvalidField, key));
        values[key] = field.substr(equals + 1);
    }
    if (values.empty())
        return session.refused(Error(ErrorCode::InvalidArgument, "--set FIELD=VALUE"));
    return run(session, *workspace, options, "Changing", [&](const LeadSelection& leads, const ProgressPtr& progress) {
        return workspace->leads().editMany(leads, values, progress);
    });
}

int status(Session& session, const Bulk& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::vector<Status> statuses, session.wait(workspace->leads().statuses()));
    for (const Status& one : statuses) {
        if (one.key == options.value || one.name == options.value)
            return run(session, *workspace, options, "Changing", [&](const LeadSelection& leads, const ProgressPtr& progress) {
                return workspace->leads().setStatus(leads, one.id, progress);
            });
    }
    return session.refused(Error(ErrorCode::InvalidArgument, "status: " + options.value));
}

int assign(Session& session, const Bulk& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    MemberId owner;
    if (options.value != "nobody") {
        CLI_TRY(const std::vector<Member> members, session.wait(workspace->leads().owners()));
        for (const Member& member : members) {
            if (member.name == options.value || member.email == options.value)
                owner = member.id;
        }
        if (!owner)
            return session.refused(Error(ErrorCode::NotFound, "owner " + options.value));
    }
    return run(session, *workspace, options, "Assigning", [&](const LeadSelection& leads, const ProgressPtr& progress) {
        return workspace->leads().setOwner(leads, owner, progress);
    });
}

int tag(Session& session, const Bulk& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    return run(session, *workspace, options, "Tagging", [&](const LeadSelection& leads, const ProgressPtr& progress) {
        return options.back ? workspace->leads().removeTag(leads, options.value, progress)
                            : workspace->leads().addTag(leads, options.value, progress);
    });
}

int snooze(Session& session, const Bulk& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const Instant until, parseMoment(session, *workspace, options.value));
    return run(session, *workspace, options, "Snoozing", [&](const LeadSelection& leads, const ProgressPtr& progress) {
        return workspace->queue().snoozeNext(leads, until, progress);
    });
}

int archive(Session& session, const Bulk& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    return run(session, *workspace, options, "Archiving", [&](const LeadSelection& leads, const ProgressPtr& progress) {
        return workspace->leads().setArchived(leads, !options.back, progress);
    });
}

int trash(Session& session, const Bulk& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    return run(session, *workspace, options, "Deleting", [&](const LeadSelection& leads, const ProgressPtr& progress) {
        return workspace->leads().setTrashed(leads, !options.back, progress);
    });
}

int enrol(Session& session, const Bulk& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadSelection leads, leadsOf(session, *workspace, options));
    CLI_TRY(const std::vector<StrategySummary> strategies, session.wait(workspace->strategies().list()));
    StrategyId id;
    for (const StrategySummary& summary : strategies) {
        if (summary.strategy.name == options.value || std::to_string(summary.strategy.id.value) == options.value)
            id = summary.strategy.id;
    }
    if (!id)
        return session.refused(Error(ErrorCode::NotFound, "strategy " + options.value));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Enrolling");
    CLI_TRY(const EnrolReport report,
            session.wait(workspace->strategies().enrol(id, leads, options.where, options.preview, progress)));
    return session.done(toJson(report), std::to_string(report.enrolled)
                                            + (options.preview ? " would be enrolled, " : " enrolled, ")
                                            + std::to_string(report.skipped.size()) + " left out");
}

struct ExportOptions {
    Bulk leads;
    std::string format;
    std::vector<std::string> columns;
    std::string view;
    std::string path;
    std::string sort = "name";
};

// The format the file's name says, when nothing else does.
std::string formatOf(const ExportOptions& options) {
    if (!options.format.empty())
        return options.format == "vcard" ? "vcf" : options.format;
    const auto dot = options.path.rfind('.');
    return dot == std::string::npos ? "csv" : options.path.substr(dot + 1);
}

int exportLeads(Session& session, const ExportOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    const auto format = exportFormatNames.value(formatOf(options));
    if (!format)
        return session.refused(Error(ErrorCode::InvalidArgument, "--format csv, xlsx, vcf or jsonl"));
    ExportService::Request request{.format = *format, .columns = options.columns, .path = options.path, .sort = options.sort};
    if (!options.view.empty()) {
        CLI_TRY(const auto views, session.wait(workspace->leads().savedViews()));
        const auto view = std::find_if(views.begin(), views.end(), [&](const auto& v) { return v.view.name == options.view; });
        if (view == views.end())
            return session.refused(Error(ErrorCode::NotFound, "view " + options.view));
        CLI_TRY(request.leads.filter, parseFilter(view->view.filter));
        if (!view->view.sort.empty())
            request.sort = view->view.sort;
    } else if (options.leads.ids.empty() && options.leads.where.empty()) {
        request.leads.filter = Filter{};
    } else {
        CLI_TRY(request.leads, leadsOf(session, *workspace, options.leads));
    }
    if (request.sort.starts_with('-')) {
        request.descending = true;
        request.sort.erase(0, 1);
    }
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Exporting");
    CLI_TRY(const ExportService::Done done, session.wait(workspace->exports().run(request, progress)));
    return session.done({{"leads", done.leads}, {"bytes", done.bytes}, {"path", done.path}},
                        std::to_string(done.leads) + " leads in " + done.path);
}

CLI::App* bulkCommand(CLI::App* parent, const char* name, const char* help, const std::shared_ptr<Bulk>& options) {
    auto* command = parent->add_subcommand(name, help);
    command->add_option("ids", options->ids, "leads");
    command->add_option("--where,--filter", options->where, "all the filter finds instead");
    command->add_flag("--all", options->everything, "every lead");
    command->add_flag("--preview", options->preview, "only say how many");
    return command;
}

} // namespace

void addBulkCommands(CLI::App& app, Command& chosen) {
    auto* lead = app.get_subcommand("lead");
    auto* bulk = lead->add_subcommand("bulk", "many leads at once, one undo: edit, status, enrol, tag, untag, assign, snooze…");
    bulk->require_subcommand(1);
    const auto options = [] { return std::make_shared<Bulk>(); };

    auto editOptions = options();
    auto* editCommand = bulkCommand(bulk, "edit", "the same values for all: --set custom:region=north", editOptions);
    editCommand->add_option("--set", editOptions->values, "FIELD=VALUE; an empty value clears")->required();
    onParsed(editCommand, chosen, editOptions, edit);

    const auto withValue = [&](const char* name, const char* help, const char* option, const char* what, auto fn,
                               bool back = false) {
        auto o = options();
        o->back = back;
        auto* command = bulkCommand(bulk, name, help, o);
        command->add_option(option, o->value, what)->required();
        onParsed(command, chosen, o, fn);
    };
    withValue("status", "set the status", "--to", "its key or name", status);
    withValue("enrol", "put them into a strategy", "--strategy", "its name or id", enrol);
    withValue("tag", "put a tag on", "--tag", "its name", tag);
    withValue("untag", "take a tag off", "--tag", "its name", tag, true);
    withValue("assign", "give them to somebody", "--to", "name or e-mail; nobody", assign);
    withValue("snooze", "put the next step off", "--until", "ISO 8601, tomorrow, +3d, in 2h", snooze);

    const auto withBack = [&](const char* name, const char* help, auto fn) {
        auto o = options();
        auto* command = bulkCommand(bulk, name, help, o);
        command->add_flag("--back", o->back, "back into the lists");
        onParsed(command, chosen, o, fn);
    };
    withBack("archive", "out of the lists", archive);
    withBack("trash", "into the trash", trash);

    const auto addExport = [&](CLI::App* parent) {
        auto o = std::make_shared<ExportOptions>();
        auto* command = parent->add_subcommand("export", "leads as a file: lead export --where status:open -o open.xlsx");
        command->add_option("ids", o->leads.ids, "leads; all when nothing is said");
        command->add_option("--where,--filter", o->leads.where, "all the filter finds instead");
        command->add_option("--view", o->view, "all of a saved view, as it is sorted");
        command->add_option("--format", o->format, "csv, xlsx, vcf or jsonl; else as the file is called");
        command->add_option("--columns", o->columns, "fields, in order; else all")->delimiter(',');
        command->add_option("--sort", o->sort, "field; with - in front descending");
        command->add_option("-o,--output", o->path, "the file, replaced when it is complete")->required();
        onParsed(command, chosen, o, exportLeads);
    };
    addExport(lead);
    addExport(bulk);
}

} // namespace outrider::cli
