// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/meeting.h"
#include "core/outreach/meeting_flow.h"
#include "core/services/account_tokens.h"
#include "core/store/repositories/meeting_repository.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

class ServiceContext;

// What a calendar says, before it means anything.
struct CalendarReading {
    CalendarSource source;
    Instant from{}; // occurrences between these two
    Instant to{};
    std::vector<outreach::MeetingEvent> events;
    std::vector<std::string> vanished; // what the source has no more
    std::map<std::string, std::string> tags;
    std::map<std::string, store::MeetingRepository::Cursor> cursors;
    std::string method; // of a text: "REPLY", "CANCEL"…
    int unreadable = 0;
    bool isPartial = false;
};

// How far back and ahead meetings are kept.
struct CalendarSpan {
    Instant from{};
    Instant to{};
};
CalendarSpan calendarSpan(const ServiceContext& context);

// Reads a calendar from where it is: what has changed since the last time, or all of it (`whole`, and once a day, for the
// span moves on). Nothing is kept. Blocks on the network and the disk.
Result<CalendarReading> readCalendar(ServiceContext& context, AccountTokens& tokens, const CalendarSource& source, bool whole,
                                     const Progress& progress);

// A calendar's text, all of which is one calendar. UnsupportedFormat: it is none.
Result<CalendarReading> readCalendarText(const ServiceContext& context, CalendarSource source, std::string_view text,
                                         const Progress& progress);

// What keeping it would mean; and whether it would mean anything.
struct CalendarMeaning {
    CalendarPreview preview;
    bool changes = false;
};
CalendarMeaning meaningOf(store::Connection& db, const CalendarReading& reading, Instant now);

// Where the password of a CalDAV calendar is kept.
std::string calendarSecretName(CalendarSourceId id);

} // namespace outrider
