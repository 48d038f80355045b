// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/rollups.h"

#include "core/base/log.h"

#include <algorithm>
#include <array>
#include <map>

namespace outrider::store {

namespace {

constexpr std::size_t mostMeasures = 8;
constexpr std::int64_t leadsAtOnce = 20000; // so that neither sorting nor counting takes memory with the workspace

struct Rollup {
    std::string table;
    std::string source; // the view whose sums it holds
    std::array<std::string, 2> keys;
    std::vector<std::string> measures;
};

const std::vector<Rollup>& all() {
    static const std::vector<Rollup> rollups{
        {"rollup_activity",
         "counted_activity",
         {"strategy_id", "slot"},
         {"sent", "calls", "touches", "replies", "meetings", "bounces", "opt_outs", "worked"}},
        {"rollup_mailbox", "counted_mailbox", {"mailbox_id", "day"}, {"sent", "replies", "bounces"}},
        {"rollup_step", "counted_step", {"step_id", "day"}, {"touches", "replies"}},
        {"rollup_hour", "counted_hour", {"strategy_id", "week_hour"}, {"sent", "answered"}},
        {"rollup_enrolment", "counted_enrolment", {"strategy_id", "day"}, {"enrolled", "reached", "replied", "met"}},
    };
    return rollups;
}

std::string keysOf(const Rollup& rollup) { return rollup.keys[0] + ", " + rollup.keys[1]; }

std::string sumsOf(const Rollup& rollup) {
    std::string sums;
    for (const std::string& measure : rollup.measures)
        sums += ", sum(" + measure + ")";
    return sums;
}

// Per key, of the leads [?1, ?2].
std::string countSql(const Rollup& rollup) {
    return "SELECT " + keysOf(rollup) + sumsOf(rollup) + " FROM " + rollup.source + " WHERE lead_id BETWEEN ?1 AND ?2 GROUP BY "
           + keysOf(rollup);
}

std::string addSql(const Rollup& rollup) {
    std::string names = keysOf(rollup);
    std::string sets;
    for (const std::string& measure : rollup.measures) {
        names += ", " + measure;
        sets += (sets.empty() ? "" : ", ") + measure + " = " + measure + " + excluded." + measure;
    }
    return "INSERT INTO " + rollup.table + "(" + names + ") " + countSql(rollup) + " ON CONFLICT (" + keysOf(rollup)
           + ") DO UPDATE SET " + sets;
}

// Calls fn(first, last) for all leads, some at a time.
template <typename Fn>
void forLeads(Connection& db, Fn fn) {
    std::int64_t from = 0;
    for (;;) {
        const auto count = db.integer("SELECT count(*) FROM (SELECT 1 FROM lead WHERE id > ?1 LIMIT ?2)", from, leadsAtOnce);
        if (count == 0)
            return;
        const auto to =
            db.integer("SELECT max(id) FROM (SELECT id FROM lead WHERE id > ?1 ORDER BY id LIMIT ?2)", from, leadsAtOnce);
        fn(from + 1, to);
        from = to;
    }
}

} // namespace

Rollups::Deferred::Deferred(Connection& db) : m_db(db) { m_db.run("UPDATE rollup_state SET deferred = 1"); }

Rollups::Deferred::~Deferred() {
    try { // fails only when the transaction is being rolled back, and the flag with it
        m_db.run("UPDATE rollup_state SET deferred = 0");
    } catch (const StoreException& e) {
        qCWarning(logStore, "counting was not switched on again: %s", e.error().detail.c_str());
    }
}

void Rollups::countLeads(std::int64_t first, std::int64_t last) {
    for (const Rollup& rollup : all())
        m_db.run(addSql(rollup), first, last);
}

void Rollups::rebuild() {
    for (const Rollup& rollup : all())
        m_db.run("DELETE FROM " + rollup.table);
    forLeads(m_db, [this](std::int64_t first, std::int64_t last) { countLeads(first, last); });
}

std::vector<std::string> Rollups::examine() {
    std::vector<std::string> found;
    for (const Rollup& rollup : all()) {
        std::map<std::array<std::int64_t, 2>, std::array<std::int64_t, mostMeasures>> missing; // counted, but not kept
        const auto add = [&](Statement& rows, int sign) {
            while (rows.step()) {
                auto& measures = missing[{rows.integer(0), rows.integer(1)}];
                for (std::size_t i = 0; i < rollup.measures.size(); ++i)
                    measures[i] += sign * rows.integer(int(i) + 2);
            }
        };
        forLeads(m_db, [&](std::int64_t first, std::int64_t last) {
            Statement rows = m_db.query(countSql(rollup), first, last);
            add(rows, 1);
        });
        {
            Statement rows = m_db.prepare("SELECT " + keysOf(rollup) + sumsOf(rollup) + " FROM " + rollup.table + " GROUP BY "
                                          + keysOf(rollup));
            add(rows, -1);
        }
        const auto wrong = std::count_if(missing.begin(), missing.end(), [](const auto& row) {
            return std::any_of(row.second.begin(), row.second.end(), [](std::int64_t off) { return off != 0; });
        });
        if (wrong > 0)
            found.push_back("rollups: " + std::to_string(wrong) + " rows of " + rollup.table + " are not what is counted");
    }
    if (m_db.integer("SELECT deferred FROM rollup_state") != 0)
        found.emplace_back("rollups: counting is switched off");
    return found;
}

std::vector<std::string> Rollups::countSqls() {
    std::vector<std::string> sqls;
    for (const Rollup& rollup : all())
        sqls.push_back(countSql(rollup));
    return sqls;
}

} // namespace outrider::store
