// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;

class ClockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void every_moment_survives_being_written_and_read() {
        VERIFY_PROPERTY([] {
            // 1900 to 2200
            const auto millis = *rc::gen::inRange<std::int64_t>(-2'208'988'800'000, 7'258'118'400'000);
            const Instant instant = fromEpochMillis(millis);
            RC_ASSERT(*parseIso8601(toIso8601(instant)) == instant);
        });
    }

    void reads_the_forms_people_and_programs_write_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        QTest::newRow("date") << "2026-11-19"
                              << "2026-11-19T00:00:00.000Z";
        QTest::newRow("minutes") << "2026-11-19T08:30"
                                 << "2026-11-19T08:30:00.000Z";
        QTest::newRow("space") << "2026-11-19 08:30:15"
                               << "2026-11-19T08:30:15.000Z";
        QTest::newRow("fraction") << "2026-11-19T08:30:15.25Z"
                                  << "2026-11-19T08:30:15.250Z";
        QTest::newRow("zone") << "2026-11-19T08:30:15+01:00"
                              << "2026-11-19T07:30:15.000Z";
        QTest::newRow("zone without colon") << "2026-11-19T08:30:15-0530"
                                            << "2026-11-19T14:00:15.000Z";
        QTest::newRow("leap day") << "2028-02-29"
                                  << "2028-02-29T00:00:00.000Z";
    }

    void reads_the_forms_people_and_programs_write() {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto instant = parseIso8601(text.toStdString());
        VERIFY_OK(instant);
        QCOMPARE(QString::fromStdString(toIso8601(*instant)), utc);
    }

    void refuses_what_is_no_date() {
        for (const char* text : {"", "today", "2026-13-01", "2026-02-29", "2026-11-19T25:00", "2026-11-19T08",
                                 "2026-11-19T08:30:15.", "2026-11-19T08:30+99:00", "2026-11-19x", "2026-11-19T08:30Zx"})
            VERIFY_ERROR(parseIso8601(text), ErrorCode::InvalidArgument);
    }

    void a_manual_clock_moves_only_when_told() {
        ManualClock clock(*parseIso8601("2026-11-19"));
        QVERIFY(clock.now() == *parseIso8601("2026-11-19"));
        clock.advance(std::chrono::hours(2));
        QVERIFY(clock.now() == *parseIso8601("2026-11-19T02:00"));
    }

    void an_offset_clock_starts_at_its_moment_and_runs_on() {
        const Instant start = *parseIso8601("2030-01-01");
        const OffsetClock clock(start);
        QVERIFY(clock.now() >= start);
        QVERIFY(clock.now() < start + std::chrono::minutes(1));
    }
};

OUTRIDER_TEST(ClockTest)
#include "clock_test.moc"
