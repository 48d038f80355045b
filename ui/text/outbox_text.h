// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outbox_trace.h"
#include "core/domain/send_check.h"
#include "ui/text/dates.h"

#include <QString>

namespace outrider::text {

// One of the things that decide whether a message may leave: "Daily limit: 12 of 30 free", "Outside their hours until
// tomorrow 09:00".
QString sendCheckText(const SendCheck& check, const Dates& dates);

// A move of a message, without its moment: "Waits: No network. Not before 09:12", "Sent: 250 2.0.0 Ok".
QString traceText(const OutboxTraceEntry& entry, const Dates& dates);

// What limits a mailbox: "Daily limit".
QString limitName(WaitReason reason);

} // namespace outrider::text
