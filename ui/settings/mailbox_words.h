// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"
#include "ui/paint/pieces.h"

#include <QString>

namespace outrider::settings {

// The words and the colour of a mailbox's state.
paint::Chip mailboxChip(const Mailbox& mailbox);
// Why it needs attention and what to do, in sentences; empty when it does not.
QString attentionText(const Mailbox& mailbox);
// What is done about an account that has to be signed in to: "Reconnect", "Sign in".
QString reconnectVerb(const Mailbox& mailbox);

} // namespace outrider::settings
