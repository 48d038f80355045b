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
    explicit InsightBench(ServiceContext& context)
        : m_context(context),
          m_insights(context),
          m_random(3),
          m_questions(context, "insight") {}

    Result<std::vector<Measurement>> run() {
        try {
            OUTRIDER_TRY(m_questions.open());
            Statement rows = m_questions.hand().prepare("SELECT DISTINCT strategy_id FROM rollup_activity WHERE strategy_id > 0");
            while (rows.step())
                m_strategies.push_back(rows.id<StrategyId>(0));
            for (const auto& [name, period] :
                 {std::pair("week", InsightPeriod::Week), std::pair("4 weeks", InsightPeriod::FourWeeks),
                  std::pair("quarter", InsightPeriod::Quarter)}) {
                OUTRIDER_TRY(measure(std::string("dashboard, ") + name, period, false));
                if (!m_strategies.empty())
                    OUTRIDER_TRY(measure(std::string("dashboard, ") + name + " of one strategy", period, true));
            }
            compare();
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return std::move(m_questions).found();
    }

private:
    // On the morning or the evening of which day it is looked at.
    Instant someMoment() {
        constexpr int days = 365;
        constexpr int slotsOfDay = 48;
        return m_context.clock().now() - std::chrono::days(m_random.below(days))
               - std::chrono::minutes(30) * std::int64_t(m_random.below(slotsOfDay));
    }

    std::int64_t ours(Connection& db, Instant now, const DashboardQuery& query) {
        ReadContext read(db, now);
        const auto dashboard = m_insights.read(read, query);
        return dashboard ? dashboard->totals.sent : -1;
    }

    static int byHand(Connection& db, Instant now, const DashboardQuery& query) {
        const auto today = std::chrono::floor<std::chrono::days>(now);
        const auto from = firstDayOf(query.period, today);
        return rowsByHand(db, query.strategy, from.time_since_epoch().count(), today.time_since_epoch().count() + 1);
    }

    Result<> measure(const std::string& metric, InsightPeriod period, bool ofOne) {
        return m_questions.ask(metric, reference, [&] {
            const DashboardQuery query{.period = period,
                                       .strategy = ofOne ? m_strategies[m_random.below(m_strategies.size())] : StrategyId()};
            const Instant now = someMoment();
            return Questions::Question{.ours = [this, now, query](Connection& db) { ours(db, now, query); },
                                       .byHand = [now, query](Connection& db) { byHand(db, now, query); }};
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
            return Questions::Question{.ours = [this, query](Connection& db) { ours(db, m_context.clock().now(), query); },
                                       .byHand = volume};
        });
    }

    ServiceContext& m_context;
    InsightService m_insights;
    SeededRandom m_random;
    std::vector<StrategyId> m_strategies;
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
