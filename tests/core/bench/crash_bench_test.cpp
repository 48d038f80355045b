// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/crash_bench.h"

#include "support/test_registry.h"

using namespace outrider;

class CrashBenchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // 500 kills where a minute is enough for them; on a slow disk as many as a minute holds. `./dev bench crash --kills N`
    // for more.
    void killed_hundreds_of_times_nothing_acknowledged_is_lost_and_nothing_is_half_there() {
        const auto report = bench::crashLoop({.kills = 500, .seconds = 60});
        VERIFY_OK(report);
        qInfo("%d kills in %.1f s, %lld actions acknowledged, %d in doubt", report->kills, report->seconds,
              static_cast<long long>(report->acknowledged), report->inDoubt);
        QVERIFY2(report->kills == 500 || report->seconds >= 60, "it ended before its time");
        QVERIFY(report->kills >= 50);
        QVERIFY(report->acknowledged > report->kills); // it did work between the kills
    }
};

OUTRIDER_TEST(CrashBenchTest)
#include "crash_bench_test.moc"
