// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/lead_detail.h"

#include "core/outreach/advance.h"
#include "core/outreach/lead_zone.h"
#include "core/outreach/planner.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

using StepState = EnrolmentDetail::StepState;

void readPast(Connection& db, EnrolmentDetail& detail) {
    for (const auto& past : EnrolmentRepository(db).past(detail.enrolment.id)) {
        const auto position = std::size_t(past.position);
        if (position >= detail.steps.size())
            continue;
        StepState& step = detail.steps[position];
        step.at = past.at;
        switch (past.state) {
        case TaskState::Done:
            step.kind = StepState::Kind::Done;
            break;
        case TaskState::Skipped:
            step.kind = StepState::Kind::Skipped;
            break;
        case TaskState::Open:
            step.kind = StepState::Kind::Current;
            break;
        case TaskState::Cancelled:
            step.kind = StepState::Kind::Removed;
            break;
        }
    }
}

// When the coming steps are due if each is done on its day.
void planComing(EnrolmentDetail& detail, StrategyState state, const outreach::Zone& zone, const outreach::DaysOff& daysOff) {
    Enrolment simulated = detail.enrolment;
    for (std::size_t i = std::size_t(std::max(0, simulated.nextStep)); i < detail.steps.size(); ++i) {
        StepState& step = detail.steps[i];
        if (!detail.enrolment.isRunning()) {
            step.kind = StepState::Kind::Removed;
            continue;
        }
        if (step.kind != StepState::Kind::Current) {
            // Done already, but not yet over: an e-mail on its way out.
            const bool leaving = step.kind == StepState::Kind::Done;
            const auto plan = outreach::planNextStep(
                {.version = detail.version, .enrolment = simulated, .strategyState = state, .zone = zone, .daysOff = daysOff});
            if (plan.kind != outreach::Plan::Kind::Due)
                return;
            step.kind = int(i) == detail.enrolment.nextStep ? StepState::Kind::Current : StepState::Kind::Coming;
            step.at = leaving ? step.at : std::optional(plan.dueAt);
        }
        simulated = outreach::advanced(simulated, detail.version, step.at.value_or(simulated.enrolledAt));
    }
}

std::vector<EnrolmentDetail> readEnrolments(Connection& db, LeadId lead, const outreach::Zone& zone,
                                            const outreach::DaysOff& daysOff) {
    std::vector<EnrolmentDetail> details;
    StrategyRepository strategies(db);
    EnrolmentRepository enrolments(db);
    for (const Enrolment& enrolment : enrolments.ofLead(lead)) {
        const auto strategy = strategies.find(enrolment.strategy);
        const auto version = strategies.version(enrolment.version);
        if (!strategy || !version)
            continue;
        EnrolmentDetail detail{.enrolment = enrolment, .strategyName = strategy->name, .version = *version};
        detail.source = enrolments.source(enrolment);
        detail.steps.resize(version->steps.size());
        readPast(db, detail);
        planComing(detail, strategy->state, zone, daysOff);
        details.push_back(std::move(detail));
    }
    std::stable_sort(details.begin(), details.end(), [](const EnrolmentDetail& a, const EnrolmentDetail& b) {
        if (a.enrolment.isRunning() != b.enrolment.isRunning())
            return a.enrolment.isRunning();
        return a.enrolment.id > b.enrolment.id;
    });
    return details;
}

} // namespace

Result<LeadDetail> readLeadDetail(Connection& db, LeadId id, const outreach::Surroundings& surroundings, Instant now) {
    const auto lead = LeadRepository(db).find(id);
    if (!lead)
        return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
    LeadDetail detail{.lead = *lead};
    CompanyRepository companies(db);
    if (lead->company) {
        detail.company = companies.find(lead->company);
        detail.companyLeads = companies.leadCount(lead->company);
    }
    for (const Member& member : MemberRepository(db).all()) {
        if (member.id == lead->owner)
            detail.ownerName = member.name;
    }
    const outreach::LeadZone zone = outreach::zoneOf(*lead, surroundings.zone);
    detail.zone = zone.zone.name();
    detail.zoneOrigin = std::string(outreach::zoneOriginNames.name(zone.origin));
    detail.zoneOffsetMinutes = zone.zone.offsetMinutes(now);
    const Window usual;
    const outreach::DaysOff daysOff = surroundings.daysOffFor(*lead);
    detail.insideHours = outreach::firstMomentInside(usual, zone.zone, daysOff, now) == now;
    detail.enrolments = readEnrolments(db, id, zone.zone, daysOff);
    detail.openTasks = TaskRepository(db).openOf(id);
    SuppressionRepository suppressions(db);
    detail.emailSuppression = suppressions.forEmail(lead->emailKey);
    detail.phoneSuppression = suppressions.forPhone(lead->phoneKey);
    detail.outboxAt = OutboxRepository(db).nextFor(id);
    return detail;
}

} // namespace outrider
