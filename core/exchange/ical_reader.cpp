// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/ical_reader.h"

#include "core/contact/email_address.h"
#include "core/contact/text.h"
#include "core/domain/meeting_key.h"
#include "core/exchange/ical_components.h"
#include "core/exchange/ical_zones.h"

#include <QString>

#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace outrider::exchange {

namespace {

constexpr std::size_t mostEvents = 100'000;
constexpr int mostSteps = 20'000; // through one rule
constexpr std::size_t mostDates = 2'000;
constexpr auto longest = std::chrono::hours(24 * 366); // a meeting
constexpr qsizetype longestText = 300;
constexpr auto mostTime = std::chrono::seconds(20); // for rules that nothing fulfils

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

// Untrusted bytes as one line of UTF-8.
std::string lineOf(const char* text) {
    if (text == nullptr)
        return {};
    const std::string valid = QString::fromUtf8(text).left(longestText).toStdString();
    return contact::collapsed(valid);
}

std::string tzidOf(icalproperty* property) {
    icalparameter* parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    const char* tzid = parameter == nullptr ? nullptr : icalparameter_get_tzid(parameter);
    return tzid == nullptr ? std::string() : std::string(tzid);
}

icalproperty* first(icalcomponent* event, icalproperty_kind kind) { return icalcomponent_get_first_property(event, kind); }

// One VEVENT: a whole event, or one of its occurrences that is different.
struct Parsed {
    Meeting meeting;
    icaltimetype start = icaltime_null_time();
    std::string tzid;
    Millis length{};
    int days = 0; // of whole days
    bool isOverride = false;
    bool hasRule = false;
    icalrecurrencetype rule{};
    std::vector<Instant> added;
    std::set<Instant> left;

    bool isOlderThan(const Parsed& other) const {
        return std::pair(meeting.sequence, meeting.stampedAt) < std::pair(other.meeting.sequence, other.meeting.stampedAt);
    }
};

// Of whole days by the date as it is written: the moment depends on where the person is.
std::string keyOf(Instant at, const icaltimetype& clock) {
    if (clock.is_date == 0)
        return occurrenceKey(at);
    return occurrenceKey(std::chrono::sys_days(std::chrono::year(clock.year) / clock.month / clock.day));
}

Attendance answerOf(icalproperty* property) {
    icalparameter* parameter = icalproperty_get_first_parameter(property, ICAL_PARTSTAT_PARAMETER);
    switch (parameter == nullptr ? ICAL_PARTSTAT_NEEDSACTION : icalparameter_get_partstat(parameter)) {
    case ICAL_PARTSTAT_ACCEPTED:
        return Attendance::Accepted;
    case ICAL_PARTSTAT_DECLINED:
        return Attendance::Declined;
    case ICAL_PARTSTAT_TENTATIVE:
        return Attendance::Tentative;
    default:
        return Attendance::Unknown;
    }
}

void readPerson(icalproperty* property, const char* value, bool isOrganizer, Meeting& meeting) {
    icalparameter* kind = icalproperty_get_first_parameter(property, ICAL_CUTYPE_PARAMETER);
    if (kind != nullptr) {
        const auto type = icalparameter_get_cutype(kind);
        if (type == ICAL_CUTYPE_RESOURCE || type == ICAL_CUTYPE_ROOM)
            return;
    }
    auto address = contact::parseEmailAddress(value == nullptr ? "" : value);
    if (!address) {
        icalparameter* email = icalproperty_get_first_parameter(property, ICAL_EMAIL_PARAMETER); // RFC 7986
        const char* written = email == nullptr ? nullptr : icalparameter_get_email(email);
        if (written == nullptr || !(address = contact::parseEmailAddress(written)))
            return;
    }
    const auto known = std::ranges::find(meeting.attendees, address->key, &MeetingAttendee::address);
    if (known != meeting.attendees.end()) { // the organiser is often among those invited
        known->isOrganizer = known->isOrganizer || isOrganizer;
        if (!isOrganizer)
            known->answer = answerOf(property);
        return;
    }
    if (meeting.attendees.size() >= mostAttendees)
        return;
    icalparameter* name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
    meeting.attendees.push_back({.address = address->key,
                                 .name = name == nullptr ? std::string() : lineOf(icalparameter_get_cn(name)),
                                 .answer = isOrganizer ? Attendance::Accepted : answerOf(property),
                                 .isOrganizer = isOrganizer});
}

void readPeople(icalcomponent* event, Meeting& meeting) {
    if (icalproperty* organizer = first(event, ICAL_ORGANIZER_PROPERTY))
        readPerson(organizer, icalproperty_get_organizer(organizer), true, meeting);
    for (icalproperty* each = first(event, ICAL_ATTENDEE_PROPERTY); each != nullptr;
         each = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY))
        readPerson(each, icalproperty_get_attendee(each), false, meeting);
}

