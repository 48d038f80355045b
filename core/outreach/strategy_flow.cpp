// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/strategy_flow.h"

#include "core/outreach/advance.h"
#include "core/outreach/lead_zone.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/status_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>

namespace outrider::outreach {

using namespace outrider::store;

namespace {

bool uses(const StrategyVersion& version, Channel channel) {
    return std::any_of(version.steps.begin(), version.steps.end(),
                       [channel](const Step& step) { return step.channel == channel; });
}

[[noreturn]] void missing(const char* what) { throw StoreException(Error(ErrorCode::NotFound, what)); }

Plan planIn(Connection& db, const Enrolment& enrolment, const Surroundings& surroundings, Instant now) {
    StrategyRepository strategies(db);
    const auto version = strategies.version(enrolment.version);
    const auto strategy = strategies.find(enrolment.strategy);
    const auto lead = LeadRepository(db).find(enrolment.lead);
    if (!version || !strategy || !lead)
        missing("the enrolment's strategy");
    const LeadZone zone = zoneOf(*lead, surroundings.zone);
    const DaysOff daysOff = surroundings.daysOffFor(*lead);
    return planNextStep({.version = *version,
                         .enrolment = enrolment,
                         .strategyState = strategy->state,
                         .zone = zone.zone,
                         .daysOff = daysOff,
                         .gap = contactGapOf(db, *lead, enrolment.id, surroundings.rules, now)});
}

} // namespace

Plan planAfter(Connection& db, EnrolmentId id, Instant at, const Surroundings& surroundings) {
    const auto enrolment = EnrolmentRepository(db).find(id);
    const auto version = enrolment ? StrategyRepository(db).version(enrolment->version) : std::nullopt;
    if (!version)
        missing("the enrolment");
    return planIn(db, advanced(*enrolment, *version, at), surroundings, at);
}

DaysOff Surroundings::daysOffFor(const Lead& lead) const {
    return rules.holidays ? daysOff.with(holidaysIn(countryOf(lead))) : daysOff;
}

Result<> StrategyFlow::canEnrol(LeadId id, const Strategy& strategy, const StrategyVersion& version) {
    Connection& db = m_write.db;
    if (strategy.state != StrategyState::Active)
        return fail(ErrorCode::StrategyNotActive, strategy.name);
    if (version.steps.empty())
        return fail(ErrorCode::StrategyEmpty, strategy.name);
    const auto lead = LeadRepository(db).find(id);
    if (!lead || lead->trashedAt)
        return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
    const auto status = StatusRepository(db).find(lead->status);
    if (status && status->isTerminal())
        return fail(ErrorCode::LeadTerminal, status->name);
    if (lead->reach != Reach::Ok)
        return fail(ErrorCode::LeadSuppressed, std::string(name(lead->reach)));
    for (const Channel channel : channels) {
        if (lead->noContact.contains(channel) && uses(version, channel))
            return fail(ErrorCode::LeadSuppressed, std::string(name(channel)));
    }
    EnrolmentRepository enrolments(db);
    if (enrolments.running(id, strategy.id))
        return fail(ErrorCode::AlreadyEnrolled, strategy.name);
    if (m_surroundings.rules.oneStrategyAtATime) {
        if (const auto other = enrolments.running(id)) {
            const auto its = StrategyRepository(db).find(other->strategy);
            return fail(ErrorCode::AlreadyEnrolled, its ? its->name : std::string());
        }
    }
    SuppressionRepository suppressions(db);
    if (uses(version, Channel::Email)) {
        if (lead->emailKey.empty())
            return fail(ErrorCode::NoAddressForChannel, std::string(name(Channel::Email)));
        if (suppressions.forEmail(lead->emailKey))
            return fail(ErrorCode::LeadSuppressed, lead->email);
    }
    const bool phoneOnly = !uses(version, Channel::Email) && (uses(version, Channel::Call) || uses(version, Channel::Sms));
    if (phoneOnly && lead->phone.empty())
        return fail(ErrorCode::NoAddressForChannel, std::string(name(Channel::Call)));
    if ((uses(version, Channel::Call) || uses(version, Channel::Sms)) && suppressions.forPhone(lead->phoneKey))
        return fail(ErrorCode::LeadSuppressed, lead->phone);
    return {};
}

Result<EnrolmentId> StrategyFlow::enrol(LeadId lead, const Strategy& strategy, const StrategyVersion& version,
                                        std::string_view source) {
    OUTRIDER_TRY(canEnrol(lead, strategy, version));
    Enrolment enrolment{.lead = lead, .strategy = strategy.id, .version = version.id, .enrolledAt = m_write.now};
    takeTurn(enrolment, version);
    EnrolmentRepository(m_write.db).insert(m_write, enrolment);
    Activity activity{.lead = lead,
                      .kind = ActivityKind::Enrolled,
                      .enrolment = enrolment.id,
                      .subject = strategy.name,
                      .text = std::string(source)};
    ActivityRepository(m_write.db).append(m_write, activity);
    plan(enrolment.id);
    return enrolment.id;
}

// The canary lets one of so many begin; the drip so many a weekday.
void StrategyFlow::takeTurn(Enrolment& enrolment, const StrategyVersion& version) {
    EnrolmentRepository enrolments(m_write.db);
    const StrategyRules& rules = version.rules;
    if (rules.canaryPercent > 0 && rules.canaryPercent < 100 && !version.releasedAt) {
        const int oneOf = std::max(2, (100 + rules.canaryPercent / 2) / rules.canaryPercent);
        const int held = enrolments.heldSinceFirst(version.id, oneOf - 1);
        enrolment.canary = held < 0 || held >= oneOf - 1 ? CanaryPart::First : CanaryPart::Held;
        if (enrolment.canary == CanaryPart::Held) {
            enrolment.state = EnrolmentState::Paused;
            enrolment.pauseReason = PauseReason::Canary;
            return; // takes its turn when it is released
        }
    }
    if (rules.perWeekday > 0)
        enrolment.startsAt = nextTurn(enrolment.strategy, rules.perWeekday);
}

Instant StrategyFlow::nextTurn(StrategyId strategy, int perWeekday) {
    const Zone& zone = m_surroundings.zone;
    const DaysOff& off = m_surroundings.daysOff;
    const auto isWorkday = [&](LocalDay day) { return isoWeekday(day) <= 5 && !off.contains(day); };
    LocalDay day = zone.dayOf(m_write.now);
    if (!isWorkday(day))
        day = addDays(day, 1, true, off);
    if (const auto last = EnrolmentRepository(m_write.db).lastTurn(strategy)) {
        const LocalDay theirs = zone.dayOf(last->startsAt);
        if (theirs >= day)
            day = last->count < perWeekday ? theirs : addDays(theirs, 1, true, off);
    }
    return zone.startOf(day);
}

void StrategyFlow::release(EnrolmentId id) {
    EnrolmentRepository enrolments(m_write.db);
    auto enrolment = enrolments.find(id);
    if (!enrolment || enrolment->state != EnrolmentState::Paused)
        return;
    if (enrolment->pauseReason == PauseReason::Canary) { // its days count from now
        const auto version = StrategyRepository(m_write.db).version(enrolment->version);
        enrolment->startsAt =
            version && version->rules.perWeekday > 0 ? nextTurn(enrolment->strategy, version->rules.perWeekday) : m_write.now;
    }
    enrolment->state = EnrolmentState::Active;
    enrolment->pausedUntil.reset();
    enrolment->pauseReason = PauseReason::Absence;
    enrolments.update(m_write, *enrolment);
    plan(id);
}

void StrategyFlow::colleagueReplied(LeadId lead) {
    EnrolmentRepository enrolments(m_write.db);
    StrategyRepository strategies(m_write.db);
    for (const EnrolmentId id : enrolments.ofColleagues(lead)) {
        const auto enrolment = enrolments.find(id);
        const auto version = enrolment ? strategies.version(enrolment->version) : std::nullopt;
        if (!version || version->rules.colleague == ColleagueReply::Nothing)
            continue;
        const auto strategy = strategies.find(enrolment->strategy);
        if (version->rules.colleague == ColleagueReply::Stop) {
            enrolments.stop(m_write, id, StopReason::Colleague);
            Activity activity{.lead = enrolment->lead,
                              .kind = ActivityKind::StrategyStopped,
                              .enrolment = id,
                              .subject = strategy ? strategy->name : std::string(),
                              .text = std::string(name(StopReason::Colleague))};
            ActivityRepository(m_write.db).append(m_write, activity);
            continue;
        }
        const auto colleague = LeadRepository(m_write.db).find(enrolment->lead);
        const Zone zone = colleague ? zoneOf(*colleague, m_surroundings.zone).zone : m_surroundings.zone;
        const Instant until =
            zone.startOf(zone.dayOf(m_write.now) + std::chrono::days(std::max(1, version->rules.colleagueDays)));
        const bool open = enrolment->state == EnrolmentState::Paused && !enrolment->pausedUntil; // by a person, or the canary
        if (open || (enrolment->pausedUntil && *enrolment->pausedUntil >= until))
            continue;
        pauseUntil(id, until, PauseReason::Colleague);
    }
}

Plan StrategyFlow::planOf(const Enrolment& enrolment) { return planIn(m_write.db, enrolment, m_surroundings, m_write.now); }

Plan StrategyFlow::planOf(EnrolmentId id) {
    const auto enrolment = EnrolmentRepository(m_write.db).find(id);
    if (!enrolment)
        missing("the enrolment");
    return planOf(*enrolment);
}

void StrategyFlow::plan(EnrolmentId id) {
    const auto enrolment = EnrolmentRepository(m_write.db).find(id);
    if (!enrolment || !enrolment->isRunning())
        return;
    const Plan plan = planOf(*enrolment);
    if (plan.kind != Plan::Kind::Due)
        return;
    TaskRepository tasks(m_write.db);
    if (const auto open = tasks.openOf(id)) {
        if (!open->snoozed && open->dueAt != plan.dueAt)
            tasks.reschedule(m_write, open->id, plan.dueAt, false);
        return;
    }
    const auto version = StrategyRepository(m_write.db).version(enrolment->version);
    if (!version)
        missing("the strategy's version");
    const Step& step = version->steps.at(static_cast<std::size_t>(plan.step));
    OutboxRepository outbox(m_write.db);
    // On its way already, also as the same step of the version before: its outcome goes on from here.
    if (outbox.existsFor(id, step.id) || outbox.isUnderWay(id))
        return;
    Task task{.lead = enrolment->lead, .enrolment = id, .step = step.id, .channel = step.channel, .dueAt = plan.dueAt};
    tasks.insert(m_write, task);
}

void StrategyFlow::stepDone(EnrolmentId id, Instant at) {
    EnrolmentRepository enrolments(m_write.db);
    const auto enrolment = enrolments.find(id);
    if (!enrolment || !enrolment->isRunning())
        return;
    const auto version = StrategyRepository(m_write.db).version(enrolment->version);
    if (!version)
        missing("the strategy's version");
    const Enrolment next = advanced(*enrolment, *version, at);
    enrolments.update(m_write, next);
    if (next.state == EnrolmentState::Finished)
        finish(next);
    else
        plan(id);
}

void StrategyFlow::moveTo(EnrolmentId id, const StrategyVersion& version) {
    EnrolmentRepository enrolments(m_write.db);
    auto enrolment = enrolments.find(id);
    if (!enrolment || !enrolment->isRunning() || enrolment->version == version.id)
        return;
    TaskRepository tasks(m_write.db);
    if (const auto open = tasks.openOf(id))
        tasks.close(m_write, open->id, TaskState::Cancelled);
    enrolments.setVersion(m_write, id, version.id);
    enrolment->version = version.id;
    if (enrolment->nextStep >= static_cast<int>(version.steps.size())) {
        enrolment->state = EnrolmentState::Finished;
        enrolment->endedAt = m_write.now;
        enrolments.update(m_write, *enrolment);
        finish(*enrolment);
        return;
    }
    plan(id);
}

void StrategyFlow::withdrawTasks(StrategyId strategy) {
    TaskRepository tasks(m_write.db);
    for (const EnrolmentId enrolment : EnrolmentRepository(m_write.db).runningIn(strategy)) {
        if (const auto open = tasks.openOf(enrolment))
            tasks.close(m_write, open->id, TaskState::Cancelled);
    }
}

void StrategyFlow::finish(const Enrolment& enrolment) {
    const auto strategy = StrategyRepository(m_write.db).find(enrolment.strategy);
    Activity activity{.lead = enrolment.lead,
                      .kind = ActivityKind::StrategyFinished,
                      .enrolment = enrolment.id,
                      .subject = strategy ? strategy->name : std::string()};
    ActivityRepository(m_write.db).append(m_write, activity);
}

void StrategyFlow::pauseUntil(EnrolmentId id, Instant until, PauseReason why) {
    EnrolmentRepository enrolments(m_write.db);
    auto enrolment = enrolments.find(id);
    if (!enrolment || !enrolment->isRunning())
        return;
    if (enrolment->state == EnrolmentState::Paused && !enrolment->pausedUntil) // held longer, until a person says so
        return;
    enrolment->state = EnrolmentState::Paused;
    enrolment->pausedUntil = until;
    enrolment->pauseReason = why;
    enrolments.update(m_write, *enrolment);
    TaskRepository tasks(m_write.db);
    const auto open = tasks.openOf(id);
    const Plan plan = planOf(*enrolment);
    if (open && plan.kind == Plan::Kind::Due && open->dueAt < plan.dueAt)
        tasks.reschedule(m_write, open->id, plan.dueAt, false);
}

void noteFirstTouch(WriteContext& write, LeadId id, std::string_view because) {
    LeadRepository leads(write.db);
    const auto lead = leads.find(id);
    if (!lead || lead->status != statuses::newLead)
        return;
    leads.setStatus(write, id, statuses::inProgress);
    Activity activity{
        .lead = id, .kind = ActivityKind::StatusChanged, .subject = "new → in_progress", .text = std::string(because)};
    ActivityRepository(write.db).append(write, activity);
}

void stopBlocked(WriteContext& write, LeadId id) {
    const auto lead = LeadRepository(write.db).find(id);
    if (!lead || lead->noContact.empty())
        return;
    EnrolmentRepository enrolments(write.db);
    StrategyRepository strategies(write.db);
    for (const Enrolment& enrolment : enrolments.ofLead(id)) {
        if (!enrolment.isRunning())
            continue;
        const auto version = strategies.version(enrolment.version);
        const auto next = std::size_t(std::max(enrolment.nextStep, 0));
        const bool blocked = version && next < version->steps.size()
                             && std::any_of(version->steps.begin() + std::ptrdiff_t(next), version->steps.end(),
                                            [&](const Step& step) { return lead->noContact.contains(step.channel); });
        if (blocked)
            enrolments.stop(write, enrolment.id, StopReason::DoNotContact);
    }
}

} // namespace outrider::outreach
