// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/outbox.h"

namespace outrider {

bool canMove(OutboxState from, OutboxState to) {
    using enum OutboxState;
    switch (from) {
    case Queued:
        return to == Held || to == Claimed || to == Dropped;
    case Held:
        // Sent: proof that it left from the original, or from another copy, of a workspace whose fence is up.
        return to == Queued || to == Claimed || to == Dropped || to == Sent;
    case Claimed:
        // Back to the queue: a crash, or a failure before the message was handed over.
        return to == Sending || to == Queued || to == Held || to == Refused || to == Dropped;
    case Sending:
        return to == Sent || to == Refused || to == Unknown || to == Queued;
    case Unknown:
        // Proof, or the person's word: it was sent, send it again, or drop it.
        return to == Sent || to == Queued || to == Dropped;
    case Refused:
        return to == Queued || to == Dropped; // sent again by the person
    case Sent:
    case Dropped:
        return false;
    }
    return false;
}

bool canTakeBack(OutboxState state) { return state == OutboxState::Queued || state == OutboxState::Held; }

bool isSettled(OutboxState state) {
    return state == OutboxState::Sent || state == OutboxState::Refused || state == OutboxState::Dropped;
}

} // namespace outrider
