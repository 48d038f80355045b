// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/worker.h"
#include "core/domain/lead_list.h"
#include "core/outreach/strategy_flow.h"
#include "core/services/environment.h"
#include "core/services/mail_access.h"
#include "core/store/store.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace outrider {

class SearchIndexer;

// What the services of one open workspace share. Made by workspace.cpp; thread-safe.
class ServiceContext {
public:
    ServiceContext(Environment& environment, std::unique_ptr<store::Store> store, bool practice);
    ~ServiceContext();

    Environment& environment() { return m_environment; }
    store::Store& store() { return *m_store; }
    const Clock& clock() const { return m_environment.clock; }
    Random& random() { return m_environment.random; }
    MailAccess& mail() { return *m_mail; }
    bool isPractice() const { return m_practice; }

    // Orchestrates long work in chunks: one after another, never on the window's thread.
    Worker& background() { return *m_background; }
    // Undo and redo, in chunks too, but never behind an import.
    Worker& undoing() { return *m_undoing; }

    // Counts of long lists, in short reads, so that the pages of lists are never behind them.
    Worker& counting() { return *m_counting; }

    SearchIndexer& searchIndexer() { return *m_searchIndexer; }

    // The person's zone, days off and rules, as the settings say now.
    outreach::Surroundings surroundings() const;
    outreach::Zone zone() const;
    MemberId me() const;
    FilterContext filterContext() const;
    // Reads them again, after they were changed.
    Result<> loadSettings();

    // The workspace is about to be closed: work on many rows ends between two transactions, as if it had been cancelled.
    // What is few is finished.
    void stopLongWork() { m_isStopping = true; }
    bool isStopping() const { return m_isStopping; }

    struct Day {
        std::chrono::sys_days date{};
        Instant start{};
        Instant end{};
    };
    Day today() const;
    Day day(std::chrono::sys_days date) const;

    ActionInfo action(std::string name, std::string subject = {}) const;

    // Does fn(write, lead) to every lead, as many as the pace allows a transaction, as one action; returns
    // how many it said true for. Cancelling leaves what was done, as an action that can be undone. Runs on
    // the background worker.
    using LeadSource = std::function<Result<std::vector<LeadId>>()>;
    using ForLead = std::function<Result<bool>(store::WriteContext&, LeadId)>;
    QFuture<Result<std::int64_t>> forEachLead(ActionInfo action, LeadSource leads, ForLead fn, ProgressPtr progress);

    // The same for what is done to many leads with one statement (store::LeadBulkEdit): fn(write, leads) returns for
    // how many of them anything changed. In the order of their ids.
    using ForLeads = std::function<Result<std::int64_t>(store::WriteContext&, std::span<const LeadId>)>;
    QFuture<Result<std::int64_t>> forLeads(ActionInfo action, LeadSource leads, ForLeads fn, ProgressPtr progress);

private:
    struct LeadWork {
        ActionInfo action;
        LeadSource leads;
        ForLeads fn;
        std::size_t together = 1; // how many leads fn is given at once
        ProgressPtr progress;
    };
    Result<std::int64_t> workThrough(LeadWork work);

    Environment& m_environment;
    const bool m_practice;
    std::atomic<bool> m_isStopping = false;
    mutable std::mutex m_mutex;
    outreach::Surroundings m_surroundings;
    MemberId m_me;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<MailAccess> m_mail;
    std::unique_ptr<Worker> m_background; // these last: joined first
    std::unique_ptr<Worker> m_undoing;
    std::unique_ptr<Worker> m_counting;
    std::unique_ptr<SearchIndexer> m_searchIndexer;
};

} // namespace outrider
