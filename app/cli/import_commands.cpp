// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/import_service.h"
#include "core/services/strategy_service.h"
#include "ui/text/error_text.h"
#include "ui/text/import_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QLocale>
#include <QTimer>

#include <atomic>
#include <csignal>
#include <cstdio>

#if defined(Q_OS_UNIX)
#include <unistd.h>
#endif

namespace outrider::cli {

using nlohmann::json;

namespace {

struct Options {
    std::string file;
    std::string format;
    std::string sheet;
    std::vector<std::string> columns; // COLUMN=FIELD
    std::string key = "email";
    std::string policy = "fill";
    std::string strategy;
    std::string errorsTo;
    bool preview = false;
};

std::string plain(QString text) { // isolates are for screens
    return text.remove(QChar(0x2068)).remove(QChar(0x2069)).toStdString();
}

Result<ImportOptions> importOptions(const Options& options) {
    static const std::map<std::string, ImportKey> keys{{"email", ImportKey::Email},
                                                       {"external_id", ImportKey::ExternalId},
                                                       {"linkedin", ImportKey::LinkedIn},
                                                       {"phone", ImportKey::Phone}};
    static const std::map<std::string, ImportPolicy> policies{
        {"fill", ImportPolicy::FillBlanks}, {"overwrite", ImportPolicy::Overwrite}, {"skip", ImportPolicy::Skip}};
    ImportOptions import{.path = options.file, .sheet = options.sheet, .format = options.format};
    import.key = keys.at(options.key); // the parser lets nothing else through
    import.policy = policies.at(options.policy);
    for (const std::string& wish : options.columns) {
        const auto equals = wish.rfind('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidArgument, "--map COLUMN=FIELD: " + wish);
        const std::string field = wish.substr(equals + 1);
        import.mapping[wish.substr(0, equals)] = field == "ignore" ? std::string() : field;
    }
    return import;
}

std::string number(std::int64_t value) { return QLocale().toString(qlonglong(value)).toStdString(); }

json previewJson(const ImportPreview& preview) {
    json columns = json::array();
    for (const ImportColumn& column : preview.columns)
        columns.push_back({{"header", column.header},
                           {"field", column.field.empty() ? json() : json(column.field)},
                           {"confidence", column.confidence},
                           {"reason", column.reason}});
    json data{{"format", preview.format},  {"delimiter", preview.delimiter},  {"encoding", preview.encoding},
              {"rows", preview.rows},      {"columns", std::move(columns)},   {"new", preview.added},
              {"update", preview.updated}, {"duplicate", preview.duplicates}, {"errors", preview.errors}};
    if (preview.delimiter.empty()) { // no text: what it is instead
        data["container"] = preview.container;
        data["sheet"] = preview.sheet;
        data["sheets"] = preview.sheets;
    }
    return data;
}

std::string countsText(std::int64_t added, std::int64_t updated, std::int64_t unchanged, std::int64_t duplicates,
                       std::int64_t suppressed, std::int64_t errors) {
    std::string text = number(added) + " new, " + number(updated) + " updated, " + number(unchanged) + " unchanged";
    if (duplicates > 0)
        text += ", " + number(duplicates) + " twice in the file";
    if (suppressed > 0)
        text += ", " + number(suppressed) + " not to be contacted";
    if (errors > 0)
        text += ", " + number(errors) + " to look at";
    return text + "\n";
}

std::string previewText(const ImportPreview& preview) {
    std::string text = preview.formatTitle.empty() ? "A table of no known product" : preview.formatTitle;
    if (preview.signatureOf > 0)
        text += " (" + std::to_string(preview.signatureMatched) + " of " + std::to_string(preview.signatureOf) + " headings)";
    text += ", " + number(preview.rows) + " rows, "
            + (preview.delimiter.empty() ? plain(text::containerName(preview.container, preview.sheet))
                                         : preview.encoding + ", " + text::delimiterName(preview.delimiter).toStdString())
            + "\n\n";
    std::vector<std::vector<std::string>> rows{{"COLUMN", "FIELD", "SURE", "WHY"}};
    for (const ImportColumn& column : preview.columns)
        rows.push_back({column.header, column.field.empty() ? "-" : column.field,
                        column.field.empty() ? "" : std::to_string(int(column.confidence * 100 + 0.5)) + " %",
                        plain(text::mappingReasonText(column.reason))});
    text +=
        table(rows) + "\n"
        + countsText(preview.added, preview.updated, preview.unchanged, preview.duplicates, preview.suppressed, preview.errors);
    int shown = 0;
    for (const ImportPreview::Row& row : preview.examples) {
        if (row.kind == ImportPreview::Row::Kind::Error && ++shown <= 10)
            text += "  row " + number(row.rowNumber) + ": " + plain(text::importProblem(row.problem, row.detail)) + "\n";
    }
    shown = 0;
    for (const ImportPreview::Row& row : preview.examples) {
        if (row.kind != ImportPreview::Row::Kind::Update || ++shown > 5)
            continue;
        text += "  row " + number(row.rowNumber) + " updates " + row.name + "\n";
        for (const auto& change : row.changes)
            text += "    " + plain(text::fieldName(change.field)) + ": "
                    + (change.kept             ? change.before + " (kept; the file says " + change.after + ")"
                       : change.before.empty() ? change.after
                                               : change.before + " → " + change.after)
                    + "\n";
    }
    return text;
}

int preview(Session& session, Workspace& workspace, const ImportOptions& options) {
    const auto progress = std::make_shared<Progress>();
    Result<ImportPreview> preview;
    {
        const Interruptible stops(progress);
        const ProgressLine line(session, progress, "Reading");
        preview = session.wait(workspace.imports().preview(options, progress));
    }
    if (!preview)
        return session.refused(preview);
    return session.done(previewJson(*preview), previewText(*preview));
}

// Not a row could be taken: the first one's reason speaks for them.
Error nothingTaken(Session& session, Workspace& workspace, ImportId import) {
    std::string detail = "no row of the file can be imported";
    const auto errors = session.wait(workspace.imports().errors(import, 1));
    if (errors && !errors->empty()) {
        const ImportError& first = errors->front();
        detail += "; row " + number(first.rowNumber) + ": " + plain(text::importProblem(first.code, first.detail));
    }
    return Error(ErrorCode::InvalidArgument, detail);
}

int run(Session& session, const Options& given) {
    CLI_TRY(const ImportOptions options, importOptions(given));
    CLI_TRY(Workspace * workspace, session.workspace(given.preview));
    if (given.preview)
        return preview(session, *workspace, options);
    StrategyId strategy;
    if (!given.strategy.empty()) { // before anything changes
        CLI_TRY(strategy, session.wait(workspace->strategies().find(given.strategy)));
    }
    const auto progress = std::make_shared<Progress>();
    Result<ImportResult> result;
    {
        const Interruptible stops(progress);
        const ProgressLine line(session, progress, "Importing");
        result = session.wait(workspace->imports().run(options, progress));
    }
    if (!result)
        return session.refused(result);
    const ImportBatch& batch = result->batch;
    const bool cancelled = progress->cancelled();
    json data{{"import", idJson(batch.id.value)},
              {"action", idJson(result->action.value)},
              {"format", batch.format},
              {"rows", batch.rows},
              {"new", batch.added},
              {"update", batch.updated},
              {"unchanged", batch.unchanged},
              {"duplicate", result->duplicates},
              {"suppressed", result->suppressed},
              {"errors", batch.errors},
              {"seconds", result->seconds},
              {"cancelled", cancelled},
              {"enrolled", nullptr}};
    std::string text =
        number(batch.rows) + " rows: "
        + countsText(batch.added, batch.updated, batch.unchanged, result->duplicates, result->suppressed, batch.errors);
    if (!given.errorsTo.empty() && batch.errors > 0) {
        CLI_CHECK(session.wait(workspace->imports().writeErrors(batch.id, given.errorsTo)));
        data["errors_file"] = given.errorsTo;
        text += "The rows to look at are in " + given.errorsTo + "\n";
    } else if (batch.errors > 0) {
        constexpr int shown = 10;
        CLI_TRY(const std::vector<ImportError> errors, session.wait(workspace->imports().errors(batch.id, shown)));
        for (const ImportError& error : errors)
            text += "  row " + number(error.rowNumber) + ": " + plain(text::importProblem(error.code, error.detail)) + "\n";
        if (batch.errors > shown)
            text += "  … and " + number(batch.errors - shown) + " more; --errors FILE writes them all\n";
    }
    if (cancelled) {
        session.done(data, text + "Cancelled; “outrider-cli undo” takes back what was imported so far\n");
        return 1;
    }
    if (result->leads.empty() && batch.added + batch.updated + batch.unchanged == 0)
        return session.refused(nothingTaken(session, *workspace, batch.id));
    if (strategy) {
        CLI_TRY(const EnrolReport report, session.wait(workspace->strategies().enrol(
                                              strategy, LeadSelection{result->leads, std::nullopt}, batch.fileName)));
        data["enrolled"] = toJson(report);
        text += number(report.enrolled) + " enrolled in " + given.strategy + "\n";
        for (const EnrolReport::Skipped& skipped : report.skipped)
            text += "  " + skipped.name + ": " + plain(text::sentence(skipped.reason)) + "\n";
    }
    return session.done(data, text);
}

} // namespace

void addImportCommands(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("import", "leads from a CSV, Excel, vCard or JSON file of any usual product");
    command->add_option("file", options->file, "the file")->required();
    command->add_option("--as", options->format, "what the file is, when it is not recognised: hubspot_contacts, plain…");
    command->add_option("--sheet", options->sheet,
                        "of a workbook: the sheet's name or #2; without it the one with the most cells");
    command->add_option("--map", options->columns, "COLUMN=FIELD: where a column goes; COLUMN=ignore leaves it out")
        ->allow_extra_args(false);
    command->add_option("--key", options->key, "by what a lead is known: email, external_id, linkedin, phone")
        ->check(CLI::IsMember({"email", "external_id", "linkedin", "phone"}));
    command
        ->add_option("--policy", options->policy,
                     "for leads known already: fill (only what is blank), overwrite (the file wins), skip")
        ->check(CLI::IsMember({"fill", "overwrite", "skip"}));
    command->add_flag("--preview", options->preview, "only say what would happen");
    command->add_option("--strategy", options->strategy, "enrol the leads of the file in it: its name or id");
    command->add_option("--errors", options->errorsTo, "write the rows to look at there, to be mended and imported again");
    onParsed(command, chosen, options, run);
}

} // namespace outrider::cli
