// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/store/sqlite/sqlite_error.h"
#include "core/store/sqlite/statement.h"

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace outrider::store {

enum class OpenMode {
    Create,    // the file must not exist yet
    ReadWrite, // the file must exist
    ReadOnly,
};

struct ConnectionOptions {
    std::string path; // UTF-8
    OpenMode mode = OpenMode::ReadWrite;
    int cacheKiB = 16 * 1024; // at 2 MB, SQLite's default, the queue is 12 times slower
    std::string vfs;          // tests: the fault injecting one
};

// One encrypted SQLite connection. This folder is the only place that includes sqlite3.h.
//
// Not thread-safe: each belongs to one worker thread. Everything but open() throws StoreException.
class Connection {
public:
    // Opens with a raw 32-byte key (sqlite3_key_v2) and checks, before anything is read or written,
    // that this process really runs SQLCipher and that the key fits:
    // ErrorCode::CipherMissing, StoreNotOurs (a plain SQLite or foreign file), WrongKey,
    // StoreDamaged, StoreReadOnly, StoreLocked, StoreNotFound, StoreExists.
    static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options, const SecureBytes& key);

    // An unencrypted file, on purpose: the archives people take elsewhere. Read, it is trusted in nothing.
    static Result<std::unique_ptr<Connection>> openPlain(const std::string& path, OpenMode mode);

    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // A statement from the cache, compiled at its first use.
    Statement prepare(std::string_view sql);

    // Prepares, binds and returns the statement, ready to be stepped.
    template <typename... Args>
    Statement query(std::string_view sql, const Args&... args) {
        Statement statement = prepare(sql);
        statement.bind(args...);
        return statement;
    }

    // Prepares, binds and runs to the end.
    template <typename... Args>
    void run(std::string_view sql, const Args&... args) {
        query(sql, args...).run();
    }

    // Runs several statements without parameters: schema, pragmas.
    void script(const std::string& sql);

    // The first column of the first row; 0 or empty without a row.
    template <typename... Args>
    std::int64_t integer(std::string_view sql, const Args&... args) {
        Statement statement = query(sql, args...);
        return statement.step() ? statement.integer(0) : 0;
    }
    template <typename... Args>
    std::string text(std::string_view sql, const Args&... args) {
        Statement statement = query(sql, args...);
        return statement.step() ? statement.text(0) : std::string();
    }

    bool inTransaction() const;
    std::int64_t changeCount() const; // rows changed by the last statement

    // What EXPLAIN QUERY PLAN says, a line a step: for the query-plan tests.
    std::vector<std::string> plan(std::string_view sql);

    // Called with the table and rowid of every row changed (not for WITHOUT ROWID tables).
    using UpdateHook = std::function<void(std::string_view table, std::int64_t rowid)>;
    void setUpdateHook(UpdateHook hook);

    // A function of SQL with two integers, for triggers of this connection's own; it returns nothing. Called while a
    // statement runs, so it must not use the connection.
    using Function = std::function<void(std::int64_t, std::int64_t)>;
    void addFunction(const char* name, Function function);

    // After every COMMIT, with the pages the WAL now holds; instead of SQLite's own checkpoint. It must not throw.
    using CommitHook = std::function<void(int walPages)>;
    void setCommitHook(CommitHook hook);

    // Puts what the WAL holds into the file, as far as nobody reads it still; waits for nobody. That it could not
    // be done is no error: the next one does it.
    void checkpoint() noexcept;

    // From now on prepare() leaves out INDEXED BY: a view that stands for a table (journal/past.h) has none of its
    // indexes, and a hint that cannot be followed is an error.
    void dropIndexHints() { m_dropsIndexHints = true; }

    // Stops the statement that runs now, from any thread: it fails with ErrorCode::Cancelled.
    void interrupt();

    const std::string& path() const { return m_path; }

    // The raw handle, for the backup of this folder only.
    sqlite3* handle() const { return m_db; }

private:
    friend class Statement;
    Connection(sqlite3* db, std::string path);

    Result<> unlock(const SecureBytes& key, const ConnectionOptions& options);
    void configure(const ConnectionOptions& options);
    void registerFunctions();
    void check(int code);
    [[noreturn]] void fail(int code);
    void giveBack(sqlite3_stmt* statement);

    struct CachedStatement {
        sqlite3_stmt* statement = nullptr;
        bool inUse = false;
    };

    sqlite3* m_db;
    std::string m_path;
    std::unordered_map<std::string, CachedStatement> m_statements;
    UpdateHook m_updateHook;
    CommitHook m_commitHook;
    std::list<Function> m_functions;
    bool m_dropsIndexHints = false;
};

// The versions this process runs, for `doctor` and the about page.
struct CipherVersions {
    std::string sqlite;
    std::string cipher;
};
Result<CipherVersions> cipherVersions();

} // namespace outrider::store
