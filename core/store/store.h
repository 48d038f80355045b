// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/base/worker.h"
#include "core/domain/action.h"
#include "core/domain/change_set.h"
#include "core/store/lead_index/lead_index.h"
#include "core/store/send_fence.h"
#include "core/store/sqlite/connection.h"
#include "core/store/sqlite/transaction.h"

#include <QFuture>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

class QLockFile;

namespace outrider::store {

class Past;

// What a write may use: the read-write connection inside its transaction, the action it belongs to,
// the one moment and the ids of its rows. Lives on the writer thread, for one transaction.
class WriteContext {
public:
    WriteContext(Connection& connection, IdGenerator& generator, ChangeSet& changeSet, Instant moment, ActionId journalAction)
        : db(connection),
          now(moment),
          action(journalAction),
          m_ids(generator),
          m_changes(changeSet) {}

    Connection& db;
    const Instant now;
    const ActionId action;

    template <typename IdType>
    IdType newId() {
        return IdType{m_ids.next()};
    }

    // The same write as it would have been at another moment: for a past that is told afterwards (the
    // practice workspace). Not while a BulkInsert lives, which knows only the write it was made for.
    WriteContext asOf(Instant moment) const { return {db, m_ids, m_changes, moment, action}; }

    // Rows came in with ids of their own (an archive): the next new id is above this one.
    void startIdsAfter(std::int64_t id) { m_ids.startAfter(id); }

    // Says whom or what the running action concerns, once that is known.
    void describe(const std::string& subject) {
        db.run("UPDATE action SET subject = ?2 WHERE id = ?1 AND subject = ''", action, subject);
    }

    // Says it anew: a deed that was stopped half-way concerned fewer than it set out to.
    void describeAnew(const std::string& subject) { db.run("UPDATE action SET subject = ?2 WHERE id = ?1", action, subject); }

    // For what SQLite's update hook cannot see (WITHOUT ROWID tables).
    void touched(EntityKind kind, std::int64_t id) { m_changes.add(kind, id); }

    // Rows inserted while one of these lives are journaled as ranges, a row per table instead of one
    // per row, and are not indexed for search until indexed by finishSearch(). Ids must come from
    // newId(), which only ever increases: everything between the first and the last is this action's.
    class BulkInsert {
    public:
        explicit BulkInsert(WriteContext& context);
        ~BulkInsert();
        BulkInsert(const BulkInsert&) = delete;
        BulkInsert& operator=(const BulkInsert&) = delete;

        void inserted(int tableNumber, std::int64_t id);
        void finish(); // writes the ranges and the search index; throws StoreException

    private:
        struct Range {
            int table = 0;
            std::int64_t first = 0;
            std::int64_t last = 0;
        };
        WriteContext& m_context;
        std::vector<Range> m_ranges;
        bool m_finished = false;
    };
    // The bulk insert under way, or nullptr. Repositories tell it of every row they insert.
    BulkInsert* bulk() const { return m_bulk; }

    // Leads and companies inserted while one of these lives are indexed for search together, by finish(): several
    // times as fast as one by one, and no statement after another has FTS5 write out what it holds.
    class SearchLater {
    public:
        explicit SearchLater(WriteContext& context);
        ~SearchLater();
        SearchLater(const SearchLater&) = delete;
        SearchLater& operator=(const SearchLater&) = delete;

        void finish(); // throws StoreException

    private:
        WriteContext& m_context;
        const std::int64_t m_after; // rows with larger ids are new
        bool m_finished = false;
    };

private:
    friend class BulkInsert;
    friend class SearchLater;
    IdGenerator& m_ids;
    ChangeSet& m_changes;
    BulkInsert* m_bulk = nullptr;
    bool m_searchLater = false;
};

// What a read may use: a read-only connection inside a consistent view.
class ReadContext {
public:
    ReadContext(Connection& connection, Instant moment) : db(connection), now(moment) {}
    ReadContext(Connection& connection, Instant moment, const LeadIndex& index, LeadIndexTicket seen)
        : db(connection),
          now(moment),
          leads(&index),
          ticket(seen) {}
    Connection& db;
    const Instant now;
    const LeadIndex* const leads = nullptr; // of what is seen here; may be there or not
    const LeadIndexTicket ticket;
};

struct StoreOptions {
    std::string path; // UTF-8
    OpenMode mode = OpenMode::ReadWrite;
    int readers = 2;
    WorkerMode workerMode = WorkerMode::Thread;
    std::string vfs;             // tests: the fault injecting one
    std::optional<Instant> asOf; // read-only: the workspace as it was then (journal/past.h)
};

// The encrypted workspace file: exactly one writer, a small pool of readers.
//
// write() and read() are thread-safe; each hands its function to a worker thread and resolves the
// future after COMMIT, or with the error after ROLLBACK. The functions return Result<T>; an error, or
// a StoreException from a statement or repository, rolls everything back. They must not wait for
// another read or write. After a failed COMMIT nobody knows what is on the disk, so the store turns
// read-only: every later write fails with ErrorCode::StoreFailed until it is opened anew.
//
// Does not own clock and random; they must outlive it. Destruction finishes what is queued.
class Store {
public:
    // Opens, checks and migrates; may take seconds, so not for the window's thread. Besides the errors
    // of Connection::open: StoreLocked when another process has it open for writing.
    static Result<std::unique_ptr<Store>> open(const StoreOptions& options, const SecureBytes& key, const Clock& clock,
                                               Random& random);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    template <typename Fn, typename R = std::invoke_result_t<Fn, WriteContext&>>
    QFuture<R> write(ActionInfo action, Fn fn) {
        ++m_awaiting;
        return m_writer->run([this, action = std::move(action), fn = std::move(fn)]() mutable -> R {
            return writeNow<R>(WriteKind{.begun = &action}, fn);
        });
    }

