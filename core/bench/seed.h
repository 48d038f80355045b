// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QFuture>

#include <cstdint>

namespace outrider {
class Workspace;
}
namespace outrider::store {
class Store;
}

namespace outrider::bench {

// An invented workspace of any size, for measuring and showing: a team of twelve, companies, strategies and
// tags of very unequal size, two years of leads with their mails, calls and notes, and today's tasks.
//
// The content is a function of the numbers below and of the day (UTC) of the store's clock: the same on
// every machine, so `hash` compares. Its ids are those of the day before. Nobody in it can be written to:
// every address ends in .example, and there is no mailbox.
struct SeedOptions {
    std::int64_t leads = 1000;
    std::int64_t activities = 10000;
    std::uint64_t seed = 1;
};

struct SeedReport {
    std::int64_t leads = 0;
    std::int64_t activities = 0;
    std::int64_t companies = 0;
    std::int64_t messages = 0;
    std::int64_t enrolments = 0;
    std::int64_t openTasks = 0;
};

// One action, which cannot be undone; some thousand leads a transaction, whole with all that is theirs. So a
// cancelled seed leaves a sound, smaller workspace. ErrorCode::InvalidArgument, AlreadyExists when there are
// leads already, Cancelled. For a thread that may wait.
Result<SeedReport> seedStore(store::Store& store, const SeedOptions& options, const ProgressPtr& progress);

// The same on the workspace's background worker.
QFuture<Result<SeedReport>> seed(Workspace& workspace, SeedOptions options, ProgressPtr progress);

} // namespace outrider::bench
