// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/variant.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

#include <numeric>

using namespace outrider;

namespace {

Step stepWith(const std::vector<int>& weights) {
    Step step{.subject = "A", .body = "a", .weight = weights.at(0)};
    for (std::size_t i = 1; i < weights.size(); ++i)
        step.variants.push_back({.weight = weights[i], .subject = std::string(1, char('A' + int(i)))});
    return step;
}

} // namespace

class VariantTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_enrolment_always_gets_the_same_text_and_never_one_of_no_weight() {
        VERIFY_PROPERTY([] {
            std::vector<int> weights;
            for (int i = *rc::gen::inRange(1, 6); i > 0; --i)
                weights.push_back(*rc::gen::inRange(0, 5));
            const Step step = stepWith(weights);
            const EnrolmentId enrolment{*rc::gen::inRange<std::int64_t>(1, std::int64_t(1) << 62)};
            const int variant = variantFor(enrolment, step);
            RC_ASSERT(variant >= 0 && variant < textCount(step));
            RC_ASSERT(variantFor(enrolment, step) == variant);
            const bool some = std::accumulate(weights.begin(), weights.end(), 0) > 0;
            RC_ASSERT(!some || weights[std::size_t(variant)] > 0);
        });
    }

    void over_many_each_gets_its_weights_share() {
        const Step step = stepWith({1, 3, 0, 4});
        std::vector<int> counts(4);
        constexpr int many = 40000;
        for (int i = 0; i < many; ++i)
            ++counts[std::size_t(variantFor(EnrolmentId{(std::int64_t(1) << 40) + i}, step))];
        QVERIFY(std::abs(counts[0] - many / 8) < many / 50);
        QVERIFY(std::abs(counts[1] - many * 3 / 8) < many / 50);
        QCOMPARE(counts[2], 0);
        QVERIFY(std::abs(counts[3] - many / 2) < many / 50);
    }

    void the_texts_of_two_steps_are_drawn_apart() {
        Step first = stepWith({1, 1});
        Step second = stepWith({1, 1});
        second.position = 1;
        int same = 0;
        for (int i = 1; i <= 10000; ++i)
            same += variantFor(EnrolmentId{i}, first) == variantFor(EnrolmentId{i}, second) ? 1 : 0;
        QVERIFY(std::abs(same - 5000) < 300);
    }

    void nobody_wins_before_there_is_enough() {
        QVERIFY(!winnerOf({{.sent = 99, .replied = 60}, {.sent = 1000, .replied = 1}}));
        QVERIFY(!winnerOf({{.sent = 200, .replied = 12}, {.sent = 200, .replied = 8}})); // their intervals overlap
        QVERIFY(winnerOf({{.sent = 400, .replied = 20}, {.sent = 400, .replied = 60}}) == 1);
        QVERIFY(!winnerOf({{.sent = 400, .replied = 20}}));
    }
};

OUTRIDER_TEST(VariantTest)
#include "variant_test.moc"