    template <typename Fn, typename R = std::invoke_result_t<Fn, ReadContext&>>
    QFuture<R> read(Fn fn) {
        Reader& reader = nextReader();
        return reader.worker->run([this, &reader, fn = std::move(fn)]() mutable -> R { return readNow<R>(reader, fn); });
    }

    // A further transaction of an action begun by write(): big work is chunked, so that a keystroke
    // never waits for it, and is still one deed. The action must exist and not be undone.
    template <typename Fn, typename R = std::invoke_result_t<Fn, WriteContext&>>
    QFuture<R> writeMore(ActionId action, Fn fn) {
        ++m_awaiting;
        return m_writer->run(
            [this, action, fn = std::move(fn)]() mutable -> R { return writeNow<R>(WriteKind{.continued = action}, fn); });
    }

    // Several deeds in one transaction, each an action of its own: much of what a small deed costs is its COMMIT.
    // fn(write, i) does the i-th of them; an error takes all of them back.
    template <typename Fn>
    QFuture<Result<>> writeEach(std::vector<ActionInfo> actions, Fn fn) {
        ++m_awaiting;
        return m_writer->run([this, actions = std::move(actions), fn = std::move(fn)]() mutable -> Result<> {
            auto all = [&](WriteContext& write) -> Result<> {
                for (std::size_t i = 0; i < actions.size(); ++i) {
                    const ActionId id = beginAction(actions[i], write.now);
                    WriteContext one(*m_connection, *m_ids, m_changes, write.now, id);
                    OUTRIDER_TRY(fn(one, i));
                    endAction(id, true);
                }
                return {};
            };
            return writeNow<Result<>>(WriteKind{}, all);
        });
    }

    // A write that is no deed of anybody: cursors, claims, outcomes of the engine. Not journaled.
    template <typename Fn, typename R = std::invoke_result_t<Fn, WriteContext&>>
    QFuture<R> writeSilently(Fn fn) {
        ++m_awaiting;
        return m_writer->run([this, fn = std::move(fn)]() mutable -> R { return writeNow<R>(WriteKind{}, fn); });
    }

    // Whether another write waits for the one under way: long work then ends its transaction. Thread-safe.
    bool isAwaited() const { return m_awaiting > 0; }

    // Called on the writer thread after every COMMIT that changed something.
    using Listener = std::function<void(const ChangeSet&)>;
    int subscribe(Listener listener); // returns a handle for unsubscribe()
    void unsubscribe(int handle);

    // Whether what is in here may be sent.
    SendFence& fence() { return m_fence; }

    // Another connection with this store's key, to its file or to a copy of it, for whoever works beside
    // the writer and the readers: backups, archives. Thread-safe.
    Result<std::unique_ptr<Connection>> connect(ConnectionOptions options) const;
    const SecureBytes& key() const { return m_key; }

    // From now on leads are indexed in memory, beside (lead_index/lead_index.h): for a process that lives long. Not of a
    // past, nor of a store that others write. The second returns when that is done; for benches and tests.
    void indexLeads(LeadIndex::Options options = {});
    void waitForLeadIndex();
    // nullptr: not indexed.
    const LeadIndex* leadIndex() const { return m_leadIndex.get(); }

