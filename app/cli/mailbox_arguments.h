// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "core/domain/mailbox.h"

#include <string>

namespace outrider::cli {

// The mailbox of that address or id.
Result<MailboxId> mailboxId(Session& session, Workspace& workspace, const std::string& text);

// `mailbox connect`, `mailbox provider`.
void addAccountCommands(CLI::App& mailbox, Command& chosen);

} // namespace outrider::cli
