// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace outrider::cli {

// The command the arguments chose; it returns the exit code: 0 done, 1 refused with a reason.
using Command = std::function<int(Session&)>;

// Each file of this folder adds its commands to the parser. What a command needs from its options it
// keeps in a shared struct; the parser fills it before the command runs.
void addWorkspaceCommands(CLI::App& app, Command& chosen);      // init unlock-check passphrase doctor hash info
void addLeadCommands(CLI::App& app, Command& chosen);           // lead … note call
void addBulkCommands(CLI::App& app, Command& chosen);           // lead bulk … lead export
void addPrivacyCommands(CLI::App& app, Command& chosen);        // privacy …
void addFieldCommands(CLI::App& app, Command& chosen);          // field …
void addCompanyCommands(CLI::App& app, Command& chosen);        // company …
void addDuplicateCommands(CLI::App& app, Command& chosen);      // duplicates … lead merge, split, merges
void addListCommands(CLI::App& app, Command& chosen);           // list … strategy lists
void addImportCommands(CLI::App& app, Command& chosen);         // import
void addStrategyCommands(CLI::App& app, Command& chosen);       // strategy …
void addQueueCommands(CLI::App& app, Command& chosen);          // queue task …
void addSearchCommands(CLI::App& app, Command& chosen);         // search index
void addMailboxCommands(CLI::App& app, Command& chosen);        // mailbox …
void addDeliverabilityCommands(CLI::App& app, Command& chosen); // mailbox dns, probe, health, rules
void addMailCommands(CLI::App& app, Command& chosen);           // outbox … send …
void addInboxCommands(CLI::App& app, Command& chosen);          // inbox …
void addWritingCommands(CLI::App& app, Command& chosen); // snippet … strategy lint, files, format, mailbox writing, send message
void addCalendarCommands(CLI::App& app, Command& chosen);     // calendar …
void addHistoryCommands(CLI::App& app, Command& chosen);      // undo redo history
void addJobCommands(CLI::App& app, Command& chosen);          // job list
void addSuppressCommands(CLI::App& app, Command& chosen);     // suppress … verify
void addVerificationCommands(CLI::App& app, Command& chosen); // verification …
void addPracticeCommands(CLI::App& app, Command& chosen);     // practice day
void addBackupCommands(CLI::App& app, Command& chosen);       // backup export import-archive
void addBenchCommands(CLI::App& app, Command& chosen);        // bench
void addSeedCommands(CLI::App& app, Command& chosen);         // seed
void addStatsCommands(CLI::App& app, Command& chosen);        // stats

} // namespace outrider::cli
