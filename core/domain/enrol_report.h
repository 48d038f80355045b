// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/domain/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// What enrolling a selection did, or would do.
struct EnrolReport {
    struct Skipped {
        LeadId lead;
        std::string name;
        Error reason;
    };
    // Enrolled, but the first step is not for now.
    struct Waiting {
        LeadId lead;
        std::string name;
        std::string reason;           // machine name: lead_gap, company_gap, drip, canary
        std::optional<Instant> until; // none: until the person has looked
    };
    std::int64_t enrolled = 0;
    std::vector<Skipped> skipped;
    std::vector<Waiting> waiting;
};

} // namespace outrider
