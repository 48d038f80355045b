// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/meeting_repository.h"

#include "core/domain/lead.h"

namespace outrider::store {

namespace {

constexpr auto longestMeeting = std::chrono::hours(24 * 366); // exchange/ical_reader

const std::string sourceColumns = "SELECT s.id, s.kind, s.name, s.url, s.user_name, s.mailbox_id, s.ca_file, s.created_at,"
                                  " s.approved_at, s.read_at, s.problem";

CalendarSource readSource(const Statement& row) {
    return {.id = row.id<CalendarSourceId>(0),
            .kind = row.value<CalendarKind>(1),
            .name = row.text(2),
            .url = row.text(3),
            .userName = row.text(4),
            .mailbox = row.id<MailboxId>(5),
            .caFile = row.text(6),
            .createdAt = row.instant(7),
            .approvedAt = row.optionalInstant(8),
            .readAt = row.optionalInstant(9),
            .problem = row.text(10)};
}

const std::string meetingColumns = "SELECT m.id, m.source_id, m.uid, m.recurrence, m.sequence, m.stamped_at, m.starts_at,"
                                   " m.ends_at, m.all_day, m.busy, m.state, m.title, m.location, m.remote FROM meeting m";

Meeting readMeeting(const Statement& row) {
    return {.id = row.id<MeetingId>(0),
            .source = row.id<CalendarSourceId>(1),
            .uid = row.text(2),
            .recurrence = row.text(3),
            .sequence = static_cast<int>(row.integer(4)),
            .stampedAt = row.instant(5),
            .startsAt = row.instant(6),
            .endsAt = row.instant(7),
            .isAllDay = row.integer(8) != 0,
            .isBusy = row.integer(9) != 0,
            .state = row.value<MeetingState>(10),
            .title = row.text(11),
            .location = row.text(12),
            .attendees = {}};
}

const std::string betweenSql = meetingColumns
                               + " WHERE m.starts_at >= ?1 AND m.starts_at < ?2 AND (m.ends_at > ?3 OR m.starts_at >= ?3)"
                                 " AND (m.state <> 2 OR ?4) ORDER BY m.starts_at, m.id";
const std::string nextSql = meetingColumns
                            + " WHERE m.id IN (SELECT a.meeting_id FROM meeting_attendee a WHERE a.lead_id = ?1)"
                              " AND m.ends_at > ?2 AND m.state <> 2 ORDER BY m.starts_at LIMIT 1";
// The next one; else the last.
const std::string toldSql = meetingColumns
                            + " WHERE m.uid = (SELECT p.uid FROM meeting_activity p WHERE p.activity_id = ?1)"
                              " ORDER BY m.ends_at <= ?2 OR m.state = 2, CASE WHEN m.ends_at > ?2 AND m.state <> 2"
                              " THEN m.starts_at ELSE -m.starts_at END LIMIT 1";
const std::string ofEventSql = "SELECT id FROM meeting WHERE uid = ?1 AND ends_at > ?2";
const std::string ofRemoteSql = "SELECT id FROM meeting WHERE source_id = ?1 AND remote = ?2";

std::vector<MeetingId> idsOf(Statement rows) {
    std::vector<MeetingId> ids;
    while (rows.step())
        ids.push_back(rows.id<MeetingId>(0));
    return ids;
}

} // namespace

std::vector<std::string> MeetingRepository::statements() { return {betweenSql, nextSql, toldSql, ofEventSql, ofRemoteSql}; }

std::vector<CalendarSource> MeetingRepository::sources(Instant now) {
    std::vector<CalendarSource> all;
    {
        Statement rows = m_db.query(sourceColumns + " FROM calendar_source s ORDER BY s.id");
        while (rows.step())
            all.push_back(readSource(rows));
    }
    for (CalendarSource& each : all)
        each.meetings = static_cast<int>(m_db.integer("SELECT count(*) FROM meeting WHERE source_id = ?1 AND starts_at >= ?2"
                                                      " AND state <> 2",
                                                      each.id, now));
    return all;
}

std::optional<CalendarSource> MeetingRepository::source(CalendarSourceId id) {
    Statement row = m_db.query(sourceColumns + " FROM calendar_source s WHERE s.id = ?1", id);
    return row.step() ? std::optional(readSource(row)) : std::nullopt;
}

std::optional<CalendarSource> MeetingRepository::sourceOf(CalendarKind kind) {
    Statement row = m_db.query(sourceColumns + " FROM calendar_source s WHERE s.kind = ?1 ORDER BY s.id LIMIT 1", kind);
    return row.step() ? std::optional(readSource(row)) : std::nullopt;
}

bool MeetingRepository::readsCalendarOf(MailboxId id) {
    return m_db.integer("SELECT 1 FROM calendar_source WHERE mailbox_id = ?1 AND kind = 2", id) != 0;
}

void MeetingRepository::insertSource(WriteContext& write, CalendarSource& source) {
    source.id = write.newId<CalendarSourceId>();
    source.createdAt = write.now;
    m_db.run("INSERT INTO calendar_source(id, kind, name, url, user_name, mailbox_id, ca_file, created_at, approved_at)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
             source.id, source.kind, source.name, source.url, source.userName, orNull(source.mailbox), source.caFile,
             source.createdAt, source.approvedAt);
}

void MeetingRepository::approve(WriteContext& write, CalendarSourceId id) {
    m_db.run("UPDATE calendar_source SET approved_at = ?2 WHERE id = ?1 AND approved_at IS NULL", id, write.now);
}

void MeetingRepository::removeSource(WriteContext& write, CalendarSourceId id) {
    forgetReading(write, id);
    m_db.run("DELETE FROM meeting_attendee WHERE meeting_id IN (SELECT id FROM meeting WHERE source_id = ?1)", id);
    m_db.run("DELETE FROM meeting WHERE source_id = ?1", id);
    m_db.run("DELETE FROM calendar_source WHERE id = ?1", id);
}

void MeetingRepository::noteRead(WriteContext& write, CalendarSourceId id, std::string_view problem) {
    m_db.run("UPDATE calendar_source SET read_at = CASE WHEN ?2 = '' THEN ?3 ELSE read_at END, problem = ?2 WHERE id = ?1", id,
             problem, write.now);
}

std::optional<MeetingRepository::Cursor> MeetingRepository::cursor(CalendarSourceId id, std::string_view collection) {
    Statement row =
        m_db.query("SELECT token, whole_at FROM calendar_cursor WHERE source_id = ?1 AND collection = ?2", id, collection);
    return row.step() ? std::optional(Cursor{row.text(0), row.instant(1)}) : std::nullopt;
}

void MeetingRepository::setCursor(WriteContext&, CalendarSourceId id, std::string_view collection, const Cursor& cursor) {
    m_db.run("INSERT INTO calendar_cursor(source_id, collection, token, whole_at) VALUES (?1, ?2, ?3, ?4)"
             " ON CONFLICT (source_id, collection) DO UPDATE SET token = excluded.token, whole_at = excluded.whole_at",
             id, collection, cursor.token, cursor.wholeAt);
}

std::map<std::string, std::string> MeetingRepository::tags(CalendarSourceId id) {
    std::map<std::string, std::string> tags;
    Statement rows = m_db.query("SELECT path, etag FROM calendar_object WHERE source_id = ?1", id);
    while (rows.step())
        tags.emplace(rows.text(0), rows.text(1));
    return tags;
}

void MeetingRepository::setTag(WriteContext&, CalendarSourceId id, std::string_view path, std::string_view etag) {
    m_db.run("INSERT INTO calendar_object(source_id, path, etag) VALUES (?1, ?2, ?3)"
             " ON CONFLICT (source_id, path) DO UPDATE SET etag = excluded.etag",
             id, path, etag);
}

void MeetingRepository::removeTag(WriteContext&, CalendarSourceId id, std::string_view path) {
    m_db.run("DELETE FROM calendar_object WHERE source_id = ?1 AND path = ?2", id, path);
}

void MeetingRepository::forgetReading(WriteContext&, CalendarSourceId id) {
    m_db.run("DELETE FROM calendar_cursor WHERE source_id = ?1", id);
    m_db.run("DELETE FROM calendar_object WHERE source_id = ?1", id);
}

void MeetingRepository::readPeople(Meeting& meeting) {
    Statement rows = m_db.query("SELECT a.address, a.name, a.answer, a.is_organizer, a.lead_id, l.first_name, l.last_name,"
                                " l.email FROM meeting_attendee a LEFT JOIN lead l ON l.id = a.lead_id"
                                " WHERE a.meeting_id = ?1 ORDER BY a.id",
                                meeting.id);
    while (rows.step()) {
        MeetingAttendee attendee{.address = rows.text(0),
                                 .name = rows.text(1),
                                 .answer = rows.value<Attendance>(2),
                                 .isOrganizer = rows.integer(3) != 0,
                                 .lead = rows.id<LeadId>(4),
                                 .leadName = {}};
        if (attendee.lead) {
            Lead lead;
            lead.firstName = rows.text(5);
            lead.lastName = rows.text(6);
            lead.email = rows.text(7);
            attendee.leadName = displayName(lead);
        }
        meeting.attendees.push_back(std::move(attendee));
    }
}

std::optional<MeetingRepository::Stored> MeetingRepository::find(std::string_view uid, std::string_view recurrence) {
    std::optional<Stored> found;
    {
        Statement row = m_db.query(meetingColumns + " WHERE m.uid = ?1 AND m.recurrence = ?2", uid, recurrence);
        if (row.step())
            found = Stored{readMeeting(row), row.text(13)};
    }
    if (found)
        readPeople(found->meeting);
    return found;
}

std::optional<Meeting> MeetingRepository::meeting(MeetingId id) {
    std::optional<Meeting> found;
    {
        Statement row = m_db.query(meetingColumns + " WHERE m.id = ?1", id);
        if (row.step())
            found = readMeeting(row);
    }
    if (found)
        readPeople(*found);
    return found;
}

std::vector<MeetingId> MeetingRepository::ofEvent(std::string_view uid, Instant endingAfter) {
    return idsOf(m_db.query(ofEventSql, uid, endingAfter));
}

std::vector<MeetingId> MeetingRepository::ofRemote(CalendarSourceId id, std::string_view remote) {
    return idsOf(m_db.query(ofRemoteSql, id, remote));
}

std::vector<Meeting> MeetingRepository::between(Instant from, Instant to, bool cancelledToo) {
    std::vector<Meeting> all;
    {
        Statement rows = m_db.query(betweenSql, from - longestMeeting, to, from, cancelledToo);
        while (rows.step())
            all.push_back(readMeeting(rows));
    }
    for (Meeting& meeting : all)
        readPeople(meeting);
    return all;
}

std::optional<Meeting> MeetingRepository::nextOf(LeadId lead, Instant now) {
    Statement row = m_db.query(nextSql, lead, now);
    return row.step() ? std::optional(readMeeting(row)) : std::nullopt;
}

void MeetingRepository::insertPeople(WriteContext& write, const Meeting& meeting) {
    for (const MeetingAttendee& person : meeting.attendees)
        m_db.run("INSERT INTO meeting_attendee(id, meeting_id, lead_id, address, name, answer, is_organizer)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                 write.newId<MeetingId>(), meeting.id, orNull(person.lead), person.address, person.name, person.answer,
                 person.isOrganizer);
}

void MeetingRepository::insert(WriteContext& write, Meeting& meeting, std::string_view remote) {
    meeting.id = write.newId<MeetingId>();
    m_db.run("INSERT INTO meeting(id, source_id, uid, recurrence, remote, sequence, stamped_at, starts_at, ends_at, all_day,"
             " busy, state, title, location) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
             meeting.id, meeting.source, meeting.uid, meeting.recurrence, remote, meeting.sequence, meeting.stampedAt,
             meeting.startsAt, meeting.endsAt, meeting.isAllDay, meeting.isBusy, meeting.state, meeting.title, meeting.location);
    insertPeople(write, meeting);
}

void MeetingRepository::update(WriteContext& write, const Meeting& meeting, std::string_view remote) {
    m_db.run("UPDATE meeting SET source_id = ?2, remote = ?3, sequence = ?4, stamped_at = ?5, starts_at = ?6, ends_at = ?7,"
             " all_day = ?8, busy = ?9, state = ?10, title = ?11, location = ?12 WHERE id = ?1",
             meeting.id, meeting.source, remote, meeting.sequence, meeting.stampedAt, meeting.startsAt, meeting.endsAt,
             meeting.isAllDay, meeting.isBusy, meeting.state, meeting.title, meeting.location);
    Meeting before{.id = meeting.id};
    readPeople(before);
    for (MeetingAttendee& person : before.attendees)
        person.leadName.clear();
    auto after = meeting.attendees;
    for (MeetingAttendee& person : after)
        person.leadName.clear();
    if (before.attendees == after)
        return;
    m_db.run("DELETE FROM meeting_attendee WHERE meeting_id = ?1", meeting.id);
    insertPeople(write, meeting);
}

void MeetingRepository::setState(WriteContext&, MeetingId id, MeetingState state) {
    m_db.run("UPDATE meeting SET state = ?2 WHERE id = ?1", id, state);
}

void MeetingRepository::setAnswer(WriteContext& write, MeetingId id, std::string_view address, Attendance answer) {
    m_db.run("UPDATE meeting_attendee SET answer = ?3 WHERE meeting_id = ?1 AND address = ?2", id, address, answer);
    write.touched(EntityKind::Meeting, id.value);
}

void MeetingRepository::remove(WriteContext&, MeetingId id) {
    m_db.run("DELETE FROM meeting_attendee WHERE meeting_id = ?1", id);
    m_db.run("DELETE FROM meeting WHERE id = ?1", id);
}

bool MeetingRepository::isOnTimeline(LeadId lead, std::string_view uid) {
    return m_db.integer("SELECT 1 FROM meeting_activity WHERE lead_id = ?1 AND uid = ?2", lead, uid) != 0;
}

void MeetingRepository::notePlace(WriteContext& write, LeadId lead, std::string_view uid, ActivityId activity) {
    m_db.run("INSERT INTO meeting_activity(id, lead_id, uid, activity_id) VALUES (?1, ?2, ?3, ?4)", write.newId<MeetingId>(),
             lead, uid, activity);
}

std::optional<Meeting> MeetingRepository::toldBy(ActivityId activity, Instant now) {
    Statement row = m_db.query(toldSql, activity, now);
    return row.step() ? std::optional(readMeeting(row)) : std::nullopt;
}

} // namespace outrider::store