    const std::string& path() const { return m_options.path; }
    bool isReadOnly() const { return m_options.mode == OpenMode::ReadOnly || m_failed; }
    std::uint16_t replica() const { return m_replica; }
    std::optional<Instant> asOf() const { return m_options.asOf; }
    // The same file, read-only, as it was at that moment: for looking back while this one stays open. The clock
    // it runs by must outlive it.
    Result<std::unique_ptr<Store>> openAsOf(Instant moment, const Clock& clock, Random& random) const;
    const Clock& clock() const { return m_clock; }

private:
    struct Reader {
        Reader();
        ~Reader();
        std::unique_ptr<Connection> connection; // opened and used on the worker's thread
        std::unique_ptr<Past> past;             // as of a moment: what makes the connection show it
        LeadIndex::Seen seen;
        std::atomic<int> queued = 0;
        std::unique_ptr<Worker> worker; // last: it finishes what is queued before the connection goes
    };

    Store(StoreOptions options, const Clock& clock);

    Result<> start(const SecureBytes& key, Random& random);
    Result<> loadReplica(Random& random);
    Reader& nextReader();
    Result<> prepareReader(Reader& reader);
    static bool showPast(Reader& reader); // false: the views had to be made, in the running transaction

    // Begins an action, goes on with one, or neither.
    struct WriteKind {
        const ActionInfo* begun = nullptr;
        ActionId continued;
        bool isJournaled() const { return begun != nullptr || continued; }
    };
    Result<std::unique_ptr<WriteContext>> beginWrite(const WriteKind& kind);
    Result<> endWrite(WriteContext& context, const WriteKind& kind, bool keep);
    ActionId beginAction(const ActionInfo& action, Instant now); // these throw
    void endAction(ActionId id, bool isNew);

    template <typename R, typename Fn>
    R writeNow(const WriteKind& kind, Fn& fn) {
        --m_awaiting;
        auto context = beginWrite(kind);
        if (!context)
            return fail(std::move(context).error());
        R result = [&]() -> R {
            try {
                return fn(**context);
            } catch (const StoreException& e) {
                return fail(e.error());
            } catch (...) { // becomes ErrorCode::Internal further up; the transaction must not outlive it
                [[maybe_unused]] const auto rolledBack = endWrite(**context, kind, false);
                throw;
            }
        }();
        if (auto ended = endWrite(**context, kind, result.has_value()); !ended && result)
            return fail(std::move(ended).error());
        return result;
    }

    template <typename R, typename Fn>
    R readNow(Reader& reader, Fn& fn) {
        --reader.queued;
        if (auto prepared = prepareReader(reader); !prepared)
            return fail(std::move(prepared).error());
        try {
            LeadIndex* const index = indexesLeads() ? m_leadIndex.get() : nullptr;
            const LeadIndexTicket ticket = index != nullptr ? index->ticket() : LeadIndexTicket();
            for (;;) {
                Transaction view(*reader.connection, Transaction::Kind::Read);
                if (!showPast(reader)) { // somebody wrote meanwhile: made anew, and looked at afresh
                    view.commit();
                    continue;
                }
                if (index == nullptr) {
                    ReadContext context(*reader.connection, m_clock.now());
                    return fn(context);
                }
                index->checkVersion(*reader.connection, reader.seen);
                ReadContext context(*reader.connection, m_clock.now(), *index, ticket);
                return fn(context);
            }
        } catch (const StoreException& e) {
            return fail(e.error());
        }
    }

    void afterCommit(int walPages); // on the writer's thread
    bool indexesLeads() const { return m_hasLeadIndex && m_leadIndex->isWatching(); }
    void onRowChanged(std::string_view table, std::int64_t rowid);

    const StoreOptions m_options;
    const Clock& m_clock;
    SecureBytes m_key; // for the readers, which open when first needed
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<IdGenerator> m_ids;
    std::uint16_t m_replica = 0;
    std::string m_lastHlc; // of the writer thread
    std::unique_ptr<Transaction> m_transaction;
    ChangeSet m_changes; // of the transaction under way
    std::int64_t m_changeIdBefore = 0;
    std::atomic<bool> m_failed = false;
    std::atomic<int> m_awaiting = 0; // writes asked for and not begun
    SendFence m_fence;
    std::unique_ptr<LeadIndex> m_leadIndex;
    std::atomic<bool> m_hasLeadIndex = false; // m_leadIndex is there to stay

    std::mutex m_listenersMutex;
    std::map<int, Listener> m_listeners;
    int m_nextListener = 1;

    std::vector<std::unique_ptr<Reader>> m_readers;
    std::unique_ptr<Connection> m_checkpoints; // of the thread below, which opens it
    std::atomic<bool> m_isCheckpointing = false;
    std::unique_ptr<Worker> m_checkpointer;
    std::unique_ptr<Worker> m_writer; // last: joined first
};

} // namespace outrider::store
