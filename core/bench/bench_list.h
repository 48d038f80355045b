// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/bench.h"

namespace outrider::bench {

// The benches, one a file; bench.cpp names them.
Result<std::vector<Measurement>> calendarBench();
Result<std::vector<Measurement>> calendarBenchIn(ServiceContext& context);
Result<std::vector<Measurement>> boardBench();
Result<std::vector<Measurement>> boardBenchIn(ServiceContext& context);
Result<std::vector<Measurement>> duplicateBench();
Result<std::vector<Measurement>> duplicateBenchIn(ServiceContext& context);
Result<std::vector<Measurement>> importBench();
Result<std::vector<Measurement>> importMillionBench();
Result<std::vector<Measurement>> inboundBench();
Result<std::vector<Measurement>> insightBench();
Result<std::vector<Measurement>> insightBenchIn(ServiceContext& context);
Result<std::vector<Measurement>> journalBench();
Result<std::vector<Measurement>> planBench();
Result<std::vector<Measurement>> queueBench();
Result<std::vector<Measurement>> searchBench();
Result<std::vector<Measurement>> searchBenchIn(ServiceContext& context);
Result<std::vector<Measurement>> sendBench();
Result<std::vector<Measurement>> startBench();
Result<std::vector<Measurement>> storeBench();
Result<std::vector<Measurement>> storeBenchIn(ServiceContext& context);
Result<std::vector<Measurement>> writeBench();
Result<std::vector<Measurement>> writeBenchIn(ServiceContext& context);

} // namespace outrider::bench
