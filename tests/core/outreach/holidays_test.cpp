// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/holidays.h"

#include "core/outreach/planner.h"
#include "support/test_registry.h"

#include <algorithm>

using namespace outrider;
using namespace outrider::outreach;

namespace {

LocalDay day(const char* text) { return std::chrono::floor<std::chrono::days>(*parseIso8601(text)); }

QString nameOf(const char* country, const char* date) {
    const std::string_view name = holidaysIn(country)->nameOf(day(date));
    return QString::fromUtf8(name.data(), qsizetype(name.size()));
}

} // namespace

class HolidaysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void many_countries_are_known_and_others_have_none() {
        QVERIFY(countriesWithHolidays().size() >= 12);
        QVERIFY(holidaysIn("AQ") == nullptr);
        QVERIFY(holidaysIn("") == nullptr);
        for (const std::string_view country : countriesWithHolidays()) {
            const auto year = holidaysIn(country)->ofYear(2026);
            QVERIFY2(year.size() >= 4 && year.size() <= 16, std::string(country).c_str());
            QVERIFY(holidaysIn(country)->contains(day("2026-12-25")));
        }
    }

    void moving_feasts_are_where_they_were_and_will_be() {
        QCOMPARE(nameOf("DE", "2024-03-29"), QStringLiteral("Karfreitag"));
        QCOMPARE(nameOf("DE", "2025-06-09"), QStringLiteral("Pfingstmontag"));
        QCOMPARE(nameOf("FR", "2026-05-14"), QStringLiteral("Ascension"));
        QCOMPARE(nameOf("GR", "2024-05-06"), QStringLiteral("Δευτέρα του Πάσχα"));
        QCOMPARE(nameOf("US", "2026-11-26"), QStringLiteral("Thanksgiving"));
        QCOMPARE(nameOf("US", "2026-05-25"), QStringLiteral("Memorial Day"));
        QCOMPARE(nameOf("CA", "2027-05-24"), QStringLiteral("Victoria Day"));
        QCOMPARE(nameOf("SE", "2026-06-19"), QStringLiteral("midsommarafton"));
        QCOMPARE(nameOf("AT", "2026-10-26"), QStringLiteral("Nationalfeiertag"));
        QVERIFY(!holidaysIn("DE")->contains(day("2026-10-31"))); // of some states alone
    }

    void what_falls_on_a_weekend_is_made_up_for_where_it_is() {
        QCOMPARE(nameOf("GB", "2027-12-27"), QStringLiteral("Christmas Day")); // Saturday
        QCOMPARE(nameOf("GB", "2027-12-28"), QStringLiteral("Boxing Day"));    // Sunday
        QCOMPARE(nameOf("US", "2026-07-03"), QStringLiteral("Independence Day"));
        QCOMPARE(nameOf("ZA", "2027-03-22"), QStringLiteral("Human Rights Day"));
        QVERIFY(!holidaysIn("DE")->contains(day("2027-12-27")));
        QCOMPARE(nameOf("NL", "2025-04-26"), QStringLiteral("Koningsdag")); // the 27th is a Sunday
        QVERIFY(!holidaysIn("NL")->contains(day("2025-04-27")));
    }

    void a_step_is_moved_over_a_holiday_where_the_lead_is_and_says_so() {
        StrategyVersion version;
        version.steps = {{.position = 0}, {.position = 1, .dayOffset = 2}};
        const Zone zone = *Zone::find("Europe/Berlin");
        Enrolment enrolment{.enrolledAt = *parseIso8601("2026-12-24T10:00")};
        const DaysOff german = DaysOff().with(holidaysIn("DE"));
        enrolment.nextStep = 1;
        enrolment.lastStepAt = enrolment.enrolledAt; // a Thursday; the 25th is Christmas
        const Plan there = planNextStep({.version = version, .enrolment = enrolment, .zone = zone, .daysOff = german});
        QCOMPARE(toIso8601(there.dueAt), std::string("2026-12-29T07:00:00.000Z"));
        QVERIFY(std::ranges::find(there.reasons, PlanReason::Holiday) != there.reasons.end());
        QCOMPARE(std::string(holidayBefore(zone.dayOf(there.dueAt), german)), std::string("Zweiter Weihnachtstag"));
        const DaysOff none;
        const Plan elsewhere = planNextStep({.version = version, .enrolment = enrolment, .zone = zone, .daysOff = none});
        QVERIFY(elsewhere.dueAt < there.dueAt);
    }

    void ones_own_days_off_stand_beside_them() {
        DaysOff off{day("2026-12-30")};
        const DaysOff both = off.with(holidaysIn("DE"));
        off.insert(day("2026-12-31"));
        QVERIFY(both.contains(day("2026-12-25")) && both.isHoliday(day("2026-12-25")));
        QVERIFY(both.contains(day("2026-12-30")) && !both.isHoliday(day("2026-12-30")));
        QVERIFY(!both.contains(day("2026-12-31"))); // a copy of its own
        QVERIFY(off.contains(day("2026-12-31")) && !off.contains(day("2026-12-25")));
    }
};

OUTRIDER_TEST(HolidaysTest)
#include "holidays_test.moc"
