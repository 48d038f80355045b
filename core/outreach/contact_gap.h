// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/lead.h"
#include "core/domain/outbox.h"
#include "core/domain/outreach_rules.h"

#include <optional>

namespace outrider::store {
class Connection;
}

namespace outrider::outreach {

// A strategy contacts nobody too soon after another contact with them, or with a colleague of theirs.
struct ContactGap {
    Instant until{};
    WaitReason reason = WaitReason::LeadGap; // or CompanyGap
    Instant contacted{};

    bool operator==(const ContactGap&) const = default;
};

// The rule: of the two gaps the one that lasts longer; nullopt when none is over `now`. `lead`: the last contact with the
// lead outside of the enrolment; `company`: the last with anybody else there.
std::optional<ContactGap> contactGap(const OutreachRules& rules, std::optional<Instant> lead, std::optional<Instant> company,
                                     Instant now);

// The same from the timeline. What is on its way out to a colleague at this moment counts as a contact now.
std::optional<ContactGap> contactGapOf(store::Connection& db, const Lead& lead, EnrolmentId enrolment, const OutreachRules& rules,
                                       Instant now);

} // namespace outrider::outreach
