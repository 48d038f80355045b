// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/meeting_text.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace outrider::text {

namespace {

QString hour(QTime time) { return time.minute() == 0 ? QString::number(time.hour()) : time.toString(QStringLiteral("H:mm")); }

} // namespace

QString calendarKindName(CalendarKind kind) {
    switch (kind) {
    case CalendarKind::File:
        return Tr::tr("File");
    case CalendarKind::CalDav:
        return Tr::tr("CalDAV");
    case CalendarKind::Google:
        return Tr::tr("Google Calendar");
    case CalendarKind::Mail:
        return Tr::tr("Invitations by e-mail");
    }
    return {};
}

QString calendarTitle(const CalendarSource& source) {
    return source.kind == CalendarKind::Mail ? calendarKindName(source.kind) : isolated(QString::fromStdString(source.name));
}

QString meetingTitle(const Meeting& meeting) {
    if (!meeting.title.empty())
        return QString::fromStdString(meeting.title);
    return meeting.isPrivate() ? Tr::tr("Busy") : Tr::tr("Meeting");
}

QString meetingWhen(const Dates& dates, const Meeting& meeting) {
    const QString day = dates.day(meeting.startsAt);
    if (meeting.isAllDay) {
        const Instant last = meeting.endsAt - Millis(1);
        const bool isOneDay = dates.local(last).date() <= dates.local(meeting.startsAt).date();
        return isOneDay ? Tr::tr("%1, all day").arg(day) : Tr::tr("%1 to %2").arg(day, dates.day(last));
    }
    const bool isSameDay = dates.local(meeting.startsAt).date() == dates.local(meeting.endsAt).date();
    return Tr::tr("%1 %2–%3")
        .arg(day, dates.time(meeting.startsAt),
             isSameDay ? dates.time(meeting.endsAt) : Tr::tr("%1 %2").arg(dates.day(meeting.endsAt), dates.time(meeting.endsAt)));
}

QString meetingPeople(const Meeting& meeting) {
    QStringList names;
    for (const MeetingAttendee& person : meeting.attendees) {
        if (person.lead)
            names.append(isolated(QString::fromStdString(person.leadName.empty() ? person.address : person.leadName)));
    }
    return names.join(Tr::tr(", "));
}

QString meetingState(const Meeting& meeting) {
    if (meeting.state == MeetingState::Cancelled)
        return Tr::tr("cancelled");
    for (const MeetingAttendee& person : meeting.attendees) {
        if (person.lead && person.answer == Attendance::Declined)
            return Tr::tr("declined by %1").arg(isolated(QString::fromStdString(person.leadName)));
    }
    return meeting.state == MeetingState::Tentative ? Tr::tr("tentative") : QString();
}

QString previewSentence(const CalendarPreview& preview) {
    QStringList parts{counted(preview.matched, Tr::tr("meeting with leads"), Tr::tr("meetings with leads"))};
    if (preview.unchanged > 0)
        parts.append(Tr::tr("%1 of them here already").arg(preview.unchanged));
    if (preview.others > 0)
        parts.append(Tr::tr("%1, of which only the time is kept")
                         .arg(counted(preview.others, Tr::tr("other meeting"), Tr::tr("other meetings"))));
    if (!preview.stops.empty())
        parts.append(
            Tr::tr("%1 would end")
                .arg(counted(qint64(preview.stops.size()), Tr::tr("strategy of a lead"), Tr::tr("strategies of leads"))));
    if (preview.unreadable > 0)
        parts.append(Tr::tr("%1 could not be read").arg(counted(preview.unreadable, Tr::tr("event"), Tr::tr("events"))));
    if (preview.isPartial)
        parts.append(Tr::tr("there is more than is read"));
    return parts.join(Tr::tr("; ")) + Tr::tr(".");
}

QString changeName(CalendarPreview::Change change) {
    switch (change) {
    case CalendarPreview::Change::New:
        return Tr::tr("new");
    case CalendarPreview::Change::Changed:
        return Tr::tr("changed");
    case CalendarPreview::Change::Cancelled:
        return Tr::tr("cancelled");
    case CalendarPreview::Change::Same:
        return Tr::tr("as it is");
    }
    return {};
}

QString stopSentence(const CalendarPreview::Stop& stop) {
    return Tr::tr("%1 ends for %2")
        .arg(isolated(QString::fromStdString(stop.strategyName)), isolated(QString::fromStdString(stop.leadName)));
}

QString reportSentence(const CalendarReport& report) {
    QStringList parts;
    if (report.added > 0)
        parts.append(Tr::tr("%1 new").arg(report.added));
    if (report.changed > 0)
        parts.append(Tr::tr("%1 changed").arg(report.changed));
    if (report.cancelled > 0)
        parts.append(Tr::tr("%1 cancelled").arg(report.cancelled));
    if (report.stopped > 0)
        parts.append(Tr::tr("%1 ended").arg(counted(report.stopped, Tr::tr("strategy"), Tr::tr("strategies"))));
    return parts.isEmpty() ? Tr::tr("No meeting has changed.") : Tr::tr("Meetings: %1.").arg(parts.join(Tr::tr(", ")));
}

QString freeTimeText(const FreeTime& free) {
    const QTimeZone zone(QByteArray::fromStdString(free.zone));
    const auto local = [&zone](Instant at) {
        return QDateTime::fromMSecsSinceEpoch(toEpochMillis(at), Qt::UTC).toTimeZone(zone.isValid() ? zone : QTimeZone::utc());
    };
    struct Line {
        QDate day;
        QString text;
        QString zone;
    };
    std::vector<Line> lines;
    for (const FreeSlot& slot : free.slots) {
        const QDateTime from = local(slot.from);
        const QDateTime to = local(slot.to);
        // Midnight is the end of a day.
        const QString end = to.date() > from.date() ? QStringLiteral("24") : hour(to.time());
        const QString stretch = Tr::tr("%1–%2").arg(hour(from.time()), end);
        if (!lines.empty() && lines.back().day == from.date())
            lines.back().text += Tr::tr(", ") + stretch;
        else
            lines.push_back({from.date(), QLocale::c().toString(from.date(), QStringLiteral("ddd d MMM")) + u' ' + stretch,
                             from.timeZoneAbbreviation()});
    }
    QStringList out;
    for (std::size_t i = 0; i < lines.size(); ++i) { // the zone once, where it changes or ends
        const bool says = i + 1 == lines.size() || lines[i + 1].zone != lines[i].zone;
        out.append(says ? Tr::tr("%1 (%2)").arg(lines[i].text, lines[i].zone) : lines[i].text);
    }
    return out.join(u'\n');
}

} // namespace outrider::text
