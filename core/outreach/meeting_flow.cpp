// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/meeting_flow.h"

#include "core/contact/email_address.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/strategy_repository.h"

#include <algorithm>

namespace outrider::outreach {

using namespace outrider::store;

namespace {

std::string keyOf(std::string_view address) {
    const auto parsed = contact::parseEmailAddress(address);
    return parsed ? parsed->key : std::string();
}

// What somebody looking at it would notice.
bool isSame(const Meeting& a, const Meeting& b) {
    const auto people = [](std::vector<MeetingAttendee> all) {
        for (MeetingAttendee& each : all)
            each.leadName.clear();
        return all;
    };
    return a.startsAt == b.startsAt && a.endsAt == b.endsAt && a.isAllDay == b.isAllDay && a.isBusy == b.isBusy
           && a.state == b.state && a.title == b.title && a.location == b.location && people(a.attendees) == people(b.attendees);
}

} // namespace

MeetingPeople::MeetingPeople(Connection& db, std::string_view alsoOwn) : m_db(db) {
    for (const Mailbox& mailbox : MailboxRepository(db).all())
        m_own.insert(keyOf(mailbox.address));
    m_own.insert(keyOf(alsoOwn));
    m_own.erase(std::string());
}

void MeetingPeople::resolve(Meeting& meeting) {
    std::erase_if(meeting.attendees, [this](const MeetingAttendee& person) { return isOwn(person.address); });
    bool hasLead = false;
    LeadRepository leads(m_db);
    for (MeetingAttendee& person : meeting.attendees) {
        person.lead = leads.findByEmailKey(person.address).value_or(LeadId{});
        hasLead = hasLead || person.lead;
    }
    if (hasLead)
        return;
    meeting.attendees.clear();
    meeting.title.clear();
    meeting.location.clear();
}

CalendarPreview::Change changeOf(const std::optional<MeetingRepository::Stored>& stored, const Meeting& meeting) {
    if (!stored)
        return meeting.state == MeetingState::Cancelled ? CalendarPreview::Change::Cancelled : CalendarPreview::Change::New;
    if (isSame(stored->meeting, meeting))
        return CalendarPreview::Change::Same;
    return meeting.state == MeetingState::Cancelled ? CalendarPreview::Change::Cancelled : CalendarPreview::Change::Changed;
}

std::vector<Enrolment> endedBy(Connection& db, const Meeting& meeting, LeadId lead) {
    std::vector<Enrolment> ended;
    const auto person = std::ranges::find(meeting.attendees, lead, &MeetingAttendee::lead);
    if (meeting.state == MeetingState::Cancelled || person == meeting.attendees.end() || person->answer == Attendance::Declined)
        return ended;
    for (const Enrolment& enrolment : EnrolmentRepository(db).ofLead(lead)) {
        const auto version = enrolment.isRunning() ? StrategyRepository(db).version(enrolment.version) : std::nullopt;
        if (version && version->rules.stops.meeting && meeting.endsAt > enrolment.enrolledAt)
            ended.push_back(enrolment);
    }
    return ended;
}

void MeetingFlow::keep(CalendarSourceId source, const MeetingEvent& event, Instant from, bool isTruth) {
    MeetingRepository meetings(m_write.db);
    if (event.isWhole) {
        for (const MeetingId id : meetings.ofEvent(event.uid, from)) {
            const auto stored = meetings.meeting(id);
            const bool isStill = !stored || std::ranges::any_of(event.occurrences, [&stored](const Meeting& each) {
                return each.recurrence == stored->recurrence;
            });
            if (!isStill) {
                meetings.remove(m_write, id);
                ++m_report.changed;
            }
        }
    }
    for (const Meeting& meeting : event.occurrences)
        keepOne(source, event, meeting, isTruth);
}

void MeetingFlow::keepOne(CalendarSourceId source, const MeetingEvent& event, Meeting meeting, bool isTruth) {
    MeetingRepository meetings(m_write.db);
    const auto stored = meetings.find(meeting.uid, meeting.recurrence);
    meeting.source = source;
    if (!stored) {
        if (meeting.state == MeetingState::Cancelled) // nobody has heard of it
            return;
        meetings.insert(m_write, meeting, event.remote);
        ++m_report.added;
        tell(meeting);
        return;
    }
    const bool isOlder =
        std::pair(meeting.sequence, meeting.stampedAt) < std::pair(stored->meeting.sequence, stored->meeting.stampedAt);
    if (isOlder && !(isTruth && stored->meeting.source == source))
        return;
    meeting.id = stored->meeting.id;
    if (meeting.state == MeetingState::Cancelled && meeting.attendees.empty()) { // a cancellation names few
        Meeting cancelled = stored->meeting;
        cancelled.state = meeting.state;
        cancelled.sequence = meeting.sequence;
        cancelled.stampedAt = meeting.stampedAt;
        meeting = cancelled;
    }
    const auto change = changeOf(stored, meeting);
    // A calendar knows more than an invitation that came by mail.
    if (!isTruth)
        meeting.source = stored->meeting.source;
    if (change == CalendarPreview::Change::Same && meeting.source == stored->meeting.source && event.remote == stored->remote)
        return;
    meetings.update(m_write, meeting, isTruth ? event.remote : stored->remote);
    if (change == CalendarPreview::Change::Same)
        return;
    ++(change == CalendarPreview::Change::Cancelled ? m_report.cancelled : m_report.changed);
    tell(meeting);
}

void MeetingFlow::tell(const Meeting& meeting) {
    MeetingRepository meetings(m_write.db);
    EnrolmentRepository enrolments(m_write.db);
    for (const MeetingAttendee& person : meeting.attendees) {
        if (!person.lead)
            continue;
        if (meeting.state != MeetingState::Cancelled && !meetings.isOnTimeline(person.lead, meeting.uid)) {
            // Of one to come: that it was agreed. Nobody was met yet.
            Activity activity{.lead = person.lead,
                              .at = std::min(meeting.startsAt, m_write.now),
                              .kind = ActivityKind::Meeting,
                              .subject = meeting.title};
            ActivityRepository(m_write.db).append(m_write, activity);
            meetings.notePlace(m_write, person.lead, meeting.uid, activity.id);
        } else {
            m_write.touched(EntityKind::Timeline, person.lead.value);
        }
        for (const Enrolment& enrolment : endedBy(m_write.db, meeting, person.lead)) {
            enrolments.stop(m_write, enrolment.id, StopReason::Meeting);
            ++m_report.stopped;
        }
    }
}

void MeetingFlow::answer(const Meeting& reply) {
    MeetingRepository meetings(m_write.db);
    const auto set = [&](const Meeting& meeting) {
        for (const MeetingAttendee& person : reply.attendees) {
            if (person.isOrganizer || person.answer == Attendance::Unknown)
                continue;
            meetings.setAnswer(m_write, meeting.id, person.address, person.answer);
            ++m_report.changed;
        }
    };
    if (const auto stored = meetings.find(reply.uid, reply.recurrence)) {
        set(stored->meeting);
    } else if (reply.recurrence.empty()) { // to all of a series
        for (const MeetingId id : meetings.ofEvent(reply.uid, m_write.now)) {
            if (const auto meeting = meetings.meeting(id))
                set(*meeting);
        }
    }
}

void MeetingFlow::vanished(CalendarSourceId source, std::string_view remote) {
    MeetingRepository meetings(m_write.db);
    for (const MeetingId id : meetings.ofRemote(source, remote)) {
        const auto meeting = meetings.meeting(id);
        if (!meeting || meeting->endsAt <= m_write.now || meeting->state == MeetingState::Cancelled)
            continue;
        if (meeting->isPrivate()) {
            meetings.remove(m_write, id);
        } else {
            meetings.setState(m_write, id, MeetingState::Cancelled);
            for (const MeetingAttendee& person : meeting->attendees) {
                if (person.lead)
                    m_write.touched(EntityKind::Timeline, person.lead.value);
            }
        }
        ++m_report.cancelled;
    }
}

} // namespace outrider::outreach
