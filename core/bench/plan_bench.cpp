// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/rounds.h"
#include "core/outreach/advance.h"
#include "core/outreach/planner.h"
#include "core/outreach/simulation.h"

#include <QDateTime>
#include <QTimeZone>

#include <array>

namespace outrider::bench {

using outreach::DaysOff;
using outreach::Plan;
using outreach::Zone;

namespace {

constexpr int enrolments = 1000000;
constexpr std::array zoneNames{"Europe/Berlin", "America/New_York", "Asia/Tokyo", "America/Sao_Paulo", "Australia/Adelaide"};

StrategyVersion sixSteps() {
    StrategyVersion version;
    for (int i = 0; i < 6; ++i)
        version.steps.push_back(
            {.position = i, .channel = channels[std::size_t(i) % channels.size()], .dayOffset = i == 0 ? 0 : i + 1});
    version.steps[3].window = Window{.startMinute = 13 * 60, .endMinute = 16 * 60};
    return version;
}

// Anywhere within a strategy, at any hour of five weeks; one in twenty is away until a day.
Enrolment someone(int i, Instant start) {
    Enrolment enrolment{.nextStep = i % 6, .enrolledAt = start + std::chrono::minutes(i * 7919LL % (35 * 24 * 60))};
    if (enrolment.nextStep > 0)
        enrolment.lastStepAt = enrolment.enrolledAt + std::chrono::hours(30 * enrolment.nextStep);
    if (i % 20 == 0)
        enrolment.pausedUntil = enrolment.enrolledAt + std::chrono::hours(24 * 12);
    return enrolment;
}

// Ten thousand leads who start within a week, four mailboxes that may send 800 a day together.
outreach::SimulationInput tenThousand(const std::vector<Zone>& zones, Instant start) {
    outreach::SimulationInput input{.now = start};
    Strategy strategy{.id = StrategyId{1}, .name = "Bench"};
    StrategyVersion version = sixSteps();
    version.id = StrategyVersionId{1};
    for (std::size_t i = 0; i < version.steps.size(); ++i)
        version.steps[i].id = StepId{std::int64_t(i) + 1};
    input.strategies.emplace(strategy.id, strategy);
    input.versions.emplace(version.id, version);
    for (int i = 0; i < 4; ++i)
        input.mailboxes.push_back({.id = MailboxId{i + 1},
                                   .address = "bench@harborline.example",
                                   .dailyLimit = 200,
                                   .spacingSeconds = 20,
                                   .limits = {.perHour = 40, .perDomainAndHour = 4, .spacingUpTo = 60},
                                   .createdAt = start});
    for (int i = 0; i < 10000; ++i)
        input.running.push_back({.enrolment = {.id = EnrolmentId{i + 1},
                                               .lead = LeadId{i + 1},
                                               .strategy = strategy.id,
                                               .version = version.id,
                                               .enrolledAt = start - std::chrono::minutes(i % (7 * 24 * 60))},
                                 .zone = zones[std::size_t(i) % zones.size()],
                                 .recipientKey = "lead@company" + std::to_string(i % 3000) + ".example",
                                 .score = i % 101});
    return input;
}

// Thirty days of them; the reference plans as many steps and nothing else.
Result<Measurement> simulationBench(const std::vector<Zone>& zones, Instant start) {
    constexpr int rounds = 5;
    const auto input = tenThousand(zones, start);
    const StrategyVersion& version = input.versions.begin()->second;
    Rounds ours;
    Rounds planner;
    for (int round = 0; round < rounds; ++round) {
        const std::int64_t steps =
            ours.measure([&] { return std::int64_t(outreach::simulate(input, start + std::chrono::days(30)).steps.size()); });
        if (steps < 10000)
            return fail(ErrorCode::Internal, "a dry run of too little: " + std::to_string(steps));
        planner.measure([&] {
            std::int64_t due = 0;
            for (std::int64_t i = 0; i < steps; ++i) {
                const auto& one = input.running[std::size_t(i) % input.running.size()];
                due += outreach::planNextStep(
                           {.version = version, .enrolment = one.enrolment, .zone = one.zone, .daysOff = one.daysOff})
                                   .kind
                               == Plan::Kind::Due
                           ? 1
                           : 0;
            }
            return due;
        });
    }
    return Measurement{.bench = "plan",
                       .metric = "dry run: 10,000 enrolments, 30 days",
                       .value = ours.median() / 1000,
                       .unit = "s",
                       .reference = "as many steps planned, without limits and queue",
                       .referenceValue = planner.median() / 1000,
                       .p95 = ours.percentile(0.95) / 1000,
                       .n = rounds};
}

} // namespace

Result<std::vector<Measurement>> planBench() {
    constexpr int rounds = 5;
    OUTRIDER_ASSIGN(const Instant start, parseIso8601("2026-10-12T00:00"));
    const StrategyVersion version = sixSteps();
    std::vector<Zone> zones;
    std::vector<QTimeZone> bareZones;
    for (const char* name : zoneNames) {
        const auto zone = Zone::find(name);
        if (!zone)
            return fail(ErrorCode::NotFound, name);
        zones.push_back(*zone);
        bareZones.emplace_back(name);
    }
    const auto firstDay = std::chrono::floor<std::chrono::days>(start);
    const DaysOff daysOff{firstDay + std::chrono::days(19), firstDay + std::chrono::days(74), firstDay + std::chrono::days(75)};

    Rounds ours;
    Rounds bare;
    for (int round = 0; round < rounds; ++round) {
        const std::int64_t due = ours.measure([&] {
            std::int64_t count = 0;
            for (int i = 0; i < enrolments; ++i) {
                const Enrolment enrolment = someone(i, start);
                const Plan plan = outreach::planNextStep({.version = version,
                                                          .enrolment = enrolment,
                                                          .zone = zones[std::size_t(i) % zones.size()],
                                                          .daysOff = daysOff});
                count += plan.kind == Plan::Kind::Due ? 1 : 0;
            }
            return count;
        });
        if (due != enrolments)
            return fail(ErrorCode::Internal, "not every enrolment has a next step");
        const std::int64_t sum = bare.measure([&] {
            std::int64_t moments = 0;
            for (int i = 0; i < enrolments; ++i) {
                const QTimeZone& zone = bareZones[std::size_t(i) % bareZones.size()];
                const qint64 at = toEpochMillis(someone(i, start).enrolledAt);
                const QDate day = QDateTime::fromMSecsSinceEpoch(at, zone).date().addDays(1 + i % 6);
                moments += QDateTime(day, QTime(8, 0), zone).toMSecsSinceEpoch() > at ? 1 : 0;
            }
            return moments;
        });
        if (sum != enrolments)
            return fail(ErrorCode::Internal, "a day that was no later one");
    }
    OUTRIDER_ASSIGN(const Measurement dryRun, simulationBench(zones, start));
    return std::vector<Measurement>{{.bench = "plan",
                                     .metric = "1,000,000 enrolments planned: next step, moment and reasons",
                                     .value = ours.median() / 1000,
                                     .unit = "s",
                                     .reference = "for each a day and an hour in the lead's zone by QDateTime",
                                     .referenceValue = bare.median() / 1000,
                                     .p95 = ours.percentile(0.95) / 1000,
                                     .n = rounds},
                                    dryRun};
}

} // namespace outrider::bench
