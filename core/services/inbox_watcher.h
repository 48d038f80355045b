// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/domain/mailbox.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace outrider {

class ServiceContext;

// Reads every active mailbox as soon as mail comes, for as long as it lives: one thread a mailbox, which
// waits in IMAP IDLE where the server offers it and looks every few minutes elsewhere. Mailboxes that
// are added, changed or paused are noticed within half a minute, or at once with wake(). Destruction
// ends waiting connections and joins.
class InboxWatcher {
public:
    explicit InboxWatcher(ServiceContext& context);
    ~InboxWatcher();
    InboxWatcher(const InboxWatcher&) = delete;
    InboxWatcher& operator=(const InboxWatcher&) = delete;

    void wake(); // thread-safe

private:
    struct Lane; // one mailbox
    void loop();
    void look(); // starts and ends lanes

    ServiceContext& m_context;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_woken = false;
    std::map<MailboxId, std::unique_ptr<Lane>> m_lanes; // of the loop's thread
    std::thread m_thread;
};

} // namespace outrider
