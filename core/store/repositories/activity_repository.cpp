// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/activity_repository.h"

#include "core/store/journal/journaled_tables.h"
#include "core/store/repositories/meeting_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/row_inserts.h"

#include <charconv>

namespace outrider::store {

namespace {

const std::string columns = "SELECT a.id, a.lead_id, a.at, a.kind, a.enrolment_id, a.step_id, a.message_id, a.disposition,"
                            " a.duration_seconds, a.subject, a.text";

Activity read(const Statement& row) {
    Activity activity{.id = row.id<ActivityId>(0),
                      .lead = row.id<LeadId>(1),
                      .at = row.instant(2),
                      .kind = row.value<ActivityKind>(3),
                      .enrolment = row.id<EnrolmentId>(4),
                      .step = row.id<StepId>(5),
                      .message = row.id<MessageId>(6),
                      .disposition = row.value<Disposition>(7),
                      .subject = row.text(9),
                      .text = row.text(10)};
    if (const auto seconds = row.optionalInteger(8))
        activity.durationSeconds = static_cast<int>(*seconds);
    return activity;
}

// Where a page ends: the moment and the id of its last entry.
std::string cursorOf(std::int64_t at, std::int64_t id) { return std::to_string(at) + ',' + std::to_string(id); }

} // namespace

void ActivityRepository::append(WriteContext& write, Activity& activity) { appendAll(write, std::span(&activity, 1)); }

void ActivityRepository::appendSent(WriteContext& write, Activity& activity, int weekHour) {
    const std::optional<int> hour = weekHour;
    appendAll(write, std::span(&activity, 1), std::span(&hour, 1));
}

void ActivityRepository::appendAll(WriteContext& write, std::span<Activity> activities,
                                   std::span<const std::optional<int>> weekHours) {
    RowInserts rows(write, "activity",
                    "activity(id, lead_id, at, kind, enrolment_id, step_id, message_id, disposition, duration_seconds, subject,"
                    " text, week_hour)",
                    12, activities.size());
    for (std::size_t i = 0; i < activities.size(); ++i) {
        Activity& activity = activities[i];
        const std::optional<int> weekHour = weekHours.empty() ? std::nullopt : weekHours[i];
        activity.id = write.newId<ActivityId>();
        if (activity.at == Instant{})
            activity.at = write.now;
        rows.add(activity.id.value, [&](Statement& insert, int place) {
            bindFrom(insert, place, activity.id, activity.lead, activity.at, activity.kind, orNull(activity.enrolment),
                     orNull(activity.step), orNull(activity.message), activity.disposition, activity.durationSeconds,
                     activity.subject, activity.text, weekHour);
        });
        write.touched(EntityKind::Timeline, activity.lead.value);
    }
}

std::string ActivityRepository::timelineSql() {
    return columns
           + ", s.name, st.position FROM activity a LEFT JOIN enrolment e ON e.id = a.enrolment_id"
             " LEFT JOIN strategy s ON s.id = e.strategy_id LEFT JOIN step st ON st.id = a.step_id"
             " WHERE a.lead_id = ?1 AND (a.at, a.id) < (?2, ?3) ORDER BY a.at DESC, a.id DESC LIMIT ?4";
}

Result<TimelinePage> ActivityRepository::timeline(LeadId lead, std::string_view after, int limit, Instant now) {
    std::int64_t at = INT64_MAX;
    std::int64_t id = INT64_MAX;
    if (!after.empty()) {
        const auto comma = after.find(',');
        const auto number = [](std::string_view text, std::int64_t& value) {
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            return error == std::errc() && end == text.data() + text.size();
        };
        if (comma == std::string_view::npos || !number(after.substr(0, comma), at) || !number(after.substr(comma + 1), id)
            || cursorOf(at, id) != after) // another spelling was not given by us
            return fail(ErrorCode::InvalidArgument, "a cursor of another list");
    }
    TimelinePage page;
    {
        Statement rows = m_db.query(timelineSql(), lead, at, id, limit + 1);
        while (rows.step()) {
            if (static_cast<int>(page.entries.size()) == limit) {
                const Activity& last = page.entries.back().activity;
                page.next = cursorOf(toEpochMillis(last.at), last.id.value);
                break;
            }
            TimelineEntry entry{.activity = read(rows), .strategyName = rows.text(11)};
            if (!rows.isNull(12))
                entry.step = static_cast<int>(rows.integer(12));
            page.entries.push_back(std::move(entry));
        }
    }
    MessageRepository messages(m_db);
    for (TimelineEntry& entry : page.entries) {
        if (entry.activity.message)
            entry.message = messages.find(entry.activity.message);
        if (entry.activity.kind == ActivityKind::Meeting)
            entry.meeting = MeetingRepository(m_db).toldBy(entry.activity.id, now);
    }
    return page;
}

std::optional<Instant> ActivityRepository::lastContact(LeadId lead, EnrolmentId except, Instant since) {
    Statement row = m_db.query("SELECT at FROM activity WHERE lead_id = ?1 AND at > ?2 AND kind IN (1, 5, 6, 7, 22)"
                               " AND coalesce(enrolment_id, 0) <> ?3 ORDER BY at DESC LIMIT 1",
                               lead, since, except.value);
    return row.step() ? std::optional(row.instant(0)) : std::nullopt;
}

std::optional<Instant> ActivityRepository::lastContactAt(CompanyId company, LeadId except, Instant since) {
    Statement row = m_db.query("SELECT max(a.at) FROM lead l JOIN activity a ON a.lead_id = l.id AND a.at > ?2"
                               " AND a.kind IN (1, 5, 6, 7, 22) WHERE l.company_id = ?1 AND l.id <> ?3 AND l.last_touch_at > ?2",
                               company, since, except);
    return row.step() ? row.optionalInstant(0) : std::nullopt;
}

bool ActivityRepository::contactUnderWay(CompanyId company, LeadId except) {
    return m_db.integer("SELECT 1 FROM lead l JOIN outbox o ON o.lead_id = l.id AND o.state IN (2, 3)"
                        " WHERE l.company_id = ?1 AND l.id <> ?2 LIMIT 1",
                        company, except)
           != 0;
}

std::vector<ActivityRepository::Contact> ActivityRepository::contacts(LeadId lead, Instant since) {
    std::vector<Contact> out;
    Statement rows =
        m_db.query("SELECT a.lead_id, l.company_id, a.enrolment_id, a.at FROM activity a JOIN lead l ON l.id = a.lead_id"
                   " WHERE a.lead_id = ?1 AND a.at > ?2 AND a.kind IN (1, 5, 6, 7, 22) ORDER BY a.at",
                   lead, since);
    while (rows.step())
        out.push_back({rows.id<LeadId>(0), rows.id<CompanyId>(1), rows.id<EnrolmentId>(2), rows.instant(3)});
    return out;
}

std::vector<ActivityRepository::Contact> ActivityRepository::contactsAt(CompanyId company, Instant since) {
    std::vector<Contact> out;
    Statement rows =
        m_db.query("SELECT a.lead_id, l.company_id, a.enrolment_id, a.at FROM lead l JOIN activity a ON a.lead_id = l.id"
                   " AND a.at > ?2 AND a.kind IN (1, 5, 6, 7, 22) WHERE l.company_id = ?1 AND l.last_touch_at > ?2",
                   company, since);
    while (rows.step())
        out.push_back({rows.id<LeadId>(0), rows.id<CompanyId>(1), rows.id<EnrolmentId>(2), rows.instant(3)});
    return out;
}

std::vector<Activity> ActivityRepository::notes(LeadId lead, int limit) {
    std::vector<Activity> notes;
    Statement rows = m_db.query(columns
                                    + " FROM activity a WHERE a.lead_id = ?1 AND a.kind = 0"
                                      " ORDER BY a.at DESC, a.id DESC LIMIT ?2",
                                lead, limit);
    while (rows.step())
        notes.push_back(read(rows));
    return notes;
}

} // namespace outrider::store
