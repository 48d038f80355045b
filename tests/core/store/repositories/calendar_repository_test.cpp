// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/calendar_repository.h"

#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
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

std::vector<CalendarSlot> slots(TempStore& store) {
    return store.read([](ReadContext& r) { return CalendarRepository(r.db).slots(dayStart, dayEnd); });
}

std::vector<std::string> complaints(TempStore& store) {
    return store.read([](ReadContext& r) { return CalendarRepository(r.db).examine(); });
}

} // namespace

class CalendarRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_counts_are_those_of_the_tasks_whatever_happens_to_them() {
        VERIFY_PROPERTY([] {
            TempStore store;
            const LeadId lead = store.write([](WriteContext& w) { return addLead(w, makeLead("Ann", "Lee")); });
            std::vector<TaskId> tasks;
            const auto moment = [] { return dayStart + std::chrono::minutes(7 * *rc::gen::inRange(-20, 240)); };
            const int acts = *rc::gen::inRange(1, 30);
            for (int i = 0; i < acts; ++i) {
                const int what = tasks.empty() ? 0 : *rc::gen::inRange(0, 6);
                const Instant at = moment();
                const auto channel = *rc::gen::elementOf(std::vector<Channel>(channels.begin(), channels.end()));
                const TaskId task = tasks.empty() ? TaskId{} : *rc::gen::elementOf(tasks);
                store.write([&](WriteContext& w) {
                    TaskRepository repository(w.db);
                    if (what == 0)
                        tasks.push_back(addTask(w, lead, channel, at));
                    else if (what == 1)
                        repository.reschedule(w, task, at, true);
                    else if (what == 2)
                        repository.close(w, task, TaskState::Done);
                    else if (what == 3)
                        repository.close(w, task, TaskState::Skipped);
                    else if (what == 4)
                        repository.close(w, task, TaskState::Cancelled);
                    else
                        repository.reopen(w, task);
                });
            }
            RC_ASSERT(complaints(store).empty());
            store.read([](ReadContext& r) {
                CalendarRepository calendar(r.db);
                RC_ASSERT(calendar.slots(dayStart, dayEnd) == calendar.countedSlots(dayStart, dayEnd));
                return 0;
            });
        });
    }

    void a_slot_is_a_quarter_of_an_hour_of_one_channel() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Ann", "Lee"));
            for (const int minute : {0, 14, 15, 59, 60})
                addTask(w, lead, Channel::Call, dayStart + std::chrono::hours(9) + std::chrono::minutes(minute));
            addTask(w, lead, Channel::Email, dayStart + std::chrono::hours(9));
            addTask(w, lead, Channel::Email, dayEnd);
        });
        const auto found = slots(store);
        QCOMPARE(found.size(), std::size_t(5));
        QCOMPARE(int(found[0].channel), int(Channel::Email));
        QCOMPARE(found[0].open, 1);
        QCOMPARE(found[1].open, 2);
        QVERIFY(found[1].at == dayStart + std::chrono::hours(9));
        QVERIFY(found[4].at == dayStart + std::chrono::hours(10));
    }

    void an_undo_puts_the_counts_back() {
        TempStore store;
        const LeadId lead = store.write([](WriteContext& w) { return addLead(w, makeLead("Ann", "Lee")); });
        const TaskId task = store.write([&](WriteContext& w) { return addTask(w, lead, Channel::Call, dayStart); });
        const auto before = slots(store);
        store.write([&](WriteContext& w) { TaskRepository(w.db).reschedule(w, task, dayEnd, true); });
        QVERIFY(slots(store).empty());
        VERIFY_OK(wait(store->write({.name = "undo"}, [](WriteContext& w) -> Result<UndoReport> {
            return undoAction(w, nextUndo(w.db, w.action)->id, UndoPolicy::AllOrNothing);
        })));
        QVERIFY(slots(store) == before);
        QVERIFY(complaints(store).empty());
    }

    void pages_go_on_where_the_one_before_ended() {
        VERIFY_PROPERTY([] {
            TempStore store;
            struct Key {
                Instant due;
                int score;
                TaskId id;
            };
            std::vector<Key> all;
            const bool ofCalls = *rc::gen::arbitrary<bool>();
            const int count = *rc::gen::inRange(0, 40);
            store.write([&](WriteContext& w) {
                for (int i = 0; i < count; ++i) {
                    Lead lead = makeLead("Lead", std::to_string(i));
                    lead.score = *rc::gen::inRange(0, 3) * 40;
                    const LeadId id = addLead(w, lead);
                    const Instant due = dayStart + std::chrono::hours(*rc::gen::inRange(-1, 4));
                    const Channel channel = *rc::gen::arbitrary<bool>() ? Channel::Call : Channel::Email;
                    const TaskId task = addTask(w, id, channel, due);
                    if (due >= dayStart && (!ofCalls || channel == Channel::Call))
                        all.push_back({due, lead.score, task});
                }
            });
            std::sort(all.begin(), all.end(), [](const Key& a, const Key& b) {
                return std::tuple(a.due, -a.score, a.id.value) < std::tuple(b.due, -b.score, b.id.value);
            });
            const CalendarStretch stretch{
                .from = dayStart, .to = dayEnd, .channel = ofCalls ? std::optional(Channel::Call) : std::nullopt};
            const int size = *rc::gen::inRange(1, 7);
            std::size_t seen = 0;
            for (std::optional<CalendarCursor> after; seen < all.size();) {
                const auto page = store.read([&](ReadContext& r) { return CalendarRepository(r.db).page(stretch, after, size); });
                RC_ASSERT(!page.empty());
                for (const TaskId id : page)
                    RC_ASSERT(id == all.at(seen++).id);
                after = CalendarCursor{.dueAt = all[seen - 1].due, .score = all[seen - 1].score, .task = all[seen - 1].id};
            }
        });
    }

    void doctor_finds_counts_that_are_wrong_and_mends_them() {
        TempStore store;
        store.write([](WriteContext& w) { addTask(w, addLead(w, makeLead("Ann", "Lee")), Channel::Call, dayStart); });
        for (const char* damage : {"UPDATE task_slot SET tasks = 7", "DELETE FROM task_slot",
                                   "INSERT INTO task_slot(state, slot, channel, tasks) VALUES (0, 5, 1, 1)"}) {
            store.write([&](WriteContext& w) { w.db.script(damage); });
            const auto found = store.read([](ReadContext& r) { return examine(r.db); });
            QVERIFY2(!found.empty(), damage);
            store.write([&](WriteContext& w) { repair(w.db, found); });
            QVERIFY(complaints(store).empty());
        }
    }

    void no_part_of_the_calendar_scans_a_table_or_sorts() {
        TempStore store;
        for (const std::string& sql : CalendarRepository::statements()) {
            for (const std::string& step : store.read([&](ReadContext& r) { return r.db.plan(sql); })) {
                const auto line = QString::fromStdString(step);
                QVERIFY2(!line.startsWith(QStringLiteral("SCAN")), (step + ": " + sql).c_str());
                QVERIFY2(!line.contains(QStringLiteral("TEMP B-TREE")), (step + ": " + sql).c_str());
            }
        }
    }
};

OUTRIDER_TEST(CalendarRepositoryTest)
#include "calendar_repository_test.moc"
