// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/domain/mail_history.h"

#include <optional>

namespace outrider {

// When a mailbox that could not be read is tried again: after 15 s, then twice as long each time, up to a quarter of an
// hour, each time a little more or less, so that many mailboxes of one server do not come back together. After
// circuitOpensAfter failures in a row the circuit is open: one try every half hour, until one succeeds. What the server asks
// for is kept to. Where a person has to sign in again, nothing is tried by itself. Pure.
struct ReadPace {
    static ReadingState failed(const ReadingState& before, const Error& error, std::optional<Millis> retryAfter, Instant now,
                               Random& random);
    static ReadingState succeeded(const ReadingState& before);
};

} // namespace outrider
