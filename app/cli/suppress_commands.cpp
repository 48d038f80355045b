// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/files.h"
#include "app/cli/support.h"
#include "core/services/address_check.h"
#include "core/services/suppression_service.h"
#include "ui/text/error_text.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

using Line = SuppressionService::Line;

struct AddOptions {
    std::vector<std::string> entries;
    std::string file;
    std::string reason = "manual";
    std::string source = "command line";
    std::string country;
    bool preview = false;
    bool skipUnreadable = false;
};

const char* stateName(Line::State state) {
    switch (state) {
    case Line::State::New:
        return "new";
    case Line::State::Known:
        return "known";
    case Line::State::Twice:
        return "twice";
    case Line::State::Unreadable:
        return "unreadable";
    }
    return "";
}

json toJson(const SuppressionService::Preview& preview, bool withLines) {
    json data{{"added", preview.added}, {"known", preview.known}, {"twice", preview.twice}, {"unreadable", preview.unreadable}};
    if (!withLines)
        return data;
    data["lines"] = json::array();
    for (const Line& line : preview.lines)
        data["lines"].push_back({{"text", line.text},
                                 {"kind", line.kind ? json(suppressionKindNames.name(*line.kind)) : json()},
                                 {"key", line.kind ? json(line.key) : json()},
                                 {"reason", suppressionReasonNames.name(line.reason)},
                                 {"state", stateName(line.state)}});
    return data;
}

int add(Session& session, const AddOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.preview));
    const auto reason = suppressionReasonNames.value(options.reason);
    if (!reason)
        return session.refused(Error(ErrorCode::InvalidArgument, "reason: " + options.reason));
    std::string lines;
    std::string source = options.source;
    if (!options.file.empty()) {
        CLI_TRY(lines, readFile(options.file));
        source = options.file.substr(options.file.rfind('/') + 1);
    }
    for (const std::string& entry : options.entries)
        lines += entry + "\n";
    if (options.preview) {
        CLI_TRY(const auto preview, session.wait(workspace->suppressions().preview(lines, *reason, options.country)));
        std::vector<std::vector<std::string>> rows{{"LINE", "UNDERSTOOD AS", "KIND", "WHY", "STATE"}};
        for (const Line& line : preview.lines)
            rows.push_back({line.text, line.key, line.kind ? std::string(suppressionKindNames.name(*line.kind)) : "-",
                            std::string(suppressionReasonNames.name(line.reason)), stateName(line.state)});
        return session.done(toJson(preview, true), table(rows));
    }
    CLI_TRY(const auto added,
            session.wait(workspace->suppressions().add(lines, *reason, source, options.skipUnreadable, options.country)));
    std::string said = std::to_string(added.added) + " added";
    if (added.known + added.twice > 0)
        said += ", " + std::to_string(added.known + added.twice) + " there already";
    if (added.unreadable > 0)
        said += ", " + std::to_string(added.unreadable) + " not understood";
    return session.done(toJson(added, false), said);
}

struct RemoveOptions {
    std::vector<std::string> entries;
};

int remove(Session& session, const RemoveOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    std::vector<SuppressionService::Entry> entries;
    for (const std::string& text : options.entries) {
        const auto entry = SuppressionService::understand(text);
        if (!entry)
            return session.refused(Error(ErrorCode::InvalidArgument, text));
        entries.push_back(*entry);
    }
    CLI_TRY(const int removed, session.wait(workspace->suppressions().remove(entries)));
    return session.done({{"removed", removed}}, std::to_string(removed) + " removed");
}

int forget(Session& session, const RemoveOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    for (const std::string& text : options.entries) {
        const auto entry = SuppressionService::understand(text);
        if (!entry || entry->kind == SuppressionKind::Domain)
            return session.refused(Error(ErrorCode::InvalidArgument, text));
        CLI_CHECK(session.wait(workspace->suppressions().seal(*entry, SuppressionReason::DoNotContact)));
    }
    return session.done({{"forgotten", options.entries.size()}}, "Still suppressed, and no longer named in the list");
}

