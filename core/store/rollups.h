// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace outrider::store {

// The rollups behind the dashboards (migrations/0007_rollups.sql) as a whole: triggers keep them row by row; here they are
// counted together, for leads that come in bulk, and anew. Read by repositories/insight_repository.h. Throws StoreException.
class Rollups {
public:
    explicit Rollups(Connection& db) : m_db(db) {}

    // Adds what there is of the leads with ids in [first, last]. Nothing of theirs may have been counted before.
    void countLeads(std::int64_t first, std::int64_t last);

    // Counts everything anew.
    void rebuild();

    // A line for each rollup that is not what is counted, beginning with "rollups"; empty: sound. Reads every activity.
    std::vector<std::string> examine();

    static std::vector<std::string> countSqls(); // for their plan test

    // While one of these lives, inside a transaction, inserted rows are not counted. Who makes it counts them with
    // countLeads() or rebuild() before the transaction ends. Nothing that was counted may be deleted meanwhile.
    class Deferred {
    public:
        explicit Deferred(Connection& db);
        ~Deferred();
        Deferred(const Deferred&) = delete;
        Deferred& operator=(const Deferred&) = delete;

    private:
        Connection& m_db;
    };

private:
    Connection& m_db;
};

} // namespace outrider::store
