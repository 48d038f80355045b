// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mailbox_arguments.h"
#include "app/cli/support.h"
#include "core/services/mailbox_service.h"
#include "core/services/meeting_service.h"
#include "ui/text/error_text.h"
#include "ui/text/meeting_text.h"

#include <algorithm>

namespace outrider::cli {

using nlohmann::json;

namespace {

json sourceJson(const CalendarSource& source) {
    return {{"id", idJson(source.id.value)},
            {"kind", name(source.kind)},
            {"name", source.name},
            {"url", source.url},
            {"user", source.userName},
            {"approved_at", source.approvedAt ? json(toIso8601(*source.approvedAt)) : json()},
            {"read_at", source.readAt ? json(toIso8601(*source.readAt)) : json()},
            {"problem", source.problem.empty() ? json() : json(source.problem)},
            {"coming", source.meetings}};
}

json meetingJson(const Meeting& meeting) {
    json people = json::array();
    for (const MeetingAttendee& person : meeting.attendees)
        people.push_back({{"address", person.address},
                          {"name", person.name},
                          {"answer", name(person.answer)},
                          {"organizer", person.isOrganizer},
                          {"lead", person.lead ? json(idJson(person.lead.value)) : json()}});
    return {{"uid", meeting.uid},
            {"recurrence", meeting.recurrence},
            {"starts_at", toIso8601(meeting.startsAt)},
            {"ends_at", toIso8601(meeting.endsAt)},
            {"all_day", meeting.isAllDay},
            {"busy", meeting.isBusy},
            {"state", name(meeting.state)},
            {"title", meeting.title},
            {"location", meeting.location},
            {"attendees", std::move(people)}};
}

json reportJson(const CalendarReport& report) {
    json errors = json::array();
    for (const Error& error : report.errors)
        errors.push_back(name(error.code));
    return {{"added", report.added},
            {"changed", report.changed},
            {"cancelled", report.cancelled},
            {"stopped", report.stopped},
            {"errors", std::move(errors)}};
}

json previewJson(const CalendarPreview& preview) {
    static constexpr std::array<const char*, 4> changes{"new", "changed", "cancelled", "same"};
    json meetings = json::array();
    for (const CalendarPreview::Line& line : preview.lines) {
        json one = meetingJson(line.meeting);
        one["change"] = changes[std::size_t(line.change)];
        meetings.push_back(std::move(one));
    }
    json stops = json::array();
    for (const CalendarPreview::Stop& stop : preview.stops)
        stops.push_back({{"lead", idJson(stop.lead.value)}, {"name", stop.leadName}, {"strategy", stop.strategyName}});
    return {{"calendar", preview.source.name}, {"matched", preview.matched},       {"others", preview.others},
            {"unchanged", preview.unchanged},  {"unreadable", preview.unreadable}, {"partial", preview.isPartial},
            {"meetings", std::move(meetings)}, {"stops", std::move(stops)}};
}

std::string previewText(const Session& session, const Workspace& workspace, const CalendarPreview& preview) {
    const text::Dates dates(session.clock().now(), QTimeZone(QByteArray::fromStdString(workspace.zone())));
    std::vector<std::vector<std::string>> rows;
    for (const CalendarPreview::Line& line : preview.lines)
        rows.push_back({text::changeName(line.change).toStdString(), plain(text::meetingWhen(dates, line.meeting)),
                        plain(text::meetingPeople(line.meeting)), line.meeting.title});
    std::string out = table(rows);
    for (const CalendarPreview::Stop& stop : preview.stops)
        out += plain(text::stopSentence(stop)) + "\n";
    return out + plain(text::previewSentence(preview)) + "\n";
}

// By id, name or address; without one, the only one there is.
Result<CalendarSource> calendarNamed(Session& session, Workspace& workspace, const std::string& which) {
    OUTRIDER_ASSIGN(const auto all, session.wait(workspace.meetings().sources()));
    std::vector<CalendarSource> found;
    for (const CalendarSource& source : all) {
        if (which.empty() ? source.isRead()
                          : which == std::to_string(source.id.value) || which == source.name || which == source.url)
            found.push_back(source);
    }
    if (found.size() == 1)
        return found.front();
    return fail(found.empty() ? ErrorCode::NotFound : ErrorCode::Conflict, which.empty() ? "calendar" : "calendar " + which);
}

struct AddOptions {
    std::string where; // URL, mailbox, file
    std::string user;
    std::string passwordFile;
    std::string name;
    std::string caFile;
    bool yes = false;
};

int added(Session& session, Workspace& workspace, CalendarSource source, std::shared_ptr<SecureBytes> password) {
    CLI_TRY(const CalendarSourceId id, session.wait(workspace.meetings().add(std::move(source), std::move(password))));
    return session.done({{"id", idJson(id.value)}},
                        "Added calendar " + std::to_string(id.value)
                            + ". Nothing of it is kept yet: calendar preview, then calendar approve.");
}

int addCaldav(Session& session, const AddOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(SecureBytes password, session.secret(options.passwordFile, "Password"));
    CalendarSource source{.kind = CalendarKind::CalDav, .name = options.name, .url = options.where, .userName = options.user};
    source.caFile = options.caFile;
    return added(session, *workspace, std::move(source), std::make_shared<SecureBytes>(std::move(password)));
}

int addGoogle(Session& session, const AddOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId mailbox, mailboxId(session, *workspace, options.where));
    CalendarSource source{.kind = CalendarKind::Google, .name = options.name};
    source.mailbox = mailbox;
    return added(session, *workspace, std::move(source), nullptr);
}

int approved(Session& session, Workspace& workspace, const CalendarIngestPtr& ingest) {
    CLI_TRY(const CalendarReport report, session.wait(workspace.meetings().approve(ingest)));
    json data = previewJson(ingest->preview);
    data["kept"] = reportJson(report);
    return session.done(data, previewText(session, workspace, ingest->preview) + plain(text::reportSentence(report)));
}

int importFile(Session& session, const AddOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const CalendarIngestPtr ingest, session.wait(workspace->meetings().previewFile(options.where)));
    if (options.yes)
        return approved(session, *workspace, ingest);
    return session.done(previewJson(ingest->preview), previewText(session, *workspace, ingest->preview)
                                                          + "Nothing has been kept; with --yes it is, and can be undone.");
}

