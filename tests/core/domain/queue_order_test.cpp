// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/queue_order.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

#include <algorithm>

using namespace outrider;

namespace {

const Instant dayStart = *parseIso8601("2026-11-19");

QueueKey key(std::int64_t id, const char* due, Channel channel, int score) {
    return {.dueAt = *parseIso8601(due), .channel = channel, .score = score, .id = TaskId{id}};
}

std::vector<std::int64_t> sorted(std::vector<QueueKey> keys) {
    std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return queueLess(a, b, dayStart); });
    std::vector<std::int64_t> ids;
    for (const QueueKey& k : keys)
        ids.push_back(k.id.value);
    return ids;
}

} // namespace

class QueueOrderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_overdue_comes_first_whatever_its_channel() {
        QVERIFY((sorted({key(1, "2026-11-19T09:00", Channel::Email, 99), key(2, "2026-11-18T09:00", Channel::Task, 1),
                         key(3, "2026-11-17T09:00", Channel::Call, 1)})
                 == std::vector<std::int64_t>{3, 2, 1}));
    }

    void the_day_is_worked_channel_by_channel() {
        QVERIFY((sorted({key(1, "2026-11-19T08:00", Channel::Task, 50), key(2, "2026-11-19T12:00", Channel::Email, 50),
                         key(3, "2026-11-19T09:00", Channel::Call, 50), key(4, "2026-11-19T09:00", Channel::LinkedIn, 50)})
                 == std::vector<std::int64_t>{2, 3, 4, 1}));
    }

    void within_a_channel_time_decides_then_the_better_score_then_the_older_task() {
        QVERIFY((sorted({key(4, "2026-11-19T09:00", Channel::Email, 70), key(1, "2026-11-19T09:10", Channel::Email, 99),
                         key(2, "2026-11-19T09:00", Channel::Email, 89), key(3, "2026-11-19T09:00", Channel::Email, 70)})
                 == std::vector<std::int64_t>{2, 3, 4, 1}));
    }

    void it_is_a_strict_order_in_which_every_task_has_one_place() {
        VERIFY_PROPERTY([] {
            const auto make = [] {
                return QueueKey{.dueAt = dayStart + std::chrono::minutes(*rc::gen::inRange(-3000, 3000)),
                                .channel = channels.at(*rc::gen::inRange<std::size_t>(0, channels.size())),
                                .score = *rc::gen::inRange(0, 101),
                                .id = TaskId{*rc::gen::inRange<std::int64_t>(1, 5)}};
            };
            const QueueKey a = make();
            const QueueKey b = make();
            RC_ASSERT(!(queueLess(a, b, dayStart) && queueLess(b, a, dayStart)));
            if (a == b)
                RC_ASSERT(!queueLess(a, b, dayStart));
            else
                RC_ASSERT(queueLess(a, b, dayStart) || queueLess(b, a, dayStart));
        });
    }
};

OUTRIDER_TEST(QueueOrderTest)
#include "queue_order_test.moc"
