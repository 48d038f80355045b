// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/contact_gap.h"

#include "core/store/repositories/activity_repository.h"

namespace outrider::outreach {

std::optional<ContactGap> contactGap(const OutreachRules& rules, std::optional<Instant> lead, std::optional<Instant> company,
                                     Instant now) {
    std::optional<ContactGap> gap;
    const auto consider = [&](std::optional<Instant> contacted, int days, WaitReason reason) {
        if (!contacted || days <= 0)
            return;
        const Instant until = *contacted + std::chrono::hours(24 * days);
        if (until > now && (!gap || until > gap->until))
            gap = ContactGap{until, reason, *contacted};
    };
    consider(lead, rules.leadGapDays, WaitReason::LeadGap);
    consider(company, rules.companyGapDays, WaitReason::CompanyGap);
    return gap;
}

std::optional<ContactGap> contactGapOf(store::Connection& db, const Lead& lead, EnrolmentId enrolment, const OutreachRules& rules,
                                       Instant now) {
    store::ActivityRepository activities(db);
    const auto since = [&](int days) { return now - std::chrono::hours(24 * days); };
    std::optional<Instant> own;
    std::optional<Instant> colleague;
    if (rules.leadGapDays > 0)
        own = activities.lastContact(lead.id, enrolment, since(rules.leadGapDays));
    if (rules.companyGapDays > 0 && lead.company)
        colleague = activities.contactUnderWay(lead.company, lead.id)
                        ? std::optional(now)
                        : activities.lastContactAt(lead.company, lead.id, since(rules.companyGapDays));
    return contactGap(rules, own, colleague, now);
}

} // namespace outrider::outreach
