// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/calendar_repository.h"

#include <algorithm>

namespace outrider::store {

namespace {

constexpr std::int64_t slotMillis = CalendarSlot::length.count();

constexpr const char* slotsOfState =
    "SELECT slot, channel, tasks FROM task_slot WHERE state = ?1 AND slot >= ?2 AND slot < ?3 ORDER BY slot, channel";

constexpr const char* openCounted = "SELECT due_at / 900000, channel, count(*) FROM task WHERE state = 0 AND due_at >= ?1"
                                    " AND due_at < ?2 GROUP BY 1, 2";
constexpr const char* closedCounted = "SELECT closed_at / 900000, channel, count(*) FROM task WHERE closed_at >= ?1 AND "
                                      "closed_at < ?2 AND state = ?3 GROUP BY 1, 2";

// What comes after a task, in three ranges of one index: the rest of its score, lower scores of its moment, later ones.
// Each with the channel, and for all of them.
constexpr const char* sameScore = "SELECT id FROM task WHERE state = 0 AND due_at = ?1 AND score = ?2 AND id > ?3"
                                  " ORDER BY id LIMIT ?4";
constexpr const char* sameMoment = "SELECT id FROM task WHERE state = 0 AND due_at = ?1 AND score < ?2"
                                   " ORDER BY score DESC, id LIMIT ?3";
constexpr const char* laterOnes = "SELECT id FROM task WHERE state = 0 AND due_at >= ?1 AND due_at < ?2"
                                  " ORDER BY due_at, score DESC, id LIMIT ?3";
constexpr const char* sameScoreOf = "SELECT id FROM task WHERE state = 0 AND channel = ?5 AND due_at = ?1 AND score = ?2"
                                    " AND id > ?3 ORDER BY id LIMIT ?4";
constexpr const char* sameMomentOf = "SELECT id FROM task WHERE state = 0 AND channel = ?4 AND due_at = ?1 AND score < ?2"
                                     " ORDER BY score DESC, id LIMIT ?3";
constexpr const char* laterOnesOf = "SELECT id FROM task WHERE state = 0 AND channel = ?4 AND due_at >= ?1 AND due_at < ?2"
                                    " ORDER BY due_at, score DESC, id LIMIT ?3";

constexpr const char* mailboxes =
    "SELECT (SELECT s.mailbox_id FROM enrolment e JOIN strategy s ON s.id = e.strategy_id WHERE e.id = t.enrolment_id)"
    " FROM task t WHERE t.state = 0 AND t.channel = 0 AND t.due_at >= ?1 AND t.due_at < ?2"
    " ORDER BY t.due_at, t.score DESC, t.id LIMIT ?3";

constexpr const char* byHand = "SELECT due_at FROM task INDEXED BY task_by_hand WHERE state = 0 AND channel <> 0"
                               " AND (snoozed = 1 OR enrolment_id IS NULL) AND due_at >= ?1 AND due_at < ?2 ORDER BY due_at";

constexpr const char* wrongSlots =
    "SELECT state || ' of ' || slot || ' by ' || channel FROM"
    " (SELECT state, slot, channel, tasks FROM task_slot UNION ALL"
    "  SELECT state, CASE state WHEN 0 THEN due_at ELSE coalesce(closed_at, due_at) END / 900000, channel, count(*)"
    "  FROM task WHERE state < 3 GROUP BY 1, 2, 3)"
    " GROUP BY state, slot, channel HAVING count(*) <> 2 OR min(tasks) <> max(tasks) LIMIT 20";

int& countOf(CalendarSlot& slot, TaskState state) {
    return state == TaskState::Open ? slot.open : state == TaskState::Done ? slot.done : slot.skipped;
}

// The slots of several states as one list; `fromMillis`: what a slot's number is counted in is the same for all.
class Slots {
public:
    void add(TaskState state, const Statement& row) {
        const CalendarSlot key{.at = fromEpochMillis(row.integer(0) * slotMillis), .channel = row.value<Channel>(1)};
        const auto place = std::lower_bound(m_slots.begin(), m_slots.end(), key, [](const auto& a, const auto& b) {
            return a.at != b.at ? a.at < b.at : a.channel < b.channel;
        });
        const bool isThere = place != m_slots.end() && place->at == key.at && place->channel == key.channel;
        countOf(isThere ? *place : *m_slots.insert(place, key), state) += static_cast<int>(row.integer(2));
    }
    std::vector<CalendarSlot> take() { return std::move(m_slots); }

private:
    std::vector<CalendarSlot> m_slots;
};

constexpr std::array shown{TaskState::Open, TaskState::Done, TaskState::Skipped};

} // namespace

std::vector<CalendarSlot> CalendarRepository::slots(Instant from, Instant to) {
    Slots slots;
    for (const TaskState state : shown) {
        Statement rows = m_db.query(slotsOfState, state, toEpochMillis(from) / slotMillis, toEpochMillis(to) / slotMillis);
        while (rows.step())
            slots.add(state, rows);
    }
    return slots.take();
}

std::vector<CalendarSlot> CalendarRepository::countedSlots(Instant from, Instant to) {
    Slots slots;
    for (const TaskState state : shown) {
        Statement rows =
            state == TaskState::Open ? m_db.query(openCounted, from, to) : m_db.query(closedCounted, from, to, state);
        while (rows.step())
            slots.add(state, rows);
    }
    return slots.take();
}

std::vector<TaskId> CalendarRepository::page(const CalendarStretch& stretch, const std::optional<CalendarCursor>& after,
                                             int limit) {
    std::vector<TaskId> ids;
    const auto take = [&](Statement&& rows) {
        while (rows.step())
            ids.push_back(rows.id<TaskId>(0));
    };
    const auto room = [&] { return limit - static_cast<int>(ids.size()); };
    Instant from = stretch.from;
    if (after) {
        const auto& [at, score, task] = *after;
        take(stretch.channel ? m_db.query(sameScoreOf, at, score, task, room(), *stretch.channel)
                             : m_db.query(sameScore, at, score, task, room()));
        if (room() > 0)
            take(stretch.channel ? m_db.query(sameMomentOf, at, score, room(), *stretch.channel)
                                 : m_db.query(sameMoment, at, score, room()));
        from = at + Millis(1);
    }
    if (room() > 0)
        take(stretch.channel ? m_db.query(laterOnesOf, from, stretch.to, room(), *stretch.channel)
                             : m_db.query(laterOnes, from, stretch.to, room()));
    return ids;
}

std::vector<CalendarRepository::Load> CalendarRepository::mailLoad(Instant from, Instant to, int most) {
    std::vector<Load> loads;
    Statement rows = m_db.query(mailboxes, from, to, most);
    while (rows.step()) {
        const auto mailbox = rows.id<MailboxId>(0);
        auto load = std::find_if(loads.begin(), loads.end(), [&](const Load& one) { return one.mailbox == mailbox; });
        if (load == loads.end())
            load = loads.insert(loads.end(), Load{.mailbox = mailbox});
        ++load->planned;
    }
    return loads;
}

std::vector<Instant> CalendarRepository::setByHand(Instant from, Instant to) {
    std::vector<Instant> moments;
    Statement rows = m_db.query(byHand, from, to);
    while (rows.step())
        moments.push_back(rows.instant(0));
    return moments;
}

std::vector<std::string> CalendarRepository::examine() {
    std::vector<std::string> found;
    Statement rows = m_db.prepare(wrongSlots);
    while (rows.step())
        found.push_back("tasks in calendar: " + rows.text(0));
    return found;
}

void CalendarRepository::rebuild() {
    m_db.script("DELETE FROM task_slot; INSERT INTO task_slot(state, slot, channel, tasks)"
                " SELECT state, CASE state WHEN 0 THEN due_at ELSE coalesce(closed_at, due_at) END / 900000, channel, count(*)"
                " FROM task WHERE state < 3 GROUP BY 1, 2, 3");
}

std::vector<std::string> CalendarRepository::statements() {
    return {slotsOfState, sameScore, sameMoment, laterOnes, sameScoreOf, sameMomentOf, laterOnesOf, mailboxes, byHand};
}

} // namespace outrider::store
