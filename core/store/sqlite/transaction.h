// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

namespace outrider::store {

// A transaction that is rolled back unless commit() was reached. Not nestable.
class Transaction {
public:
    enum class Kind {
        Read,  // a consistent view; takes no lock others would feel in WAL mode
        Write, // takes the write lock at once, so that it cannot fail half-way for another writer
    };

    Transaction(Connection& db, Kind kind) : m_db(db) { m_db.script(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN"); }

    ~Transaction() {
        if (!m_done)
            rollback();
    }

    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    // Throws when the COMMIT fails; the store then no longer knows what is on the disk.
    void commit() {
        m_db.script("COMMIT");
        m_done = true;
    }

    void rollback() noexcept {
        m_done = true;
        try {
            if (m_db.inTransaction())
                m_db.script("ROLLBACK");
        } catch (const StoreException&) { // NOLINT(bugprone-empty-catch): SQLite rolls back by itself on I/O errors
        }
    }

private:
    Connection& m_db;
    bool m_done = false;
};

} // namespace outrider::store
