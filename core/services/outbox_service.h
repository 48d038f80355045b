// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/outbox_detail.h"
#include "core/domain/outbox_list.h"
#include "core/domain/send_fence.h"

#include <QFuture>

#include <memory>
#include <vector>

namespace outrider {

class SendEngine;
class ServiceContext;

// The outbox and the engine that empties it. Thread-safe; every call returns at once.
class OutboxService {
public:
    explicit OutboxService(ServiceContext& context);
    ~OutboxService(); // ends the engine; a message under way is finished first

    QFuture<Result<std::vector<OutboxRow>>> list(std::vector<OutboxState> states, int limit);
    // Today's, the youngest first.
    QFuture<Result<std::vector<OutboxRow>>> settledToday(OutboxState state, int limit);
    QFuture<Result<OutboxCounts>> counts();
    // One of them: why it waits, and every move it made with what proves it. NotFound.
    QFuture<Result<OutboxDetail>> detail(OutboxId id);

    // Nothing leaves while everything is held; kept over restarts.
    QFuture<Result<>> holdEverything(bool held);
    QFuture<Result<bool>> isEverythingHeld();
    // Whether this file is one that must not send by itself: restored, a copy, or behind the clock. Releasing
    // a message lets that one leave; lowering the fence all of them, after a person has looked through them.
    QFuture<Result<FenceReason>> fence();
    QFuture<Result<>> lowerFence();
    // Of what the fence holds and of what is unknown: looks among the sent mail on the servers for what the original, or another
    // copy, has sent since; what is found there is settled as sent and so is never sent twice. What is not found may have left
    // all the same, where servers keep no copy.
    struct SentSearch {
        int looked = 0; // messages a server has answered for
        int sent = 0;
        int held = 0;              // still, of all
        int unknown = 0;           // still
        std::vector<Error> errors; // of mailboxes that could not tell
    };
    QFuture<Result<SentSearch>> lookAmongSent(ProgressPtr progress = {});
    QFuture<Result<>> hold(OutboxId id);
    QFuture<Result<>> release(OutboxId id);
    // Takes one that waits back; its task is open again.
    QFuture<Result<>> drop(OutboxId id);

    // The person's word on a message whose fate nobody knows.
    enum class Resolution { WasSent, SendAgain, Drop };
    QFuture<Result<>> resolve(OutboxId id, Resolution resolution);

    struct SendReport {
        int sent = 0;
        int refused = 0;
        int unknown = 0;
        int deferred = 0;          // the server said later, or could not be reached
        int waiting = 0;           // not due, outside hours, over a limit…
        int dropped = 0;           // suppressed or stopped meanwhile
        std::vector<Error> errors; // of mailboxes that could not send at all
    };
    // Sends what is due now, all mailboxes one after another; at most `max` messages.
    QFuture<Result<SendReport>> runOnce(int max, ProgressPtr progress = {});

    // The engine: from start() on, what becomes due is sent by itself, one worker a mailbox.
    void start();
    void stop();
    // Looks at once instead of at the next tick.
    void wake();

private:
    ServiceContext& m_context;
    std::unique_ptr<SendEngine> m_engine;
};

} // namespace outrider
