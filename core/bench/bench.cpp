// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench.h"

#include "core/bench/bench_list.h"

namespace outrider::bench {

const std::vector<Bench>& benches() {
    static const std::vector<Bench> all{
        {"import", "an export of 100,000 rows", importBench},
        {"journal", "what the journal costs a single edit", journalBench},
        {"queue", "today's queue at 20,000 due tasks", queueBench},
    };
    return all;
}

} // namespace outrider::bench
