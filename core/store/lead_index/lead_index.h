// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/store/lead_index/lead_columns.h"
#include "core/store/lead_index/lead_rows.h"
#include "core/store/repositories/lead_filter_sql.h"
#include "core/store/sqlite/connection.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <thread>
#include <unordered_map>

namespace outrider::store {

// What a read knows of the commits it sees: taken before its view begins.
struct LeadIndexTicket {
    std::uint64_t commits = 0; // the view has these, and maybe more
    std::uint64_t epoch = 0;
};

// What lists are filtered and sorted by, of every lead, in memory: so a page of a million leads is found in a fraction
// of a millisecond, and counted as well. Only for a process that lives long; a store of few leads has none.
//
// SQLite stays the truth. The index is true as of one commit, and knows of every lead that was touched by a later one,
// or by one that a reader may not see yet: those are left to SQL (lead_index_query.h). Leads are touched through
// triggers of the writer's own connection, before their COMMIT. A thread of the index's own then reads them again; what
// is asked for and not there (the order of a text, the leads of a condition) it reads as well, and until then the
// question is answered by SQL alone. Another process's commit makes it begin anew.
//
// Who may call what: watch() to rolledBack() the writer's thread; the rest any.
class LeadIndex {
public:
    struct Options {
        std::size_t fewest = 5000;        // leads; below, SQL is as quick
        std::size_t mostTouched = 10'000; // at once; beyond, all leads are read anew
        std::size_t mostUnranked = 256;   // beyond, a text's order is read anew
        std::size_t mostMoved = 2048;     // beyond, the leads are sorted anew
        double mostRowsForgotten = 0.05;  // of all; beyond, the rows are read anew
    };
    using Connect = std::function<Result<std::unique_ptr<Connection>>()>;
    // `watch`: calls watch() on the writer's thread, now or soon.
    LeadIndex(Connect connect, std::function<void()> watch, Options options);
    ~LeadIndex();
    LeadIndex(const LeadIndex&) = delete;
    LeadIndex& operator=(const LeadIndex&) = delete;

    void watch(Connection& writer);
    void beginning(Connection& writer); // a transaction
    void committing();
    void committed();
    void rolledBack();

    bool isWatching() const { return m_watching; }
    // Once a read's view has begun. What the connection saw of the file's version, and when, is kept by the caller.
    struct Seen {
        std::int64_t version = 0;
        std::uint64_t commits = 0;
    };
    void checkVersion(Connection& db, Seen& seen);
    LeadIndexTicket ticket() const;

    // Begins the thread. Without it nothing happens but in settle().
    void start();
    void stop(); // and waits for it; a long reading is broken off
    // Until there is nothing left to do; with every order. For benches and tests, which may wait.
    void settle(bool everyOrder = true);

    // Memory held, about.
    std::size_t bytes() const;

private:
    friend class LeadIndexQuery;

    struct Touched {
        std::uint64_t commit = 0;
        std::int64_t lead = 0;
        bool texts = false;
    };
    // The leads of a condition that only SQL can judge.
    struct Condition {
        SqlCondition sql;
        LeadSet leads;
    };
    struct Asked {
        std::set<LeadText> texts;
        std::set<LeadNumber> orders;
        std::set<std::int64_t> customs;
        std::deque<std::pair<std::string, SqlCondition>> conditions; // the last ones
    };

    void loop();
    bool step(); // whether something was done
    bool beginWatching();
    bool build();
    bool update();
    bool answer();
    bool readRows();
    void install(LeadColumns columns, std::uint64_t upTo);
    void forget(); // begins a new epoch
    void drop();   // sets made of columns that have changed
    void askFor(LeadText text) const;
    void askFor(LeadNumber order) const;
    void askForCustom(std::int64_t field) const;
    void askForCondition(const std::string& key, const SqlCondition& sql) const;
    void wake() const;
    std::shared_ptr<const LeadSet> kept(const std::string& key) const;
    void keep(const std::string& key, std::shared_ptr<const LeadSet> leads) const;

    const Connect m_connect;
    const std::function<void()> m_askToWatch;
    const Options m_options;
    std::unique_ptr<Connection> m_db; // of the thread; set with m_wakeMutex
    std::int64_t m_writerVersion = 0; // of the writer's thread
    std::vector<Touched> m_pending;   // of the transaction under way; of the writer's thread

    std::atomic<bool> m_watching = false;
    std::atomic<std::uint64_t> m_begun = 0; // commits
    std::atomic<std::uint64_t> m_ended = 0;
    std::atomic<std::uint64_t> m_epoch = 0;

    mutable std::shared_mutex m_mutex; // the thread writes, readers read
    bool m_built = false;
    bool m_hopeless = false; // it cannot be built of this workspace
    std::uint64_t m_builtEpoch = 0;
    std::uint64_t m_upTo = 0; // true as of this commit
    LeadColumns m_columns;
    LeadRows m_rows;
    std::map<std::string, Condition> m_conditions;

    mutable std::mutex m_logMutex;
    std::deque<Touched> m_log;
    std::uint64_t m_logFrom = 0; // commits beyond this one are in it

    mutable std::mutex m_askedMutex;
    mutable Asked m_asked;
    // Sets made of the columns, the one used last in front.
    using Kept = std::pair<std::string, std::shared_ptr<const LeadSet>>;
    mutable std::list<Kept> m_kept;
    mutable std::unordered_map<std::string, std::list<Kept>::iterator> m_keptAt;

    mutable std::mutex m_wakeMutex;
    mutable std::condition_variable m_wake;
    mutable bool m_work = true;
    bool m_askedToWatch = false;
    bool m_stopping = false;
    bool m_left = false;    // the thread, its loop
    std::mutex m_stepMutex; // settle() and the thread
    std::thread m_thread;
};

} // namespace outrider::store
