// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/questions.h"

#include "core/bench/page_cache.h"

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int warmRounds = 1000;
constexpr int freshRounds = 50;
constexpr int coldRounds = 20;
constexpr int cacheKiB = 32 * 1024; // as the store's readers have
constexpr double mostByHand = 3000; // milliseconds; what takes long by hand is not asked a thousand times

void timed(Rounds& rounds, const std::function<void(Connection&)>& question, Connection& db) {
    rounds.measure([&] {
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
            .n = ours.count()};
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
    for (int i = 0; i < warmRounds; ++i) {
        const Question question = draw();
        timed(ours, question.ours, *m_ours);
        if (byHand.total() < mostByHand)
            timed(byHand, question.byHand, *m_hand);
    }
    m_found.push_back(measurement(m_bench, metric + ", warm", ours, reference, byHand));
    OUTRIDER_TRY(elsewhere(metric + ", fresh connection", reference, freshRounds, false, draw));
    if (dropFromCache(m_context.store().path()))
        OUTRIDER_TRY(elsewhere(metric + ", file out of the page cache", reference, coldRounds, true, draw));
    return {};
}

void Questions::askSeldom(const std::string& metric, const char* reference, int rounds, const std::function<Question()>& draw) {
    Rounds ours;
    Rounds byHand;
    for (int i = 0; i < rounds; ++i) {
        const Question question = draw();
        timed(ours, question.ours, *m_ours);
        timed(byHand, question.byHand, *m_hand);
    }
    m_found.push_back(measurement(m_bench, metric, ours, reference, byHand));
}

Result<> Questions::elsewhere(const std::string& metric, const char* reference, int rounds, bool cold,
                              const std::function<Question()>& draw) {
    Rounds ours;
    Rounds byHand;
    for (int i = 0; i < rounds; ++i) {
        const Question question = draw();
        for (const bool isOurs : {true, false}) {
            if (!isOurs && byHand.total() > mostByHand)
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
