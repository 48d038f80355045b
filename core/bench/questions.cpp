// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/questions.h"

#include "core/bench/page_cache.h"

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int rounds = 1000;
constexpr int fewest = 50;
constexpr int byHandElsewhere = 50;
constexpr int cacheKiB = 32 * 1024; // as the store's readers have
// Milliseconds: what takes long is not asked a thousand times.
constexpr double most = 10000;
constexpr double mostFresh = 1000;
constexpr double mostCold = 5000;
constexpr double mostByHand = 2000;

void timed(Rounds& times, const std::function<void(Connection&)>& question, Connection& db) {
    times.measure([&] {
        question(db);
        return 0;
    });
}

} // namespace

Measurement measurement(const std::string& bench, const std::string& metric, const Rounds& ours, const char* reference,
                        const Rounds& other) {
    return {.bench = bench,
            .metric = metric,
            .value = ours.median(),
            .unit = "ms",
            .reference = other.count() > 0 ? reference : "",
            .referenceValue = other.median(),
            .p95 = ours.percentile(0.95),
            .p99 = ours.percentile(0.99),
            .n = ours.count(),
            .cpuP95 = ours.cpuPercentile(0.95),
            .cpuP99 = ours.cpuPercentile(0.99)};
}

Result<std::unique_ptr<Connection>> Questions::connect() const {
    return m_context.store().connect({.path = m_context.store().path(), .mode = OpenMode::ReadWrite, .cacheKiB = cacheKiB});
}

Result<> Questions::open() {
    OUTRIDER_ASSIGN(m_ours, connect());
    OUTRIDER_ASSIGN(m_hand, connect());
    return {};
}

Result<> Questions::ask(const std::string& metric, const char* reference, const std::function<Question()>& draw) {
    Rounds ours;
    Rounds byHand;
    for (int i = 0; i < rounds && (i < fewest || ours.total() < most); ++i) {
        const Question question = draw();
        timed(ours, question.ours, *m_ours);
        if (byHand.total() < mostByHand)
            timed(byHand, question.byHand, *m_hand);
    }
    m_found.push_back(measurement(m_bench, metric + ", warm", ours, reference, byHand));
    OUTRIDER_TRY(elsewhere(metric + ", fresh connection", reference, false, draw));
    if (dropFromCache(m_context.store().path()))
        OUTRIDER_TRY(elsewhere(metric + ", file out of the page cache", reference, true, draw));
    return {};
}

void Questions::askSeldom(const std::string& metric, const char* reference, int times, const std::function<Question()>& draw) {
    Rounds ours;
    Rounds byHand;
    for (int i = 0; i < times; ++i) {
        const Question question = draw();
        timed(ours, question.ours, *m_ours);
        timed(byHand, question.byHand, *m_hand);
    }
    m_found.push_back(measurement(m_bench, metric, ours, reference, byHand));
}

Result<> Questions::elsewhere(const std::string& metric, const char* reference, bool cold,
                              const std::function<Question()>& draw) {
    Rounds ours;
    Rounds byHand;
    const Stopwatch watch; // opening a file and dropping it from the cache take their time, too
    for (int i = 0; i < rounds && (i < fewest || watch.milliseconds() < (cold ? mostCold : mostFresh)); ++i) {
        const Question question = draw();
        for (const bool isOurs : {true, false}) {
            if (!isOurs && (i >= byHandElsewhere || byHand.total() > mostByHand))
                continue;
            OUTRIDER_ASSIGN(const auto db, connect());
            static_cast<void>(db->integer("SELECT count(*) FROM status")); // the key, the schema
            if (cold)
                dropFromCache(m_context.store().path());
            timed(isOurs ? ours : byHand, isOurs ? question.ours : question.byHand, *db);
        }
    }
    m_found.push_back(measurement(m_bench, metric, ours, reference, byHand));
    return {};
}

} // namespace outrider::bench
