// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/enrolment.h"
#include "core/domain/filter.h"
#include "core/domain/ids.h"
#include "core/domain/lead.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// What a list shows of a lead; a narrow row, read by the page.
struct LeadListRow {
    LeadId id;
    std::string name;
    std::string jobTitle;
    std::string companyName;
    std::string email;
    std::string country;
    StatusId status;
    Reach reach = Reach::Ok;
    int score = 0;
    Instant createdAt{};
    std::optional<Instant> nextTaskAt;
    Channel nextChannel = Channel::Task; // of the task due at nextTaskAt
    std::optional<Instant> lastTouchAt;

    // The strategy the lead is in, or was in last.
    StrategyId strategy;
    std::string strategyName;
    int nextStep = 0; // 0-based
    int stepCount = 0;
    EnrolmentState enrolmentState = EnrolmentState::Finished;
    StopReason stopReason = StopReason::None;

    std::vector<std::string> custom = {}; // the values of the custom fields the query asks for, in its order

    bool operator==(const LeadListRow&) const = default;
};

// What "today", "me" and a local day mean to the person asking.
struct FilterContext {
    std::chrono::sys_days today{};
    std::function<Instant(std::chrono::sys_days)> startOfDay; // in the person's zone
    MemberId me;
};

// A position in a sorted list, opaque to callers; text for the command line and saved places.
using ListCursor = std::string;

struct LeadQuery {
    Filter filter;
    std::string sort = "name"; // a sortable field (core/domain/field.h), or a custom one
    bool descending = false;
    int limit = 128;
    ListCursor after;                     // empty: from the start
    std::vector<std::string> custom = {}; // keys of the custom fields the rows are to have
};

struct LeadPage {
    std::vector<LeadListRow> rows;
    ListCursor next; // empty: nothing follows
    // Few leads match and looking for them took its time: `next` is where to go on, and rows may be missing.
    bool searching = false;
};

} // namespace outrider
