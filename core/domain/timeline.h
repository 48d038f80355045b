// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/activity.h"
#include "core/domain/meeting.h"
#include "core/domain/message.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider {

// One entry of a lead's timeline, with what the list shows of the things it points at.
struct TimelineEntry {
    Activity activity;
    std::string strategyName;       // of its enrolment
    int step = -1;                  // 0-based; -1: none
    std::optional<Message> message; // without its raw bytes
    std::optional<Meeting> meeting; // as it is now, of a meeting from a calendar; without attendees
};

struct TimelinePage {
    std::vector<TimelineEntry> entries; // newest first
    std::string next;                   // cursor of the page after; empty: nothing follows
};

} // namespace outrider
