// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/domain/mailbox.h"
#include "core/domain/outbox.h"
#include "core/outreach/strategy_flow.h"
#include "core/store/store.h"
#include "core/transport/mail_transport.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace outrider::outreach {

// Empties the outbox of one mailbox, one message after another. The order that makes a second send
// impossible, each step durable before the next:
//
//   claim (counted against the limits) ─► [connected, recipient accepted] ─► sending ─► bytes leave ─► outcome
//
// The outcome of one and the claim of the next are one transaction: two waits for the disk a message, not three. Where
// a server takes messages faster than a disk keeps them, several share one: as many as it took within the last hundredth
// of a second, and as many again that are recorded while those leave. All of them are durably `sending` before the first
// byte of the first; which of them have begun the send fence's record knows, so that after a crash only those are in
// doubt (store/send_fence.h).
//
// A crash before `sending` sends nothing; a crash after it leaves `unknown`, which only proof or the
// person's word ends. Blocks; runs on a worker thread, one Sender per mailbox at a time.
class Sender {
public:
    using SurroundingsSource = std::function<Surroundings()>;

    Sender(store::Store& store, SurroundingsSource surroundings) : m_store(store), m_surroundings(std::move(surroundings)) {}

    struct SentCopy {
        std::string messageId;
        std::string raw;
        Instant sentAt{};
    };
    struct Report {
        int sent = 0;
        int refused = 0;
        int unknown = 0;
        int deferred = 0;
        int waiting = 0;
        int dropped = 0;
        std::optional<Error> stoppedBy; // why the mailbox cannot send at all now
        std::vector<SentCopy> copies;   // of what left, for filing them
    };

    // Sends what is due now, at most `max` messages. Stops when the mailbox cannot send (signed out, no
    // network), when cancelled, or when nothing is due any more.
    Report run(MailboxId mailbox, transport::MailTransport& transport, int max, const Progress& progress);

private:
    struct Claimed {
        OutboxItem item;
        std::string sender;      // envelope address
        std::int64_t number = 0; // under which it is recorded as being sent; 0: it is not yet
    };
    using Batch = std::vector<Claimed>;
    using Outcomes = std::vector<transport::SendOutcome>;
    // What a claim did to the outbox besides: said only once it is committed.
    struct Looked {
        Batch claimed;
        int waiting = 0;
        int dropped = 0;
    };
    // Messages whose outcomes are being recorded.
    struct Settling;

    Result<Looked> claim(store::WriteContext& write, MailboxId mailbox, int most, bool begin);
    void begin(store::WriteContext& write, std::span<Claimed> batch);
    bool recordSending(Batch& batch, std::size_t index, const std::string& reference);
    void record(store::WriteContext& write, const OutboxItem& item, const transport::SendOutcome& outcome,
                const Surroundings& surroundings);
    // Records the outcomes of the first of the batch, puts back the others, and claims up to `next` more.
    std::unique_ptr<Settling> settle(Batch batch, Outcomes outcomes, int next, bool begin);
    Batch settled(Settling& settling, Report& report);
    bool settleAlone(const Claimed& claimed, const transport::SendOutcome* outcome, Report& report);
    void tell(const OutboxItem& item, const transport::SendOutcome& outcome, Report& report) const;

    store::Store& m_store;
    SurroundingsSource m_surroundings;
};

} // namespace outrider::outreach
