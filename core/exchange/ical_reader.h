// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/domain/meeting.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// Calendars are written by strangers: everything about them is bounded. What is beyond a limit is left out and
// IcalReading::isPartial set.
inline constexpr std::size_t mostIcalBytes = std::size_t(50) * 1024 * 1024;
inline constexpr std::size_t mostMeetings = 20'000;
inline constexpr std::size_t mostOccurrences = 800; // of one event
inline constexpr std::size_t mostAttendees = 300;   // of one meeting

// Between which moments occurrences are wanted, and whose clock times without a zone are meant by.
struct IcalWindow {
    Instant from{};
    Instant to{};
    std::string zone; // IANA
};

// The occurrences of one event that touch the window, by time. Of a METHOD:REPLY: who answers what.
struct IcalEvent {
    std::string uid;
    bool isWhole = false; // all of them; not: single ones, the others stay as they are
    std::vector<Meeting> occurrences;
};

struct IcalReading {
    std::string method; // upper case: "REQUEST", "REPLY", "CANCEL", "PUBLISH"; empty: none
    std::vector<IcalEvent> events;
    int unreadable = 0; // events without a start, with a rule that is none, cut off
    bool isPartial = false;
};

// Reads iCalendar (RFC 5545, RFC 5546), however broken: VEVENTs with times in UTC, in a zone (an IANA or Windows name, or
// the file's own VTIMEZONE), floating or of whole days; RRULE, RDATE, EXDATE and RECURRENCE-ID; of several versions of an
// event the highest SEQUENCE, then the latest DTSTAMP. Rules that recur by the minute are none of a meeting: only the first
// is taken. Addresses are normalised; what is no address is left out. Thread-safe; bounded in time and memory.
IcalReading readIcal(std::string_view text, const IcalWindow& window, const Progress& progress = {});

} // namespace outrider::exchange
