// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/meeting.h"
#include "ui/text/dates.h"

#include <QString>

namespace outrider::text {

// Meetings, calendars and free time as a person reads them.

QString calendarKindName(CalendarKind kind); // "CalDAV", "Google Calendar", "File", "Invitations"
QString calendarTitle(const CalendarSource& source);

QString meetingTitle(const Meeting& meeting);                    // "Busy" of one that is only a time
QString meetingWhen(const Dates& dates, const Meeting& meeting); // "Thu 26 Nov 14:00–15:00", "Thu 26 Nov, all day"
QString meetingPeople(const Meeting& meeting);                   // the leads who take part
QString meetingState(const Meeting& meeting);                    // "cancelled", "tentative", "declined by …"; empty: it stands

QString previewSentence(const CalendarPreview& preview); // what approving would do
QString changeName(CalendarPreview::Change change);      // "new", "changed", "cancelled", "as it is"
QString stopSentence(const CalendarPreview::Stop& stop);
QString reportSentence(const CalendarReport& report);

// To paste into a message, a line a day: "Tue 24 Nov 10–12, 14–16:30 (CET)". Empty: no time is free.
QString freeTimeText(const FreeTime& free);

} // namespace outrider::text
