// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_schedule.h"

#include "core/outreach/advance.h"
#include "core/outreach/planner.h"

#include <algorithm>

namespace outrider::practice {

using outreach::LocalDay;

namespace {

constexpr int farthestBack = 90;

// Some minutes to some hours late, as people are, but before the window closes.
Instant workedAt(const outreach::Plan& plan, const Window& window, const outreach::Zone& zone, std::uint32_t seed) {
    const Instant closes = zone.at(zone.dayOf(plan.dueAt), window.endMinute) - std::chrono::minutes(5);
    const auto late = std::chrono::minutes(4 + (seed >> (3 * (plan.step % 5))) % 151) + std::chrono::seconds(seed % 60);
    return std::max(plan.dueAt, std::min(plan.dueAt + late, closes));
}

} // namespace

std::optional<PracticeSchedule> findSchedule(const StrategyVersion& version, const outreach::Zone& zone,
                                             const PracticeGoal& goal) {
    const outreach::DaysOff none;
    const LocalDay last = zone.dayOf(goal.dueUntil);
    // In the evening, so that the first step waits for the next morning; or at night, where hours never close.
    const int evening = 17 * 60 + 5 + int(goal.seed % 50);
    const int night = 5 + int(goal.seed % 50);
    for (int back = 0; back < farthestBack; ++back) {
        bool tooEarly = true;
        for (const int minute : {evening, night}) {
            PracticeSchedule schedule{.enrolledAt = zone.at(last - std::chrono::days(back), minute)};
            Enrolment enrolment{.enrolledAt = schedule.enrolledAt};
            const auto plan = [&] {
                return outreach::planNextStep({.version = version, .enrolment = enrolment, .zone = zone, .daysOff = none});
            };
            bool fits = schedule.enrolledAt < goal.doneBefore;
            for (int step = 0; step < goal.step && fits; ++step) {
                const outreach::Plan due = plan();
                const Step& its = version.steps.at(std::size_t(step));
                const Instant at = workedAt(due, its.window.value_or(version.window), zone, goal.seed);
                fits = due.kind == outreach::Plan::Kind::Due && at < goal.doneBefore;
                schedule.stepsAt.push_back(at);
                enrolment = outreach::advanced(enrolment, version, at);
            }
            const outreach::Plan due = plan();
            tooEarly = tooEarly && fits && due.dueAt < goal.dueFrom;
            if (!fits || due.kind != outreach::Plan::Kind::Due || due.dueAt < goal.dueFrom || due.dueAt >= goal.dueUntil)
                continue;
            schedule.dueAt = due.dueAt;
            return schedule;
        }
        if (tooEarly)
            return std::nullopt; // going further back makes it earlier still
    }
    return std::nullopt;
}

} // namespace outrider::practice
