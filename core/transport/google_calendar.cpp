// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/google_calendar.h"

#include "core/contact/email_address.h"
#include "core/contact/text.h"
#include "core/domain/meeting_key.h"
#include "core/transport/charset.h"
#include "core/transport/http_outcome.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr std::size_t mostText = 300;
constexpr std::size_t mostPeople = 300;

const json& part(const json& object, const char* key) {
    static const json nothing;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? *found : nothing;
}

std::string textOf(const json& object, const char* key) {
    const json& value = part(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool flagOf(const json& object, const char* key) {
    const json& value = part(object, key);
    return value.is_boolean() && value.get<bool>();
}

std::string lineOf(const json& object, const char* key) {
    return contact::collapsed(cleanUtf8(std::string_view(textOf(object, key)).substr(0, mostText)));
}

// {"dateTime": "2026-11-24T10:00:00+01:00"} or {"date": "2026-11-24"}
struct When {
    std::optional<Instant> at;
    std::optional<std::chrono::sys_days> day;
};

When whenOf(const json& time) {
    When when;
    if (const auto at = parseIso8601(textOf(time, "dateTime")))
        when.at = *at;
    else if (const auto day = parseIso8601(textOf(time, "date")))
        when.day = std::chrono::floor<std::chrono::days>(*day);
    return when;
}

Attendance answerOf(const std::string& status) {
    return status == "accepted"    ? Attendance::Accepted
           : status == "declined"  ? Attendance::Declined
           : status == "tentative" ? Attendance::Tentative
                                   : Attendance::Unknown;
}

void readPeople(const json& event, Meeting& meeting) {
    const auto add = [&meeting](const json& person, bool isOrganizer) {
        const auto address = contact::parseEmailAddress(textOf(person, "email"));
        if (!address || flagOf(person, "resource") || meeting.attendees.size() >= mostPeople)
            return;
        const auto known = std::ranges::find(meeting.attendees, address->key, &MeetingAttendee::address);
        if (known != meeting.attendees.end())
            known->isOrganizer = known->isOrganizer || isOrganizer;
        else
            meeting.attendees.push_back(
                {.address = address->key,
                 .name = lineOf(person, "displayName"),
                 .answer = isOrganizer ? Attendance::Accepted : answerOf(textOf(person, "responseStatus")),
                 .isOrganizer = isOrganizer,
                 .lead = {},
                 .leadName = {}});
    };
    if (const json& all = part(event, "attendees"); all.is_array()) {
        for (const json& person : all)
            add(person, flagOf(person, "organizer"));
    }
    if (const json& organizer = part(event, "organizer"); organizer.is_object())
        add(organizer, true);
}

} // namespace

GoogleCalendar::GoogleCalendar(std::string apiUrl, TokenSource token, std::function<Instant(std::chrono::sys_days)> startOfDay,
                               std::string caFile, NetworkTimeouts timeouts)
    : m_apiUrl(std::move(apiUrl)),
      m_token(std::move(token)),
      m_startOfDay(std::move(startOfDay)),
      m_http(std::move(caFile), timeouts) {}

Result<GoogleReading> GoogleCalendar::read(const std::string& token, Instant from, Instant to, const Progress& progress) {
    if (!token.empty()) {
        auto changed = readPages("&syncToken=" + percentEncoded(token), progress);
        if (changed || changed.error().native != 410)
            return changed;
    }
    auto all = readPages("&timeMin=" + percentEncoded(toIso8601(from)) + "&timeMax=" + percentEncoded(toIso8601(to)), progress);
    if (all)
        all->startedOver = !token.empty();
    return all;
}

Result<GoogleReading> GoogleCalendar::readPages(const std::string& query, const Progress& progress) {
    GoogleReading reading;
    std::string page;
    for (int i = 0;; ++i) {
        std::string url = m_apiUrl + "/calendar/v3/calendars/primary/events?singleEvents=true&maxResults=1000&maxAttendees="
                          + std::to_string(mostPeople) + query;
        if (!page.empty())
            url += "&pageToken=" + percentEncoded(page);
        HttpExchange exchange =
            performWithToken(m_http, m_token, {.method = "GET", .url = url, .headers = {}, .body = {}}, progress);
        if (exchange.reply && exchange.reply->status == 410)
            return fail(ErrorCode::RefusedHard, "the sync token has run out", 410);
        if (exchange.reply && exchange.reply->status == 403) {
            const ProviderAnswer answer = answerOf(*exchange.reply);
            const bool passes =
                answer.reason.find("imit") != std::string::npos || answer.reason.find("uota") != std::string::npos;
            return fail(passes ? ErrorCode::RefusedSoft : ErrorCode::AuthFailed, "403 " + answer.reason + " " + answer.text, 403);
        }
        OUTRIDER_ASSIGN(const HttpReply reply, succeeded(std::move(exchange)));
        const json body = json::parse(reply.body, nullptr, false);
        const json& items = part(body, "items");
        if (!body.is_object() || (!items.is_array() && !items.is_null()))
            return fail(ErrorCode::ProtocolError, "a list of events that is none");
        for (const json& item : items.is_array() ? items : json::array()) {
            GoogleEvent event{.id = textOf(item, "id"), .meeting = {}};
            Meeting& meeting = event.meeting;
            const std::string status = textOf(item, "status");
            event.isGone = status == "cancelled";
            const When start = whenOf(part(item, "start"));
            const When end = whenOf(part(item, "end"));
            const bool isTimed = start.at && end.at;
            if (event.id.empty() || (!isTimed && !(start.day && end.day) && !event.isGone))
                continue;
            meeting.uid = textOf(item, "iCalUID");
            meeting.uid = meeting.uid.empty() ? event.id : meeting.uid;
            if (!textOf(item, "recurringEventId").empty()) {
                const When original = whenOf(part(item, "originalStartTime"));
                meeting.recurrence = original.at    ? occurrenceKey(*original.at)
                                     : original.day ? occurrenceKey(*original.day)
                                                    : std::string();
            }
            const json& sequence = part(item, "sequence");
            meeting.sequence =
                sequence.is_number_integer() ? int(std::clamp<std::int64_t>(sequence.get<std::int64_t>(), 0, 1 << 30)) : 0;
            meeting.stampedAt = parseIso8601(textOf(item, "updated")).value_or(Instant{});
            meeting.isAllDay = !isTimed && start.day;
            if (isTimed || start.day) {
                meeting.startsAt = isTimed ? *start.at : m_startOfDay(*start.day);
                meeting.endsAt = std::max(meeting.startsAt, isTimed ? *end.at : m_startOfDay(end.day.value_or(*start.day)));
            }
            meeting.state = event.isGone            ? MeetingState::Cancelled
                            : status == "tentative" ? MeetingState::Tentative
                                                    : MeetingState::Confirmed;
            const std::string type = textOf(item, "eventType");
            meeting.isBusy = textOf(item, "transparency") != "transparent" && type != "workingLocation" && type != "birthday";
            meeting.title = lineOf(item, "summary");
            meeting.location = lineOf(item, "location");
            readPeople(item, meeting);
            reading.events.push_back(std::move(event));
        }
        page = textOf(body, "nextPageToken");
        reading.token = textOf(body, "nextSyncToken");
        if (page.empty())
            return reading;
        if (i + 1 == mostPages) {
            reading.isPartial = true;
            return reading;
        }
    }
}

} // namespace outrider::transport
