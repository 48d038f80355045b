// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/rounds.h"
#include "core/store/repositories/lead_repository.h"

namespace outrider::bench {

using namespace outrider::store;

Result<std::vector<Measurement>> journalBench() {
    constexpr int rounds = 300;
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(bench.fill(5000));
    OUTRIDER_ASSIGN(const std::vector<LeadId> ids, wait(bench.store().read([](ReadContext& r) -> Result<std::vector<LeadId>> {
                        std::vector<LeadId> found;
                        Statement rows = r.db.query("SELECT id FROM lead ORDER BY id LIMIT ?1", rounds * 2);
                        while (rows.step())
                            found.push_back(rows.id<LeadId>(0));
                        return found;
                    })));
    const auto rename = [](WriteContext& write, LeadId id) -> Result<> {
        LeadRepository leads(write.db);
        const auto before = leads.find(id);
        if (!before)
            return fail(ErrorCode::NotFound);
        Lead after = *before;
        after.jobTitle = "Head of Yard";
        leads.update(write, *before, after);
        return {};
    };
    Rounds journaled;
    Rounds silent;
    for (int i = 0; i < rounds; ++i) {
        const LeadId one = ids[std::size_t(i) * 2];
        const LeadId other = ids[std::size_t(i) * 2 + 1];
        OUTRIDER_TRY(journaled.measure([&] {
            return wait(bench.store().write({.name = "lead.edit"}, [&](WriteContext& write) { return rename(write, one); }));
        }));
        OUTRIDER_TRY(silent.measure(
            [&] { return wait(bench.store().writeSilently([&](WriteContext& write) { return rename(write, other); })); }));
    }
    return std::vector<Measurement>{{.bench = "journal",
                                     .metric = "one edited lead, durable",
                                     .value = journaled.median(),
                                     .unit = "ms",
                                     .reference = "the same edit without the journal",
                                     .referenceValue = silent.median(),
                                     .p95 = journaled.percentile(0.95),
                                     .n = rounds}};
}

} // namespace outrider::bench
