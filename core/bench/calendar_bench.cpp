// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/questions.h"
#include "core/bench/seed.h"
#include "core/store/repositories/calendar_repository.h"

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr const char* reference = "counting the tasks themselves, by a statement of one's own on the same encrypted file";
constexpr const char* byHand = "SELECT due_at / 86400000, channel, count(*) FROM task"
                               " WHERE state = 0 AND due_at >= ?1 AND due_at < ?2 GROUP BY 1, 2";

class CalendarBench {
public:
    explicit CalendarBench(ServiceContext& context) : m_context(context), m_random(5), m_questions(context, "calendar") {}

    Result<std::vector<Measurement>> run() {
        try {
            OUTRIDER_TRY(m_questions.open());
            const auto today = m_context.today().date;
            for (const auto& [name, days] : {std::pair("week", 7), std::pair("month", 42)}) {
                for (const auto& [when, first] : {std::pair("from today", today), std::pair("anywhere", std::chrono::sys_days())})
                    OUTRIDER_TRY(counts(std::string("counts of a ") + name + ' ' + when, first, days));
            }
            OUTRIDER_TRY(pages(today));
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return std::move(m_questions).found();
    }

private:
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
        return m_questions.ask(metric, reference, [&] {
            const Instant from = begin(first);
            return Questions::Question{.ours = [from, ours](Connection& db) { ours(db, from); },
                                       .byHand = [from, theirs](Connection& db) { theirs(db, from); }};
        });
    }

    ServiceContext& m_context;
    SeededRandom m_random;
    Questions m_questions;
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
