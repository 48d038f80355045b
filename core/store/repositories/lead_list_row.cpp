// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_list_row.h"

namespace outrider::store {

const std::string& leadListRowSql() {
    // The strategy the lead is in, else the one it was in last.
    static const std::string sql =
        "SELECT l.id, l.first_name, l.last_name, l.email, l.phone, l.linkedin_url, l.company_name, l.job_title, l.country,"
        " l.status_id, l.reach, l.score, l.created_at, l.next_task_at, l.last_touch_at, e.strategy_id, s.name, e.next_step,"
        " (SELECT count(*) FROM step x WHERE x.version_id = e.version_id), e.state, max(e.stop_reason, e.stop_cause),"
        " (SELECT t.channel FROM task t WHERE t.lead_id = l.id AND t.state = 0 ORDER BY t.due_at LIMIT 1)"
        " FROM lead l LEFT JOIN enrolment e INDEXED BY enrolment_lead ON e.lead_id = l.id"
        " AND e.id = (SELECT max(y.id) FROM enrolment y WHERE y.lead_id = l.id)"
        " LEFT JOIN strategy s ON s.id = e.strategy_id";
    return sql;
}

LeadListRow readLeadListRow(const Statement& row) {
    Lead lead;
    lead.firstName = row.text(1);
    lead.lastName = row.text(2);
    lead.email = row.text(3);
    lead.phone = row.text(4);
    lead.linkedinUrl = row.text(5);
    lead.companyName = row.text(6);
    LeadListRow out;
    out.id = row.id<LeadId>(0);
    out.name = displayName(lead);
    out.email = std::move(lead.email);
    out.companyName = std::move(lead.companyName);
    out.jobTitle = row.text(7);
    out.country = row.text(8);
    out.status = row.id<StatusId>(9);
    out.reach = row.value<Reach>(10);
    out.score = static_cast<int>(row.integer(11));
    out.createdAt = row.instant(12);
    out.nextTaskAt = row.optionalInstant(13);
    out.lastTouchAt = row.optionalInstant(14);
    out.strategy = row.id<StrategyId>(15);
    out.strategyName = row.text(16);
    out.nextStep = static_cast<int>(row.integer(17));
    out.stepCount = static_cast<int>(row.integer(18));
    if (out.strategy) {
        out.enrolmentState = row.value<EnrolmentState>(19);
        out.stopReason = row.value<StopReason>(20);
    }
    if (out.nextTaskAt)
        out.nextChannel = row.value<Channel>(21);
    return out;
}

} // namespace outrider::store
