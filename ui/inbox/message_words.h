// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/conversation.h"
#include "core/domain/message.h"
#include "core/domain/outbox_list.h"
#include "core/services/inbox_service.h"
#include "ui/paint/pieces.h"
#include "ui/text/dates.h"

#include <QString>

namespace outrider::inbox {

// What a list says of a message. Pure.

// The lead's name; of mail that is nobody's, the name its sender gives.
QString senderOf(const InboxItem& item);
// The name its sender gives, else the address.
QString writerOf(const Message& message);
// The subject and the first words of the text, in one line.
QString firstWords(const Message& message);

// What a mail that was dealt with by itself did: an absence, a bounce, an opt-out. Nothing of a reply.
paint::Chip effectChip(const InboxItem& item, const text::Dates& dates);
QString effectSentence(const InboxItem& item, const text::Dates& dates);

// Where a conversation stands, and what was made of it. `everywhere`: in a list of all of them.
paint::Chip standingChip(const Conversation& one, bool everywhere, const text::Dates& dates);
QString standingSentence(const Conversation& one, const text::Dates& dates);

// Of a message whose fate nobody knows: what happened, and what became of its mailbox.
QString unknownSentence(const OutboxRow& row);

} // namespace outrider::inbox
