// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/worker.h"
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/rounds.h"
#include "core/bench/seed.h"
#include "core/services/queue_service.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/task_repository.h"

#include <QFile>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int leads = 100'000;
constexpr int page = 200;
constexpr int rounds = 15;

// What a start does until something is to be seen, after the key slot has given the key.
Result<std::size_t> start(BenchStore& bench, Rounds& openings) {
    OUTRIDER_TRY(openings.measure([&] { return bench.reopen(); }));
    OUTRIDER_ASSIGN(const Today today, wait(QueueService(bench.context()).today(page)));
    return today.items.size();
}

// ATTACH makes no file where its connection would not.
Result<> copyPlain(const BenchStore& bench) {
    const std::string path = bench.path("plain.sqlite");
    if (!QFile(QString::fromStdString(path)).open(QIODevice::WriteOnly))
        return fail(ErrorCode::FileUnwritable, path);
    OUTRIDER_ASSIGN(const auto db, bench.connection());
    return guarded([&]() -> Result<> {
        db->script("ATTACH '" + path + "' AS plain KEY ''; SELECT sqlcipher_export('plain'); DETACH plain");
        return {};
    });
}

// The same queries on a bare connection to the copy. It hangs off an empty file, for a connection does not open
// one that is not encrypted.
Result<std::size_t> startPlain(const BenchStore& bench, const std::string& emptyFile, const ServiceContext::Day& day) {
    OUTRIDER_ASSIGN(const auto db, bench.connection(emptyFile));
    db->script("ATTACH '" + bench.path("plain.sqlite") + "' AS plain KEY ''");

    TaskRepository tasks(*db);
    const auto items = tasks.queue(day.start, day.end, page);
    static_cast<void>(tasks.counts(day.start, day.end));
    static_cast<void>(tasks.summary(day.start, day.end));
    static_cast<void>(tasks.counts(day.end, day.end + std::chrono::days(1)));
    static_cast<void>(LeadRepository(*db).countWithoutNextStep(Today::manyWithoutNextStep));
    return items.size();
}

} // namespace

Result<std::vector<Measurement>> startBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = leads, .activities = leads}, {}));
    const auto day = bench.context().today();
    bench.close();
    OUTRIDER_TRY(copyPlain(bench));
    const std::string emptyFile = bench.path("reference.outrider");
    OUTRIDER_TRY(bench.otherFile());

    Rounds openings;
    Rounds starts;
    Rounds plain;
    std::size_t shown = 0;
    std::size_t shownPlain = 0;
    try {
        for (int i = 0; i < rounds; ++i) {
            OUTRIDER_ASSIGN(shown, starts.measure([&] { return start(bench, openings); }));
            bench.close();
            OUTRIDER_ASSIGN(shownPlain, plain.measure([&] { return startPlain(bench, emptyFile, day); }));
        }
    } catch (const StoreException& e) {
        return fail(e.error());
    }
    if (shown == 0 || shown != shownPlain)
        return fail(ErrorCode::Internal, "the copy shows another day");
    const char* const reference = "the same queries on a bare connection to a plain copy";
    return std::vector<Measurement>{{.bench = "start",
                                     .metric = "opened by raw key, first page of today, 100,000 leads",
                                     .value = starts.median(),
                                     .unit = "ms",
                                     .reference = reference,
                                     .referenceValue = plain.median(),
                                     .p95 = starts.percentile(0.95),
                                     .n = rounds},
                                    {.bench = "start",
                                     .metric = "of that, opening",
                                     .value = openings.median(),
                                     .unit = "ms",
                                     .reference = reference,
                                     .referenceValue = plain.median(),
                                     .p95 = openings.percentile(0.95),
                                     .n = rounds}};
}

} // namespace outrider::bench
