// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <string>

namespace outrider {

// Something found while typing.
struct SearchHit {
    enum class Kind { Lead, Company, Strategy, Text };
    Kind kind = Kind::Lead;
    LeadId lead;
    CompanyId company;
    StrategyId strategy;
    ActivityId activity; // Text: the note or mail
    std::string title;   // a name
    std::string detail;  // a company, a count, an excerpt
    StatusId status;     // Lead
    int count = 0;       // Company: its leads
    Instant at{};        // Text: when
};

} // namespace outrider
