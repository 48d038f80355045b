// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/meeting.h"
#include "core/outreach/strategy_flow.h"
#include "core/store/repositories/meeting_repository.h"
#include "core/store/store.h"

#include <set>
#include <string>
#include <vector>

namespace outrider::outreach {

// Whose a meeting is: leads are known by their addresses, also the second ones, never by a domain; the person by their
// mailboxes. Throws StoreException.
class MeetingPeople {
public:
    explicit MeetingPeople(store::Connection& db, std::string_view alsoOwn = {});

    // Leaves out the person's own addresses and gives the others their leads. With no lead among them only the time
    // stays: not the title, not the place, nobody.
    void resolve(Meeting& meeting);
    bool isOwn(std::string_view address) const { return m_own.contains(std::string(address)); }

private:
    store::Connection& m_db;
    std::set<std::string> m_own;
};

// What one event means; occurrences with their people resolved.
struct MeetingEvent {
    std::string uid;
    std::string remote;   // what the source calls it
    bool isWhole = false; // stored occurrences that are not among these are no more
    std::vector<Meeting> occurrences;
};

// What would become of a meeting, as it is stored now.
CalendarPreview::Change changeOf(const std::optional<store::MeetingRepository::Stored>& stored, const Meeting& meeting);

// The running enrolments that meeting a lead ends (StopRules::meeting): those that had begun before it is over.
// None when it is cancelled or the lead has declined.
std::vector<Enrolment> endedBy(store::Connection& db, const Meeting& meeting, LeadId lead);

// Keeps meetings, inside a write transaction: on the lead's timeline once, however often an event recurs, moves or is read
// again; the strategies it ends; what was cancelled. Throws StoreException.
class MeetingFlow {
public:
    MeetingFlow(store::WriteContext& write, CalendarReport& report) : m_write(write), m_report(report) {}

    // `from`: what ended before is not looked at. `isTruth`: the source knows best about what it has told before; else
    // what is older than what is kept (SEQUENCE, then DTSTAMP) is passed over.
    void keep(CalendarSourceId source, const MeetingEvent& event, Instant from, bool isTruth);

    // What somebody answered to an invitation (METHOD:REPLY).
    void answer(const Meeting& reply);

    // A source has an event no more: what is still to come of it is cancelled.
    void vanished(CalendarSourceId source, std::string_view remote);

private:
    void keepOne(CalendarSourceId source, const MeetingEvent& event, Meeting meeting, bool isTruth);
    void tell(const Meeting& meeting);

    store::WriteContext& m_write;
    CalendarReport& m_report;
};

} // namespace outrider::outreach
