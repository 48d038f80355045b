// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/strategy_service.h"

#include "core/contact/text.h"
#include "core/outreach/lint_input.h"
#include "core/outreach/mail_drafting.h"
#include "core/outreach/message_template.h"
#include "core/services/service_context.h"
#include "core/services/strategy_checks.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>
#include <charconv>

namespace outrider {

using namespace outrider::store;

namespace {

Result<Strategy> strategyOf(Connection& db, StrategyId id) {
    const auto strategy = StrategyRepository(db).find(id);
    if (!strategy)
        return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
    return *strategy;
}

// What the report says of one that was enrolled but does not begin now.
void noteWait(Connection& db, EnrolmentId id, const outreach::Surroundings& surroundings, Instant now, EnrolReport& report) {
    const auto enrolment = EnrolmentRepository(db).find(id);
    const auto lead = enrolment ? LeadRepository(db).find(enrolment->lead) : std::nullopt;
    if (!lead)
        return;
    const auto waits = [&](std::string reason, std::optional<Instant> until) {
        report.waiting.push_back({lead->id, displayName(*lead), std::move(reason), until});
    };
    if (enrolment->canary == CanaryPart::Held)
        waits("canary", std::nullopt);
    else if (const auto gap = outreach::contactGapOf(db, *lead, id, surroundings.rules, now))
        waits(std::string(name(gap->reason)), gap->until);
    else if (enrolment->startsAt && *enrolment->startsAt > now)
        waits("drip", enrolment->startsAt);
}

Result<Enrolment> runningEnrolment(WriteContext& write, EnrolmentId id) {
    const auto enrolment = EnrolmentRepository(write.db).find(id);
    if (!enrolment)
        return fail(ErrorCode::NotFound, "enrolment " + std::to_string(id.value));
    if (!enrolment->isRunning())
        return fail(ErrorCode::Conflict, std::string(name(enrolment->state)));
    if (const auto lead = LeadRepository(write.db).find(enrolment->lead))
        write.describe(displayName(*lead));
    return *enrolment;
}

} // namespace

QFuture<Result<std::vector<StrategySummary>>> StrategyService::list() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<std::vector<StrategySummary>> { return StrategyRepository(r.db).all(); });
}

QFuture<Result<StrategyDetail>> StrategyService::detail(StrategyId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<StrategyDetail> {
        StrategyRepository strategies(r.db);
        const auto summary = strategies.summary(id);
        const auto version = summary ? strategies.version(summary->strategy.currentVersion) : std::nullopt;
        if (!summary || !version)
            return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
        StrategyDetail detail{.summary = *summary, .version = *version};
        for (const auto& counts : strategies.stepCounts(version->id))
            detail.steps.push_back({counts.done, counts.replied});
        detail.steps.resize(version->steps.size());
        return detail;
    });
}

QFuture<Result<StrategyId>> StrategyService::find(std::string nameOrId) {
    return m_context.store().read([nameOrId = std::move(nameOrId)](ReadContext& r) -> Result<StrategyId> {
        StrategyRepository strategies(r.db);
        if (const auto named = strategies.findByName(nameOrId))
            return named->id;
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(nameOrId.data(), nameOrId.data() + nameOrId.size(), id);
        if (error == std::errc() && end == nameOrId.data() + nameOrId.size() && strategies.find(StrategyId{id}))
            return StrategyId{id};
        return fail(ErrorCode::NotFound, nameOrId);
    });
}

QFuture<Result<StrategyId>> StrategyService::create(std::string name, StrategyVersion version) {
    auto action = m_context.action("strategy.create", name);
    return m_context.store().write(
        std::move(action),
        [name = std::move(name), version = std::move(version)](WriteContext& write) mutable -> Result<StrategyId> {
            if (contact::trimmed(name).empty())
                return fail(ErrorCode::InvalidArgument, "a strategy needs a name");
            if (const auto bad = strategyFaults(version); !bad.empty())
                return fail(ErrorCode::InvalidArgument, bad.front().code + " " + bad.front().detail);
            Strategy strategy{.name = contact::collapsed(name)};
            StrategyRepository strategies(write.db);
            strategies.insert(write, strategy);
            version.strategy = strategy.id;
            strategies.publish(write, version);
            return strategy.id;
        });
}

