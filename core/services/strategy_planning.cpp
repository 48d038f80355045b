// SPDX-License-Identifier: GPL-3.0-or-later
// What a strategy will do, and what became of what it did.
#include "core/domain/variant.h"
#include "core/outreach/simulation.h"
#include "core/services/service_context.h"
#include "core/services/strategy_checks.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

// Whether the step at a position does and says the same in both.
bool sameNext(const StrategyVersion& before, const StrategyVersion& after, int position) {
    if (position >= int(before.steps.size()) || position >= int(after.steps.size()))
        return false;
    Step one = before.steps[std::size_t(position)];
    const Step& other = after.steps[std::size_t(position)];
    one.id = other.id;
    one.dayOffset = other.dayOffset; // its day is told by itself
    one.window = other.window;
    return one == other;
}

} // namespace

QFuture<Result<SimulationReport>> StrategyService::simulate(int days, ProgressPtr progress) {
    constexpr int mostDays = 366;
    if (days < 1 || days > mostDays)
        return ready<SimulationReport>(fail(ErrorCode::InvalidArgument, "from 1 to 366 days"));
    return m_context.store().read([this, days, progress = std::move(progress)](ReadContext& r) -> Result<SimulationReport> {
        const auto surroundings = m_context.surroundings();
        const auto input = outreach::simulationInput(r.db, surroundings, r.now, progress.get());
        const auto lastDay = surroundings.zone.dayOf(r.now) + std::chrono::days(days);
        SimulationReport report{.plan = outreach::simulate(input, surroundings.zone.startOf(lastDay), progress.get())};
        if (progress && progress->cancelled())
            return fail(ErrorCode::Cancelled);
        for (const auto& [id, strategy] : input.strategies)
            report.strategies.emplace(id, strategy.name);
        for (const Mailbox& mailbox : input.mailboxes) {
            report.mailboxes.emplace(mailbox.id, mailbox.address);
            report.dailyLimits.emplace(mailbox.id, mailbox.dailyLimit);
        }
        LeadRepository leads(r.db);
        const auto nameOf = [&](LeadId id) {
            if (report.leads.contains(id))
                return;
            const auto lead = leads.find(id);
            report.leads.emplace(id, lead ? displayName(*lead) : std::string());
        };
        for (const SimulatedStep& step : report.plan.steps)
            nameOf(step.lead);
        for (const SimulatedSkip& skip : report.plan.skips)
            nameOf(skip.lead);
        return report;
    });
}

QFuture<Result<std::vector<std::vector<VariantResult>>>> StrategyService::variantResults(StrategyId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<std::vector<std::vector<VariantResult>>> {
        StrategyRepository strategies(r.db);
        const auto strategy = strategies.find(id);
        const auto current = strategy ? strategies.version(strategy->currentVersion) : std::nullopt;
        if (!current)
            return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
        std::vector<std::vector<VariantResult>> results;
        for (const Step& step : current->steps)
            results.emplace_back(std::size_t(textCount(step)));
        // A text that was there before counts with what it did then, wherever the step stood.
        for (const StrategyVersionId versionId : strategies.versionsOf(id)) {
            const auto version = strategies.version(versionId);
            for (const auto& sent : strategies.sentSteps(versionId)) {
                const Step& theirs = version->steps.at(std::size_t(sent.position));
                const int variant = variantFor(sent.enrolment, theirs);
                for (const Step& step : current->steps) {
                    for (int i = 0; i < textCount(step); ++i) {
                        if (step.channel != Channel::Email || subjectOf(step, i) != subjectOf(theirs, variant)
                            || bodyOf(step, i) != bodyOf(theirs, variant))
                            continue;
                        VariantResult& result = results[std::size_t(step.position)][std::size_t(i)];
                        ++result.sent;
                        result.replied += sent.replied ? 1 : 0;
                    }
                }
            }
        }
        return results;
    });
}

QFuture<Result<CanaryState>> StrategyService::canary(StrategyId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<CanaryState> {
        StrategyRepository strategies(r.db);
        const auto strategy = strategies.find(id);
        const auto version = strategy ? strategies.version(strategy->currentVersion) : std::nullopt;
        if (!version)
            return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
        CanaryState state;
        for (const StrategyVersionId one : strategies.versionsOf(id))
            state.held += std::int64_t(EnrolmentRepository(r.db).heldIn(one).size());
        state.releasedAt = version->releasedAt;
        return state;
    });
}

QFuture<Result<std::int64_t>> StrategyService::release(StrategyId id) {
    return m_context.store().write(m_context.action("strategy.release"), [this, id](WriteContext& write) -> Result<std::int64_t> {
        StrategyRepository strategies(write.db);
        const auto strategy = strategies.find(id);
        if (!strategy)
            return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
        write.describe(strategy->name);
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow flow(write, surroundings);
        std::int64_t released = 0;
        for (const StrategyVersionId version : strategies.versionsOf(id)) {
            strategies.setReleased(write, version);
            for (const EnrolmentId held : EnrolmentRepository(write.db).heldIn(version)) {
                flow.release(held);
                ++released;
            }
        }
        return released;
    });
}

QFuture<Result<PublishPreview>> StrategyService::publishPreview(StrategyId id, StrategyVersion version) {
    // The deed itself, taken back: it cannot differ.
    return m_context.background().run([this, id, version = std::move(version)]() mutable -> Result<PublishPreview> {
        constexpr std::size_t mostTried = 2000;
        PublishPreview preview;
        const auto tried = wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
            if (const auto bad = strategyFaults(version); !bad.empty())
                return fail(ErrorCode::InvalidArgument, bad.front().code + " " + bad.front().detail);
            if (!StrategyRepository(write.db).find(id))
                return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
            version.strategy = id;
            StrategyRepository(write.db).publish(write, version);
            const auto surroundings = m_context.surroundings();
            outreach::StrategyFlow flow(write, surroundings);
            EnrolmentRepository enrolments(write.db);
            TaskRepository tasks(write.db);
            const auto running = enrolments.runningIn(id);
            preview.running = std::int64_t(running.size());
            preview.complete = running.size() <= mostTried;
            for (std::size_t i = 0; i < std::min(running.size(), mostTried); ++i) {
                const auto enrolment = enrolments.find(running[i]);
                const auto lead = LeadRepository(write.db).find(enrolment->lead);
                PublishPreview::Affected one{
                    .lead = enrolment->lead, .name = lead ? displayName(*lead) : std::string(), .step = enrolment->nextStep};
                if (const auto task = tasks.openOf(running[i]))
                    one.before = task->dueAt;
                flow.moveTo(running[i], version);
                if (const auto task = tasks.openOf(running[i]))
                    one.after = task->dueAt;
                one.finishes = !enrolments.find(running[i])->isRunning();
                preview.finish += one.finishes ? 1 : 0;
                preview.earlier += one.before && one.after && *one.after < *one.before ? 1 : 0;
                preview.later += one.before && one.after && *one.after > *one.before ? 1 : 0;
                if (const auto old = StrategyRepository(write.db).version(enrolment->version); old && !one.finishes)
                    one.otherStep = !sameNext(*old, version, enrolment->nextStep);
                preview.otherStep += one.otherStep ? 1 : 0;
                if (one.finishes || one.otherStep || one.before != one.after)
                    preview.affected.push_back(std::move(one));
            }
            return fail(ErrorCode::Cancelled); // take it all back
        }));
        if (tried.error().code != ErrorCode::Cancelled)
            return fail(tried.error());
        return preview;
    });
}

} // namespace outrider
