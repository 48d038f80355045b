// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bench/bench.h"

#include <cstdint>
#include <string>
#include <vector>

namespace outrider::bench {

struct CrashOptions {
    int kills = 500;
    double seconds = 0; // stops earlier when that is over; 0: never
    std::uint64_t seed = 20261124;
};

struct CrashReport {
    int kills = 0;
    std::int64_t acknowledged = 0; // actions the processes that were killed had said were done
    int inDoubt = 0;               // kills between a commit and its acknowledgement
    double seconds = 0;
};

// A process does random actions on a workspace, each a write it acknowledges after its commit, and is killed
// (SIGKILL) at a random moment; also while it opens the file. Then, each time: the file opens, the doctor finds
// nothing, and its content's hash is that of the acknowledged actions played on a copy that was never killed;
// or of those and the one that was under way. The first time it is not, that is the Error: Internal, with the seed
// and the number of the kill. Forks, so for a program or test without threads of its own. Unix only (Unsupported).
Result<CrashReport> crashLoop(const CrashOptions& options);

// The same as a bench: `outrider-cli bench crash --kills N`.
Result<std::vector<Measurement>> crashBench(int kills);

} // namespace outrider::bench