struct WhichOptions {
    std::string calendar;
};

int preview(Session& session, const WhichOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const CalendarSource source, calendarNamed(session, *workspace, options.calendar));
    CLI_TRY(const CalendarIngestPtr ingest, session.wait(workspace->meetings().preview(source.id)));
    return session.done(previewJson(ingest->preview), previewText(session, *workspace, ingest->preview));
}

int approve(Session& session, const WhichOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const CalendarSource source, calendarNamed(session, *workspace, options.calendar));
    CLI_TRY(const CalendarIngestPtr ingest, session.wait(workspace->meetings().preview(source.id)));
    return approved(session, *workspace, ingest);
}

int remove(Session& session, const WhichOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const CalendarSource source, calendarNamed(session, *workspace, options.calendar));
    CLI_CHECK(session.wait(workspace->meetings().remove(source.id)));
    return session.done({{"id", idJson(source.id.value)}}, "Removed " + source.name);
}

int list(Session& session, const WhichOptions&) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<CalendarSource> all, session.wait(workspace->meetings().sources()));
    json data = json::array();
    std::vector<std::vector<std::string>> rows{{"ID", "KIND", "NAME", "MEETINGS TO COME", "READ", "STATE"}};
    for (const CalendarSource& source : all) {
        data.push_back(sourceJson(source));
        rows.push_back({std::to_string(source.id.value), std::string(name(source.kind)), source.name,
                        std::to_string(source.meetings), source.readAt ? session.moment(*source.readAt) : "never",
                        !source.problem.empty() ? source.problem
                        : source.approvedAt     ? "approved"
                                                : "waits for approval"});
    }
    return session.done(data, all.empty() ? "No calendars yet." : table(rows));
}

int read(Session& session, const WhichOptions&) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const CalendarReport report, session.wait(workspace->meetings().readAll()));
    std::string out = plain(text::reportSentence(report));
    for (const Error& error : report.errors)
        out += "\n" + plain(text::sentence(error));
    session.done(reportJson(report), out);
    return report.errors.empty() ? 0 : 1;
}

struct MeetingsOptions {
    int days = 14;
};

int meetings(Session& session, const MeetingsOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    const Instant now = session.clock().now();
    CLI_TRY(const std::vector<Meeting> all,
            session.wait(workspace->meetings().between(now, now + std::chrono::days(std::clamp(options.days, 1, 400)))));
    const text::Dates dates(now, QTimeZone(QByteArray::fromStdString(workspace->zone())));
    json data = json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Meeting& meeting : all) {
        data.push_back(meetingJson(meeting));
        rows.push_back({plain(text::meetingWhen(dates, meeting)), plain(text::meetingTitle(meeting)),
                        plain(text::meetingPeople(meeting)), plain(text::meetingState(meeting))});
    }
    return session.done(data, all.empty() ? "No meetings." : table(rows));
}

struct FreeOptions {
    int days = 5;
    std::string from; // empty: the working hours of the settings
    std::string to;
    std::string length = "30m";
    bool weekends = false;
};

