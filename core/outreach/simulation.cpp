// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/simulation.h"

#include "core/domain/variant.h"
#include "core/outreach/advance.h"
#include "core/outreach/send_gate.h"
#include "core/outreach/text_message.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace outrider::outreach {

namespace {

class Run {
public:
    Run(const SimulationInput& input, Instant until, Progress* progress) : m_input(input), m_progress(progress) {
        m_found.from = input.now;
        m_found.until = until;
    }

    Simulation run() {
        for (const auto& handOver : m_input.ledger)
            record(m_lanes[handOver.mailbox], handOver.domain, handOver.at);
        for (const auto& contact : m_input.contacts)
            contacted(contact.lead, contact.company, contact.enrolment, contact.at);
        std::map<EnrolmentId, std::size_t> places;
        for (std::size_t i = 0; i < m_input.running.size(); ++i)
            places.emplace(m_input.running[i].enrolment.id, i);
        for (const auto& waiting : m_input.waiting) {
            Message message{.item = waiting.item,
                            .zone = &waiting.zone,
                            .daysOff = &waiting.daysOff,
                            .company = waiting.company,
                            .window = waiting.window,
                            .fenced = waiting.fenced,
                            .due = waiting.due,
                            .strategy = waiting.strategy,
                            .step = waiting.step};
            if (const auto place = places.find(waiting.item.enrolment); place != places.end())
                message.running = place->second;
            enqueue(std::move(message));
        }
        m_now = m_input.now;
        m_enrolments.reserve(m_input.running.size());
        for (std::size_t i = 0; i < m_input.running.size(); ++i) {
            m_enrolments.push_back(m_input.running[i].enrolment);
            const auto& lead = m_input.running[i];
            if (!m_underWay.contains(lead.enrolment.id))
                lead.taskDueAt ? due(i, lead.enrolment.nextStep, *lead.taskDueAt) : planNext(i);
        }
        for (;;) {
            const Instant task = m_tasks.empty() ? Instant::max() : std::get<0>(*m_tasks.begin());
            Instant message = Instant::max();
            MailboxId next;
            for (const auto& [id, lane] : m_lanes) {
                if (lane.nextLook() < message) {
                    message = lane.nextLook();
                    next = id;
                }
            }
            const Instant now = std::max(std::min(task, message), m_input.now);
            if (now >= m_found.until || (m_progress != nullptr && m_progress->cancelled()))
                break;
            if (m_progress != nullptr)
                m_progress->setDone(std::int64_t(m_found.steps.size()));
            m_now = now;
            if (task <= message)
                workTask(now);
            else
                look(next, m_lanes[next], now);
        }
        for (const auto& [id, lane] : m_lanes)
            leftOver(lane);
        std::ranges::sort(m_found.skips, {}, [](const SimulatedSkip& one) { return std::tuple(one.enrolment, one.step); });
        return std::move(m_found);
    }

private:
    struct Message {
        OutboxItem item;
        const Zone* zone = nullptr;
        const DaysOff* daysOff = nullptr;
        CompanyId company;
        std::optional<Window> window;
        bool fenced = false;
        Instant due{};
        StrategyId strategy;
        int step = 0;
        std::optional<std::size_t> running;
        Instant readySince{};
        std::vector<WaitReason> waited;
    };

    // The latest contact, and the latest of all by others than that one; they are told in the order they happen.
    template <typename Who>
    struct Latest {
        std::optional<std::pair<Who, Instant>> last;
        std::optional<std::pair<Who, Instant>> other;

        void add(Who who, Instant at) {
            if (last && last->first != who)
                other = last;
            last = {who, at};
        }
        std::optional<Instant> notBy(Who who) const {
            const auto& found = last && last->first != who ? last : other;
            return found ? std::optional(found->second) : std::nullopt;
        }
    };

    // One mailbox: what may leave at once is looked at in the order it was queued, what has to wait comes back at its
    // moment. While the mailbox itself has to wait nothing in it is looked at.
    struct Lane {
        std::set<std::size_t> ready;
        std::set<std::pair<Instant, std::size_t>> later;
        Instant blockedUntil{};
        std::map<WaitReason, Instant> blocked; // why it had to wait, and when last
        std::vector<Instant> handOvers;

