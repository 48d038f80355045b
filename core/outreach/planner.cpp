// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/planner.h"

#include <algorithm>

namespace outrider::outreach {

namespace {

constexpr int searchDays = 2 * 366;

bool isBusinessDay(LocalDay day, const DaysOff& daysOff) { return isoWeekday(day) <= 5 && !daysOff.contains(day); }

void note(std::vector<PlanReason>* trace, PlanReason reason) {
    if (trace != nullptr && (trace->empty() || trace->back() != reason))
        trace->push_back(reason);
}

PlanReason whyOff(LocalDay day, const DaysOff& daysOff) {
    return daysOff.isHoliday(day) ? PlanReason::Holiday : PlanReason::DayOff;
}

PlanReason whyPaused(PauseReason reason) {
    switch (reason) {
    case PauseReason::Person:
        return PlanReason::PausedByPerson;
    case PauseReason::Colleague:
        return PlanReason::ColleagueReplied;
    case PauseReason::Absence:
    case PauseReason::Canary:
        break;
    }
    return PlanReason::WaitsForReturn;
}

Plan stopped(Plan::Kind kind, const Enrolment& enrolment, PlanReason reason) {
    return {.kind = kind, .step = enrolment.nextStep, .reasons = {reason}};
}

} // namespace

LocalDay addDays(LocalDay day, int count, bool businessDays, const DaysOff& daysOff, std::vector<PlanReason>* trace) {
    if (!businessDays)
        return day + std::chrono::days(count);
    int beyond = 0; // a calendar of nothing but days off must not hang us
    while (count > 0 && beyond < searchDays) {
        day += std::chrono::days(1);
        if (isBusinessDay(day, daysOff)) {
            --count;
            beyond = 0;
        } else {
            ++beyond;
            if (isoWeekday(day) <= 5)
                note(trace, whyOff(day, daysOff));
        }
    }
    return day;
}

std::optional<Instant> firstMomentInside(const Window& window, const Zone& zone, const DaysOff& daysOff, Instant from,
                                         std::vector<PlanReason>* trace) {
    if (window.days.none() || window.endMinute <= window.startMinute)
        return std::nullopt;
    LocalDay day = zone.dayOf(from);
    for (int i = 0; i <= searchDays; ++i, day += std::chrono::days(1)) {
        if (!window.days.contains(isoWeekday(day))) {
            note(trace, PlanReason::WeekdayExcluded);
            continue;
        }
        if (daysOff.contains(day)) {
            note(trace, whyOff(day, daysOff));
            continue;
        }
        // A window that lies in the hour the clocks skip that day opens and closes at the same moment.
        const Instant opens = zone.at(day, window.startMinute);
        const Instant closes = zone.at(day, window.endMinute);
        if (from <= opens && opens < closes) {
            if (from < opens)
                note(trace, PlanReason::OutsideHours);
            return opens;
        }
        if (from < closes)
            return from;
        note(trace, PlanReason::OutsideHours);
    }
    return std::nullopt;
}

Plan planNextStep(const PlanInput& input) {
    const Enrolment& enrolment = input.enrolment;
    const StrategyVersion& version = input.version;
    if (enrolment.state == EnrolmentState::Stopped)
        return stopped(Plan::Kind::Ends, enrolment, PlanReason::Stopped);
    if (enrolment.state == EnrolmentState::Finished || enrolment.nextStep >= static_cast<int>(version.steps.size()))
        return stopped(Plan::Kind::Ends, enrolment, PlanReason::AllStepsDone);
    if (input.strategyState != StrategyState::Active)
        return stopped(Plan::Kind::Waits, enrolment, PlanReason::StrategyPaused);
    if (enrolment.state == EnrolmentState::Paused && !enrolment.pausedUntil)
        return stopped(Plan::Kind::Waits, enrolment,
                       enrolment.pauseReason == PauseReason::Canary ? PlanReason::Canary : PlanReason::EnrolmentPaused);

    Plan plan{.kind = Plan::Kind::Due, .step = enrolment.nextStep};
    const Step& step = version.steps[static_cast<std::size_t>(enrolment.nextStep)];
    const Instant lastStep = enrolment.lastStepAt.value_or(enrolment.begins());
    const bool fromStart = version.offsetBase == OffsetBase::Enrolment || !enrolment.lastStepAt;
    const Instant base = fromStart ? enrolment.begins() : lastStep;

    Instant from = base;
    if (step.dayOffset == 0) {
        plan.reasons.push_back(enrolment.nextStep == 0 ? PlanReason::StartsAtOnce
                               : fromStart             ? PlanReason::DaysAfterStart
                                                       : PlanReason::DaysAfterStep);
    } else {
        plan.reasons.push_back(fromStart ? PlanReason::DaysAfterStart : PlanReason::DaysAfterStep);
        from = input.zone.startOf(
            addDays(input.zone.dayOf(base), step.dayOffset, version.businessDays, input.daysOff, &plan.reasons));
    }
    if (enrolment.nextStep == 0 && enrolment.startsAt && *enrolment.startsAt > enrolment.enrolledAt)
        note(&plan.reasons, enrolment.canary == CanaryPart::Held ? PlanReason::Canary : PlanReason::Drip);
    from = std::max(from, std::max(base, lastStep)); // never before the step it follows
    if (enrolment.pausedUntil && from < *enrolment.pausedUntil) {
        from = *enrolment.pausedUntil;
        plan.reasons.push_back(whyPaused(enrolment.pauseReason));
    }
    if (input.gap && from < input.gap->until) {
        from = input.gap->until;
        plan.reasons.push_back(input.gap->reason == WaitReason::CompanyGap ? PlanReason::CompanyGap : PlanReason::LeadGap);
    }

    const auto due = firstMomentInside(step.window.value_or(version.window), input.zone, input.daysOff, from, &plan.reasons);
    if (!due)
        return stopped(Plan::Kind::Waits, enrolment, PlanReason::WindowNeverOpens);
    plan.dueAt = *due;
    return plan;
}

} // namespace outrider::outreach
