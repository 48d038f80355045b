// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/insight_repository.h"

#include <algorithm>

namespace outrider::store {

namespace {

constexpr std::int64_t slotMillis = 30 * 60 * 1000;

// The first slot that begins at the moment or after it.
std::int64_t slotFrom(Instant moment) { return (toEpochMillis(moment) + slotMillis - 1) / slotMillis; }

std::int64_t dayNumber(std::chrono::sys_days day) { return day.time_since_epoch().count(); }

const std::string totalsSql =
    "SELECT sum(sent), sum(calls), sum(touches), sum(replies), sum(meetings), sum(bounces), sum(opt_outs), sum(worked)"
    " FROM rollup_activity WHERE strategy_id = ?1 AND slot >= ?2 AND slot < ?3";
const std::string slotsSql = "SELECT slot, sent, calls, touches, replies, meetings, bounces, opt_outs, worked"
                             " FROM rollup_activity WHERE strategy_id = ?1 AND slot >= ?2 AND slot < ?3 ORDER BY slot";
const std::string everSql =
    "SELECT sum(n) FROM (SELECT sent + calls AS n FROM rollup_activity WHERE strategy_id = ?1 AND sent + calls > 0 LIMIT ?2)";
const std::string hoursSql = "SELECT week_hour, sent, answered FROM rollup_hour WHERE strategy_id = ?1";
const std::string strategiesSql =
    "SELECT s.id, s.name, sum(r.enrolled), sum(r.reached), sum(r.replied), sum(r.met)"
    " FROM strategy s CROSS JOIN rollup_enrolment r ON r.strategy_id = s.id AND r.day BETWEEN ?1 AND ?2"
    " WHERE (?3 = 0 OR s.id = ?3) GROUP BY s.id HAVING sum(r.enrolled) > 0 ORDER BY sum(r.enrolled) DESC, s.name_key";
// Newest version first, so that what a step is called comes from there.
const std::string stepsSql = "SELECT st.position, st.channel, st.subject, sum(r.touches), sum(r.replies)"
                             " FROM strategy_version v CROSS JOIN step st ON st.version_id = v.id"
                             " CROSS JOIN rollup_step r ON r.step_id = st.id AND r.day BETWEEN ?2 AND ?3"
                             " WHERE v.strategy_id = ?1 GROUP BY v.number, st.position ORDER BY v.number DESC, st.position";
const std::string mailboxesSql =
    "SELECT m.id, m.address, m.state, m.state_reason, m.daily_limit, sum(r.sent), sum(r.replies), sum(r.bounces),"
    " (SELECT count(*) FROM (SELECT 1 FROM outbox o WHERE o.mailbox_id = m.id AND o.state IN (0, 1) LIMIT ?3))"
    " FROM mailbox m LEFT JOIN rollup_mailbox r ON r.mailbox_id = m.id AND r.day BETWEEN ?1 AND ?2"
    " GROUP BY m.id ORDER BY m.id";

const std::string mailboxSinceSql =
    "SELECT coalesce(sum(sent), 0), coalesce(sum(bounces), 0) FROM rollup_mailbox WHERE mailbox_id = ?1 AND day >= ?2";

ActivityTotals read(const Statement& row, int first) {
    return {.sent = row.integer(first),
            .calls = row.integer(first + 1),
            .touches = row.integer(first + 2),
            .replies = row.integer(first + 3),
            .meetings = row.integer(first + 4),
            .bounces = row.integer(first + 5),
            .optOuts = row.integer(first + 6),
            .worked = row.integer(first + 7)};
}

} // namespace

InsightRepository::MailboxCounts InsightRepository::mailboxSince(MailboxId id, Instant since) {
    Statement row = m_db.query(mailboxSinceSql, id, std::chrono::floor<std::chrono::days>(since).time_since_epoch().count());
    return row.step() ? MailboxCounts{row.integer(0), row.integer(1)} : MailboxCounts();
}

ActivityTotals InsightRepository::totals(StrategyId strategy, Instant from, Instant to) {
    Statement row = m_db.query(totalsSql, strategy, slotFrom(from), slotFrom(to));
    return row.step() ? read(row, 0) : ActivityTotals();
}

std::vector<ActivityTotals> InsightRepository::days(StrategyId strategy, std::span<const Instant> bounds) {
    std::vector<ActivityTotals> days(bounds.empty() ? 0 : bounds.size() - 1);
    if (days.empty())
        return days;
    Statement rows = m_db.query(slotsSql, strategy, slotFrom(bounds.front()), slotFrom(bounds.back()));
    std::size_t day = 0;
    std::int64_t end = slotFrom(bounds[1]);
    while (rows.step()) {
        while (rows.integer(0) >= end)
            end = slotFrom(bounds[++day + 1]);
        days[day] += read(rows, 1);
    }
    return days;
}

std::int64_t InsightRepository::everSent(StrategyId strategy, std::int64_t most) { return m_db.integer(everSql, strategy, most); }

std::array<HourNumbers, hoursOfWeek> InsightRepository::hours(StrategyId strategy) {
    std::array<HourNumbers, hoursOfWeek> hours{};
    Statement rows = m_db.query(hoursSql, strategy);
    while (rows.step())
        hours.at(std::size_t(rows.integer(0))) = {.sent = rows.integer(1), .answered = rows.integer(2)};
    return hours;
}

std::vector<StrategyNumbers> InsightRepository::strategies(StrategyId only, std::chrono::sys_days from,
                                                           std::chrono::sys_days to) {
    std::vector<StrategyNumbers> out;
    Statement rows = m_db.query(strategiesSql, dayNumber(from), dayNumber(to), only);
    while (rows.step())
        out.push_back({.strategy = rows.id<StrategyId>(0),
                       .name = rows.text(1),
                       .enrolled = rows.integer(2),
                       .reached = rows.integer(3),
                       .replied = rows.integer(4),
                       .met = rows.integer(5)});
    return out;
}

std::vector<StepNumbers> InsightRepository::steps(StrategyId strategy, std::chrono::sys_days from, std::chrono::sys_days to) {
    std::vector<StepNumbers> out;
    Statement rows = m_db.query(stepsSql, strategy, dayNumber(from), dayNumber(to));
    while (rows.step()) {
        const auto position = int(rows.integer(0));
        const auto channel = rows.value<Channel>(1);
        auto found = std::find_if(out.begin(), out.end(),
                                  [&](const StepNumbers& step) { return step.position == position && step.channel == channel; });
        if (found == out.end()) {
            out.push_back({.position = position, .channel = channel, .subject = rows.text(2)});
            found = out.end() - 1;
        }
        found->touches += rows.integer(3);
        found->replies += rows.integer(4);
    }
    std::stable_sort(out.begin(), out.end(), [](const StepNumbers& a, const StepNumbers& b) { return a.position < b.position; });
    return out;
}

std::vector<MailboxNumbers> InsightRepository::mailboxes(std::chrono::sys_days from, std::chrono::sys_days to) {
    std::vector<MailboxNumbers> out;
    Statement rows = m_db.query(mailboxesSql, dayNumber(from), dayNumber(to), MailboxNumbers::manyWaiting);
    while (rows.step())
        out.push_back({.mailbox = rows.id<MailboxId>(0),
                       .address = rows.text(1),
                       .state = rows.value<MailboxState>(2),
                       .stateReason = rows.text(3),
                       .dailyLimit = int(rows.integer(4)),
                       .waiting = int(rows.integer(8)),
                       .sent = rows.integer(5),
                       .replies = rows.integer(6),
                       .bounces = rows.integer(7)});
    return out;
}

std::vector<std::string> InsightRepository::sqls() {
    return {mailboxSinceSql, totalsSql, slotsSql, everSql, hoursSql, strategiesSql, stepsSql, mailboxesSql};
}

} // namespace outrider::store
