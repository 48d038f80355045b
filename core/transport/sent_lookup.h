// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace outrider::transport {

// A message that was handed over and whose answer never came.
struct LostMessage {
    std::string_view sender; // bare addresses, as in its envelope
    std::string_view recipient;
    std::string_view raw;
    std::string_view messageId;                            // ours, without brackets
    std::string_view trackingId;                           // its X-Outrider-Id
    std::string_view idempotencyKey;                       // as in its envelope
    std::string_view reference;                            // the provider's own name for it; may be empty
    std::optional<Instant> handedOver;                     // when that began, if known
    std::function<bool(std::string_view)> isAnothers = {}; // whether what the provider calls so is another message of ours
};

enum class Fate {
    Sent,    // the provider has taken it: that is proof
    NotSent, // it has not and no longer will: trying again cannot send it twice
    Unknown, // nobody can tell, or not yet
};

struct FateReport {
    Fate fate = Fate::Unknown;
    std::string what;      // the proof, for the trace
    std::string messageId; // Sent: as in SendOutcome
};

// Asks a provider what became of a message.
class SentLookup {
public:
    virtual ~SentLookup() = default;

    // Blocks, bounded. An error: it could not be asked now.
    virtual Result<FateReport> fateOf(const LostMessage& message, const Progress& progress) = 0;
};

} // namespace outrider::transport
