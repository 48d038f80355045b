// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/contact/email_address.h"
#include "core/domain/lead.h"
#include "core/domain/strategy.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"

#include <string>

namespace outrider::test {

// Short ways to make what most tests need.

inline Lead makeLead(const std::string& first, const std::string& last, const std::string& email = {}) {
    Lead lead;
    lead.firstName = first;
    lead.lastName = last;
    lead.email = email;
    if (!email.empty())
        lead.emailKey = contact::parseEmailAddress(email)->key;
    return lead;
}

inline LeadId addLead(store::WriteContext& w, Lead lead) {
    store::LeadRepository(w.db).insert(w, lead);
    return lead.id;
}

// Published, with the given channels `daysApart` business days after each other, 08:00 to 17:00.
inline StrategyVersion addStrategy(store::WriteContext& w, const std::string& name,
                                   const std::vector<Channel>& steps = {Channel::Email, Channel::Call, Channel::Email},
                                   int daysApart = 2) {
    store::StrategyRepository repository(w.db);
    Strategy strategy{.name = name};
    repository.insert(w, strategy);
    StrategyVersion version{.strategy = strategy.id};
    for (const Channel channel : steps) {
        Step step{.channel = channel, .dayOffset = version.steps.empty() ? 0 : daysApart};
        step.subject = "About {{company|your work}}";
        step.body = "Hello {{first_name}},\n\na short question.";
        version.steps.push_back(std::move(step));
    }
    repository.publish(w, version);
    return version;
}

inline EnrolmentId addEnrolment(store::WriteContext& w, LeadId lead, const StrategyVersion& version) {
    Enrolment enrolment{.lead = lead, .strategy = version.strategy, .version = version.id, .enrolledAt = w.now};
    store::EnrolmentRepository(w.db).insert(w, enrolment);
    return enrolment.id;
}

inline TaskId addTask(store::WriteContext& w, LeadId lead, Channel channel, Instant due, EnrolmentId enrolment = {},
                      StepId step = {}) {
    Task task{.lead = lead, .enrolment = enrolment, .step = step, .channel = channel, .dueAt = due};
    store::TaskRepository(w.db).insert(w, task);
    return task.id;
}

} // namespace outrider::test
