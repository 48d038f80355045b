// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/ids.h"

#include <tuple>

namespace outrider {

// Where a task stands in today's queue. Overdue ones come first, oldest day first; then the rest of
// the day by channel, as one works it: all e-mails, all calls… Within each by time, then the better
// score, then the older task. The store's queue query keeps the same order; a test compares them.
struct QueueKey {
    Instant dueAt{};
    Channel channel = Channel::Task;
    int score = 0;
    TaskId id;

    bool operator==(const QueueKey&) const = default;
};

// `dayStart` is the person's local midnight: what was due before it is overdue.
constexpr bool queueLess(const QueueKey& a, const QueueKey& b, Instant dayStart) {
    const auto rank = [dayStart](const QueueKey& key) {
        const bool overdue = key.dueAt < dayStart;
        const int group = overdue ? -1 : static_cast<int>(key.channel);
        return std::tuple(group, key.dueAt, -key.score, key.id);
    };
    return rank(a) < rank(b);
}

} // namespace outrider
