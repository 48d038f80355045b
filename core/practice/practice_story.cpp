// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_story.h"

#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/inbound/inbound_flow.h"
#include "core/outreach/lead_zone.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/task_flow.h"
#include "core/practice/practice_notes.h"
#include "core/practice/practice_people.h"
#include "core/practice/practice_prospects.h"
#include "core/practice/practice_roles.h"
#include "core/practice/practice_schedule.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/custom_field_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <set>

namespace outrider::practice {

using namespace outrider::store;
using namespace std::chrono_literals;
using outreach::LocalDay;
using Part = PracticeRole::Part;

namespace {

class Story {
public:
    Story(WriteContext& write, const PracticeStage& stage)
        : m_write(write),
          m_stage(stage),
          m_random(20261119),
          m_zone(stage.surroundings.zone),
          m_today(m_zone.dayOf(stage.now)),
          m_dayStart(m_zone.startOf(m_today)),
          m_dayEnd(m_zone.startOf(m_today + std::chrono::days(1))),
          m_me(myself(write)) {}

    Result<> tell() {
        addCompanies();
        const auto roles = practiceRoles();
        for (std::size_t i = 0; i < roles.size(); ++i)
            prepare(i, roles[i]);
        addToDos();
        std::stable_sort(m_events.begin(), m_events.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
        for (const Event& event : m_events) {
            WriteContext then = m_write.asOf(event.at);
            OUTRIDER_TRY(event.happen(then));
        }
        explainToday();
        // A week's goals, so that the dashboards have something to be ahead of, or behind.
        SettingRepository(m_write.db).set(m_write, "goals", R"({"replies":8,"meetings":2,"sent":60,"calls":30,"worked":35})");
        return {};
    }

private:
    // One of the people and what is known of their lead.
    struct Played {
        PracticePerson person;
        PracticeRole role;
        Lead lead; // has its id once it was added
        Prospect prospect;
        EnrolmentId enrolment;
        std::uint32_t seed = 0;
    };

    struct Event {
        Instant at{};
        std::function<Result<>(WriteContext&)> happen;
    };

    static MemberId myself(WriteContext& write) {
        const auto me = MemberRepository(write.db).me();
        return me ? me->id : MemberId{};
    }

    void at(Instant moment, std::function<Result<>(WriteContext&)> happen) { m_events.push_back({moment, std::move(happen)}); }

    // A moment of a day of the person's, but never after now.
    Instant onDay(int daysAgo, int minute) const {
        const Instant wanted = m_zone.at(m_today - std::chrono::days(daysAgo), minute);
        return std::min(wanted, m_stage.now - 10min);
    }

    void addCompanies() {
        WriteContext then = m_write.asOf(m_stage.now - std::chrono::hours(24 * 44));
        for (const PracticeCompany& company : practiceCompanies()) {
            m_companies.push_back(
                CompanyRepository(then.db).findOrCreate(then, Company{.domain = company.domain,
                                                                      .name = company.name,
                                                                      .shortName = company.shortName,
                                                                      .industry = company.industry,
                                                                      .employees = company.employees,
                                                                      .phone = company.phone,
                                                                      .website = "https://www." + company.domain,
                                                                      .city = company.city,
                                                                      .country = company.country}));
        }
        for (const auto& [key, name] :
             {std::pair("gate", "Gate"), std::pair("docks", "Docks"), std::pair("reefer_plugs", "Reefer plugs")})
            CustomFieldRepository(then.db).findOrCreate(then, key, name);
    }

    Lead leadOf(const PracticePerson& person) const {
        Lead lead{.company = m_companies.at(person.company),
                  .companyName = practiceCompanies()[person.company].name,
                  .firstName = person.firstName,
                  .lastName = person.lastName,
                  .jobTitle = person.jobTitle,
                  .email = person.email,
                  .phone = person.phone,
                  .linkedinUrl = person.linkedinUrl,
                  .city = person.city,
                  .country = person.country,
                  .language = person.language,
                  .owner = m_me,
                  .score = person.score,
                  .source = person.source,
                  .tags = person.tags,
                  .custom = person.custom};
        if (const auto address = contact::parseEmailAddress(person.email))
            lead.emailKey = address->key;
        if (const auto number = contact::parsePhoneNumber(person.phone, person.country)) {
            lead.phone = number->international;
            lead.phoneKey = number->e164;
        }
        return lead;
    }

    // ── What will have happened to one of them ───────────────────────────────────────────────

    void prepare(std::size_t index, const PracticeRole& role) {
        m_people.push_back(std::make_unique<Played>());
        Played& who = *m_people.back();
        who.person = practicePeople()[index];
        who.role = role;
        who.lead = leadOf(who.person);
        who.prospect = prospectAt(who.person.email);
        who.seed = who.prospect.seed * 31 + std::uint32_t(index) * 7919;

        const auto schedule = scheduleOf(who);
        const Instant created = schedule ? schedule->enrolledAt - std::chrono::minutes(90 + who.seed % 4000)
                                         : onDay(1 + int(who.seed % 6), 9 * 60 + int(who.seed % 300));
        at(created, [this, &who, index](WriteContext& then) { return add(then, who, index); });
        if (!schedule)
            return;
        at(schedule->enrolledAt, [this, &who](WriteContext& then) { return enrol(then, who); });
        const std::size_t last = schedule->stepsAt.size();
        for (std::size_t step = 0; step < last; ++step) {
            const bool decisive = step + 1 == last;
            at(schedule->stepsAt[step], [this, &who, decisive](WriteContext& then) { return work(then, who, decisive); });
        }
        follow(who, *schedule);
    }

    std::optional<PracticeSchedule> scheduleOf(const Played& who) const {
        if (who.role.part == Part::New)
            return std::nullopt;
        const StrategyVersion& version = m_stage.versions[std::size_t(who.role.strategy)];
        const auto zone = outreach::zoneOf(who.lead, m_zone).zone;
        PracticeGoal goal{.step = who.role.step, .doneBefore = m_stage.now - 30min, .seed = who.seed};
        const auto day = [&](int offset) { return m_zone.startOf(m_today + std::chrono::days(offset)); };
        switch (who.role.part) {
        case Part::DueToday:
            goal.dueFrom = m_dayStart;
            goal.dueUntil = m_dayEnd;
            return findSchedule(version, zone, goal);
        case Part::Overdue:
            goal.dueFrom = day(-5);
            goal.dueUntil = m_dayStart;
            return findSchedule(version, zone, goal);
        case Part::DueLater: {
            // Spread: another day for everybody, the nearest that fits.
            const int first = 1 + int(who.seed % 8);
            for (int ahead = 0; ahead < 8; ++ahead) {
                goal.dueFrom = day(1 + (first + ahead - 1) % 8);
                goal.dueUntil = goal.dueFrom + 24h;
                if (auto schedule = findSchedule(version, zone, goal))
                    return schedule;
            }
            return std::nullopt;
        }
        case Part::Replied:
        case Part::Bounced:
        case Part::Away:
        case Part::OptedOut:
        case Part::Meeting:
        case Part::NotNow:
        case Part::Never:
        case Part::Finished:
        case Part::New:
            break;
        }
        return untilStep(version, zone, who, goal);
    }

    // The last step done some days ago, whatever comes after it.
    std::optional<PracticeSchedule> untilStep(const StrategyVersion& version, const outreach::Zone& zone, const Played& who,
                                              PracticeGoal goal) const {
        const int daysAgo = who.role.part == Part::Replied ? who.role.daysAgo + 1
                            : who.role.part == Part::Away  ? 1 + int(who.seed % 3) // not back yet
                                                           : 2 + int(who.seed % 9);
        goal.doneBefore = std::min(goal.doneBefore, onDay(daysAgo, 20 * 60));
        const int steps = std::min(goal.step, int(version.steps.size()));
        goal.step = steps - 1;
        goal.dueFrom = goal.doneBefore - 24h * 21;
        goal.dueUntil = goal.doneBefore - 4h;
        auto schedule = findSchedule(version, zone, goal);
        if (schedule)
            schedule->stepsAt.push_back(schedule->dueAt + std::chrono::minutes(7 + who.seed % 40));
        return schedule;
    }

    // What the prospect does after the last step.
    void follow(Played& who, const PracticeSchedule& schedule) {
        if (schedule.stepsAt.empty())
            return;
        const Instant last = schedule.stepsAt.back();
        switch (who.role.part) {
        case Part::Replied: {
            const Instant arrives = std::max(onDay(who.role.daysAgo, 7 * 60 + 12 + int(who.seed % 3) * 95), last + 20min);
            at(arrives, [this, &who](WriteContext& then) { return answer(then, who); });
            if (who.role.handled)
                at(arrives + 3h, [this, &who](WriteContext& then) { return handle(then, who); });
            break;
        }
        case Part::Bounced:
        case Part::Away:
            at(last + 15s + who.prospect.answersAfter, [this, &who](WriteContext& then) { return answer(then, who); });
            break;
        case Part::OptedOut:
            at(last + 95min, [this, &who](WriteContext& then) { return answer(then, who); });
            break;
        case Part::DueLater:
            if (who.prospect.kind == ProspectKind::Full) // comes back, but the strategy goes on
                at(last + 15s + who.prospect.answersAfter, [this, &who](WriteContext& then) { return answer(then, who); });
            break;
        case Part::New:
        case Part::DueToday:
        case Part::Overdue:
        case Part::Meeting:
        case Part::NotNow:
        case Part::Never:
        case Part::Finished:
            break;
        }
    }

    // ── Deeds ────────────────────────────────────────────────────────────────────────────────

    Result<> add(WriteContext& then, Played& who, std::size_t index) {
        LeadRepository(then.db).insert(then, who.lead);
        Activity imported{.lead = who.lead.id,
                          .kind = ActivityKind::Imported,
                          .subject = who.lead.source,
                          .text = "row " + std::to_string(2 + (index * 37) % 1400)};
        ActivityRepository(then.db).append(then, imported);
        return {};
    }

    Result<> enrol(WriteContext& then, Played& who) {
        const auto which = std::size_t(who.role.strategy);
        OUTRIDER_ASSIGN(who.enrolment,
                        outreach::StrategyFlow(then, m_stage.surroundings)
                            .enrol(who.lead.id, m_stage.strategies[which], m_stage.versions[which], who.lead.source));
        return {};
    }

    // Works the step that is due. The decisive one is what the part is about.
    Result<> work(WriteContext& then, Played& who, bool decisive) {
        const auto task = TaskRepository(then.db).openOf(who.enrolment);
        if (!task)
            return {};
        TaskCompletion completion;
        if (task->channel == Channel::Call)
            completion = callOf(who, decisive);
        OUTRIDER_ASSIGN(const TaskOutcome outcome,
                        outreach::TaskFlow(then, m_stage.surroundings, m_random).complete(task->id, completion));
        if (!outcome.outbox)
            return {};
        WriteContext leaves = then.asOf(then.now + std::chrono::seconds(m_stage.mailbox.holdSeconds + 1));
        OutboxRepository outbox(leaves.db);
        const auto item = outbox.find(outcome.outbox);
        if (!item)
            return fail(ErrorCode::Internal, "the practice message is gone");
        outbox.claim(leaves, *item);
        outbox.move(leaves, item->id, OutboxState::Sending);
        outreach::SendFlow(leaves, m_stage.surroundings).sent(*item, "250 2.0.0 Ok");
        return {};
    }

    TaskCompletion callOf(const Played& who, bool decisive) const {
        const std::string name = who.lead.firstName.empty() ? who.lead.lastName : who.lead.firstName;
        if (decisive) {
            switch (who.role.part) {
            case Part::Meeting:
                return {.disposition = Disposition::Meeting,
                        .note = "Wants to see it with their own gate data. Demo next week, invitation sent.",
                        .durationSeconds = 380};
            case Part::NotNow:
                return {.disposition = Disposition::NotNow,
                        .note = "Budget is closed for this year. Open to talk again in spring.",
                        .durationSeconds = 145};
            case Part::Never:
                return {.disposition = Disposition::Never,
                        .note = "Has an own development and wants no more calls.",
                        .durationSeconds = 40};
            default:
                break;
            }
        }
        return practiceCall(who.seed, name);
    }

    // The prospect's mail, through the code that reads real mail.
    Result<> answer(WriteContext& then, Played& who) {
        MessageRepository messages(then.db);
        const auto last = messages.lastOutboundTo(who.lead.id);
        if (!last)
            return {};
        const transport::ParsedMail ours = transport::parse(messages.raw(last->id));
        const int offset = outreach::zoneOf(who.lead, m_zone).zone.offsetMinutes(then.now);
        OUTRIDER_ASSIGN(const std::string raw, PracticeLetter(who.lead, ours, then.now, offset).of(who.prospect));
        inbound::IncomingMail mail = inbound::readIncoming(raw, then.now, m_stage.mailbox.id);
        const inbound::MailMatch match = inbound::findMatch(then.db, mail);
        if (match.by == inbound::MailMatch::By::Nobody)
            return fail(ErrorCode::Internal, "nobody's practice mail: " + who.lead.email);
        return inbound::InboundFlow(then, m_stage.surroundings, m_random).apply(mail, match);
    }

    // A reply the person has dealt with since: every second one goes on.
    Result<> handle(WriteContext& then, const Played& who) {
        MessageRepository messages(then.db);
        for (const Message& message : messages.ofLead(who.lead.id, 10)) {
            if (message.direction == Direction::Inbound && !message.handled)
                messages.setHandled(then, message.id, true);
        }
        Activity note{.lead = who.lead.id, .kind = ActivityKind::Note, .text = std::string(practiceReplyNote(who.seed))};
        ActivityRepository(then.db).append(then, note);
        if (who.seed % 2 == 0)
            LeadRepository(then.db).setStatus(then, who.lead.id, statuses::qualified);
        return {};
    }

    // ── To-dos ───────────────────────────────────────────────────────────────────────────────

    void addToDos() {
        for (const PracticeToDo& todo : practiceToDos()) {
            const auto found = std::find_if(m_people.begin(), m_people.end(), [&](const auto& who) {
                return todo.lastName.empty()
                           ? who->role.part == Part::Replied && who->role.handled && !m_busy.contains(who->person.email)
                           : who->person.lastName == todo.lastName;
            });
            if (found == m_people.end())
                continue;
            const Played& who = **found;
            m_busy.insert(who.person.email);
            const Instant due = m_zone.at(m_today + std::chrono::days(todo.inDays), todo.minute);
            at(m_stage.now - 9min, [&who, &todo, due](WriteContext& then) -> Result<> {
                Task task{.lead = who.lead.id,
                          .channel = Channel::Task,
                          .title = std::string(todo.title),
                          .note = std::string(todo.note),
                          .dueAt = due};
                TaskRepository(then.db).insert(then, task);
                return {};
            });
        }
    }

    // The person's own words on why, for many of today's tasks.
    void explainToday() {
        WriteContext then = m_write.asOf(m_stage.now - 8min);
        TaskRepository tasks(then.db);
        for (const auto& who : m_people) {
            if (who->role.part != Part::DueToday && who->role.part != Part::Overdue)
                continue;
            const auto task = tasks.openOf(who->enrolment);
            const std::string_view note = task ? practiceWhy(who->person.lastName, task->channel, who->seed) : std::string_view();
            if (!note.empty())
                tasks.setNote(then, task->id, note);
        }
    }

    WriteContext& m_write;
    const PracticeStage& m_stage;
    SeededRandom m_random;
    const outreach::Zone m_zone;
    const LocalDay m_today;
    const Instant m_dayStart;
    const Instant m_dayEnd;
    const MemberId m_me;
    std::vector<CompanyId> m_companies;
    std::vector<std::unique_ptr<Played>> m_people;
    std::set<std::string> m_busy;
    std::vector<Event> m_events;
};

} // namespace

Result<> tellPracticeStory(WriteContext& write, const PracticeStage& stage) { return Story(write, stage).tell(); }

} // namespace outrider::practice
