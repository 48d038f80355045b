// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/strategy.h"
#include "core/outreach/zone.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace outrider::practice {

// When a lead was enrolled and worked on, so that a certain step is due at a certain time.
struct PracticeSchedule {
    Instant enrolledAt{};
    std::vector<Instant> stepsAt; // of the steps before
    Instant dueAt{};              // of the step itself
};

struct PracticeGoal {
    int step = 0;
    Instant dueFrom{};
    Instant dueUntil{};   // not included
    Instant doneBefore{}; // everything before the step is over by then
    std::uint32_t seed = 0;
};

// The latest such past: found by the planner itself, going back day by day, so that the flows plan what is
// wanted. None when there is no such day within three months.
std::optional<PracticeSchedule> findSchedule(const StrategyVersion& version, const outreach::Zone& zone,
                                             const PracticeGoal& goal);

} // namespace outrider::practice