QFuture<Result<StrategyVersionId>> StrategyService::publish(StrategyId id, StrategyVersion version, Running running) {
    return m_context.store().write(
        m_context.action("strategy.publish"),
        [this, id, version = std::move(version), running](WriteContext& write) mutable -> Result<StrategyVersionId> {
            OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
            write.describe(strategy.name);
            if (const auto bad = strategyFaults(version); !bad.empty())
                return fail(ErrorCode::InvalidArgument, bad.front().code + " " + bad.front().detail);
            version.strategy = id;
            StrategyRepository(write.db).publish(write, version);
            if (running == Running::MoveToNew) {
                const auto surroundings = m_context.surroundings();
                outreach::StrategyFlow flow(write, surroundings);
                for (const EnrolmentId enrolment : EnrolmentRepository(write.db).runningIn(id))
                    flow.moveTo(enrolment, version);
            }
            return version.id;
        });
}

QFuture<Result<>> StrategyService::rename(StrategyId id, std::string name) {
    auto action = m_context.action("strategy.rename", name); // before the name moves on
    return m_context.store().write(std::move(action), [id, name = std::move(name)](WriteContext& write) -> Result<> {
        OUTRIDER_TRY(strategyOf(write.db, id));
        if (contact::trimmed(name).empty())
            return fail(ErrorCode::InvalidArgument, "a strategy needs a name");
        StrategyRepository(write.db).rename(write, id, contact::collapsed(name));
        return {};
    });
}

QFuture<Result<>> StrategyService::setMailbox(StrategyId id, MailboxId mailbox) {
    return m_context.store().write(m_context.action("strategy.mailbox"), [id, mailbox](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        write.describe(strategy.name);
        if (const auto chosen = MailboxRepository(write.db).find(mailbox); chosen && isPhoneLine(chosen->account))
            return fail(ErrorCode::InvalidArgument, "a phone line sends no e-mail");
        StrategyRepository(write.db).setMailbox(write, id, mailbox);
        return {};
    });
}

QFuture<Result<>> StrategyService::pause(StrategyId id) {
    return m_context.store().write(m_context.action("strategy.pause"), [this, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        write.describe(strategy.name);
        StrategyRepository(write.db).setState(write, id, StrategyState::Paused);
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow(write, surroundings).withdrawTasks(id);
        return {};
    });
}

QFuture<Result<>> StrategyService::resume(StrategyId id) {
    return m_context.store().write(m_context.action("strategy.resume"), [this, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        write.describe(strategy.name);
        StrategyRepository(write.db).setState(write, id, StrategyState::Active);
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow flow(write, surroundings);
        for (const EnrolmentId enrolment : EnrolmentRepository(write.db).runningIn(id))
            flow.plan(enrolment);
        return {};
    });
}

QFuture<Result<>> StrategyService::archive(StrategyId id) {
    return m_context.store().write(m_context.action("strategy.archive"), [this, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        write.describe(strategy.name);
        StrategyRepository(write.db).setState(write, id, StrategyState::Archived);
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow(write, surroundings).withdrawTasks(id);
        return {};
    });
}

