// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/meeting.h"
#include "core/store/store.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// Calendars that are read, how far, and the meetings they hold.
class MeetingRepository {
public:
    explicit MeetingRepository(Connection& db) : m_db(db) {}

    // Calendars, oldest first; with how many of their meetings end after `now`.
    std::vector<CalendarSource> sources(Instant now);
    std::optional<CalendarSource> source(CalendarSourceId id);
    std::optional<CalendarSource> sourceOf(CalendarKind kind); // the first of a kind
    bool readsCalendarOf(MailboxId id);                        // whether a calendar is read with its sign-in
    void insertSource(WriteContext& write, CalendarSource& source);
    void approve(WriteContext& write, CalendarSourceId id);
    void removeSource(WriteContext& write, CalendarSourceId id);                       // with its meetings
    void noteRead(WriteContext& write, CalendarSourceId id, std::string_view problem); // empty: it went well

    // How far a collection of a calendar has been read.
    struct Cursor {
        std::string token;
        Instant wholeAt{}; // when all of it was read
    };
    std::optional<Cursor> cursor(CalendarSourceId id, std::string_view collection);
    void setCursor(WriteContext& write, CalendarSourceId id, std::string_view collection, const Cursor& cursor);
    std::map<std::string, std::string> tags(CalendarSourceId id); // what has been read, with its etag
    void setTag(WriteContext& write, CalendarSourceId id, std::string_view path, std::string_view etag);
    void removeTag(WriteContext& write, CalendarSourceId id, std::string_view path);
    void forgetReading(WriteContext& write, CalendarSourceId id); // all of it is read again

    // A meeting with what belongs to it, and what its source calls it.
    struct Stored {
        Meeting meeting;
        std::string remote;
    };
    std::optional<Stored> find(std::string_view uid, std::string_view recurrence);
    std::vector<MeetingId> ofEvent(std::string_view uid, Instant endingAfter); // all its occurrences from then on
    std::vector<MeetingId> ofRemote(CalendarSourceId id, std::string_view remote);
    std::optional<Meeting> meeting(MeetingId id);
    // Those that touch [from, to), by start; cancelled ones too if wanted. With their attendees' leads' names.
    std::vector<Meeting> between(Instant from, Instant to, bool cancelledToo = false);
    // The next one of a lead that ends after `now`, not cancelled.
    std::optional<Meeting> nextOf(LeadId lead, Instant now);

    void insert(WriteContext& write, Meeting& meeting, std::string_view remote);
    void update(WriteContext& write, const Meeting& meeting, std::string_view remote); // its people too
    void setState(WriteContext& write, MeetingId id, MeetingState state);
    void setAnswer(WriteContext& write, MeetingId id, std::string_view address, Attendance answer);
    void remove(WriteContext& write, MeetingId id);

    // Which entry of a lead's timeline tells of an event.
    bool isOnTimeline(LeadId lead, std::string_view uid);
    void notePlace(WriteContext& write, LeadId lead, std::string_view uid, ActivityId activity);
    // What the entry tells of as it is at `now`: the next occurrence, or the last one there was; without attendees.
    std::optional<Meeting> toldBy(ActivityId activity, Instant now);

    static std::vector<std::string> statements(); // for the plan test

private:
    void insertPeople(WriteContext& write, const Meeting& meeting);
    void readPeople(Meeting& meeting);

    Connection& m_db;
};

} // namespace outrider::store
