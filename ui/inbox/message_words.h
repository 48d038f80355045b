// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message.h"
#include "core/services/inbox_service.h"

#include <QString>

namespace outrider::inbox {

// What a list says of a message. Pure.

// The lead's name; of mail that is nobody's, the name its sender gives.
QString senderOf(const InboxItem& item);
// The subject and the first words of the text, in one line.
QString firstWords(const Message& message);

} // namespace outrider::inbox