        Instant nextLook() const {
            const Instant back = later.empty() ? Instant::max() : later.begin()->first;
            return std::max(ready.empty() ? back : Instant{}, blockedUntil);
        }
    };

    const StrategyVersion* versionOf(const Enrolment& enrolment) const {
        const auto found = m_input.versions.find(enrolment.version);
        return found == m_input.versions.end() ? nullptr : &found->second;
    }

    void skip(LeadId lead, EnrolmentId enrolment, StrategyId strategy, int step, SkipReason reason, std::optional<Instant> at) {
        m_found.skips.push_back(
            {.lead = lead, .enrolment = enrolment, .strategy = strategy, .step = step, .reason = reason, .due = at});
    }

    void planNext(std::size_t index) {
        const Enrolment& enrolment = m_enrolments[index];
        const StrategyVersion* version = versionOf(enrolment);
        const auto strategy = m_input.strategies.find(enrolment.strategy);
        if (version == nullptr || strategy == m_input.strategies.end())
            return;
        const Plan plan = planNextStep({.version = *version,
                                        .enrolment = enrolment,
                                        .strategyState = strategy->second.state,
                                        .zone = m_input.running[index].zone,
                                        .daysOff = m_input.running[index].daysOff,
                                        .gap = gapOf(enrolment.lead, m_input.running[index].company, enrolment.id, m_now)});
        switch (plan.kind) {
        case Plan::Kind::Due:
            due(index, plan.step, plan.dueAt);
            break;
        case Plan::Kind::Waits: {
            const PlanReason why = plan.reasons.back();
            skip(enrolment.lead, enrolment.id, enrolment.strategy, plan.step,
                 why == PlanReason::StrategyPaused    ? SkipReason::StrategyPaused
                 : why == PlanReason::Canary          ? SkipReason::HeldForReview
                 : why == PlanReason::EnrolmentPaused ? SkipReason::EnrolmentPaused
                                                      : SkipReason::WindowNeverOpens,
                 {});
            break;
        }
        case Plan::Kind::Ends:
            break;
        }
    }

    // Tasks of one moment are worked by score, then in the order their enrolments began: as the queue has them.
    void due(std::size_t index, int step, Instant at) { m_tasks.insert({at, -m_input.running[index].score, index, step}); }

    void workTask(Instant now) {
        const auto [dueAt, score, index, position] = *m_tasks.begin();
        m_tasks.erase(m_tasks.begin());
        const Enrolment& enrolment = m_enrolments[index];
        const StrategyVersion& version = *versionOf(enrolment);
        const Step& step = version.steps[std::size_t(position)];
        const auto& lead = m_input.running[index];
        const Mailbox* line = step.channel == Channel::Sms ? phoneLine() : nullptr;
        if (step.channel != Channel::Email && line == nullptr) {
            m_found.steps.push_back({.at = now,
                                     .due = dueAt,
                                     .lead = enrolment.lead,
                                     .enrolment = enrolment.id,
                                     .strategy = enrolment.strategy,
                                     .step = position,
                                     .channel = step.channel});
            if (step.channel != Channel::Task)
                contacted(enrolment.lead, lead.company, enrolment.id, now);
            m_enrolments[index] = advanced(enrolment, version, now);
            planNext(index);
            return;
        }
        const Mailbox* mailbox = line != nullptr ? line : mailboxFor(enrolment.strategy);
        const bool unreachable = line != nullptr ? lead.phoneless : lead.unreachable;
        if (unreachable || mailbox == nullptr) {
            skip(enrolment.lead, enrolment.id, enrolment.strategy, position,
                 unreachable ? SkipReason::Unreachable : SkipReason::NoMailbox, dueAt);
            return;
        }
        const bool held = mailbox->holdSeconds > 0;
        OutboxItem item{.lead = enrolment.lead,
                        .enrolment = enrolment.id,
                        .step = step.id,
                        .mailbox = mailbox->id,
                        .channel = step.channel,
                        .recipientKey = line != nullptr ? lead.phoneKey : lead.recipientKey,
                        .state = held ? OutboxState::Held : OutboxState::Queued,
                        .waitReason = held ? WaitReason::UndoWindow : WaitReason::None,
                        .earliestAt = now + std::chrono::seconds(mailbox->holdSeconds)};
        enqueue({.item = std::move(item),
                 .zone = &lead.zone,
                 .daysOff = &lead.daysOff,
                 .company = lead.company,
                 .window = line != nullptr ? withinTextHours(step.window.value_or(version.window))
                                           : step.window.value_or(version.window),
                 .due = dueAt,
                 .strategy = enrolment.strategy,
                 .step = position,
                 .running = index});
    }

