// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/dates.h"

#include "support/test_registry.h"

using namespace outrider;
using text::Dates;

class DatesTest : public QObject {
    Q_OBJECT

    const Dates m_dates{*parseIso8601("2026-11-19T08:00Z"), QTimeZone("Europe/Berlin")}; // Thursday, 09:00 there
    static Instant at(const char* text) { return *parseIso8601(text); }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void what_comes_is_named_by_day_and_time() {
        QCOMPARE(m_dates.moment(at("2026-11-19T13:00Z")), QStringLiteral("today 14:00"));
        QCOMPARE(m_dates.moment(at("2026-11-20T08:00Z")), QStringLiteral("tomorrow 09:00"));
        QCOMPARE(m_dates.moment(at("2026-11-23T08:00Z")), QStringLiteral("Mon 23 Nov 09:00"));
        QCOMPARE(m_dates.day(at("2027-02-01T08:00Z")), QStringLiteral("Mon 1 Feb 2027"));
    }

    void the_day_is_the_persons_not_utcs() {
        QCOMPARE(m_dates.day(at("2026-11-18T23:30Z")), QStringLiteral("today"));
        QVERIFY(!m_dates.isToday(at("2026-11-18T22:30Z")));
    }

    void what_was_is_named_the_shorter_the_nearer() {
        QCOMPARE(m_dates.brief(at("2026-11-19T06:12Z")), QStringLiteral("07:12"));
        QCOMPARE(m_dates.brief(at("2026-11-17T06:12Z")), QStringLiteral("Tue"));
        QCOMPARE(m_dates.brief(at("2026-11-03T06:12Z")), QStringLiteral("3 Nov"));
        QCOMPARE(m_dates.brief(at("2025-11-03T06:12Z")), QStringLiteral("3 Nov 2025"));
        QCOMPARE(m_dates.ago(at("2026-11-19T06:00Z")), QStringLiteral("2 h"));
        QCOMPARE(m_dates.ago(at("2026-11-16T06:00Z")), QStringLiteral("3 d"));
    }

    void lateness_counts_days_and_one_day_is_one_day() {
        QCOMPARE(m_dates.late(at("2026-11-17T08:00Z")), QStringLiteral("2 days late"));
        QCOMPARE(m_dates.late(at("2026-11-18T08:00Z")), QStringLiteral("1 day late"));
        QVERIFY(m_dates.late(at("2026-11-19T01:00Z")).isEmpty());
    }

    void durations_read_like_speech() {
        QCOMPARE(text::duration(8), QStringLiteral("8 s"));
        QCOMPARE(text::duration(250), QStringLiteral("4 min 10 s"));
        QCOMPARE(text::duration(3900), QStringLiteral("1 h 5 min"));
        QCOMPARE(text::clockTime(8 * 60 + 5), QStringLiteral("08:05"));
    }
};

OUTRIDER_TEST(DatesTest)
#include "dates_test.moc"
