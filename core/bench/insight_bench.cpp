// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/questions.h"
#include "core/bench/seed.h"
#include "core/services/insight_service.h"

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr const char* reference = "the same rollup rows by statements of one's own on the same encrypted file";
constexpr const char* counted = "counting the activities themselves, by one statement on the same encrypted file";

// The rows a dashboard is made of, read and thrown away.
int rowsByHand(Connection& db, StrategyId strategy, std::int64_t from, std::int64_t to) {
    constexpr std::int64_t slotsOfDay = 48;
    int found = 0;
    const auto drain = [&found](Statement rows) {
        for (; rows.step(); ++found) {
            for (int column = 0; column < rows.columnCount(); ++column)
                static_cast<void>(rows.integer(column));
        }
    };
    drain(db.query("SELECT * FROM rollup_activity WHERE strategy_id = ?1 AND slot >= ?2 AND slot < ?3", strategy,
                   from * slotsOfDay, to * slotsOfDay));
    drain(db.query("SELECT sum(sent), sum(calls), sum(touches), sum(replies), sum(meetings), sum(bounces), sum(opt_outs),"
                   " sum(worked) FROM rollup_activity WHERE strategy_id = ?1 AND slot >= ?2 AND slot < ?3",
                   strategy, (2 * from - to) * slotsOfDay, from * slotsOfDay));
    drain(db.query("SELECT * FROM rollup_hour WHERE strategy_id = ?1", strategy));
    drain(db.query(
        "SELECT r.strategy_id, sum(r.enrolled), sum(r.reached), sum(r.replied), sum(r.met) FROM strategy s"
        " CROSS JOIN rollup_enrolment r ON r.strategy_id = s.id WHERE r.day >= ?1 AND r.day < ?2 AND (?3 = 0 OR s.id = ?3)"
        " GROUP BY 1",
        from, to, strategy));
    return found;
}

class InsightBench {
public:
    explicit InsightBench(ServiceContext& context) : m_context(context), m_insights(context), m_questions(context, "insight") {}

    Result<std::vector<Measurement>> run() {
        try {
            OUTRIDER_TRY(m_questions.open());
            const StrategyId one{m_questions.hand().integer(
                "SELECT strategy_id FROM rollup_activity WHERE strategy_id > 0 ORDER BY sent DESC LIMIT 1")};
            for (const auto& [name, period] :
                 {std::pair("week", InsightPeriod::Week), std::pair("4 weeks", InsightPeriod::FourWeeks),
                  std::pair("quarter", InsightPeriod::Quarter)}) {
                OUTRIDER_TRY(measure(std::string("dashboard, ") + name, {.period = period, .strategy = {}}));
                OUTRIDER_TRY(
                    measure(std::string("dashboard, ") + name + " of one strategy", {.period = period, .strategy = one}));
            }
            compare();
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return std::move(m_questions).found();
    }

private:
    std::int64_t ours(Connection& db, const DashboardQuery& query) {
        ReadContext read(db, m_context.clock().now());
        const auto dashboard = m_insights.read(read, query);
        return dashboard ? dashboard->totals.sent : -1;
    }

    int byHand(Connection& db, const DashboardQuery& query) const {
        const auto today = m_context.today().date;
        const auto from = firstDayOf(query.period, today);
        return rowsByHand(db, query.strategy, from.time_since_epoch().count(), today.time_since_epoch().count() + 1);
    }

    Result<> measure(const std::string& metric, const DashboardQuery& query) {
        return m_questions.ask(metric, reference, [this, query] {
            return Questions::Question{.ours = [this, query](Connection& db) { ours(db, query); },
                                       .byHand = [this, query](Connection& db) { byHand(db, query); }};
        });
    }

    // What it would be without rollups.
    void compare() {
        const DashboardQuery query{.period = InsightPeriod::FourWeeks, .strategy = {}};
        const auto day = m_context.day(firstDayOf(query.period, m_context.today().date));
        const auto volume = [start = day.start](Connection& db) {
            Statement rows = db.query(
                "SELECT at / 86400000, kind, count(*) FROM activity WHERE at >= ?1 AND kind IN (1, 2, 5, 19) GROUP BY 1, 2",
                start);
            while (rows.step())
                static_cast<void>(rows.integer(2));
        };
        m_questions.askSeldom("dashboard, 4 weeks, beside its volume counted", counted, 3, [this, query, volume] {
            return Questions::Question{.ours = [this, query](Connection& db) { ours(db, query); }, .byHand = volume};
        });
    }

    ServiceContext& m_context;
    InsightService m_insights;
    Questions m_questions;
};

} // namespace

Result<std::vector<Measurement>> insightBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = 100'000, .activities = 1'000'000, .seed = 1}, {}));
    return InsightBench(bench.context()).run();
}

Result<std::vector<Measurement>> insightBenchIn(ServiceContext& context) { return InsightBench(context).run(); }

} // namespace outrider::bench
