// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/seed.h"

#include "core/bench/seed_story.h"
#include "core/outreach/lead_zone.h"
#include "core/services/service_context.h"
#include "core/services/workspace.h"
#include "core/store/insert_triggers.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/conversation_repository.h"
#include "core/store/repositories/custom_field_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/row_inserts.h"
#include "core/store/repositories/saved_view_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/rollups.h"
#include "core/store/store.h"

#include <algorithm>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr std::int64_t activitiesPerTransaction = 80000;
constexpr std::int64_t mostLeadsPerTransaction = 8000;
constexpr std::int64_t companiesPerTransaction = 20000;
constexpr int replicaBits = 0xFFFF;

class Seeder {
public:
    Seeder(Store& store, const SeedOptions& options, const ProgressPtr& progress)
        : m_store(store),
          m_options(options),
          m_progress(progress),
          m_today(std::chrono::floor<std::chrono::days>(store.clock().now())),
          m_clock(m_today - std::chrono::days(1)),
          m_ids(m_clock, std::uint16_t(options.seed & replicaBits)),
          m_story(options.seed, options.leads, options.activities, m_today) {}

    Result<SeedReport> run() {
        if (m_progress) {
            m_progress->setPhase(Progress::Phase::Writing);
            m_progress->setTotal(m_options.leads + m_options.activities);
        }
        OUTRIDER_ASSIGN(m_action, wait(m_store.write({.name = "seed", .origin = Origin::System, .undoable = false},
                                                     [this](WriteContext& write) { return begin(write); })));
        for (std::int64_t from = 0; from < m_story.companyCount(); from += companiesPerTransaction) {
            const auto to = std::min(from + companiesPerTransaction, m_story.companyCount());
            OUTRIDER_TRY(wait(m_store.writeMore(m_action, [&](WriteContext& write) { return addCompanies(write, from, to); })));
        }
        OUTRIDER_TRY(addLeads());
        m_report.companies = m_story.companyCount();
        return m_report;
    }

private:
    // The same write, with ids that do not depend on the store.
    WriteContext seeded(WriteContext& write) { return {write.db, m_ids, m_changes, m_clock.now(), write.action}; }

    Result<ActionId> begin(WriteContext& outer) {
        if (outer.db.integer("SELECT count(*) FROM (SELECT 1 FROM lead LIMIT 1)") > 0)
            return fail(ErrorCode::AlreadyExists, "the workspace has leads");
        outer.describe(std::to_string(m_options.leads));
        WriteContext write = seeded(outer);
        MemberRepository members(write.db);
        auto team = members.all();
        // A new workspace's one person is entered again, so that the content does not depend on when and where
        // that was: nothing refers to them yet.
        if (team.size() == 1) {
            write.db.run("DELETE FROM member WHERE id = ?1", team.front().id);
            members.insert(write, team.front());
        }
        m_members.push_back(team.empty() ? MemberId{} : team.front().id);
        for (const std::string& name : SeedStory::colleagues()) {
            Member colleague{.name = name};
            members.insert(write, colleague);
            m_members.push_back(colleague.id);
        }
        for (const std::string& tag : SeedStory::tags()) {
            m_tags.push_back(write.newId<TagId>());
            write.db.run("INSERT INTO tag(id, name, name_key) VALUES (?1, ?2, ?2)", m_tags.back(), tag);
        }
        for (const char* field : {"segment", "dock_count", "contract_end"})
            CustomFieldRepository(write.db).findOrCreate(write, field);
        StrategyRepository strategies(write.db);
        for (const auto& text : SeedStory::strategies()) {
            Strategy strategy{.name = text.name};
            strategies.insert(write, strategy);
            StrategyVersion version = text.version;
            version.strategy = strategy.id;
            strategies.publish(write, version);
            m_strategies.push_back(strategy.id);
            m_versions.push_back(std::move(version));
        }
        SavedViewRepository views(write.db);
        int position = 0;
        for (const auto& [name, filter] :
             {std::pair("Open in Germany", "status:open country:DE"), std::pair("No next step", "status:in_progress due:none"),
              std::pair("Best of the cold chain", "tag:cold-chain score>=70")}) {
            SavedView view{.name = name, .filter = filter, .sort = "-score", .position = position++};
            views.insert(write, view);
        }
        return outer.action;
    }

    Result<> addCompanies(WriteContext& outer, std::int64_t from, std::int64_t to) {
        WriteContext write = seeded(outer);
        WriteContext::BulkInsert bulk(write);
        CompanyRepository companies(write.db);
        for (std::int64_t number = from; number < to; ++number) {
            Company company = m_story.company(number);
            companies.insert(write, company);
            m_companies.push_back(company.id);
        }
        bulk.finish();
        return {};
    }

