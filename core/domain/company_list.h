// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company.h"
#include "core/domain/timeline.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider {

// What is told of the people of a company. Who is archived or in the trash is not among them.
struct CompanyPeople {
    int count = 0;
    bool more = false; // there are more than were counted, and the rest is said of those alone
    int openTasks = 0;
    std::optional<Instant> lastTouchAt;
    std::optional<Instant> nextTaskAt;

    static constexpr int mostCounted = 1000;
    bool operator==(const CompanyPeople&) const = default;
};

// What a list shows of a company.
struct CompanyListRow {
    CompanyId id;
    std::string name; // empty: known by its domain alone
    std::string domain;
    std::string industry;
    std::string city;
    std::string country;
    CompanyPeople people;

    bool operator==(const CompanyListRow&) const = default;
};

// Companies by name, those without one by their domain after them. With `words`: whose name begins so, then whose
// domain does, then those that have such words in them.
struct CompanyQuery {
    std::string words;
    int limit = 128;
    std::string after; // the cursor of the page before
};

struct CompanyPage {
    std::vector<CompanyListRow> rows;
    std::string next; // empty: nothing follows
};

// One entry of the history of all its people.
struct CompanyTimelineEntry {
    TimelineEntry entry;
    std::string leadName;
};

struct CompanyTimelinePage {
    std::vector<CompanyTimelineEntry> entries; // newest first
    std::string next;
    // A company of thousands: the history is that of the `merged` people who were touched last.
    bool partial = false;
    static constexpr int merged = 500;
};

} // namespace outrider
