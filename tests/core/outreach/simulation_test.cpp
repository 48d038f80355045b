// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/simulation.h"

#include "core/outreach/sender.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "support/builders.h"
#include "support/fake_mail_transport.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <algorithm>
#include <tuple>

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;

namespace {

// What happened, or will: when, to whom, which step, over what.
using Event = std::tuple<std::int64_t, std::int64_t, int, int>;

const char* const countries[]{"DE", "JP", "US", "BR", "NZ", "", "IN"};

// Leads all over the world in two strategies, and a mailbox that may send little.
struct World {
    explicit World(int leadCount, const SendLimits& limits = {.perHour = 4, .perDomainAndHour = 2, .spacingUpTo = 200},
                   const OutreachRules& rules = {}) {
        surroundings.rules = rules;
        surroundings.daysOff.insert(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24));
        surroundings.zone = *Zone::find("Europe/Berlin");
        store.write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example",
                        .displayName = "Mara Lindqvist",
                        .dailyLimit = 9,
                        .holdSeconds = 10,
                        .spacingSeconds = 60,
                        .limits = limits};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            const StrategyVersion first = addStrategy(w, "Dock delays");
            const StrategyVersion second =
                addStrategy(w, "Port operators", {Channel::LinkedIn, Channel::Email, Channel::Email, Channel::Task}, 1);
            std::vector<CompanyId> companies;
            for (int i = 0; i < 5; ++i) {
                Company company{.domain = "company" + std::to_string(i) + ".example", .name = "Company " + std::to_string(i)};
                CompanyRepository(w.db).insert(w, company);
                companies.push_back(company.id);
            }
            for (int i = 0; i < leadCount; ++i) {
                Lead lead = makeLead("Lead", std::to_string(i),
                                     "lead" + std::to_string(i) + "@company" + std::to_string(i % 5) + ".example");
                lead.country = countries[std::size_t(i) % std::size(countries)];
                lead.score = i * 37 % 101;
                lead.company = companies[std::size_t(i) % companies.size()];
                const LeadId id = addLead(w, lead);
                const StrategyVersion& version = i % 3 == 0 ? second : first;
                const Strategy strategy = *StrategyRepository(w.db).find(version.strategy);
                if (!StrategyFlow(w, surroundings).enrol(id, strategy, version, {}))
                    qFatal("a lead cannot be enrolled");
            }
        });
    }

    Simulation dryRun(Instant until) {
        return store.read([&](ReadContext& r) { return simulate(simulationInput(r.db, surroundings, r.now), until); });
    }

    struct Due {
        Instant at{};
        int score = 0;
        EnrolmentId enrolment;
        Task task;
    };
    // The task the queue would give next.
    std::optional<Due> nextTask() {
        return store.read([&](ReadContext& r) {
            std::optional<Due> next;
            for (const StrategySummary& one : StrategyRepository(r.db).all()) {
                for (const EnrolmentId id : EnrolmentRepository(r.db).runningIn(one.strategy.id)) {
                    const auto task = TaskRepository(r.db).openOf(id);
                    if (!task)
                        continue;
                    const Due due{task->dueAt, LeadRepository(r.db).find(task->lead)->score, id, *task};
                    if (!next
                        || std::tuple(due.at, -due.score, due.enrolment) < std::tuple(next->at, -next->score, next->enrolment))
                        next = due;
                }
            }
            return next;
        });
    }

    // The days as they are: every task done when it is due, the sender looking whenever something may leave.
    std::vector<Event> run(Instant until) {
        std::vector<Event> happened;
        Sender sender(*store, [this] { return surroundings; });
        for (;;) {
            const auto task = nextTask();
            const auto message = store.read([&](ReadContext& r) { return OutboxRepository(r.db).nextDue(mailbox); });
            const Instant taskAt = task ? task->at : Instant::max();
            const Instant messageAt = message.value_or(Instant::max());
            const Instant now = std::max(std::min(taskAt, messageAt), store.clock.now());
            if (now >= until)
                return happened;
            store.clock.set(now);
            if (taskAt <= messageAt) {
                const int position = positionOf(task->task.step);
                if (task->task.channel != Channel::Email)
                    happened.emplace_back(toEpochMillis(now), task->task.lead.value, position, int(task->task.channel));
                store.write([&](WriteContext& w) {
                    if (!TaskFlow(w, surroundings, store.random).complete(task->task.id, {}))
                        qFatal("a task cannot be completed");
                });
                continue;
            }
            const std::size_t before = server.accepted.size();
            sender.run(mailbox, server, 1, progress);
            for (std::size_t i = before; i < server.accepted.size(); ++i) {
                const OutboxItem item = itemTo(server.accepted[i].raw);
                happened.emplace_back(toEpochMillis(now), item.lead.value, positionOf(item.step), int(Channel::Email));
            }
        }
    }

    int positionOf(StepId step) {
        return store.read([&](ReadContext& r) { return StrategyRepository(r.db).step(step)->position; });
    }
    OutboxItem itemTo(const std::string& raw) {
        return store.read([&](ReadContext& r) {
            for (OutboxRow& row : OutboxRepository(r.db).settled(OutboxState::Sent, {}, 100000)) {
                if (raw.find(row.item.messageIdHeader) != std::string::npos)
                    return row.item;
            }
            qFatal("a message nobody sent");
        });
    }

    TempStore store;
    Surroundings surroundings;
    FakeMailTransport server;
    Progress progress;
    MailboxId mailbox;
};

std::vector<Event> eventsOf(const Simulation& simulation) {
    std::vector<Event> events;
    for (const SimulatedStep& step : simulation.steps)
        events.emplace_back(toEpochMillis(step.at), step.lead.value, step.step, int(step.channel));
    return events;
}

