// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/calendar_reading.h"

#include "core/exchange/ical_reader.h"
#include "core/services/provider_table.h"
#include "core/services/service_context.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/secret_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/transport/caldav_client.h"
#include "core/transport/google_calendar.h"

#include <algorithm>
#include <set>

namespace outrider {

using namespace outrider::store;
using outreach::MeetingEvent;

namespace {

constexpr auto kept = std::chrono::days(180);
constexpr auto ahead = std::chrono::days(400);
constexpr auto wholeEvery = std::chrono::hours(24);
constexpr const char* googleCursor = "primary";
constexpr const char* googleCalendarApi = "https://www.googleapis.com"; // not where its mail is

// What is known of a calendar from before.
struct Known {
    std::map<std::string, std::string> tags;
    std::map<std::string, MeetingRepository::Cursor> cursors;
    std::vector<std::string> remotes; // of what is still to come
};

bool isFresh(const std::optional<MeetingRepository::Cursor>& cursor, Instant now) {
    return cursor && !cursor->token.empty() && cursor->wholeAt + wholeEvery > now && cursor->wholeAt <= now;
}

void take(CalendarReading& reading, exchange::IcalReading read, const std::string& remote) {
    reading.unreadable += read.unreadable;
    reading.isPartial = reading.isPartial || read.isPartial;
    for (exchange::IcalEvent& event : read.events)
        reading.events.push_back({.uid = std::move(event.uid),
                                  .remote = remote,
                                  .isWhole = event.isWhole,
                                  .occurrences = std::move(event.occurrences)});
}

Result<CalendarReading> readCaldav(ServiceContext& context, CalendarReading reading, bool whole, const Progress& progress) {
    const CalendarSource& source = reading.source;
    const auto password = [&context, id = source.id]() -> Result<SecureBytes> {
        return wait(context.store().writeSilently([id](WriteContext& write) -> Result<SecureBytes> {
            auto secret = SecretRepository(write.db).read(write, calendarSecretName(id), "reading a calendar");
            if (!secret)
                return fail(ErrorCode::SecretMissing, calendarSecretName(id));
            return std::move(*secret);
        }));
    };
    transport::CaldavClient client({.url = source.url, .userName = source.userName, .caFile = source.caFile}, password,
                                   httpTimeouts());
    OUTRIDER_ASSIGN(const auto calendars, client.calendars(progress));
    OUTRIDER_ASSIGN(auto known, wait(context.store().read([&](ReadContext& r) -> Result<Known> {
                        Known known;
                        MeetingRepository meetings(r.db);
                        known.tags = meetings.tags(source.id);
                        for (const auto& calendar : calendars) {
                            if (auto cursor = meetings.cursor(source.id, calendar.url))
                                known.cursors.emplace(calendar.url, *cursor);
                        }
                        return known;
                    })));
    const Instant now = context.clock().now();
    const exchange::IcalWindow window{.from = reading.from, .to = reading.to, .zone = context.zone().name()};
    std::set<std::string> still; // which objects are there
    for (const auto& calendar : calendars) {
        const auto cursor = known.cursors.find(calendar.url);
        const auto before = cursor == known.cursors.end() ? std::nullopt : std::optional(cursor->second);
        if (!whole && isFresh(before, now) && before->token == calendar.tag) { // nothing has changed
            for (const auto& [path, etag] : known.tags) {
                if (path.starts_with(calendar.url))
                    still.insert(path);
            }
            continue;
        }
        const bool readsAll = whole || !before || before->wholeAt + wholeEvery <= now || before->wholeAt > now;
        OUTRIDER_ASSIGN(const auto objects, client.list(calendar, reading.from, reading.to, progress));
        std::vector<std::string> wanted;
        for (const auto& object : objects) {
            still.insert(object.url);
            const auto tag = known.tags.find(object.url);
            if (readsAll || tag == known.tags.end() || tag->second != object.etag)
                wanted.push_back(object.url);
        }
        for (std::size_t i = 0; i < wanted.size(); i += transport::CaldavClient::mostFetched) {
            const auto end = wanted.begin() + std::ptrdiff_t(std::min(wanted.size(), i + transport::CaldavClient::mostFetched));
            OUTRIDER_ASSIGN(const auto fetched, client.fetch(calendar, {wanted.begin() + std::ptrdiff_t(i), end}, progress));
            for (const auto& object : fetched) {
                take(reading, exchange::readIcal(object.text, window, progress), object.url);
                reading.tags[object.url] = object.etag;
            }
            if (reading.events.size() > exchange::mostMeetings) {
                reading.isPartial = true;
                break;
            }
        }
        reading.cursors[calendar.url] = {.token = calendar.tag, .wholeAt = readsAll ? now : before->wholeAt};
    }
    for (const auto& [path, etag] : known.tags) {
        if (!still.contains(path))
            reading.vanished.push_back(path);
    }
    if (progress.cancelled())
        return fail(ErrorCode::Cancelled);
    return reading;
}

struct GoogleAccount {
    Mailbox mailbox;
    ProviderSettings settings;
    std::optional<MeetingRepository::Cursor> cursor;
};

Result<CalendarReading> readGoogle(ServiceContext& context, AccountTokens& tokens, CalendarReading reading, bool whole,
                                   const Progress& progress) {
    const CalendarSource& source = reading.source;
    OUTRIDER_ASSIGN(const GoogleAccount account, wait(context.store().read([&](ReadContext& r) -> Result<GoogleAccount> {
                        auto mailbox = MailboxRepository(r.db).find(source.mailbox);
                        if (!mailbox)
                            return fail(ErrorCode::NotFound, "the mailbox of " + source.name);
                        return GoogleAccount{*mailbox, providerSettings(r.db, Provider::Google),
                                             MeetingRepository(r.db).cursor(source.id, googleCursor)};
                    })));
    const Instant now = context.clock().now();
    const bool readsAll = whole || !isFresh(account.cursor, now);
    const bool isBuiltIn = account.settings.apiUrl == builtInProvider(Provider::Google).apiUrl;
    const outreach::Zone zone = context.zone();
    transport::GoogleCalendar calendar(
        isBuiltIn ? googleCalendarApi : account.settings.apiUrl, tokens.source(account.mailbox, "reading a calendar"),
        [zone](std::chrono::sys_days day) { return zone.startOf(day); }, source.caFile, httpTimeouts());
    OUTRIDER_ASSIGN(transport::GoogleReading read,
                    calendar.read(readsAll ? std::string() : account.cursor->token, reading.from, reading.to, progress));
    std::set<std::string> still;
    for (transport::GoogleEvent& event : read.events) {
        still.insert(event.id);
        if (event.isGone) {
            reading.vanished.push_back(event.id);
            continue;
        }
        if (event.meeting.startsAt >= reading.to || event.meeting.endsAt <= reading.from)
            continue;
        reading.tags[event.id] = "-";
        reading.events.push_back(
            {.uid = event.meeting.uid, .remote = event.id, .isWhole = false, .occurrences = {std::move(event.meeting)}});
    }
    reading.isPartial = read.isPartial;
    if ((readsAll || read.startedOver) && !read.isPartial) { // what is not in all of it is no more
        OUTRIDER_ASSIGN(const auto before,
                        wait(context.store().read([&](ReadContext& r) -> Result<std::map<std::string, std::string>> {
                            return MeetingRepository(r.db).tags(source.id);
                        })));
        for (const auto& [id, tag] : before) {
            if (!still.contains(id))
                reading.vanished.push_back(id);
        }
    }
    const bool isWhole = readsAll || read.startedOver;
    reading.cursors[googleCursor] = {.token = read.token, .wholeAt = isWhole ? now : account.cursor->wholeAt};
    return reading;
}

} // namespace

std::string calendarSecretName(CalendarSourceId id) { return "calendar/" + std::to_string(id.value); }

CalendarSpan calendarSpan(const ServiceContext& context) {
    const Instant now = context.clock().now();
    return {.from = now - kept, .to = now + ahead};
}

Result<CalendarReading> readCalendar(ServiceContext& context, AccountTokens& tokens, const CalendarSource& source, bool whole,
                                     const Progress& progress) {
    const CalendarSpan span = calendarSpan(context);
    CalendarReading reading{.source = source, .from = span.from, .to = span.to};
    if (context.isPractice())
        return fail(ErrorCode::Unsupported, "the practice workspace reaches no network");
    switch (source.kind) {
    case CalendarKind::CalDav:
        return readCaldav(context, std::move(reading), whole, progress);
    case CalendarKind::Google:
        return readGoogle(context, tokens, std::move(reading), whole, progress);
    case CalendarKind::File:
    case CalendarKind::Mail:
        break;
    }
    return fail(ErrorCode::Unsupported, source.name);
}

Result<CalendarReading> readCalendarText(const ServiceContext& context, CalendarSource source, std::string_view text,
                                         const Progress& progress) {
    const CalendarSpan span = calendarSpan(context);
    CalendarReading reading{.source = std::move(source), .from = span.from, .to = span.to};
    auto read = exchange::readIcal(text, {.from = span.from, .to = span.to, .zone = context.zone().name()}, progress);
    if (progress.cancelled())
        return fail(ErrorCode::Cancelled);
    if (read.events.empty() && read.unreadable == 0)
        return fail(ErrorCode::UnsupportedFormat, reading.source.url);
    reading.method = read.method;
    take(reading, std::move(read), {});
    return reading;
}

CalendarMeaning meaningOf(Connection& db, const CalendarReading& reading, Instant now) {
    CalendarMeaning meaning;
    CalendarPreview& preview = meaning.preview;
    preview.source = reading.source;
    preview.unreadable = reading.unreadable;
    preview.isPartial = reading.isPartial;
    MeetingRepository meetings(db);
    outreach::MeetingPeople people(db, reading.source.userName);
    std::set<EnrolmentId> stopped;
    for (const MeetingEvent& event : reading.events) {
        if (event.isWhole) {
            for (const MeetingId id : meetings.ofEvent(event.uid, reading.from)) {
                const auto stored = meetings.meeting(id);
                meaning.changes = meaning.changes || std::ranges::none_of(event.occurrences, [&](const Meeting& each) {
                                      return stored && each.recurrence == stored->recurrence;
                                  });
            }
        }
        for (Meeting meeting : event.occurrences) {
            people.resolve(meeting);
            const auto change = outreach::changeOf(meetings.find(meeting.uid, meeting.recurrence), meeting);
            const bool isNews = change != CalendarPreview::Change::Same;
            meaning.changes = meaning.changes || isNews;
            if (meeting.isPrivate()) {
                preview.others += meeting.state == MeetingState::Cancelled ? 0 : 1;
                continue;
            }
            ++preview.matched;
            preview.unchanged += isNews ? 0 : 1;
            for (MeetingAttendee& person : meeting.attendees) {
                if (!person.lead)
                    continue;
                const auto lead = LeadRepository(db).find(person.lead);
                person.leadName = lead ? displayName(*lead) : std::string();
                if (!isNews)
                    continue;
                for (const Enrolment& enrolment : outreach::endedBy(db, meeting, person.lead)) {
                    const auto strategy = StrategyRepository(db).find(enrolment.strategy);
                    if (strategy && stopped.insert(enrolment.id).second)
                        preview.stops.push_back(
                            {.lead = person.lead, .leadName = person.leadName, .strategyName = strategy->name});
                }
            }
            preview.lines.push_back({.meeting = std::move(meeting), .change = change});
        }
    }
    for (const std::string& remote : reading.vanished) {
        for (const MeetingId id : meetings.ofRemote(reading.source.id, remote)) {
            const auto meeting = meetings.meeting(id);
            if (!meeting || meeting->endsAt <= now || meeting->state == MeetingState::Cancelled)
                continue;
            meaning.changes = true;
            if (!meeting->isPrivate())
                preview.lines.push_back({.meeting = *meeting, .change = CalendarPreview::Change::Cancelled});
        }
    }
    std::ranges::stable_sort(preview.lines, {}, [](const CalendarPreview::Line& line) { return line.meeting.startsAt; });
    if (preview.lines.size() > CalendarPreview::mostLines) { // those to come say more
        const auto coming =
            std::ranges::find_if(preview.lines, [now](const CalendarPreview::Line& line) { return line.meeting.endsAt > now; });
        const auto before = std::size_t(coming - preview.lines.begin());
        preview.lines.erase(preview.lines.begin(),
                            preview.lines.begin()
                                + std::ptrdiff_t(std::min(before, preview.lines.size() - CalendarPreview::mostLines)));
        preview.lines.resize(std::min(preview.lines.size(), CalendarPreview::mostLines));
    }
    return meaning;
}

} // namespace outrider
