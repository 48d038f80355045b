// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/id.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <set>
#include <thread>

using namespace outrider;

namespace {
const Instant noon = *parseIso8601("2026-11-19T12:00");
}

class IdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void ids_strictly_increase_whatever_the_clock_does() {
        VERIFY_PROPERTY([](const std::vector<int>& clockMoves) {
            ManualClock clock(noon);
            IdGenerator ids(clock, 7);
            std::int64_t last = 0;
            for (const int move : clockMoves) {
                clock.advance(Millis(move));
                for (int i = 0; i < 5; ++i) {
                    const auto id = ids.next();
                    RC_ASSERT(id > last);
                    last = id;
                }
            }
        });
    }

    void an_id_tells_its_moment_and_replica() {
        ManualClock clock(noon);
        IdGenerator ids(clock, 0xBEEF);
        const auto id = ids.next();
        QVERIFY(IdGenerator::instantOf(id) == noon);
        QCOMPARE(IdGenerator::replicaOf(id), std::uint16_t(0xBEEF));
    }

    void past_64_in_a_millisecond_the_generator_runs_ahead_of_the_clock() {
        ManualClock clock(noon);
        IdGenerator ids(clock, 1);
        std::set<std::int64_t> seen;
        for (int i = 0; i < 1000; ++i)
            seen.insert(ids.next());
        QCOMPARE(seen.size(), std::size_t(1000));
        QVERIFY(IdGenerator::instantOf(*seen.rbegin()) == noon + Millis(1000 / 64));
    }

    void ids_start_after_the_largest_already_there() {
        ManualClock clock(noon);
        IdGenerator yesterday(clock, 1);
        const auto largest = yesterday.next();
        clock.set(noon - std::chrono::hours(24)); // the clock was set back
        IdGenerator today(clock, 1);
        today.startAfter(largest);
        QVERIFY(today.next() > largest);
    }

    void threads_never_get_the_same_id() {
        const SystemClock clock;
        IdGenerator ids(clock, 3);
        std::vector<std::vector<std::int64_t>> perThread(4);
        {
            std::vector<std::jthread> threads;
            for (auto& mine : perThread)
                threads.emplace_back([&ids, &mine] {
                    for (int i = 0; i < 5000; ++i)
                        mine.push_back(ids.next());
                });
        }
        std::set<std::int64_t> all;
        for (const auto& mine : perThread)
            all.insert(mine.begin(), mine.end());
        QCOMPARE(all.size(), std::size_t(4 * 5000));
    }
};

OUTRIDER_TEST(IdTest)
#include "id_test.moc"
