// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message_parts.h"
#include "core/domain/outbox_list.h"
#include "core/domain/outbox_trace.h"
#include "core/domain/send_check.h"

#include <string>
#include <vector>

namespace outrider {

// All there is to know of one message on its way out.
struct OutboxDetail {
    OutboxRow row;
    std::string text; // its plain text
    std::vector<MailAttachment> files;
    std::string zone;              // the recipient's clock, an IANA name
    std::vector<SendCheck> checks; // of one that waits: what decides, in the order it is asked
    std::vector<OutboxTraceEntry> trace;
};

} // namespace outrider
