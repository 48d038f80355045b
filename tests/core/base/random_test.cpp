// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <array>

using namespace outrider;

class RandomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void the_same_seed_gives_the_same_numbers() {
        SeededRandom a(42);
        SeededRandom b(42);
        SeededRandom other(43);
        bool differs = false;
        for (int i = 0; i < 100; ++i) {
            const auto value = a.next();
            QCOMPARE(b.next(), value);
            differs |= other.next() != value;
        }
        QVERIFY(differs);
    }

    void below_stays_below_and_reaches_every_value() {
        SeededRandom random(1);
        std::array<int, 7> seen{};
        for (int i = 0; i < 7000; ++i)
            ++seen.at(random.below(7));
        for (const int count : seen)
            QVERIFY(count > 800 && count < 1200);
    }

    void the_system_generator_does_not_repeat_itself() {
        SystemRandom random;
        std::array<std::byte, 32> first{};
        std::array<std::byte, 32> second{};
        random.fill(first);
        random.fill(second);
        QVERIFY(first != second);
    }
};

OUTRIDER_TEST(RandomTest)
#include "random_test.moc"
