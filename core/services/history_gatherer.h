// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/mail_history_service.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace outrider {

// Begins gathering a mailbox's earlier mail, from that day (none: a year before it was connected) up to the day it was
// connected, unless that was begun before. `again`: anew in any case.
Result<> beginHistory(ServiceContext& context, const Mailbox& mailbox, std::optional<std::chrono::sys_days> since, bool again);

// Reads it to its end, going on from where it was stopped. Blocks.
Result<> gatherHistory(ServiceContext& context, const Mailbox& mailbox, Progress& progress);

// Gathers the earlier mail of every mailbox that is connected, for as long as it lives: on a thread of its own, one
// mailbox after the other, and again after a while what could not be read.
class HistoryGatherer {
public:
    explicit HistoryGatherer(ServiceContext& context);
    ~HistoryGatherer();
    HistoryGatherer(const HistoryGatherer&) = delete;
    HistoryGatherer& operator=(const HistoryGatherer&) = delete;

    void wake();                                              // thread-safe
    std::vector<MailHistoryService::Running> running() const; // thread-safe

private:
    void loop();
    void look();

    ServiceContext& m_context;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_woken = false;
    std::optional<MailHistoryService::Running> m_running;
    std::set<MailboxId> m_left; // cancelled by the person; these are of the thread
    std::map<MailboxId, Instant> m_retryAt;
    std::thread m_thread; // last: uses everything above
};

} // namespace outrider
