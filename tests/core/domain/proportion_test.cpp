// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/proportion.h"

#include "core/domain/insight.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <cmath>

using namespace outrider;

class ProportionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    void the_interval_is_that_of_the_published_examples() {
        struct Example {
            int successes;
            int trials;
            double low;
            double high;
        };
        for (const Example& e : {Example{81, 263, 0.2553, 0.3662}, Example{15, 148, 0.0624, 0.1605},
                                 Example{0, 20, 0.0000, 0.1611}, Example{1, 29, 0.0061, 0.1718}}) {
            const Interval interval = wilson95(e.successes, e.trials);
            QVERIFY2(std::abs(interval.low - e.low) < 0.00005, qPrintable(QString::number(interval.low)));
            QVERIFY2(std::abs(interval.high - e.high) < 0.00005, qPrintable(QString::number(interval.high)));
        }
    }

    void it_holds_the_share_stays_within_nothing_and_all_and_mirrors() {
        VERIFY_PROPERTY([](unsigned a, unsigned b) {
            const auto trials = std::int64_t(std::max({1U, a % 100000, b % 100000}));
            const auto successes = std::int64_t(std::min({a % 100000, b % 100000, unsigned(trials)}));
            const Interval interval = wilson95(successes, trials);
            const double share = double(successes) / double(trials);
            RC_ASSERT(interval.low >= 0);
            RC_ASSERT(interval.high <= 1);
            RC_ASSERT(interval.low <= share);
            RC_ASSERT(interval.high >= share);
            const Interval other = wilson95(trials - successes, trials);
            RC_ASSERT(std::abs(other.low - (1 - interval.high)) < 1e-9);
        });
    }

    void of_nothing_anything_may_be_true() {
        const Interval interval = wilson95(0, 0);
        QCOMPARE(interval.low, 0.0);
        QCOMPARE(interval.high, 1.0);
    }

    void a_period_begins_on_a_monday() {
        const auto thursday = std::chrono::floor<std::chrono::days>(*parseIso8601("2026-11-19"));
        QCOMPARE(toIsoDate(firstDayOf(InsightPeriod::Week, thursday)), std::string("2026-11-16"));
        QCOMPARE(toIsoDate(firstDayOf(InsightPeriod::FourWeeks, thursday)), std::string("2026-10-26"));
        QCOMPARE(toIsoDate(firstDayOf(InsightPeriod::Quarter, thursday)), std::string("2026-08-24"));
        const auto monday = std::chrono::floor<std::chrono::days>(*parseIso8601("2026-11-16"));
        QCOMPARE(firstDayOf(InsightPeriod::Week, monday), monday);
        QCOMPARE(firstDayOf(InsightPeriod::Week, monday + std::chrono::days(6)), monday);
    }

    void the_best_hour_is_one_with_enough_e_mails() {
        Dashboard dashboard;
        dashboard.hours[10] = {.sent = leastForAdvice - 1, .answered = 20};
        QVERIFY(!dashboard.bestHour());
        dashboard.hours[34] = {.sent = 100, .answered = 9};
        dashboard.hours[58] = {.sent = 184, .answered = 22};
        QCOMPARE(*dashboard.bestHour(), 58);
    }
};

OUTRIDER_TEST(ProportionTest)
#include "proportion_test.moc"
