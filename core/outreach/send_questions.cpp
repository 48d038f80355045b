// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/send_questions.h"

#include "core/outreach/lead_zone.h"
#include "core/outreach/text_message.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"

namespace outrider::outreach {

using namespace outrider::store;

std::optional<Window> SendQuestions::windowOf(StepId stepId, StrategyVersionId versionId) {
    const auto [found, isNew] = m_windows.try_emplace({stepId, versionId});
    if (isNew) {
        StrategyRepository strategies(m_db);
        const auto step = strategies.step(stepId);
        const auto version = step ? strategies.version(versionId) : std::nullopt;
        if (version)
            found->second = step->window.value_or(version->window);
    }
    return found->second;
}

template <typename Fn>
auto SendQuestions::ask(const OutboxItem& item, Fn&& fn) {
    OutboxRepository outbox(m_db);
    const auto lead = LeadRepository(m_db).find(item.lead);
    const LeadZone zone = zoneOf(lead.value_or(Lead{}), m_surroundings.zone);
    const DaysOff daysOff = m_surroundings.daysOffFor(lead.value_or(Lead{}));
    const bool text = item.channel == Channel::Sms;
    const DaysOff none;
    // A text message written by hand keeps to the hours of the day, not to the days.
    SendGateInput input{
        .now = m_now, .item = item, .mailbox = m_mailbox, .zone = zone.zone, .daysOff = text && !item.enrolment ? none : daysOff};
    input.fenced = !SendFence::lets(m_db, item.id);
    input.suppressed = !lead || lead->trashedAt || !isReachable(lead->reach, item.channel)
                       || lead->noContact.contains(item.channel)
                       || (text ? SuppressionRepository(m_db).forPhone(item.recipientKey)
                                : SuppressionRepository(m_db).forEmail(item.recipientKey))
                              .has_value();
    if (item.enrolment) {
        const auto enrolment = EnrolmentRepository(m_db).find(item.enrolment);
        input.strategyEnded = !enrolment || enrolment->state == EnrolmentState::Stopped;
        if (enrolment)
            input.window = windowOf(item.step, enrolment->version);
        if (lead)
            input.gap = contactGapOf(m_db, *lead, item.enrolment, m_surroundings.rules, m_now);
    }
    if (text)
        input.window = withinTextHours(input.window);
    const std::string_view recipient = item.recipientKey;
    input.handedOver = [&, domain = recipient.substr(recipient.rfind('@') + 1)](SendLimit::Scope scope, int n) {
        return scope == SendLimit::Scope::Domain ? outbox.handedOverTo(domain, n) : outbox.handedOver(m_mailbox.id, n);
    };
    return std::forward<Fn>(fn)(input);
}

SendGate SendQuestions::gate(const OutboxItem& item) {
    return ask(item, [](const SendGateInput& input) { return sendGate(input); });
}

std::vector<SendCheck> SendQuestions::checks(const OutboxItem& item) {
    return ask(item, [this](SendGateInput& input) {
        input.everythingHeld = SettingRepository(m_db).get("send.held") == "true";
        return sendChecks(input);
    });
}

} // namespace outrider::outreach