    // One chunk is made up while the one before is being written.
    Result<> addLeads() {
        const std::int64_t per =
            std::clamp(activitiesPerTransaction * m_options.leads / std::max<std::int64_t>(m_options.activities, 1),
                       std::int64_t(500), mostLeadsPerTransaction);
        struct Told {
            SeedChunk chunk;
            std::vector<std::optional<int>> weekHours; // of its activities
        };
        const auto tell = [this](std::int64_t first, std::int64_t last) {
            Told told{.chunk = m_story.chunk(first, last), .weekHours = {}};
            told.weekHours = weekHours(told.chunk);
            derive(told.chunk);
            return told;
        };
        Told next = tell(0, std::min(per, m_options.leads));
        for (std::int64_t from = 0; from < m_options.leads; from += per) {
            if (m_progress && m_progress->cancelled())
                return fail(ErrorCode::Cancelled, std::to_string(m_report.leads));
            auto current = std::make_shared<Told>(std::move(next));
            auto written = m_store.writeMore(
                m_action, [this, current](WriteContext& write) { return add(write, current->chunk, current->weekHours); });
            const std::int64_t then = from + per;
            next = then < m_options.leads ? tell(then, std::min(then + per, m_options.leads)) : Told();
            OUTRIDER_TRY(wait(std::move(written)));
            if (m_progress)
                m_progress->setDone(m_report.leads + m_report.activities);
        }
        return {};
    }

    // When e-mails left, on the clock of whom they went to.
    static std::vector<std::optional<int>> weekHours(const SeedChunk& chunk) {
        const outreach::Zone utc = outreach::Zone::utc();
        std::vector<std::optional<int>> hours(chunk.activities.size());
        std::optional<outreach::Zone> zone;
        int lead = SeedChunk::none;
        for (std::size_t i = 0; i < hours.size(); ++i) {
            const SeedChunk::Happened& happened = chunk.activities[i];
            if (happened.activity.kind != ActivityKind::EmailSent)
                continue;
            if (happened.lead != lead)
                zone = outreach::zoneOf(chunk.leads[std::size_t(lead = happened.lead)], utc).zone;
            hours[i] = outreach::weekHour(*zone, happened.activity.at);
        }
        return hours;
    }

    Result<> add(WriteContext& outer, SeedChunk& chunk, const std::vector<std::optional<int>>& weekHours) {
        WriteContext write = seeded(outer);
        std::optional<Rollups::Deferred> deferred(std::in_place, write.db);
        WriteContext::BulkInsert bulk(write);
        // What the triggers of these two would do is done in bulk, or done already (derive).
        WithoutInsertTriggers quietMails(write.db, "message");
        WithoutInsertTriggers quietActivities(write.db, "activity");
        addPeople(write, chunk);
        addEnrolments(write, chunk);
        addTasks(write, chunk);
        addMails(write, chunk);
        std::vector<Activity> activities;
        activities.reserve(chunk.activities.size());
        for (SeedChunk::Happened& happened : chunk.activities) {
            Activity& activity = happened.activity;
            activity.lead = chunk.leads[std::size_t(happened.lead)].id;
            if (happened.enrolment != SeedChunk::none)
                activity.enrolment = chunk.enrolments[std::size_t(happened.enrolment)].enrolment.id;
            if (happened.mail != SeedChunk::none)
                activity.message = chunk.mails[std::size_t(happened.mail)].message.id;
            activities.push_back(std::move(activity));
        }
        ActivityRepository(write.db).appendAll(write, activities, weekHours);
        quietMails.finish();
        quietActivities.finish();
        bulk.finish();
        deferred.reset();
        if (!chunk.leads.empty()) // their ids increase
            ConversationRepository(write.db).work(chunk.leads.front().id, chunk.leads.back().id);
        if (!chunk.leads.empty())
            Rollups(write.db).countLeads(chunk.leads.front().id.value, chunk.leads.back().id.value);
        m_report.leads += std::int64_t(chunk.leads.size());
        m_report.activities += std::int64_t(activities.size());
        return {};
    }

    void addPeople(WriteContext& write, SeedChunk& chunk) {
        std::vector<Lead*> leads;
        for (std::size_t i = 0; i < chunk.leads.size(); ++i) {
            Lead& lead = chunk.leads[i];
            lead.company = m_companies[std::size_t(chunk.companies[i])];
            if (chunk.owners[i] != SeedChunk::none)
                lead.owner = m_members[std::size_t(chunk.owners[i])];
            leads.push_back(&lead);
        }
        LeadRepository(write.db).insertAll(write, leads, {}, LeadRepository::Derived::Given);
        RowInserts rows(write, "lead_tag", "lead_tag(id, lead_id, tag_id)", 3, chunk.tags.size());
        for (const SeedChunk::Tagged& tagged : chunk.tags) {
            const auto id = write.newId<LeadId>().value;
            rows.add(id, [&](Statement& insert, int place) {
                bindFrom(insert, place, id, chunk.leads[std::size_t(tagged.lead)].id, m_tags[std::size_t(tagged.tag)]);
            });
        }
    }