// "09:30", "9", "24:00"
std::optional<int> minuteOf(const std::string& text) {
    const QStringList parts = QString::fromStdString(text).split(QLatin1Char(':'));
    bool isHour = false;
    bool isMinute = parts.size() == 1;
    const int hour = parts.front().toInt(&isHour);
    const int minute = parts.size() == 2 ? parts.back().toInt(&isMinute) : 0;
    if (parts.size() > 2 || !isHour || !isMinute || hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
        return std::nullopt;
    return hour * 60 + minute;
}

// "30m", "90", "1h"
std::optional<int> lengthOf(const std::string& text) {
    QString number = QString::fromStdString(text);
    const bool isHours = number.endsWith(QLatin1Char('h'));
    if (isHours || number.endsWith(QLatin1Char('m')))
        number.chop(1);
    bool isNumber = false;
    const int value = number.toInt(&isNumber);
    return isNumber && value > 0 && value <= 24 * 60 ? std::optional(isHours ? value * 60 : value) : std::nullopt;
}

int freeTime(Session& session, const FreeOptions& options) {
    const bool isUsual = options.from.empty() && options.to.empty();
    const auto from = isUsual ? std::optional(0) : minuteOf(options.from.empty() ? "0" : options.from);
    const auto to = isUsual ? std::optional(0) : minuteOf(options.to.empty() ? "24" : options.to);
    const auto length = lengthOf(options.length);
    if (!from || !to || !length)
        return session.refused(Error(ErrorCode::InvalidArgument, "hours as 09:00, a length as 30m or 1h"));
    CLI_TRY(Workspace * workspace, session.workspace(true));
    FreeWish wish;
    wish.days = options.days;
    wish.fromMinute = *from;
    wish.toMinute = *to;
    wish.length = *length;
    wish.workdaysOnly = !options.weekends;
    CLI_TRY(const FreeTime free, session.wait(workspace->meetings().freeTime(wish)));
    json slots = json::array();
    for (const FreeSlot& slot : free.slots)
        slots.push_back({{"from", toIso8601(slot.from)}, {"to", toIso8601(slot.to)}});
    const std::string text = plain(text::freeTimeText(free));
    return session.done({{"zone", free.zone}, {"slots", std::move(slots)}, {"text", text}},
                        text.empty() ? "No time is free." : text);
}

} // namespace

void addCalendarCommands(CLI::App& app, Command& chosen) {
    auto* calendar = app.add_subcommand("calendar", "calendars, meetings and free time");
    calendar->require_subcommand(1);
    auto* add = calendar->add_subcommand("add", "connect a calendar; nothing of it is kept before it is approved");
    add->require_subcommand(1);

    auto caldav = std::make_shared<AddOptions>();
    auto* caldavCommand = add->add_subcommand("caldav", "calendars on a CalDAV server: iCloud, Nextcloud, Fastmail, Radicale");
    caldavCommand->add_option("url", caldav->where, "the server, an account or one calendar; https")->required();
    caldavCommand->add_option("--user", caldav->user, "who signs in")->required();
    caldavCommand->add_option("--password-file", caldav->passwordFile,
                              "file whose first line is the password; else it is asked for");
    caldavCommand->add_option("--name", caldav->name, "what it is called here");
    caldavCommand->add_option("--ca-file", caldav->caFile, "certificates trusted beside the system's, PEM");
    onParsed(caldavCommand, chosen, caldav, addCaldav);

    auto google = std::make_shared<AddOptions>();
    auto* googleCommand =
        add->add_subcommand("google", "the Google calendar of a mailbox; sign in with mailbox connect afterwards");
    googleCommand->add_option("mailbox", google->where, "its address or id")->required();
    googleCommand->add_option("--name", google->name, "what it is called here");
    onParsed(googleCommand, chosen, google, addGoogle);

    for (auto* parent : {add, calendar}) {
        auto file = std::make_shared<AddOptions>();
        auto* fileCommand =
            parent->add_subcommand(parent == add ? "file" : "import", "an .ics file: what it would mean; with --yes it is kept");
        fileCommand->add_option("file", file->where, "iCalendar file")->required();
        fileCommand->add_flag("--yes", file->yes, "keep it");
        onParsed(fileCommand, chosen, file, importFile);
    }

    const auto ofOne = [&](const char* name, const char* help, int (*fn)(Session&, const WhichOptions&), bool takes) {
        auto options = std::make_shared<WhichOptions>();
        auto* command = calendar->add_subcommand(name, help);
        if (takes)
            command->add_option("calendar", options->calendar, "its id or name; not needed when there is one");
        onParsed(command, chosen, options, fn);
    };
    ofOne("preview", "read it and say what keeping it would mean", preview, true);
    ofOne("approve", "keep its meetings, as one action; from then on it is read by itself", approve, true);
    ofOne("remove", "forget it and its meetings", remove, true);
    ofOne("list", "the calendars", list, false);
    ofOne("read", "read what has changed in the approved ones", read, false);

    auto coming = std::make_shared<MeetingsOptions>();
    auto* comingCommand = calendar->add_subcommand("meetings", "the meetings to come");
    comingCommand->add_option("--days", coming->days, "how many days (14)");
    onParsed(comingCommand, chosen, coming, meetings);

    auto free = std::make_shared<FreeOptions>();
    auto* freeCommand =
        calendar->add_subcommand("free", "when there is time, as text to paste: \"Tue 24 Nov 10–12, 14–16 (CET)\"");
    freeCommand->add_option("--days", free->days, "how many days (5)");
    freeCommand->add_option("--from", free->from, "the day begins (09:00); else the working hours");
    freeCommand->add_option("--to", free->to, "the day ends (17:00)");
    freeCommand->add_option("--length", free->length, "a slot has at least (30m)");
    freeCommand->add_flag("--weekends", free->weekends, "also weekends and days off");
    onParsed(freeCommand, chosen, free, freeTime);
}

} // namespace outrider::cli
