// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/send_crash_bench.h"

#include "support/test_registry.h"

using namespace outrider;

class SendCrashBenchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A short form of `./dev bench crash-send`, which goes on for 10,000 messages.
    void killed_while_sending_nobody_gets_a_message_twice_and_none_is_lost() {
        const auto report = bench::sendCrashLoop({.kills = 130, .seconds = 45});
        VERIFY_OK(report);
        qInfo("%d kills in %.1f s, %d messages taken, %d unknown, of which %d had arrived, %d had not begun", report->kills,
              report->seconds, report->taken, report->unknown, report->unknownTaken, report->notBegun);
        QVERIFY2(report->kills == 130 || report->seconds >= 45, "it ended before its time");
        QVERIFY(report->kills >= 40);
        QVERIFY(report->taken > report->kills);          // it did send between the kills
        QVERIFY(report->unknown > 0);                    // and was killed where it matters
        QVERIFY(report->unknownTaken < report->unknown); // on both sides of it
        QVERIFY(report->notBegun > 0);
        QVERIFY(report->at.size() >= 10);
    }
};

OUTRIDER_TEST(SendCrashBenchTest)
#include "send_crash_bench_test.moc"
