// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/activity.h"
#include "core/domain/outbox.h"
#include "core/outreach/strategy_flow.h"

#include <string_view>

namespace outrider::outreach {

// What the end of a send means for everything else, inside a write transaction: the outbox row, the
// message, the timeline, the lead, its strategy. Used by the sender, and by the person's word on an
// unknown one. Throws StoreException.
class SendFlow {
public:
    SendFlow(store::WriteContext& write, const Surroundings& surroundings) : m_write(write), m_surroundings(surroundings) {}

    // It has left: the timeline says so and the strategy's next step is planned from now.
    void sent(const OutboxItem& item, std::string_view answer);

    // The server says that the address does not exist: as a hard bounce.
    void addressRefused(const OutboxItem& item, std::string_view answer);

    // The recipient of a text message has told the provider to be left alone: their number is suppressed, strategies stop.
    void optedOut(const OutboxItem& item, std::string_view answer);

    // A text message that was taken, and reached nobody after all: the timeline says so. Whether they opted out is a
    // matter of its own.
    void undelivered(const OutboxItem& item, bool optedOut, std::string_view answer);

    // The server refused the message, for good or after the last try: its task is open again, with the
    // server's words, and the person decides.
    void refused(const OutboxItem& item, bool hard, std::string_view answer);

    // Handed over, but no answer came: waits for proof or the person's word.
    void unknown(const OutboxItem& item, std::string_view what);

    // Not sent, for certain: waits again until `earliest`.
    void deferred(const OutboxItem& item, WaitReason reason, Instant earliest, std::string_view answer);

    // Taken back, or not to be sent after all. Its task is open again while its strategy runs.
    void dropped(const OutboxItem& item);

    // The recipient is suppressed or the strategy has ended since: it silently does not leave.
    void obsolete(const OutboxItem& item);

private:
    void log(const OutboxItem& item, ActivityKind kind, std::string_view text);
    void leaveAlone(const OutboxItem& item, std::string_view answer);
    void reopenTask(const OutboxItem& item, std::string_view note);

    store::WriteContext& m_write;
    const Surroundings& m_surroundings;
};

// An address is suppressed and its lead can no longer be reached: after a hard bounce, at sending or later.
void applyHardBounce(store::WriteContext& write, LeadId lead, std::string_view addressKey, std::string_view source);

} // namespace outrider::outreach
