// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/rounds.h"
#include "core/services/queue_service.h"
#include "core/store/repositories/task_repository.h"

namespace outrider::bench {

using namespace outrider::store;

Result<std::vector<Measurement>> queueBench() {
    constexpr int leads = 20000;
    constexpr int page = 200;
    constexpr int rounds = 200;
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(bench.fill(leads));
    const auto day = bench.context().today();
    OUTRIDER_ASSIGN(const auto raw, bench.connection());
    const std::string sql = TaskRepository::channelSql();

    Rounds repository;
    Rounds byHand;
    for (int i = 0; i < rounds; ++i) {
        const auto items = repository.measure([&] {
            return wait(bench.store().read([&](ReadContext& r) -> Result<std::size_t> {
                return TaskRepository(r.db).queue(day.start, day.end, page).size();
            }));
        });
        if (!items)
            return fail(items.error());
        try {
            byHand.measure([&] { // the same rows by statements of one's own, on the same file
                int read = 0;
                for (const Channel channel : channels) {
                    Statement rows = raw->query(sql, day.start, page - read, channel, day.end);
                    for (; rows.step(); ++read) {
                        for (int column = 0; column < rows.columnCount(); ++column)
                            static_cast<void>(rows.view(column));
                    }
                }
                return read;
            });
        } catch (const StoreException& e) {
            return fail(e.error());
        }
    }
    return std::vector<Measurement>{{.bench = "queue",
                                     .metric = "page of 200 of 20,000 due",
                                     .value = repository.median(),
                                     .unit = "ms",
                                     .reference = "the same statements prepared by hand on the same encrypted file",
                                     .referenceValue = byHand.median(),
                                     .p95 = repository.percentile(0.95),
                                     .n = rounds}};
}

} // namespace outrider::bench