    void enqueue(Message message) {
        if (message.item.enrolment)
            m_underWay.insert(message.item.enrolment);
        m_lanes[message.item.mailbox].later.insert({message.item.earliestAt, m_messages.size()});
        m_messages.push_back(std::move(message));
    }

    // As the sender does: the first that may leave does, the others get their reason and moment.
    void look(MailboxId id, Lane& lane, Instant now) {
        while (!lane.later.empty() && lane.later.begin()->first <= now) {
            const std::size_t index = lane.later.begin()->second;
            lane.later.erase(lane.later.begin());
            m_messages[index].readySince = now;
            lane.ready.insert(index);
        }
        const Mailbox* mailbox = mailboxOf(id);
        while (!lane.ready.empty() && mailbox != nullptr) {
            const std::size_t index = *lane.ready.begin();
            Message& message = m_messages[index];
            const SendGate gate = gateOf(message, *mailbox, lane, now);
            if (gate.verdict == SendGate::Verdict::Wait && isOfMailbox(gate.reason)) {
                lane.blocked[gate.reason] = now;
                // What only a person ends is not ended by looking again.
                lane.blockedUntil = mailbox->state == MailboxState::Active ? gate.earliestAt : m_found.until;
                return;
            }
            lane.ready.erase(lane.ready.begin());
            if (gate.verdict == SendGate::Verdict::Go) {
                leave(message, lane, now);
                return;
            }
            if (gate.verdict == SendGate::Verdict::Wait) {
                waits(message, gate.reason);
                const bool forGood = gate.reason == WaitReason::HeldByUser || gate.reason == WaitReason::SendFence;
                message.item.waitReason = gate.reason;
                message.item.earliestAt = forGood ? m_found.until : gate.earliestAt;
                lane.later.insert({message.item.earliestAt, index});
            }
        }
        if (mailbox == nullptr)
            lane.blockedUntil = m_found.until;
    }

    SendGate gateOf(const Message& message, const Mailbox& mailbox, const Lane& lane, Instant now) const {
        SendGateInput input{.now = now,
                            .everythingHeld = m_input.everythingHeld,
                            .fenced = message.fenced,
                            .item = message.item,
                            .mailbox = mailbox,
                            .window =
                                message.item.enrolment || message.item.channel == Channel::Sms ? message.window : std::nullopt,
                            .zone = *message.zone,
                            .daysOff = *message.daysOff};
        if (message.item.enrolment)
            input.gap = gapOf(message.item.lead, message.company, message.item.enrolment, now);
        input.handedOver = [&](SendLimit::Scope scope, int n) -> std::optional<Instant> {
            const std::vector<Instant>* times = &lane.handOvers;
            if (scope == SendLimit::Scope::Domain) {
                const auto found = m_byDomain.find(domainOf(message.item));
                if (found == m_byDomain.end())
                    return std::nullopt;
                times = &found->second;
            }
            return int(times->size()) < n ? std::nullopt : std::optional((*times)[times->size() - std::size_t(n)]);
        };
        return sendGate(input);
    }

    void leave(Message& message, Lane& lane, Instant now) {
        for (const auto& [reason, when] : lane.blocked) {
            if (when >= message.readySince)
                waits(message, reason);
        }
        record(lane, domainOf(message.item), now);
        contacted(message.item.lead, message.company, message.item.enrolment, now);
        m_found.steps.push_back({.at = now,
                                 .due = message.due,
                                 .lead = message.item.lead,
                                 .enrolment = message.item.enrolment,
                                 .strategy = message.strategy,
                                 .step = message.step,
                                 .channel = message.item.channel,
                                 .mailbox = message.item.mailbox,
                                 .variant = variantOf(message),
                                 .waited = message.waited});
        m_underWay.erase(message.item.enrolment);
        if (message.running) {
            const std::size_t running = *message.running; // planning on may move `message`
            Enrolment& enrolment = m_enrolments[running];
            enrolment = advanced(enrolment, *versionOf(enrolment), now);
            planNext(running);
        }
    }