bool isFree(icalcomponent* event) {
    if (icalproperty* transparency = first(event, ICAL_TRANSP_PROPERTY)) {
        if (icalproperty_get_transp(transparency) == ICAL_TRANSP_TRANSPARENT)
            return true;
    }
    for (icalproperty* each = first(event, ICAL_X_PROPERTY); each != nullptr;
         each = icalcomponent_get_next_property(event, ICAL_X_PROPERTY)) {
        const char* name = icalproperty_get_x_name(each);
        const char* value = icalproperty_get_value_as_string(each);
        if (name != nullptr && value != nullptr && std::string_view(name) == "X-MICROSOFT-CDO-BUSYSTATUS")
            return std::string_view(value) == "FREE";
    }
    return false;
}

// Nobody meets by the minute, and a rule of that kind may be made to keep a reader busy.
bool isRuleOfMeeting(const icalrecurrencetype& rule) {
    const bool isByHours = rule.freq == ICAL_HOURLY_RECURRENCE && rule.by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX
                           && rule.by_day[0] == ICAL_RECURRENCE_ARRAY_MAX && rule.by_month[0] == ICAL_RECURRENCE_ARRAY_MAX
                           && rule.by_month_day[0] == ICAL_RECURRENCE_ARRAY_MAX
                           && rule.by_year_day[0] == ICAL_RECURRENCE_ARRAY_MAX;
    return (isByHours || (rule.freq >= ICAL_DAILY_RECURRENCE && rule.freq <= ICAL_YEARLY_RECURRENCE)) && rule.rscale == nullptr
           && rule.by_second[0] == ICAL_RECURRENCE_ARRAY_MAX && rule.by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

class Reader {
public:
    Reader(const IcalWindow& window, const Progress& progress) : m_window(window), m_progress(progress), m_zones(window.zone) {}

    IcalReading read(std::string_view text) {
        m_reading.isPartial = text.size() > mostIcalBytes;
        text = text.substr(0, mostIcalBytes);
        IcalComponents zones; // they may stand behind the events that use them
        zones.event = [](const std::string&) { return true; };
        zones.timeZone = [this](const std::string& component) { m_zones.define(component); };
        zones.cut(text);
        m_reading.method = zones.method();
        IcalComponents events;
        events.timeZone = [](const std::string&) {};
        events.event = [this](const std::string& component) { return take(component); };
        events.cut(text);
        m_reading.unreadable += events.broken();
        for (auto& [uid, versions] : m_byUid) {
            if (m_progress.cancelled() || isFull())
                break;
            unfold(uid, versions);
        }
        std::ranges::sort(m_reading.events, {}, &IcalEvent::uid);
        return std::move(m_reading);
    }

private:
    bool isFull() {
        const bool full = m_meetings >= mostMeetings || m_watch.elapsed() > mostTime;
        m_reading.isPartial = m_reading.isPartial || full;
        return full;
    }

    bool take(const std::string& component) {
        if (m_progress.cancelled())
            return false;
        if (++m_events > mostEvents) {
            m_reading.isPartial = true;
            return false;
        }
        const Component event(icalparser_parse_string(component.c_str()));
        std::optional<Parsed> parsed = event ? parse(event.get()) : std::nullopt;
        if (!parsed) {
            ++m_reading.unreadable;
            return true;
        }
        m_byUid[parsed->meeting.uid].push_back(std::move(*parsed));
        return true;
    }

    std::optional<Instant> instantOf(icalproperty* property, const icaltimetype& time) {
        return icaltime_is_null_time(time) ? std::nullopt : m_zones.instantOf(time, tzidOf(property));
    }

    std::optional<Parsed> parse(icalcomponent* event) {
        Parsed out;
        Meeting& meeting = out.meeting;
        icalproperty* uid = first(event, ICAL_UID_PROPERTY);
        meeting.uid = uid == nullptr ? std::string() : lineOf(icalproperty_get_uid(uid));
        if (icalproperty* sequence = first(event, ICAL_SEQUENCE_PROPERTY))
            meeting.sequence = std::clamp(icalproperty_get_sequence(sequence), 0, 1'000'000'000);
        if (icalproperty* stamp = first(event, ICAL_DTSTAMP_PROPERTY))
            meeting.stampedAt = instantOf(stamp, icalproperty_get_dtstamp(stamp)).value_or(Instant{});
        if (icalproperty* title = first(event, ICAL_SUMMARY_PROPERTY))
            meeting.title = lineOf(icalproperty_get_summary(title));
        if (icalproperty* place = first(event, ICAL_LOCATION_PROPERTY))
            meeting.location = lineOf(icalproperty_get_location(place));
        if (icalproperty* status = first(event, ICAL_STATUS_PROPERTY))
            meeting.state = icalproperty_get_status(status) == ICAL_STATUS_CANCELLED   ? MeetingState::Cancelled
                            : icalproperty_get_status(status) == ICAL_STATUS_TENTATIVE ? MeetingState::Tentative
                                                                                       : MeetingState::Confirmed;
        if (m_reading.method == "CANCEL")
            meeting.state = MeetingState::Cancelled;
        meeting.isBusy = !isFree(event);
        readPeople(event, meeting);
        if (!readTimes(event, out))
            return std::nullopt;
        if (meeting.uid.empty()) // RFC 5545 wants one; what has none is known by what it is
            meeting.uid = "none-" + occurrenceKey(meeting.startsAt) + '-' + meeting.title;
        readRecurrence(event, out);
        return out;
    }

    bool readTimes(icalcomponent* event, Parsed& out) {
        Meeting& meeting = out.meeting;
        icalproperty* start = first(event, ICAL_DTSTART_PROPERTY);
        if (start == nullptr)
            return readRecurrenceAsStart(event, out);
        out.start = icalproperty_get_dtstart(start);
        out.tzid = tzidOf(start);
        const auto at = instantOf(start, out.start);
        if (!at)
            return false;
        meeting.startsAt = *at;
        meeting.isAllDay = out.start.is_date != 0;
        std::optional<Instant> until;
        if (icalproperty* end = first(event, ICAL_DTEND_PROPERTY)) {
            until = instantOf(end, icalproperty_get_dtend(end));
        } else if (icalproperty* duration = first(event, ICAL_DURATION_PROPERTY)) {
            const icaldurationtype length = icalproperty_get_duration(duration);
            const std::int64_t seconds = ((std::int64_t(length.weeks) * 7 + length.days) * 24 + length.hours) * 3600
                                         + std::int64_t(length.minutes) * 60 + length.seconds;
            if (length.is_neg == 0 && seconds < std::chrono::seconds(longest).count())
                until = *at + std::chrono::seconds(seconds);
        }
        const Millis usual = meeting.isAllDay ? Millis(std::chrono::hours(24)) : Millis(0);
        const bool isWrong = !until || *until < *at || *until - *at > longest;
        out.length = isWrong ? usual : *until - *at;
        if (meeting.isAllDay) // by days: one of them may have 23 hours
            out.days = std::max(1, int((out.length + std::chrono::hours(12)) / std::chrono::hours(24)));
        meeting.endsAt = endOf(out, out.start, *at);
        return true;
    }

    // A cancellation or an answer may name the occurrence alone.
    bool readRecurrenceAsStart(icalcomponent* event, Parsed& out) {
        icalproperty* which = first(event, ICAL_RECURRENCEID_PROPERTY);
        if (which == nullptr) {
            return m_reading.method == "REPLY" || m_reading.method == "CANCEL";
        }
        out.start = icalproperty_get_recurrenceid(which);
        out.tzid = tzidOf(which);
        const auto at = instantOf(which, out.start);
        out.meeting.startsAt = out.meeting.endsAt = at.value_or(Instant{});
        out.meeting.isAllDay = out.start.is_date != 0;
        return at.has_value();
    }

    Instant endOf(const Parsed& event, icaltimetype start, Instant at) {
        if (event.days == 0)
            return at + event.length;
        icaltime_adjust(&start, event.days, 0, 0, 0);
        return m_zones.instantOf(start, {}).value_or(at + event.length);
    }

    void readRecurrence(icalcomponent* event, Parsed& out) {
        if (icalproperty* which = first(event, ICAL_RECURRENCEID_PROPERTY)) {
            const icaltimetype time = icalproperty_get_recurrenceid(which);
            if (const auto at = instantOf(which, time)) {
                out.isOverride = true;
                out.meeting.recurrence = keyOf(*at, time);
                return;
            }
        }
        if (icalproperty* rule = first(event, ICAL_RRULE_PROPERTY)) {
            out.rule = icalproperty_get_rrule(rule);
            out.hasRule = isRuleOfMeeting(out.rule);
            m_reading.unreadable += out.hasRule ? 0 : 1;
            out.rule.rscale = nullptr; // it belongs to the property
        }
        for (icalproperty* each = first(event, ICAL_RDATE_PROPERTY); each != nullptr && out.added.size() < mostDates;
             each = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
            const icaldatetimeperiodtype date = icalproperty_get_rdate(each);
            if (const auto at = instantOf(each, icaltime_is_null_time(date.time) ? date.period.start : date.time))
                out.added.push_back(*at);
        }
        std::size_t left = 0;
        for (icalproperty* each = first(event, ICAL_EXDATE_PROPERTY); each != nullptr && left < mostDates;
             each = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY), ++left) {
            if (const auto at = instantOf(each, icalproperty_get_exdate(each)))
                out.left.insert(*at);
        }
    }

    bool touches(const Meeting& meeting) const {
        return meeting.startsAt < m_window.to && (meeting.endsAt > m_window.from || meeting.startsAt >= m_window.from);
    }

    // The occurrences of an event, but for those that are told of on their own.
    void expand(const Parsed& event, const std::set<std::string>& told, std::vector<Meeting>& out) {
        const bool recurs = event.hasRule || !event.added.empty();
        std::set<Instant> seen;
        const auto add = [&](Instant at, icaltimetype clock) {
            Meeting one = event.meeting;
            one.recurrence = recurs ? keyOf(at, clock) : std::string();
            one.startsAt = at;
            one.endsAt = endOf(event, clock, at);
            if (touches(one) && !event.left.contains(at) && !told.contains(one.recurrence) && seen.insert(at).second)
                out.push_back(std::move(one));
        };
        if (event.hasRule)
            walk(event, add, out);
        else
            add(event.meeting.startsAt, event.start);
        for (const Instant at : event.added) {
            icaltimetype clock = m_zones.clockAt(at, event.tzid, icaltime_is_utc(event.start) != 0);
            clock.is_date = event.start.is_date;
            if (out.size() < mostOccurrences)
                add(at, clock);
        }
    }

    template <typename Add>
    void walk(const Parsed& event, const Add& add, const std::vector<Meeting>& out) {
        icalrecurrencetype rule = event.rule;
        const icaltimetype until = rule.until;
        rule.until = icaltime_null_time(); // in UTC, while the rule runs by the clock there: compared below
        icaltimetype start = event.start;
        const bool isUtc = icaltime_is_utc(start) != 0;
        start.zone = nullptr;
        const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator(icalrecur_iterator_new(rule, start));
        if (!iterator) {
            ++m_reading.unreadable;
            return add(event.meeting.startsAt, event.start);
        }
        const Instant early = m_window.from - longest; // also what began before the window
        if (rule.count == 0 && event.meeting.startsAt < early) {
            icaltimetype from = m_zones.clockAt(early, event.tzid, isUtc);
            from.is_date = start.is_date;
            icalrecur_iterator_set_start(iterator.get(), from);
        }
        for (int i = 0; i < mostSteps && out.size() < mostOccurrences; ++i) {
            icaltimetype clock = icalrecur_iterator_next(iterator.get());
            if (icaltime_is_null_time(clock) || m_progress.cancelled() || m_watch.elapsed() > mostTime)
                return;
            clock.zone = isUtc ? icaltimezone_get_utc_timezone() : nullptr;
            const auto at = m_zones.instantOf(clock, event.tzid);
            if (!at)
                continue;
            if (*at >= m_window.to || isAfter(*at, clock, until, event.tzid))
                return;
            add(*at, clock);
        }
    }

    bool isAfter(Instant at, const icaltimetype& clock, const icaltimetype& until, const std::string& tzid) {
        if (icaltime_is_null_time(until))
            return false;
        if (until.is_date)
            return std::tuple(clock.year, clock.month, clock.day) > std::tuple(until.year, until.month, until.day);
        const auto last = m_zones.instantOf(until, icaltime_is_utc(until) ? std::string() : tzid);
        return last && at > *last;
    }

    void unfold(const std::string& uid, std::vector<Parsed>& versions) {
        std::map<std::string, const Parsed*> latest; // by occurrence; "": the event itself
        for (const Parsed& each : versions) {
            auto [known, isFirst] = latest.try_emplace(each.isOverride ? each.meeting.recurrence : std::string(), &each);
            if (!isFirst && !each.isOlderThan(*known->second))
                known->second = &each;
        }
        IcalEvent event{.uid = uid, .isWhole = latest.contains(std::string()), .occurrences = {}};
        if (m_reading.method == "REPLY") { // one line an answer, whenever it is
            event.isWhole = false;
            for (const auto& [key, parsed] : latest)
                event.occurrences.push_back(parsed->meeting);
        } else {
            std::set<std::string> told;
            for (const auto& [key, parsed] : latest) {
                if (!key.empty()) {
                    told.insert(key);
                    if (touches(parsed->meeting) && event.occurrences.size() < mostOccurrences)
                        event.occurrences.push_back(parsed->meeting);
                }
            }
            if (event.isWhole)
                expand(*latest.at({}), told, event.occurrences);
        }
        std::ranges::sort(event.occurrences, [](const Meeting& a, const Meeting& b) {
            return std::tie(a.startsAt, a.recurrence) < std::tie(b.startsAt, b.recurrence);
        });
        m_meetings += event.occurrences.size();
        m_reading.events.push_back(std::move(event));
    }

    const IcalWindow& m_window;
    const Progress& m_progress;
    const Stopwatch m_watch;
    IcalZones m_zones;
    IcalReading m_reading;
    std::unordered_map<std::string, std::vector<Parsed>> m_byUid;
    std::size_t m_events = 0;
    std::size_t m_meetings = 0;
};

} // namespace

IcalReading readIcal(std::string_view text, const IcalWindow& window, const Progress& progress) {
    icalerror_set_errors_are_fatal(0);
    return Reader(window, progress).read(text);
}

} // namespace outrider::exchange