QFuture<Result<EnrolReport>> StrategyService::enrol(StrategyId id, LeadSelection selection, std::string source, bool previewOnly,
                                                    ProgressPtr progress) {
    auto report = std::make_shared<EnrolReport>();
    // Once for all of them: a message that can never be sent keeps everybody out.
    const auto leads = [this, id, of = leadsOf(m_context, std::move(selection))]() -> Result<std::vector<LeadId>> {
        OUTRIDER_TRY(wait(m_context.store().read([id](ReadContext& r) { return outreach::checkMessages(r.db, id); })));
        return of();
    };
    // A preview does the same in a transaction that is then rolled back: it cannot differ from the deed.
    const auto one = [this, id, source, report](WriteContext& write, LeadId lead) -> Result<bool> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        const auto version = StrategyRepository(write.db).version(strategy.currentVersion);
        if (!version)
            return fail(ErrorCode::StrategyEmpty, strategy.name);
        if (strategy.state != StrategyState::Active)
            return fail(ErrorCode::StrategyNotActive, strategy.name);
        const auto surroundings = m_context.surroundings();
        const auto enrolled = outreach::StrategyFlow(write, surroundings).enrol(lead, strategy, *version, source);
        if (enrolled) {
            ++report->enrolled;
            noteWait(write.db, *enrolled, surroundings, write.now, *report);
            return true;
        }
        const auto who = LeadRepository(write.db).find(lead);
        report->skipped.push_back({lead, who ? displayName(*who) : std::string(), enrolled.error()});
        return false;
    };
    if (previewOnly) {
        return m_context.background().run([this, leads, one, report]() -> Result<EnrolReport> {
            OUTRIDER_ASSIGN(const std::vector<LeadId> ids, leads());
            const auto tried = wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
                for (const LeadId lead : ids)
                    OUTRIDER_TRY(one(write, lead));
                return fail(ErrorCode::Cancelled); // take it all back
            }));
            if (tried.error().code != ErrorCode::Cancelled)
                return fail(tried.error());
            return *report;
        });
    }
    auto done = m_context.forEachLead(m_context.action("strategy.enrol"), leads, one, std::move(progress));
    return m_context.background().run([done, report]() mutable -> Result<EnrolReport> {
        OUTRIDER_TRY(wait(std::move(done)));
        return *report;
    });
}

QFuture<Result<>> StrategyService::remove(EnrolmentId id) {
    return m_context.store().write(m_context.action("strategy.remove"), [id](WriteContext& write) -> Result<> {
        EnrolmentRepository enrolments(write.db);
        const auto enrolment = enrolments.find(id);
        if (!enrolment)
            return fail(ErrorCode::NotFound, "enrolment " + std::to_string(id.value));
        if (const auto lead = LeadRepository(write.db).find(enrolment->lead))
            write.describe(displayName(*lead));
        enrolments.stop(write, id, StopReason::Removed);
        const auto strategy = StrategyRepository(write.db).find(enrolment->strategy);
        Activity activity{.lead = enrolment->lead,
                          .kind = ActivityKind::StrategyStopped,
                          .enrolment = id,
                          .subject = strategy ? strategy->name : std::string(),
                          .text = std::string(name(StopReason::Removed))};
        ActivityRepository(write.db).append(write, activity);
        return {};
    });
}

QFuture<Result<>> StrategyService::pauseFor(EnrolmentId id, Instant until) {
    return m_context.store().write(m_context.action("strategy.pause"), [this, id, until](WriteContext& write) -> Result<> {
        if (until <= write.now)
            return fail(ErrorCode::InvalidArgument, "a moment in the past");
        OUTRIDER_ASSIGN(const Enrolment enrolment, runningEnrolment(write, id));
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow(write, surroundings).pauseUntil(enrolment.id, until, PauseReason::Person);
        return {};
    });
}

QFuture<Result<>> StrategyService::resumeFor(EnrolmentId id) {
    return m_context.store().write(m_context.action("strategy.resume"), [this, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Enrolment enrolment, runningEnrolment(write, id));
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow flow(write, surroundings);
        flow.release(enrolment.id);
        flow.plan(enrolment.id);
        return {};
    });
}

QFuture<Result<MailDraft>> StrategyService::preview(LeadId lead, std::string subject, std::string body, int step) {
    return m_context.store().read([lead, subject = std::move(subject), body = std::move(body), step](ReadContext& r) {
        return outreach::previewOf(r.db, lead, subject, body, step);
    });
}

QFuture<Result<std::vector<StrategyCheck>>> StrategyService::check(StrategyVersion version) {
    return m_context.background().run([version = std::move(version)]() -> Result<std::vector<StrategyCheck>> {
        auto checks = strategyFaults(version);
        adviseOnStrategy(checks, version);
        return checks;
    });
}

} // namespace outrider
