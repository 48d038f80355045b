// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/lead.h"
#include "core/domain/task.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// One row of today's queue.
struct QueueItem {
    TaskId task;
    LeadId lead;
    std::string leadName;
    std::string companyName;
    Channel channel = Channel::Task;
    Instant dueAt{};
    bool overdue = false;
    int score = 0;
    std::string title; // of a task set by hand
    std::string note;  // why now

    StrategyId strategy;
    std::string strategyName; // empty: set by hand
    int step = 0;             // 0-based
    int stepCount = 0;
    std::string stepSubject;               // what the step is about
    std::optional<Instant> previousStepAt; // when the step before was done

    bool operator==(const QueueItem&) const = default;
};

struct QueueCounts {
    int overdue = 0;
    std::array<int, channels.size()> byChannel{}; // without what is overdue

    int total() const {
        int sum = overdue;
        for (const int count : byChannel)
            sum += count;
        return sum;
    }
    bool operator==(const QueueCounts&) const = default;
};

// What was done on a day, for "All done for today".
struct DaySummary {
    int done = 0;
    int skipped = 0;
    std::array<int, channels.size()> doneByChannel{};
    int talked = 0;
    int meetings = 0;
    std::optional<Instant> firstAt;
    std::optional<Instant> lastAt;
};

} // namespace outrider
