// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outbox_list.h"

#include <QString>

namespace outrider::inbox {

// The outbox's groups: messages are grouped by what they wait for, in the order a person wants to know.
enum Group { Unknown, UnderWay, Next, YourHold, TheirHours, Limits, Missing, Refused, Sent, Groups };

Group groupOf(const OutboxRow& row);

// Why it waits now. The mailbox comes first: while it is paused or signed out nobody looks at the message again.
WaitReason waitOf(const OutboxRow& row);

// The undo window holds a message too, but only for its seconds.
bool isHeldForGood(const OutboxItem& item);

// Of the mailbox, "mara@": the domain is the same for most.
QString shortAddress(const OutboxRow& row);

} // namespace outrider::inbox
