// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/timeline.h"
#include "core/store/store.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

class ActivityRepository {
public:
    explicit ActivityRepository(Connection& db) : m_db(db) {}

    // Inserts with a new id; `at` is now when not set.
    void append(WriteContext& write, Activity& activity);
    // The same for many at once.
    void appendAll(WriteContext& write, std::span<Activity> activities);

    // Newest first, `limit` at a time; `after` is the cursor of the page before.
    Result<TimelinePage> timeline(LeadId lead, std::string_view after, int limit);

    // The latest notes of a lead, newest first.
    std::vector<Activity> notes(LeadId lead, int limit);

    static std::string timelineSql(); // for its plan test

private:
    Connection& m_db;
};

} // namespace outrider::store
