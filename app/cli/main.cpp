// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

// "as-of T" stands before any command, which then reads what was. Taken out of the words here, for it is no
// command of its own; only what stands before the command counts, so a note may say "as-of".
std::string takeAsOf(std::vector<std::string>& words) {
    static constexpr std::array<std::string_view, 5> withValue{"--store", "--profile", "--passphrase-file", "--passphrase-fd",
                                                               "--now"};
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "as-of") {
            std::string moment = words[i + 1];
            words.erase(words.begin() + std::ptrdiff_t(i), words.begin() + std::ptrdiff_t(i) + 2);
            return moment;
        }
        if (!words[i].starts_with("-"))
            break;
        for (const std::string_view option : withValue)
            i += words[i] == option ? 1 : 0;
    }
    return {};
}

} // namespace

// outrider-cli [--profile NAME | --store FILE] … COMMAND: exit 0 done, 1 refused, 2 usage.
int main(int argc, char** argv) {
    using namespace outrider::cli;
    QCoreApplication qt(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("outrider"));
    QCoreApplication::setApplicationVersion(QStringLiteral(OUTRIDER_VERSION));

    GlobalOptions options;
    Command chosen;
    CLI::App app("Outrider on the command line: the same workspace, the same undo, as in the window.", "outrider-cli");
    app.set_version_flag("--version", OUTRIDER_VERSION);
    app.require_subcommand(1);
    app.fallthrough(); // global options may stand behind the command, too
    auto* store = app.add_option("--store", options.store, "workspace file");
    app.add_option("--profile", options.profile, "name of a workspace in the usual place")->excludes(store);
    app.add_flag("--practice", options.practice, "the practice workspace");
    auto* file = app.add_option("--passphrase-file", options.passphraseFile, "file whose first line is the passphrase");
    app.add_option("--passphrase-fd", options.passphraseFd, "open file descriptor to read the passphrase from")->excludes(file);
    app.add_flag("--json", options.json, "print one JSON document");
    app.add_option("--now", options.now, "the moment to work at, ISO 8601");

    addWorkspaceCommands(app, chosen);
    addLeadCommands(app, chosen);
    addBulkCommands(app, chosen); // adds to `lead`
    addFieldCommands(app, chosen);
    addPrivacyCommands(app, chosen);
    addCompanyCommands(app, chosen);
    addImportCommands(app, chosen);
    addStrategyCommands(app, chosen);
    addQueueCommands(app, chosen);
    addSearchCommands(app, chosen);
    addMailboxCommands(app, chosen);
    addDeliverabilityCommands(app, chosen); // adds to `mailbox`
    addMailCommands(app, chosen);
    addInboxCommands(app, chosen);
    addWritingCommands(app, chosen); // adds to commands of the four before
    addCalendarCommands(app, chosen);
    addHistoryCommands(app, chosen);
    addJobCommands(app, chosen);
    addDuplicateCommands(app, chosen); // adds to `lead`
    addListCommands(app, chosen);      // adds to `strategy`
    addSuppressCommands(app, chosen);
    addVerificationCommands(app, chosen);
    addPracticeCommands(app, chosen);
    addBackupCommands(app, chosen);
    addBenchCommands(app, chosen);
    addSeedCommands(app, chosen);
    addStatsCommands(app, chosen);

    std::string moment; // for the help: takeAsOf() has it
    app.add_subcommand("as-of", "as-of T COMMAND: read the workspace as it was then (lead show, lead list, strategy show, …)")
        ->add_option("moment", moment, "ISO 8601")
        ->required();

    std::vector<std::string> words(argv + 1, argv + argc);
    options.asOf = takeAsOf(words);
    try {
        std::reverse(words.begin(), words.end()); // as the parser wants them
        app.parse(words);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    if (!options.now.empty() && !outrider::parseIso8601(options.now)) {
        std::fprintf(stderr, "--now: not an ISO 8601 date: %s\n", options.now.c_str());
        return 2;
    }
    if (!options.asOf.empty() && !outrider::parseIso8601(options.asOf)) {
        std::fprintf(stderr, "as-of: not an ISO 8601 moment: %s\n", options.asOf.c_str());
        return 2;
    }
    if (!chosen) {
        std::fprintf(stderr, "as-of: a command to read with is missing\n");
        return 2;
    }
    Session session(std::move(options));
    return chosen(session);
}
