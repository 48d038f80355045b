// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <string>
#include <vector>

namespace outrider {

// Something found while typing.
struct SearchHit {
    enum class Kind { Lead, Company, Strategy, Text };
    Kind kind = Kind::Lead;
    LeadId lead;
    CompanyId company;
    StrategyId strategy;
    ActivityId activity; // Text: the note or mail; of a mail not yet sent, none
    MessageId message;   // Text: the mail
    std::string title;   // a name
    std::string detail;  // a company, a count, an excerpt
    StatusId status;     // Lead
    int count = 0;       // Company: its leads, Strategy: those in it; at most mostCounted
    Instant at{};        // Text: when

    static constexpr int mostCounted = 200; // that many or more
};

struct SearchResult {
    std::vector<SearchHit> hits;
    bool corrected = false;   // some were found by a spelling one letter away
    bool mayHaveMore = false; // too many have each of the words: not all of them were looked at
    // Notes and mails not yet indexed, which is done when nothing is being written.
    int unindexed = 0;
    static constexpr int mostUnindexed = 10000; // that many or more
};

} // namespace outrider