    int variantOf(const Message& message) const {
        if (!message.running)
            return 0;
        const StrategyVersion* version = versionOf(m_enrolments[*message.running]);
        return version == nullptr || message.step >= int(version->steps.size())
                   ? 0
                   : variantFor(message.item.enrolment, version->steps[std::size_t(message.step)]);
    }

    void contacted(LeadId lead, CompanyId company, EnrolmentId enrolment, Instant at) {
        if (m_input.rules.leadGapDays > 0)
            m_contactsOfLead[lead].add(enrolment, at);
        if (m_input.rules.companyGapDays > 0 && company)
            m_contactsAt[company].add(lead, at);
    }

    std::optional<ContactGap> gapOf(LeadId lead, CompanyId company, EnrolmentId enrolment, Instant now) const {
        if (m_contactsOfLead.empty() && m_contactsAt.empty())
            return std::nullopt;
        const auto own = m_contactsOfLead.find(lead);
        const auto there = company ? m_contactsAt.find(company) : m_contactsAt.end();
        return contactGap(m_input.rules, own == m_contactsOfLead.end() ? std::nullopt : own->second.notBy(enrolment),
                          there == m_contactsAt.end() ? std::nullopt : there->second.notBy(lead), now);
    }

    void leftOver(const Lane& lane) {
        const auto beyond = [this](std::size_t index) {
            const Message& left = m_messages[index];
            skip(left.item.lead, left.item.enrolment, left.strategy, left.step, SkipReason::BeyondTheEnd, left.due);
        };
        for (const std::size_t index : lane.ready)
            beyond(index);
        for (const auto& [at, index] : lane.later)
            beyond(index);
    }

    static void waits(Message& message, WaitReason reason) {
        if (std::ranges::find(message.waited, reason) == message.waited.end())
            message.waited.push_back(reason);
    }

    static std::string domainOf(const OutboxItem& item) { return item.recipientKey.substr(item.recipientKey.rfind('@') + 1); }

    void record(Lane& lane, const std::string& domain, Instant at) {
        lane.handOvers.push_back(at);
        m_byDomain[domain].push_back(at);
    }

    const Mailbox* mailboxOf(MailboxId id) const {
        const auto found = std::ranges::find(m_input.mailboxes, id, &Mailbox::id);
        return found == m_input.mailboxes.end() ? nullptr : &*found;
    }

    const Mailbox* mailboxFor(StrategyId strategy) const {
        const auto its = m_input.strategies.find(strategy);
        if (its != m_input.strategies.end()) {
            if (const Mailbox* mailbox = mailboxOf(its->second.mailbox); mailbox != nullptr && !isPhoneLine(mailbox->account))
                return mailbox;
        }
        return firstActive(false);
    }

    const Mailbox* phoneLine() const { return firstActive(true); }

    // As MailboxRepository has them.
    const Mailbox* firstActive(bool line) const {
        const Mailbox* first = nullptr;
        for (const Mailbox& one : m_input.mailboxes) {
            if (isPhoneLine(one.account) == line
                && (first == nullptr || std::pair(one.state, one.id) < std::pair(first->state, first->id)))
                first = &one;
        }
        return first;
    }

    const SimulationInput& m_input;
    Progress* m_progress;
    Instant m_now{};
    std::map<LeadId, Latest<EnrolmentId>> m_contactsOfLead;
    std::map<CompanyId, Latest<LeadId>> m_contactsAt;
    Simulation m_found;
    std::vector<Enrolment> m_enrolments; // of m_input.running, as they go along
    std::set<std::tuple<Instant, int, std::size_t, int>> m_tasks;
    std::vector<Message> m_messages; // in the order they were queued
    std::map<MailboxId, Lane> m_lanes;
    std::set<EnrolmentId> m_underWay;
    std::unordered_map<std::string, std::vector<Instant>> m_byDomain;
};

} // namespace

Simulation simulate(const SimulationInput& input, Instant until, Progress* progress) { return Run(input, until, progress).run(); }

} // namespace outrider::outreach
