// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enrolment.h"
#include "core/domain/strategy.h"
#include "core/outreach/zone.h"

#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// Why a step is due when it is. The last one is the one that decided; the list is the trace.
enum class PlanReason {
    StartsAtOnce,     // the first step, without days to wait
    DaysAfterStep,    // the step's days after the one before
    DaysAfterStart,   // the step's days after the enrolment
    WaitsForReturn,   // out of office until a date
    OutsideHours,     // moved to when the window opens
    WeekdayExcluded,  // moved over a day the window leaves out
    DayOff,           // moved over a holiday
    WindowNeverOpens, // no day in two years fits: the window needs changing
    StrategyPaused,
    EnrolmentPaused,
    AllStepsDone,
    Stopped,
};

inline constexpr auto planReasonNames = enumNames<PlanReason>({
    {PlanReason::StartsAtOnce, "starts_at_once"},
    {PlanReason::DaysAfterStep, "days_after_step"},
    {PlanReason::DaysAfterStart, "days_after_start"},
    {PlanReason::WaitsForReturn, "waits_for_return"},
    {PlanReason::OutsideHours, "outside_hours"},
    {PlanReason::WeekdayExcluded, "weekday_excluded"},
    {PlanReason::DayOff, "day_off"},
    {PlanReason::WindowNeverOpens, "window_never_opens"},
    {PlanReason::StrategyPaused, "strategy_paused"},
    {PlanReason::EnrolmentPaused, "enrolment_paused"},
    {PlanReason::AllStepsDone, "all_steps_done"},
    {PlanReason::Stopped, "stopped"},
});

constexpr std::string_view name(PlanReason reason) { return planReasonNames.name(reason); }

// Days nobody is reached on: holidays of the lead's country, days off of the person.
using DaysOff = std::set<LocalDay>;

struct PlanInput {
    const StrategyVersion& version;
    const Enrolment& enrolment;
    StrategyState strategyState = StrategyState::Active;
    const Zone& zone; // the lead's
    const DaysOff& daysOff;
};

// What is due next for one enrolment.
struct Plan {
    enum class Kind {
        Due,   // step `step` at `dueAt`
        Waits, // not before something changes (resumed, a window that opens)
        Ends,  // nothing more
    };
    Kind kind = Kind::Ends;
    int step = 0;
    Instant dueAt{};
    std::vector<PlanReason> reasons;

    bool operator==(const Plan&) const = default;
};

// The rule that decides what is due when, and why: a pure function, so that the dry run is the run.
//
// Monotone: a later start, a later step or a later return never makes anything due earlier. A step is
// never due before the one it follows, nor outside its window, nor on a day off.
Plan planNextStep(const PlanInput& input);

// The first moment at or after `from` inside the window; nullopt when it never opens.
// Reasons met on the way are appended to `trace` when given.
std::optional<Instant> firstMomentInside(const Window& window, const Zone& zone, const DaysOff& daysOff, Instant from,
                                         std::vector<PlanReason>* trace = nullptr);

// `count` days after `day`: calendar days, or Mondays to Fridays that are not off.
LocalDay addDays(LocalDay day, int count, bool businessDays, const DaysOff& daysOff);

} // namespace outrider::outreach
