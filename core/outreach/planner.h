// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enrolment.h"
#include "core/domain/strategy.h"
#include "core/outreach/contact_gap.h"
#include "core/outreach/days_off.h"
#include "core/outreach/zone.h"

#include <optional>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// Why a step is due when it is. The last one is the one that decided; the list is the trace.
enum class PlanReason {
    StartsAtOnce,     // the first step, without days to wait
    DaysAfterStep,    // the step's days after the one before
    DaysAfterStart,   // the step's days after the enrolment
    WaitsForReturn,   // out of office until a date
    PausedByPerson,   // by the person, until a date
    ColleagueReplied, // somebody at their company answered: later
    Drip,             // so many begin a day, and it is not their turn yet
    LeadGap,          // contacted otherwise a short while ago
    CompanyGap,       // so was a colleague
    OutsideHours,     // moved to when the window opens
    WeekdayExcluded,  // moved over a day the window leaves out
    DayOff,           // moved over a day off of the person
    Holiday,          // moved over a holiday of the lead's country
    WindowNeverOpens, // no day in two years fits: the window needs changing
    StrategyPaused,
    EnrolmentPaused,
    Canary, // until the person has looked at how the first ones go
    AllStepsDone,
    Stopped,
};

inline constexpr auto planReasonNames = enumNames<PlanReason>({
    {PlanReason::StartsAtOnce, "starts_at_once"},
    {PlanReason::DaysAfterStep, "days_after_step"},
    {PlanReason::DaysAfterStart, "days_after_start"},
    {PlanReason::WaitsForReturn, "waits_for_return"},
    {PlanReason::PausedByPerson, "paused_by_person"},
    {PlanReason::ColleagueReplied, "colleague_replied"},
    {PlanReason::Drip, "drip"},
    {PlanReason::LeadGap, "lead_gap"},
    {PlanReason::CompanyGap, "company_gap"},
    {PlanReason::OutsideHours, "outside_hours"},
    {PlanReason::WeekdayExcluded, "weekday_excluded"},
    {PlanReason::DayOff, "day_off"},
    {PlanReason::Holiday, "holiday"},
    {PlanReason::WindowNeverOpens, "window_never_opens"},
    {PlanReason::StrategyPaused, "strategy_paused"},
    {PlanReason::EnrolmentPaused, "enrolment_paused"},
    {PlanReason::Canary, "canary"},
    {PlanReason::AllStepsDone, "all_steps_done"},
    {PlanReason::Stopped, "stopped"},
});

constexpr std::string_view name(PlanReason reason) { return planReasonNames.name(reason); }

struct PlanInput {
    const StrategyVersion& version;
    const Enrolment& enrolment;
    StrategyState strategyState = StrategyState::Active;
    const Zone& zone;                   // the lead's
    const DaysOff& daysOff;             // the lead's
    std::optional<ContactGap> gap = {}; // from other contacts than this enrolment's
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
LocalDay addDays(LocalDay day, int count, bool businessDays, const DaysOff& daysOff, std::vector<PlanReason>* trace = nullptr);

} // namespace outrider::outreach
