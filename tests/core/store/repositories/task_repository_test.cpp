// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/task_repository.h"

#include "core/domain/queue_order.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <algorithm>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {
const Instant dayStart = *parseIso8601("2026-11-19");
const Instant dayEnd = *parseIso8601("2026-11-20");
} // namespace

class TaskRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_queue_keeps_the_order_of_the_domains_rule() {
        VERIFY_PROPERTY([] {
            TempStore store;
            std::vector<QueueKey> keys;
            store.write([&](WriteContext& w) {
                const int count = *rc::gen::inRange(0, 40);
                for (int i = 0; i < count; ++i) {
                    Lead lead = makeLead("Lead", std::to_string(i));
                    lead.score = *rc::gen::inRange(0, 4) * 25;
                    const LeadId id = addLead(w, lead);
                    QueueKey key{.dueAt = dayStart + std::chrono::minutes(30 * *rc::gen::inRange(-60, 70)),
                                 .channel = channels.at(*rc::gen::inRange<std::size_t>(0, channels.size())),
                                 .score = lead.score};
                    key.id = addTask(w, id, key.channel, key.dueAt);
                    if (key.dueAt < dayEnd)
                        keys.push_back(key);
                }
            });
            std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return queueLess(a, b, dayStart); });
            const auto [items, counts] = store.read([](ReadContext& r) {
                TaskRepository tasks(r.db);
                return std::pair(tasks.queue(dayStart, dayEnd, 1000), tasks.counts(dayStart, dayEnd));
            });
            RC_ASSERT(items.size() == keys.size());
            for (std::size_t i = 0; i < items.size(); ++i)
                RC_ASSERT(items[i].task == keys[i].id);
            RC_ASSERT(counts.total() == int(keys.size()));
        });
    }

    void a_limit_cuts_the_queue_from_its_end() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("A", "B"));
            for (const Channel channel : channels)
                addTask(w, lead, channel, dayStart + std::chrono::hours(9));
            addTask(w, lead, Channel::Task, dayStart - std::chrono::hours(9));
        });
        const auto first = store.read([](ReadContext& r) { return TaskRepository(r.db).queue(dayStart, dayEnd, 3); });
        QCOMPARE(first.size(), std::size_t(3));
        QVERIFY(first[0].overdue);
        QCOMPARE(int(first[1].channel), int(Channel::Email));
        QCOMPARE(int(first[2].channel), int(Channel::Call));
    }

    void a_better_score_moves_a_waiting_task_up() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId first = addLead(w, makeLead("First", "Lead"));
            const LeadId second = addLead(w, makeLead("Second", "Lead"));
            addTask(w, first, Channel::Email, dayStart + std::chrono::hours(9));
            addTask(w, second, Channel::Email, dayStart + std::chrono::hours(9));
            LeadRepository leads(w.db);
            const Lead before = *leads.find(second);
            Lead after = before;
            after.score = 90;
            leads.update(w, before, after);
        });
        const auto queue = store.read([](ReadContext& r) { return TaskRepository(r.db).queue(dayStart, dayEnd, 9); });
        QCOMPARE(queue[0].leadName, std::string("Second Lead"));
        QCOMPARE(queue[0].score, 90);
    }

    void no_part_of_the_queue_scans_a_table_or_sorts() {
        TempStore store;
        for (const std::string& sql : {TaskRepository::overdueSql(), TaskRepository::channelSql()}) {
            const auto plan = store.read([&](ReadContext& r) { return r.db.plan(sql); });
            for (const std::string& step : plan) {
                QVERIFY2(!QString::fromStdString(step).startsWith(QStringLiteral("SCAN")), step.c_str());
                QVERIFY2(!QString::fromStdString(step).contains(QStringLiteral("TEMP B-TREE")), step.c_str());
            }
            QVERIFY2(QString::fromStdString(plan.front()).contains(QStringLiteral("task_queue")), plan.front().c_str());
        }
    }
};

OUTRIDER_TEST(TaskRepositoryTest)
#include "task_repository_test.moc"
