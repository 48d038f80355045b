// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/lead_zone.h"
#include "core/outreach/send_gate.h"
#include "core/outreach/simulation.h"
#include "core/outreach/text_message.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>
#include <climits>
#include <map>
#include <set>

namespace outrider::outreach {

using namespace outrider::store;

namespace {

constexpr auto week = std::chrono::hours(7 * 24); // the longest window of a limit

// Leads of one country share their days off.
class DaysOffByCountry {
public:
    explicit DaysOffByCountry(const Surroundings& surroundings) : m_surroundings(surroundings) {}
    const DaysOff& of(const Lead& lead) const {
        const auto [found, isNew] = m_known.try_emplace({lead.country, lead.country.empty() ? lead.phoneKey : std::string()});
        if (isNew)
            found->second = m_surroundings.daysOffFor(lead);
        return found->second;
    }

private:
    const Surroundings& m_surroundings;
    mutable std::map<std::pair<std::string, std::string>, DaysOff> m_known;
};

// Of those it is about and of their colleagues.
void readContacts(Connection& db, SimulationInput& input) {
    ActivityRepository activities(db);
    const auto since = [&](int days) { return input.now - std::chrono::hours(24 * days); };
    std::set<LeadId> leads;
    std::set<CompanyId> companies;
    const auto about = [&](LeadId lead, CompanyId company) {
        if (input.rules.leadGapDays > 0)
            leads.insert(lead);
        if (input.rules.companyGapDays > 0 && company)
            companies.insert(company);
    };
    for (const auto& one : input.running)
        about(one.enrolment.lead, one.company);
    for (const auto& one : input.waiting)
        about(one.item.lead, one.company);
    for (const LeadId lead : leads)
        std::ranges::move(activities.contacts(lead, since(input.rules.leadGapDays)), std::back_inserter(input.contacts));
    for (const CompanyId company : companies)
        std::ranges::move(activities.contactsAt(company, since(input.rules.companyGapDays)), std::back_inserter(input.contacts));
    std::ranges::stable_sort(input.contacts, {}, &ActivityRepository::Contact::at);
}

bool isUnreachable(Connection& db, const Lead& lead) {
    return lead.trashedAt || lead.emailKey.empty() || lead.reach != Reach::Ok || lead.noContact.contains(Channel::Email)
           || SuppressionRepository(db).forEmail(lead.emailKey).has_value();
}

bool isPhoneless(Connection& db, const Lead& lead) {
    return lead.trashedAt || lead.phoneKey.empty() || !isReachable(lead.reach, Channel::Sms)
           || lead.noContact.contains(Channel::Sms) || SuppressionRepository(db).forPhone(lead.phoneKey).has_value();
}

} // namespace

SimulationInput simulationInput(Connection& db, const Surroundings& surroundings, Instant now, Progress* progress) {
    SimulationInput input{.now = now, .rules = surroundings.rules};
    if (progress != nullptr)
        progress->setPhase(Progress::Phase::Reading);
    input.everythingHeld = SettingRepository(db).get("send.held") == "true";
    input.mailboxes = MailboxRepository(db).all();
    const bool hasLine = std::ranges::any_of(input.mailboxes, [](const Mailbox& one) { return isPhoneLine(one.account); });

    LeadRepository leads(db);
    StrategyRepository strategies(db);
    EnrolmentRepository enrolments(db);
    TaskRepository tasks(db);
    OutboxRepository outbox(db);
    const auto zoneFor = [&](const Lead& lead) { return zoneOf(lead, surroundings.zone).zone; };
    const DaysOffByCountry daysOff(surroundings);
    const auto keepVersion = [&](StrategyVersionId id) {
        if (!input.versions.contains(id)) {
            if (auto version = strategies.version(id))
                input.versions.emplace(id, std::move(*version));
        }
    };

    for (const Mailbox& mailbox : input.mailboxes) {
        auto handOvers = outbox.handOvers(mailbox.id, now - week);
        std::ranges::move(handOvers, std::back_inserter(input.ledger));
    }
    std::ranges::stable_sort(input.ledger, {}, &OutboxRepository::HandOver::at);

    for (const StrategySummary& summary : strategies.all()) {
        const Strategy& strategy = summary.strategy;
        input.strategies.emplace(strategy.id, strategy);
        for (const EnrolmentId id : enrolments.runningIn(strategy.id)) {
            if (progress != nullptr) {
                if (progress->cancelled())
                    return input;
                progress->setDone(std::int64_t(input.running.size()));
            }
            const auto enrolment = enrolments.find(id);
            const auto lead = enrolment ? leads.find(enrolment->lead) : std::nullopt;
            if (!lead)
                continue;
            keepVersion(enrolment->version);
            SimulationInput::Running running{.enrolment = *enrolment,
                                             .zone = zoneFor(*lead),
                                             .recipientKey = lead->emailKey,
                                             .score = lead->score,
                                             .company = lead->company,
                                             .daysOff = daysOff.of(*lead),
                                             .unreachable = isUnreachable(db, *lead)};
            if (hasLine) {
                running.phoneKey = lead->phoneKey;
                running.phoneless = isPhoneless(db, *lead);
            }
            if (const auto task = tasks.openOf(id))
                running.taskDueAt = task->dueAt;
            input.running.push_back(std::move(running));
        }
    }
    std::ranges::sort(input.running, {}, [](const SimulationInput::Running& one) { return one.enrolment.id; });

    for (OutboxRow& row : outbox.list({OutboxState::Queued, OutboxState::Held}, INT_MAX)) {
        SimulationInput::Waiting waiting{.item = std::move(row.item), .due = {}, .strategy = {}};
        waiting.due = waiting.item.createdAt;
        waiting.fenced = !SendFence::lets(db, waiting.item.id);
        if (const auto lead = leads.find(waiting.item.lead)) {
            waiting.zone = zoneFor(*lead);
            waiting.daysOff = daysOff.of(*lead);
            waiting.company = lead->company;
        }
        const auto enrolment = waiting.item.enrolment ? enrolments.find(waiting.item.enrolment) : std::nullopt;
        if (enrolment) {
            keepVersion(enrolment->version);
            waiting.strategy = enrolment->strategy;
            if (const auto step = strategies.step(waiting.item.step)) {
                waiting.step = step->position;
                waiting.window = step->window.value_or(input.versions.at(enrolment->version).window);
            }
        }
        if (waiting.item.channel == Channel::Sms) {
            waiting.window = withinTextHours(waiting.window);
            if (!waiting.item.enrolment)
                waiting.daysOff = {};
        }
        input.waiting.push_back(std::move(waiting));
    }
    readContacts(db, input);
    return input;
}

} // namespace outrider::outreach
