// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/domain/mailbox.h"
#include "core/outreach/sender.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace outrider {

class ServiceContext;

// Sends what is due from one mailbox, then files copies; before, asks after what is in doubt, and of a phone line after
// what has left. Blocks.
outreach::Sender::Report sendFrom(ServiceContext& context, const Mailbox& mailbox, int max, const Progress& progress);

// Asks the provider, or looks among the sent mail, what became of messages of that mailbox whose answer was lost: how many
// are known to have left now. Blocks.
int reconcileUnknown(ServiceContext& context, const Mailbox& mailbox, const Progress& progress);

// Empties the outbox by itself for as long as it lives: looks when something becomes due, at the latest
// every half minute, and sends each mailbox's messages on a worker of its own. Destruction lets a
// message under way finish and waits for it.
class SendEngine {
public:
    explicit SendEngine(ServiceContext& context);
    ~SendEngine();
    SendEngine(const SendEngine&) = delete;
    SendEngine& operator=(const SendEngine&) = delete;

    // Looks at once. Thread-safe.
    void wake();

private:
    struct Lane; // one mailbox
    void loop();
    Millis look(); // starts what is due; returns how long nothing will be

    ServiceContext& m_context;
    Progress m_progress; // cancelled when ending
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_woken = false;
    std::map<MailboxId, std::unique_ptr<Lane>> m_lanes; // of the loop's thread
    std::thread m_thread;
};

} // namespace outrider
