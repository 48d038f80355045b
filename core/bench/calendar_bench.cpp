// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/page_cache.h"
#include "core/bench/rounds.h"
#include "core/bench/seed.h"
#include "core/store/repositories/calendar_repository.h"

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int warmRounds = 1000;
constexpr int freshRounds = 50;
constexpr int coldRounds = 20;
constexpr int cacheKiB = 32 * 1024; // as the store's readers have
constexpr const char* reference = "counting the tasks themselves, by a statement of one's own on the same encrypted file";
constexpr const char* byHand = "SELECT due_at / 86400000, channel, count(*) FROM task"
                               " WHERE state = 0 AND due_at >= ?1 AND due_at < ?2 GROUP BY 1, 2";

class CalendarBench {
public:
    explicit CalendarBench(ServiceContext& context) : m_context(context), m_random(5) {}

    Result<std::vector<Measurement>> run() {
        try {
            OUTRIDER_ASSIGN(m_ours, connect());
            OUTRIDER_ASSIGN(m_hand, connect());
            const auto today = m_context.today().date;
            for (const auto& [name, days] : {std::pair("week", 7), std::pair("month", 42)}) {
                for (const auto& [when, first] : {std::pair("from today", today), std::pair("anywhere", std::chrono::sys_days())})
                    OUTRIDER_TRY(counts(std::string("counts of a ") + name + ' ' + when, first, days));
            }
            OUTRIDER_TRY(pages(today));
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return std::move(m_found);
    }

private:
    Result<std::unique_ptr<Connection>> connect() const {
        return m_context.store().connect({.path = m_context.store().path(), .mode = OpenMode::ReadWrite, .cacheKiB = cacheKiB});
    }

    // No first day: one of the year around today.
    Instant begin(std::chrono::sys_days first) {
        const auto today = m_context.today().date;
        return m_context.day(first == std::chrono::sys_days() ? today + std::chrono::days(int(m_random.below(365)) - 182) : first)
            .start;
    }

    Result<> counts(const std::string& metric, std::chrono::sys_days first, int days) {
        const auto ours = [days](Connection& db, Instant from) {
            CalendarRepository calendar(db);
            std::size_t found = 0;
            for (int day = 0; day < days; ++day)
                found += calendar.slots(from + std::chrono::days(day), from + std::chrono::days(day + 1)).size();
            return found;
        };
        const auto theirs = [days](Connection& db, Instant from) {
            std::size_t found = 0;
            for (Statement rows = db.query(byHand, from, from + std::chrono::days(days)); rows.step(); ++found)
                static_cast<void>(rows.integer(2));
            return found;
        };
        return measure(metric, first, ours, theirs);
    }

    Result<> pages(std::chrono::sys_days today) {
        const auto page = [](Connection& db, Instant from) {
            std::size_t found = 0;
            for (int day = 0; day < 7; ++day)
                found +=
                    CalendarRepository(db)
                        .page({.from = from + std::chrono::days(day), .to = from + std::chrono::days(day + 1), .channel = {}}, {},
                              40)
                        .size();
            return found;
        };
        const auto theirs = [](Connection& db, Instant from) {
            std::size_t found = 0;
            for (int day = 0; day < 7; ++day) {
                for (Statement rows = db.query("SELECT id FROM task WHERE state = 0 AND due_at >= ?1 AND due_at < ?2"
                                               " ORDER BY due_at, score DESC, id LIMIT 40",
                                               from + std::chrono::days(day), from + std::chrono::days(day + 1));
                     rows.step(); ++found)
                    static_cast<void>(rows.integer(0));
            }
            return found;
        };
        return measure("first 40 tasks of each day of a week", today, page, theirs);
    }

    template <typename Ours, typename Theirs>
    Result<> measure(const std::string& metric, std::chrono::sys_days first, Ours ours, Theirs theirs) {
        Rounds mine;
        Rounds hand;
        for (int i = 0; i < warmRounds; ++i) {
            const Instant from = begin(first);
            mine.measure([&] { return ours(*m_ours, from); });
            if (hand.total() < 3000)
                hand.measure([&] { return theirs(*m_hand, from); });
        }
        add(metric + ", warm", mine, hand);
        OUTRIDER_TRY(elsewhere(metric + ", fresh connection", freshRounds, false, first, ours, theirs));
        if (dropFromCache(m_context.store().path()))
            OUTRIDER_TRY(elsewhere(metric + ", file out of the page cache", coldRounds, true, first, ours, theirs));
        return {};
    }

    template <typename Ours, typename Theirs>
    Result<> elsewhere(const std::string& metric, int rounds, bool cold, std::chrono::sys_days first, Ours ours, Theirs theirs) {
        Rounds mine;
        Rounds hand;
        for (int i = 0; i < rounds; ++i) {
            const Instant from = begin(first);
            for (const bool isOurs : {true, false}) {
                OUTRIDER_ASSIGN(const auto db, connect());
                static_cast<void>(db->integer("SELECT count(*) FROM status")); // the key, the schema
                if (cold)
                    dropFromCache(m_context.store().path());
                (isOurs ? mine : hand).measure([&] { return isOurs ? ours(*db, from) : theirs(*db, from); });
            }
        }
        add(metric, mine, hand);
        return {};
    }

    void add(const std::string& metric, const Rounds& ours, const Rounds& hand) {
        m_found.push_back({.bench = "calendar",
                           .metric = metric,
                           .value = ours.median(),
                           .unit = "ms",
                           .reference = reference,
                           .referenceValue = hand.median(),
                           .p95 = ours.percentile(0.95),
                           .p99 = ours.percentile(0.99),
                           .n = ours.count()});
    }

    ServiceContext& m_context;
    SeededRandom m_random;
    std::unique_ptr<Connection> m_ours;
    std::unique_ptr<Connection> m_hand;
    std::vector<Measurement> m_found;
};

} // namespace

Result<std::vector<Measurement>> calendarBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = 100'000, .activities = 200'000, .seed = 1}, {}));
    return CalendarBench(bench.context()).run();
}

Result<std::vector<Measurement>> calendarBenchIn(ServiceContext& context) { return CalendarBench(context).run(); }

} // namespace outrider::bench
