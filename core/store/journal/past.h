// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/store/sqlite/connection.h"

#include <cstdint>

namespace outrider::store {

// Shows a connection the workspace as it was at a moment, from the journal, without writing the file.
//
// Every content table that has changed since is shadowed by a temporary view of the same name (SQLite looks
// for temporary names first): the rows untouched since, and, from tables in memory, the rows as they were.
// So every repository reads the past with the SQL it reads the present with. What is not journaled, the
// sending engine's columns and the search index, stays as it is now.
//
// Belongs to its connection's thread. Throws StoreException; ErrorCode::InvalidArgument when the journal does
// not reach back that far (compaction.h).
class Past {
public:
    Past(Connection& db, Instant at) : m_db(db), m_at(at) { m_db.dropIndexHints(); }

    // Whether nothing was written or forgotten since lay(). Inside a transaction.
    bool isCurrent();

    // (Re)makes the views from the changes there are now. Inside a transaction, which must be committed.
    void lay();

private:
    void clear();
    void collect(std::int64_t boundary);
    void shadow(int table);
    void fill(int table);
    void deriveLeads();
    void derive();
    bool hasShadow(std::string_view table);

    Connection& m_db;
    const Instant m_at;
    std::int64_t m_newest = -1; // change.id the views were made from
};

} // namespace outrider::store
