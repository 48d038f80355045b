// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/bench.h"

namespace outrider::bench {

// The benches, one a file; bench.cpp names them.
Result<std::vector<Measurement>> importBench();
Result<std::vector<Measurement>> journalBench();
Result<std::vector<Measurement>> queueBench();

} // namespace outrider::bench
