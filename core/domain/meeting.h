// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// Where meetings are read from. Stored; never renumber.
enum class CalendarKind {
    File = 0,   // an .ics file, read once
    CalDav = 1, // RFC 4791
    Google = 2, // Google's interface, with the sign-in of a mailbox
    Mail = 3,   // invitations in the mailboxes; there is one
};

inline constexpr auto calendarKindNames = enumNames<CalendarKind>({
    {CalendarKind::File, "file"},
    {CalendarKind::CalDav, "caldav"},
    {CalendarKind::Google, "google"},
    {CalendarKind::Mail, "mail"},
});

constexpr std::string_view name(CalendarKind kind) { return calendarKindNames.name(kind); }

struct CalendarSource {
    CalendarSourceId id;
    CalendarKind kind = CalendarKind::File;
    std::string name;
    std::string url;      // CalDAV: the server, or one of its calendars; file: its name
    std::string userName; // CalDAV
    MailboxId mailbox;    // Google: whose sign-in
    std::string caFile;   // trusted beside the system's authorities
    Instant createdAt{};
    std::optional<Instant> approvedAt; // nothing of it is kept before
    // Of the reading, not content.
    std::optional<Instant> readAt;
    std::string problem; // the name of the error of the last attempt; empty: none
    int meetings = 0;    // coming ones, when listed

    bool isRead() const { return kind == CalendarKind::CalDav || kind == CalendarKind::Google; }
    bool operator==(const CalendarSource&) const = default;
};

// Stored; never renumber.
enum class MeetingState {
    Confirmed = 0,
    Tentative = 1,
    Cancelled = 2,
};

inline constexpr auto meetingStateNames = enumNames<MeetingState>({
    {MeetingState::Confirmed, "confirmed"},
    {MeetingState::Tentative, "tentative"},
    {MeetingState::Cancelled, "cancelled"},
});

constexpr std::string_view name(MeetingState state) { return meetingStateNames.name(state); }

// What somebody who was invited said. Stored; never renumber.
enum class Attendance {
    Unknown = 0,
    Accepted = 1,
    Declined = 2,
    Tentative = 3,
};

inline constexpr auto attendanceNames = enumNames<Attendance>({
    {Attendance::Unknown, "unknown"},
    {Attendance::Accepted, "accepted"},
    {Attendance::Declined, "declined"},
    {Attendance::Tentative, "tentative"},
});

constexpr std::string_view name(Attendance attendance) { return attendanceNames.name(attendance); }

struct MeetingAttendee {
    std::string address; // normalised
    std::string name;
    Attendance answer = Attendance::Unknown;
    bool isOrganizer = false;
    LeadId lead;          // whose address it is; none: nobody's
    std::string leadName; // when read

    bool operator==(const MeetingAttendee&) const = default;
};

// One occurrence of a calendar's event. Of one that no lead takes part in only the time is kept.
struct Meeting {
    MeetingId id;
    CalendarSourceId source;
    std::string uid;        // of the event (RFC 5545 §3.8.4.7)
    std::string recurrence; // which occurrence: its original start in UTC, "20261124T090000Z"; empty: it does not recur
    int sequence = 0;       // of the organiser's changes
    Instant stampedAt{};    // between two of the same sequence the later counts
    Instant startsAt{};
    Instant endsAt{}; // the first moment after it
    bool isAllDay = false;
    bool isBusy = true; // whether it takes the person's time
    MeetingState state = MeetingState::Confirmed;
    std::string title;
    std::string location;
    std::vector<MeetingAttendee> attendees; // without the person's own addresses

    bool isPrivate() const { return attendees.empty(); }
    bool operator==(const Meeting&) const = default;
};

// What reading a calendar means, before anything is changed.
struct CalendarPreview {
    enum class Change { New, Changed, Cancelled, Same };
    struct Line {
        Meeting meeting; // one with a lead
        Change change = Change::New;
    };
    struct Stop {
        LeadId lead;
        std::string leadName;
        std::string strategyName;
    };
    CalendarSource source;
    std::vector<Line> lines; // by time; the first mostLines of them
    std::vector<Stop> stops; // strategies that would end
    int matched = 0;         // meetings with a lead
    int others = 0;          // without: only their time is kept
    int unchanged = 0;       // of matched: as they are here already
    int unreadable = 0;      // events that are not understood
    bool isPartial = false;  // there is more than is read

    static constexpr std::size_t mostLines = 500;
};

// What was kept.
struct CalendarReport {
    int added = 0;
    int changed = 0;
    int cancelled = 0;
    int stopped = 0; // strategies
    std::vector<Error> errors;

    int total() const { return added + changed + cancelled; }
};

// Time nobody has a claim on.
struct FreeSlot {
    Instant from{};
    Instant to{};

    bool operator==(const FreeSlot&) const = default;
};

// What free time is looked for.
struct FreeWish {
    std::chrono::sys_days first{};
    int days = 5;             // days with working hours
    int fromMinute = 0;       // of the person's day
    int toMinute = 0;         // after fromMinute; 0: the working hours of the settings
    int length = 30;          // minutes a slot has at least
    bool workdaysOnly = true; // neither weekends nor days off

    bool operator==(const FreeWish&) const = default;
};

struct FreeTime {
    std::vector<FreeSlot> slots;
    std::string zone; // the person's, IANA
};

} // namespace outrider
