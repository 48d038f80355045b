// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/invitations.h"

#include "core/services/calendar_reading.h"
#include "core/services/service_context.h"
#include "core/store/repositories/meeting_repository.h"
#include "core/transport/calendar_parts.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

CalendarSourceId sourceOfMail(WriteContext& write) {
    MeetingRepository meetings(write.db);
    if (const auto known = meetings.sourceOf(CalendarKind::Mail))
        return known->id;
    CalendarSource source{.kind = CalendarKind::Mail, .name = "Invitations"};
    source.approvedAt = write.now;
    meetings.insertSource(write, source);
    return source.id;
}

} // namespace

Result<> keepInvitations(ServiceContext& context, WriteContext& write, const inbound::IncomingMail& mail) {
    const auto texts = transport::calendarTexts(mail.message.raw);
    if (texts.empty())
        return {};
    outreach::MeetingPeople people(write.db);
    CalendarReport report;
    outreach::MeetingFlow flow(write, report);
    for (const std::string& text : texts) {
        auto reading = readCalendarText(context, {}, text, {});
        if (!reading) // what is no calendar is a mail all the same
            continue;
        for (outreach::MeetingEvent& event : reading->events) {
            if (reading->method == "REPLY") {
                for (Meeting& answer : event.occurrences) {
                    std::erase_if(answer.attendees,
                                  [&mail](const MeetingAttendee& person) { return person.address != mail.fromKey; });
                    flow.answer(answer);
                }
                continue;
            }
            for (Meeting& meeting : event.occurrences)
                people.resolve(meeting);
            std::erase_if(event.occurrences, [](const Meeting& meeting) { // a cancellation may name nobody
                return meeting.isPrivate() && meeting.state != MeetingState::Cancelled;
            });
            if (!event.occurrences.empty())
                flow.keep(sourceOfMail(write), event, reading->from, false);
        }
    }
    return {};
}

} // namespace outrider
