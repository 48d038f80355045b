// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/insight.h"
#include "core/store/store.h"

#include <span>
#include <string>
#include <vector>

namespace outrider::store {

// The numbers of the dashboards, from the rollups alone (core/store/rollups.h): what they cost depends on the length of
// the period, not on how much ever happened. All functions throw StoreException.
class InsightRepository {
public:
    explicit InsightRepository(Connection& db) : m_db(db) {}

    // Half hours beginning in [from, to). No strategy: everything.
    ActivityTotals totals(StrategyId strategy, Instant from, Instant to);
    // For each day: `bounds` are the moments the days begin, and the end of the last.
    std::vector<ActivityTotals> days(StrategyId strategy, std::span<const Instant> bounds);
    // E-mails and calls ever, counted up to `most` or a little more.
    std::int64_t everSent(StrategyId strategy, std::int64_t most);

    // Of all time.
    std::array<HourNumbers, hoursOfWeek> hours(StrategyId strategy);

    // Of the leads enrolled on the days [from, to]; most first, those nobody was put into left out. None: all strategies.
    std::vector<StrategyNumbers> strategies(StrategyId only, std::chrono::sys_days from, std::chrono::sys_days to);
    std::vector<StepNumbers> steps(StrategyId strategy, std::chrono::sys_days from, std::chrono::sys_days to);

    // Everything about them but what they used today.
    std::vector<MailboxNumbers> mailboxes(std::chrono::sys_days from, std::chrono::sys_days to);

    // From the day of `since` on, UTC.
    struct MailboxCounts {
        std::int64_t sent = 0;
        std::int64_t bounces = 0;
    };
    MailboxCounts mailboxSince(MailboxId id, Instant since);

    static std::vector<std::string> sqls(); // for their plan tests

private:
    Connection& m_db;
};

} // namespace outrider::store