struct ListOptions {
    std::string words;
    int limit = 100;
};

int list(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const auto page, session.wait(workspace->suppressions().list(options.words, options.limit)));
    std::vector<std::vector<std::string>> rows{{"WHAT", "KIND", "WHY", "FROM", "SINCE"}};
    for (const Suppression& one : page.entries)
        rows.push_back({one.key, std::string(suppressionKindNames.name(one.kind)),
                        std::string(suppressionReasonNames.name(one.reason)), one.source, session.moment(one.createdAt)});
    return session.done({{"suppressions", listJson(page.entries)}, {"total", page.total}}, table(rows));
}

struct VerifyOptions {
    std::vector<std::string> addresses;
};

int verify(Session& session, const VerifyOptions& options) {
    json all = json::array();
    std::string text;
    for (const std::string& address : options.addresses) {
        const AddressCheck check = checkAddress(address);
        all.push_back({{"address", address}, {"valid", check.valid}, {"reason", check.reason}});
        text += address + ": " + (check.valid ? "valid" : check.reason) + "\n";
    }
    return session.done(all, text);
}

} // namespace

void addSuppressCommands(CLI::App& app, Command& chosen) {
    auto* suppress = app.add_subcommand("suppress", "whom nothing is sent to: add, import, list, remove, forget");
    suppress->alias("suppression");
    suppress->require_subcommand(1);
    const auto adding = [&chosen](CLI::App* command) {
        auto options = std::make_shared<AddOptions>();
        command->add_option("--reason", options->reason, "manual, opt_out, hard_bounce, do_not_contact, complaint");
        command->add_option("--country", options->country, "of numbers without one: DE, US…");
        command->add_flag("--preview", options->preview, "only show what is understood");
        onParsed(command, chosen, options, add);
        return options;
    };
    auto* addCommand = suppress->add_subcommand("add", "addresses, domains or numbers; all of them, or none");
    const auto addOptions = adding(addCommand);
    addCommand->add_option("entries", addOptions->entries)->required();
    addCommand->add_option("--source", addOptions->source, "where they come from");
    auto* importCommand = suppress->add_subcommand("import", "a file with one a line, or a table");
    const auto importOptions = adding(importCommand);
    importCommand->add_option("file", importOptions->file)->required();
    importCommand->add_flag("--skip-unreadable", importOptions->skipUnreadable, "add the rest when lines are not understood");
    auto listOptions = std::make_shared<ListOptions>();
    auto* listCommand = suppress->add_subcommand("list", "newest first");
    listCommand->add_option("words", listOptions->words, "only what has this in it, or comes from there");
    listCommand->add_option("--limit", listOptions->limit)->check(CLI::Range(1, 1000000));
    onParsed(listCommand, chosen, listOptions, list);
    auto removeOptions = std::make_shared<RemoveOptions>();
    auto* removeCommand = suppress->add_subcommand("remove", "may be written to again; can be undone");
    removeCommand->add_option("entries", removeOptions->entries)->required();
    onParsed(removeCommand, chosen, removeOptions, remove);
    auto forgetOptions = std::make_shared<RemoveOptions>();
    auto* forgetCommand = suppress->add_subcommand("forget", "keep addresses or numbers suppressed, but only as fingerprints");
    forgetCommand->add_option("entries", forgetOptions->entries)->required();
    onParsed(forgetCommand, chosen, forgetOptions, forget);

    auto verifyOptions = std::make_shared<VerifyOptions>();
    auto* verifyCommand = app.add_subcommand("verify", "whether addresses can exist at all; needs no workspace");
    verifyCommand->add_option("addresses", verifyOptions->addresses)->required();
    onParsed(verifyCommand, chosen, verifyOptions, verify);
}

} // namespace outrider::cli
