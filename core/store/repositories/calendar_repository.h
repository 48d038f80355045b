// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/calendar.h"
#include "core/store/store.h"

#include <string>
#include <vector>

namespace outrider::store {

// Tasks by days. Counts come from task_slot (migration 0012), which triggers keep: a month of 400,000 open tasks is
// some hundred rows. Of a past (journal/past.h), which has no such table, they are counted.
class CalendarRepository {
public:
    explicit CalendarRepository(Connection& db) : m_db(db) {}

    // What [from, to) holds, by time and channel; none that is empty.
    std::vector<CalendarSlot> slots(Instant from, Instant to);
    std::vector<CalendarSlot> countedSlots(Instant from, Instant to); // without task_slot

    // The open tasks of [from, to) by time, then score; `limit` after `after`, if any.
    std::vector<TaskId> page(const CalendarStretch& stretch, const std::optional<CalendarCursor>& after, int limit);

    // Which mailboxes the e-mails of [from, to) would leave from; none: the strategy has none of its own. `most` are
    // looked at.
    struct Load {
        MailboxId mailbox;
        int planned = 0;
    };
    std::vector<Load> mailLoad(Instant from, Instant to, int most);

    // When open tasks other than e-mails are due that the person has moved or made themselves.
    std::vector<Instant> setByHand(Instant from, Instant to);

    // One line for everything task_slot has wrong; mends it.
    std::vector<std::string> examine();
    void rebuild();

    // The statements, for the plan tests.
    static std::vector<std::string> statements();

private:
    Connection& m_db;
};

} // namespace outrider::store
