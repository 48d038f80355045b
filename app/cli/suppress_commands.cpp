// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/files.h"
#include "app/cli/support.h"
#include "core/services/address_check.h"
#include "core/services/settings_service.h"
#include "ui/text/error_text.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

struct AddOptions {
    std::vector<std::string> entries;
    std::string file;
    std::string reason = "manual";
};

int add(Session& session, const AddOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    const auto reason = suppressionReasonNames.value(options.reason);
    if (!reason)
        return session.refused(Error(ErrorCode::InvalidArgument, "reason: " + options.reason));
    std::string lines;
    std::string source = "command line";
    if (!options.file.empty()) {
        CLI_TRY(lines, readFile(options.file));
        source = options.file.substr(options.file.rfind('/') + 1);
    }
    for (const std::string& entry : options.entries)
        lines += entry + "\n";
    CLI_TRY(const int added, session.wait(workspace->settings().suppress(lines, *reason, source)));
    return session.done({{"added", added}}, std::to_string(added) + " added");
}

struct ListOptions {
    int limit = 100;
};

int list(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<Suppression> all, session.wait(workspace->settings().suppressions(options.limit)));
    std::vector<std::vector<std::string>> rows{{"WHAT", "KIND", "WHY", "FROM", "SINCE"}};
    for (const Suppression& one : all)
        rows.push_back({one.key, std::string(suppressionKindNames.name(one.kind)),
                        std::string(suppressionReasonNames.name(one.reason)), one.source, session.moment(one.createdAt)});
    return session.done({{"suppressions", listJson(all)}}, table(rows));
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
    auto* suppress = app.add_subcommand("suppress", "whom nothing is sent to: add, import, list");
    suppress->require_subcommand(1);
    auto addOptions = std::make_shared<AddOptions>();
    auto* addCommand = suppress->add_subcommand("add", "addresses, domains or numbers");
    addCommand->add_option("entries", addOptions->entries)->required();
    addCommand->add_option("--reason", addOptions->reason, "manual, opt_out, hard_bounce, do_not_contact, complaint");
    onParsed(addCommand, chosen, addOptions, add);
    auto importOptions = std::make_shared<AddOptions>();
    auto* importCommand = suppress->add_subcommand("import", "a file with one a line");
    importCommand->add_option("file", importOptions->file)->required();
    importCommand->add_option("--reason", importOptions->reason);
    onParsed(importCommand, chosen, importOptions, add);
    auto listOptions = std::make_shared<ListOptions>();
    auto* listCommand = suppress->add_subcommand("list", "all of them, newest first");
    listCommand->add_option("--limit", listOptions->limit)->check(CLI::Range(1, 1000000));
    onParsed(listCommand, chosen, listOptions, list);

    auto verifyOptions = std::make_shared<VerifyOptions>();
    auto* verifyCommand = app.add_subcommand("verify", "whether addresses can exist at all; needs no workspace");
    verifyCommand->add_option("addresses", verifyOptions->addresses)->required();
    onParsed(verifyCommand, chosen, verifyOptions, verify);
}

} // namespace outrider::cli
