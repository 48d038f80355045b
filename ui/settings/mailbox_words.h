// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mail_history.h"
#include "core/domain/mailbox.h"
#include "ui/paint/pieces.h"
#include "ui/text/dates.h"

#include <QString>

namespace outrider::settings {

// The words and the colour of a mailbox's state.
paint::Chip mailboxChip(const Mailbox& mailbox);
// Why it needs attention and what to do, in sentences; empty when it does not.
QString attentionText(const Mailbox& mailbox);
// "read 2 min ago"; of one that cannot be read, why and when it is tried again. Empty: never read.
QString readingWords(const ReadingState& reading, const text::Dates& dates);
// What is done about an account that has to be signed in to: "Reconnect", "Sign in".
QString reconnectVerb(const Mailbox& mailbox);

} // namespace outrider::settings
