// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead.h"
#include "core/domain/outreach_rules.h"
#include "core/domain/strategy.h"
#include "core/outreach/planner.h"
#include "core/store/store.h"

#include <optional>

namespace outrider::outreach {

// What the flows need to know of the person whose workspace it is.
struct Surroundings {
    Zone zone = Zone::utc(); // the person's
    DaysOff daysOff;         // the person's
    OutreachRules rules;

    // And the holidays where the lead is, unless the rules leave them out.
    DaysOff daysOffFor(const Lead& lead) const;
};

// Moves leads through their strategies, inside a write transaction. Each function leaves the file in
// a consistent state: a running enrolment has exactly one open task, or one message on its way out,
// or waits with its strategy. Throws StoreException like the repositories it uses.
class StrategyFlow {
public:
    StrategyFlow(store::WriteContext& write, const Surroundings& surroundings) : m_write(write), m_surroundings(surroundings) {}

    // Why the lead cannot be enrolled: LeadTerminal, LeadSuppressed, AlreadyEnrolled,
    // NoAddressForChannel, StrategyNotActive, StrategyEmpty, NotFound.
    Result<> canEnrol(LeadId lead, const Strategy& strategy, const StrategyVersion& version);

    // Checks, enrols, and puts the first step into the queue. `source` tells where from ("Berlin list").
    Result<EnrolmentId> enrol(LeadId lead, const Strategy& strategy, const StrategyVersion& version, std::string_view source);

    // The current step was done (or skipped) at `at`: advances and plans what follows.
    void stepDone(EnrolmentId enrolment, Instant at);

    // Puts the current step into the queue, when the enrolment runs and has no open task yet; moves an
    // open one that was not snoozed when its plan has changed.
    void plan(EnrolmentId enrolment);

    // Nothing of it is due until `until` (an out-of-office's return).
    void pauseUntil(EnrolmentId enrolment, Instant until, PauseReason why = PauseReason::Absence);

    // Goes on at once; who was held for review begins now, or when it is their turn.
    void release(EnrolmentId enrolment);

    // A lead answered: what the strategies of their colleagues say about that (StrategyRules::colleague).
    void colleagueReplied(LeadId lead);

    // Goes on with another version of its strategy, at the step it is at; past the new end it is finished.
    void moveTo(EnrolmentId enrolment, const StrategyVersion& version);

    // Takes the open tasks of a strategy that was paused or archived out of the queue; what is on its way
    // out already leaves. plan() puts them back, so nothing is done twice.
    void withdrawTasks(StrategyId strategy);

    // When and why the current step is due.
    Plan planOf(EnrolmentId enrolment);

private:
    Plan planOf(const Enrolment& enrolment);
    void finish(const Enrolment& enrolment);
    void takeTurn(Enrolment& enrolment, const StrategyVersion& version);
    Instant nextTurn(StrategyId strategy, int perWeekday);

    store::WriteContext& m_write;
    const Surroundings& m_surroundings;
};

// What would be due next if the current step were done at `at`; changes nothing.
Plan planAfter(store::Connection& db, EnrolmentId enrolment, Instant at, const Surroundings& surroundings);

// A lead nobody has worked on yet is in progress once something was done with it.
void noteFirstTouch(store::WriteContext& write, LeadId lead, std::string_view because);

// Ends the running strategies whose coming steps would reach the lead by a channel it is not to be reached by any more.
void stopBlocked(store::WriteContext& write, LeadId lead);

} // namespace outrider::outreach