QByteArray printed(const std::vector<Event>& events) {
    QByteArray text;
    for (const auto& [at, lead, step, channel] : events)
        text += QByteArray::fromStdString(toIso8601(fromEpochMillis(at))) + ' ' + QByteArray::number(qlonglong(lead)) + ' '
                + QByteArray::number(step) + ' ' + QByteArray::number(channel) + '\n';
    return text;
}

} // namespace

class SimulationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_run_is_the_dry_run_byte_for_byte() {
        World world(24);
        const Instant until = testNow() + std::chrono::days(14);
        const QByteArray planned = printed(eventsOf(world.dryRun(until)));
        QVERIFY(planned.count('\n') > 40);
        QCOMPARE(printed(world.run(until)), planned);
    }

    void begun_in_the_middle_it_is_still_the_run() {
        World world(24);
        const Instant middle = testNow() + std::chrono::days(4) + std::chrono::hours(6);
        world.run(middle);
        world.store.clock.set(middle);
        const Instant until = testNow() + std::chrono::days(14);
        const QByteArray planned = printed(eventsOf(world.dryRun(until)));
        QVERIFY(planned.count('\n') > 10);
        QCOMPARE(printed(world.run(until)), planned);
    }

    void with_gaps_between_colleagues_it_is_still_the_run() {
        World world(20, {.perHour = 4, .spacingUpTo = 200}, {.leadGapDays = 2, .companyGapDays = 1});
        const Instant until = testNow() + std::chrono::days(21);
        const Simulation found = world.dryRun(until);
        QVERIFY(std::ranges::any_of(found.steps, [](const SimulatedStep& step) {
            return std::ranges::find(step.waited, WaitReason::CompanyGap) != step.waited.end();
        }));
        const QByteArray planned = printed(eventsOf(found));
        QVERIFY(planned.count('\n') > 30);
        QCOMPARE(printed(world.run(until)), planned);
    }

    void begun_in_the_middle_of_gaps_it_is_still_the_run() {
        World world(20, {.perHour = 4, .spacingUpTo = 200}, {.leadGapDays = 2, .companyGapDays = 1});
        const Instant middle = testNow() + std::chrono::days(5) + std::chrono::hours(3);
        world.run(middle);
        world.store.clock.set(middle);
        const Instant until = testNow() + std::chrono::days(21);
        const QByteArray planned = printed(eventsOf(world.dryRun(until)));
        QVERIFY(planned.count('\n') > 10);
        QCOMPARE(printed(world.run(until)), planned);
    }

    void cancelled_it_ends_where_it_is() {
        World world(24);
        auto input = world.store.read([&](ReadContext& r) { return simulationInput(r.db, world.surroundings, r.now); });
        Progress progress;
        progress.cancel();
        QVERIFY(simulate(input, testNow() + std::chrono::days(14), &progress).steps.empty());
    }

    void nothing_is_changed_by_it() {
        World world(6);
        const auto hash = [&] { return world.store.read([](ReadContext& r) { return TaskRepository(r.db).nextDueFrom({}); }); };
        const auto before = hash();
        const Simulation once = world.dryRun(testNow() + std::chrono::days(30));
        QVERIFY(world.dryRun(testNow() + std::chrono::days(30)) == once);
        QVERIFY(hash() == before);
    }

    void what_it_waited_for_is_said() {
        World world(24);
        const Simulation found = world.dryRun(testNow() + std::chrono::days(14));
        const auto waitedFor = [&](WaitReason reason) {
            return std::ranges::any_of(found.steps, [&](const SimulatedStep& step) {
                return std::ranges::find(step.waited, reason) != step.waited.end();
            });
        };
        QVERIFY(waitedFor(WaitReason::DailyLimit));
        QVERIFY(waitedFor(WaitReason::Spacing) || waitedFor(WaitReason::HourlyLimit));
    }

    void who_cannot_be_reached_is_skipped_with_the_reason() {
        World world(3);
        world.store.write([&](WriteContext& w) {
            for (const Enrolment& one : allRunning(w.db))
                LeadRepository(w.db).setReach(w, one.lead, Reach::Bounced);
        });
        const Simulation found = world.dryRun(testNow() + std::chrono::days(14));
        QVERIFY(std::ranges::none_of(found.steps, [](const SimulatedStep& s) { return s.channel == Channel::Email; }));
        QCOMPARE(found.skips.size(), std::size_t(3));
        QVERIFY(found.skips[0].reason == SkipReason::Unreachable);
    }

    void what_the_limits_push_past_the_end_is_listed() {
        World world(24, {.perWeek = 3});
        const Simulation found = world.dryRun(testNow() + std::chrono::days(5));
        QCOMPARE(std::ranges::count(found.steps, Channel::Email, &SimulatedStep::channel), 3);
        QVERIFY(std::ranges::count(found.skips, SkipReason::BeyondTheEnd, &SimulatedSkip::reason) >= 13);
    }

    void held_by_the_person_nothing_leaves_in_it() {
        World world(4);
        auto input = world.store.read([&](ReadContext& r) { return simulationInput(r.db, world.surroundings, r.now); });
        input.everythingHeld = true;
        const Simulation found = simulate(input, testNow() + std::chrono::days(3));
        QVERIFY(std::ranges::none_of(found.steps, [](const SimulatedStep& s) { return s.channel == Channel::Email; }));
    }

private:
    static std::vector<Enrolment> allRunning(Connection& db) {
        std::vector<Enrolment> all;
        for (const StrategySummary& one : StrategyRepository(db).all()) {
            for (const EnrolmentId id : EnrolmentRepository(db).runningIn(one.strategy.id))
                all.push_back(*EnrolmentRepository(db).find(id));
        }
        return all;
    }
};

OUTRIDER_TEST(SimulationTest)
#include "simulation_test.moc"
