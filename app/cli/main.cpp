// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include <QCoreApplication>

#include <cstdio>

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
    addImportCommands(app, chosen);
    addStrategyCommands(app, chosen);
    addQueueCommands(app, chosen);
    addMailboxCommands(app, chosen);
    addMailCommands(app, chosen);
    addHistoryCommands(app, chosen);
    addSuppressCommands(app, chosen);
    addPracticeCommands(app, chosen);
    addBenchCommands(app, chosen);
    addSeedCommands(app, chosen);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    if (!options.now.empty() && !outrider::parseIso8601(options.now)) {
        std::fprintf(stderr, "--now: not an ISO 8601 date: %s\n", options.now.c_str());
        return 2;
    }
    Session session(std::move(options));
    return chosen(session);
}
