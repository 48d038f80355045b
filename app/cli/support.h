// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "app/cli/json_values.h"

#include <QString>

#include <memory>
#include <string>

namespace outrider::cli {

// Small things most command files need.

// A subcommand that runs `fn(session, options)`; `Options` is filled by the parser first.
template <typename Options, typename Fn>
void onParsed(CLI::App* command, Command& chosen, std::shared_ptr<Options> options, Fn fn) {
    command->callback([&chosen, options, fn] { chosen = [options, fn](Session& session) { return fn(session, *options); }; });
}

// Takes the value out of a Result, or prints the error and leaves the command with its exit code.
#define CLI_TRY(target, expression)                                                                                              \
    auto OUTRIDER_CONCAT(cliResult, __LINE__) = (expression);                                                                    \
    if (!OUTRIDER_CONCAT(cliResult, __LINE__))                                                                                   \
        return session.refused(OUTRIDER_CONCAT(cliResult, __LINE__).error());                                                    \
    target = std::move(*OUTRIDER_CONCAT(cliResult, __LINE__))

#define CLI_CHECK(expression)                                                                                                    \
    do {                                                                                                                         \
        if (auto cliResult = (expression); !cliResult)                                                                           \
            return session.refused(cliResult.error());                                                                           \
    } while (false)

Result<std::int64_t> parseId(std::string_view text);
// ISO 8601, "today", "tomorrow", "+3d", "in 2h"; days begin at 09:00 in the person's zone.
Result<Instant> parseMoment(Session& session, Workspace& workspace, std::string_view text);
Result<StatusKeys> statusKeys(Session& session, Workspace& workspace);
// Some ids, or all a filter finds.
Result<LeadSelection> selection(const std::vector<std::string>& ids, const std::string& filter);
// Without the isolates of screens, which a terminal shows as boxes.
std::string plain(QString text);
// Columns of text, padded by the characters people see.
std::string table(const std::vector<std::vector<std::string>>& rows);

} // namespace outrider::cli
