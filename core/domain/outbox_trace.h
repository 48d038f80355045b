// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outbox.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider {

// One move of a message on its way out: when, to what, and what proves it. Times are UTC.
struct OutboxTraceEntry {
    Instant at{};
    OutboxState state = OutboxState::Queued;
    WaitReason reason = WaitReason::None;
    Instant until{};      // of one that waits: not before; the epoch: not said
    std::string evidence; // the server's words, or whose decision it was; may be empty

    bool operator==(const OutboxTraceEntry&) const = default;
};

// As it is stored: "1795680000000 4 0 0 250 2.0.0 Ok\n". Control characters of the evidence become spaces, and it is cut
// where nobody reads on.
std::string traceLine(const OutboxTraceEntry& entry);

// Lines that are none are left out.
std::vector<OutboxTraceEntry> parseTrace(std::string_view trace);

} // namespace outrider
