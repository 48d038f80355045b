// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/zone.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

#include <QTimeZone>

using namespace outrider;
using namespace outrider::outreach;

namespace {

LocalDay day(const char* text) { return std::chrono::floor<std::chrono::days>(*parseIso8601(text)); }

// Zones with every habit there is: both hemispheres, half and quarter hours, a 30-minute summer
// time, midnight transitions, a day left out, no summer time at all.
const char* const zones[]{"Europe/Berlin",       "Europe/London",
                          "Europe/Lisbon",       "America/New_York",
                          "America/Los_Angeles", "America/St_Johns",
                          "America/Sao_Paulo",   "America/Santiago",
                          "America/Havana",      "Asia/Kolkata",
                          "Asia/Kathmandu",      "Asia/Tokyo",
                          "Asia/Tehran",         "Asia/Beirut",
                          "Africa/Cairo",        "Africa/Casablanca",
                          "Australia/Sydney",    "Australia/Lord_Howe",
                          "Pacific/Apia",        "Pacific/Auckland",
                          "Pacific/Chatham",     "UTC"};

} // namespace

class ZoneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_unknown_name_is_no_zone() {
        QVERIFY(!Zone::find("Europe/Nowhere"));
        QVERIFY(!Zone::find(""));
        QVERIFY(Zone::find("Europe/Berlin").has_value());
    }

    void reads_the_clock_on_the_wall() {
        const Zone tokyo = *Zone::find("Asia/Tokyo");
        const Instant moment = *parseIso8601("2026-11-19T17:03Z");
        QVERIFY(tokyo.dayOf(moment) == day("2026-11-20"));
        QCOMPARE(tokyo.minuteOfDay(moment), 2 * 60 + 3);
        QCOMPARE(tokyo.offsetMinutes(moment), 9 * 60);
    }

    void a_time_the_spring_change_skips_is_the_first_moment_after_it() {
        const Zone berlin = *Zone::find("Europe/Berlin"); // 02:00 to 03:00 on 29 March 2026
        QVERIFY(berlin.at(day("2026-03-29"), 2 * 60 + 30) == *parseIso8601("2026-03-29T01:00Z"));
        QVERIFY(berlin.at(day("2026-03-29"), 3 * 60) == *parseIso8601("2026-03-29T01:00Z"));
        const Zone lordHowe = *Zone::find("Australia/Lord_Howe"); // 02:00 to 02:30 on 4 October 2026
        QVERIFY(lordHowe.at(day("2026-10-04"), 2 * 60 + 15) == *parseIso8601("2026-10-03T15:30Z"));
    }

    void a_time_the_autumn_change_repeats_is_the_first_of_the_two() {
        const Zone berlin = *Zone::find("Europe/Berlin"); // 03:00 back to 02:00 on 25 October 2026
        QVERIFY(berlin.at(day("2026-10-25"), 2 * 60 + 30) == *parseIso8601("2026-10-25T00:30Z"));
    }

    void a_day_that_was_never_there_begins_with_the_next() {
        const Zone apia = *Zone::find("Pacific/Apia"); // Samoa left out 30 December 2011
        QVERIFY(apia.at(day("2011-12-30"), 12 * 60) == *parseIso8601("2011-12-30T10:00Z"));
        QVERIFY(apia.dayOf(*parseIso8601("2011-12-30T10:00Z")) == day("2011-12-31"));
    }

    void in_every_zone_the_wall_shows_what_was_asked_for_unless_it_never_does() {
        for (const char* name : zones) {
            const Zone zone = *Zone::find(name);
            VERIFY_PROPERTY([&zone, name] {
                const auto date = day("2024-01-01") + std::chrono::days(*rc::gen::inRange(0, 1500));
                const int minute = *rc::gen::inRange(0, 1440);
                const Instant moment = zone.at(date, minute);
                RC_LOG() << name << ' ' << toIso8601(Instant(date)) << ' ' << minute << " -> " << toIso8601(moment);
                const bool shown = zone.dayOf(moment) == date && zone.minuteOfDay(moment) == minute;
                if (!shown) { // a gap: it begins at the transition, so the minute before shows less
                    const Instant before = moment - std::chrono::minutes(1);
                    RC_ASSERT(zone.offsetMinutes(before) < zone.offsetMinutes(moment));
                    RC_ASSERT(zone.dayOf(before) < date || (zone.dayOf(before) == date && zone.minuteOfDay(before) < minute));
                    RC_ASSERT(zone.dayOf(moment) > date || (zone.dayOf(moment) == date && zone.minuteOfDay(moment) > minute));
                }
            });
        }
    }

    void its_offsets_are_those_of_the_tz_database() {
        VERIFY_PROPERTY([] {
            const char* name = *rc::gen::element("Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Kathmandu",
                                                 "Australia/Lord_Howe", "Pacific/Apia", "America/Caracas", "Europe/Moscow");
            const Zone zone = *Zone::find(name);
            const QTimeZone theirs(name);
            for (int i = 0; i < 200; ++i) {
                const auto minutes = *rc::gen::inRange<std::int64_t>(-20LL * 365 * 1440, 150LL * 365 * 1440);
                const auto moment = QDateTime::fromMSecsSinceEpoch(minutes * 60000, Qt::UTC);
                RC_ASSERT(zone.offsetMinutes(fromEpochMillis(minutes * 60000)) == theirs.offsetFromUtc(moment) / 60);
            }
        });
    }

    void later_on_the_wall_is_never_earlier_in_truth() {
        for (const char* name : zones) {
            const Zone zone = *Zone::find(name);
            VERIFY_PROPERTY([&zone] {
                const auto date = day("2024-01-01") + std::chrono::days(*rc::gen::inRange(0, 1500));
                const int a = *rc::gen::inRange(0, 1440);
                const int b = *rc::gen::inRange(a, 1441);
                RC_ASSERT(zone.at(date, a) <= zone.at(date, b));
            });
        }
    }
};

OUTRIDER_TEST(ZoneTest)
#include "zone_test.moc"
