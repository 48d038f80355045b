// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <functional>
#include <string>
#include <vector>

namespace outrider {
class ServiceContext;
}

namespace outrider::bench {

// Measuring what people wait for, each time beside a reference measured in the same run, rounds of
// the two taking turns. Not a test: nothing passes or fails. Blocks; makes its own workspace in a
// temporary folder and removes it, unless it is given one. The only folder that knows every layer of core.

struct Measurement {
    std::string bench;  // "queue"
    std::string metric; // "first page, 200 of 20,000 due"
    double value = 0;   // median
    std::string unit;   // "ms"
    std::string reference;
    double referenceValue = 0; // median
    double p95 = 0;            // of value; 0: not taken
    double p99 = 0;            // of value; 0: not taken
    int n = 0;                 // rounds
    double cpuP95 = 0;         // of what all threads computed for one value; 0: not taken
    double cpuP99 = 0;

    double ratio() const { return referenceValue > 0 ? value / referenceValue : 0; }
};

struct Bench {
    std::string name;
    std::string title;                                     // one line for people
    std::function<Result<std::vector<Measurement>>()> run; // in a workspace of its own
    // In the workspace the command line was given, when it can; it is read and indexed, not changed,
    // but by `write`.
    std::function<Result<std::vector<Measurement>>(ServiceContext&)> runIn = nullptr;
};

const std::vector<Bench>& benches();

} // namespace outrider::bench