    void addEnrolments(WriteContext& write, SeedChunk& chunk) {
        RowInserts rows(
            write, "enrolment",
            "enrolment(id, lead_id, strategy_id, version_id, state, stop_reason, next_step, enrolled_at, last_step_at,"
            " paused_until, ended_at)",
            11, chunk.enrolments.size());
        for (SeedChunk::Enrolled& one : chunk.enrolments) {
            Enrolment& e = one.enrolment;
            e.id = write.newId<EnrolmentId>();
            const auto strategy = std::size_t(one.strategy);
            rows.add(e.id.value, [&](Statement& insert, int place) {
                bindFrom(insert, place, e.id, chunk.leads[std::size_t(one.lead)].id, m_strategies[strategy],
                         m_versions[strategy].id, e.state, e.stopReason, e.nextStep, e.enrolledAt, e.lastStepAt, e.pausedUntil,
                         e.endedAt);
            });
        }
        m_report.enrolments += std::int64_t(chunk.enrolments.size());
    }

    // What triggers would come to row by row, so that they find it done.
    static void derive(SeedChunk& chunk) {
        for (const SeedChunk::Due& due : chunk.tasks) {
            auto& earliest = chunk.leads[std::size_t(due.lead)].nextTaskAt;
            if (due.task.state == TaskState::Open)
                earliest = std::min(due.task.dueAt, earliest.value_or(due.task.dueAt));
        }
        for (const SeedChunk::Happened& happened : chunk.activities) {
            auto& latest = chunk.leads[std::size_t(happened.lead)].lastTouchAt;
            if (isTouch(happened.activity.kind))
                latest = std::max(happened.activity.at, latest.value_or(happened.activity.at));
        }
    }

    void addTasks(WriteContext& write, const SeedChunk& chunk) {
        RowInserts rows(write, "task",
                        "task(id, lead_id, enrolment_id, step_id, channel, state, due_at, score, title, created_at, closed_at)",
                        11, chunk.tasks.size());
        for (const SeedChunk::Due& due : chunk.tasks) {
            const Lead& lead = chunk.leads[std::size_t(due.lead)];
            EnrolmentId enrolment;
            StepId step;
            if (due.enrolment != SeedChunk::none) {
                const SeedChunk::Enrolled& one = chunk.enrolments[std::size_t(due.enrolment)];
                enrolment = one.enrolment.id;
                step = m_versions[std::size_t(one.strategy)].steps[std::size_t(due.task.step.value - 1)].id;
            }
            const auto id = write.newId<TaskId>();
            rows.add(id.value, [&](Statement& insert, int place) {
                bindFrom(insert, place, id, lead.id, orNull(enrolment), orNull(step), due.task.channel, due.task.state,
                         due.task.dueAt, lead.score, due.task.title, due.task.createdAt, due.task.closedAt);
            });
            m_report.openTasks += due.task.state == TaskState::Open ? 1 : 0;
        }
    }

    void addMails(WriteContext& write, SeedChunk& chunk) {
        RowInserts rows(write, "message",
                        "message(id, lead_id, direction, class, at, handled, message_id_header, in_reply_to, from_address,"
                        " to_address, subject, text, rule)",
                        13, chunk.mails.size());
        for (SeedChunk::Mail& mail : chunk.mails) {
            Message& m = mail.message;
            m.id = write.newId<MessageId>();
            m.messageIdHeader = std::to_string(m.id.value) + "@seed.example";
            if (mail.answers != SeedChunk::none)
                m.inReplyTo = chunk.mails[std::size_t(mail.answers)].message.messageIdHeader;
            rows.add(m.id.value, [&](Statement& insert, int place) {
                bindFrom(insert, place, m.id, chunk.leads[std::size_t(mail.lead)].id, m.direction, m.messageClass, m.at,
                         m.handled, m.messageIdHeader, m.inReplyTo, m.from, m.to, m.subject, m.text, m.rule);
            });
        }
        m_report.messages += std::int64_t(chunk.mails.size());
    }

    Store& m_store;
    const SeedOptions m_options;
    const ProgressPtr m_progress;
    const std::chrono::sys_days m_today;
    ManualClock m_clock;
    IdGenerator m_ids;
    ChangeSet m_changes; // what is shown is told of by the store's own
    const SeedStory m_story;
    ActionId m_action;
    std::vector<MemberId> m_members;
    std::vector<TagId> m_tags;
    std::vector<StrategyId> m_strategies;
    std::vector<StrategyVersion> m_versions;
    std::vector<CompanyId> m_companies;
    SeedReport m_report;
};

} // namespace

Result<SeedReport> seedStore(Store& store, const SeedOptions& options, const ProgressPtr& progress) {
    constexpr std::int64_t most = 100'000'000;
    if (options.leads < 1 || options.leads > most || options.activities < 0 || options.activities > 20 * most)
        return fail(ErrorCode::InvalidArgument, "from 1 to 100,000,000 leads, up to 2,000,000,000 activities");
    return Seeder(store, options, progress).run();
}

QFuture<Result<SeedReport>> seed(Workspace& workspace, SeedOptions options, ProgressPtr progress) {
    ServiceContext& context = workspace.context();
    return context.background().run([&context, options, progress = std::move(progress)]() -> Result<SeedReport> {
        OUTRIDER_ASSIGN(const SeedReport report, seedStore(context.store(), options, progress));
        OUTRIDER_TRY(context.loadSettings()); // who "me" is
        return report;
    });
}

} // namespace outrider::bench
