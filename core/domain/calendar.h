// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queue.h"
#include "core/domain/strategy.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// Tasks of one channel within a quarter of an hour: open ones by when they are due, the others by when they were closed.
struct CalendarSlot {
    Instant at{};
    Channel channel = Channel::Task;
    int open = 0;
    int done = 0;
    int skipped = 0;

    static constexpr Millis length{15 * 60 * 1000};

    bool operator==(const CalendarSlot&) const = default;
};

// One day in the person's zone.
struct CalendarDay {
    std::chrono::sys_days date{};
    Instant start{};
    Instant end{};
    bool isWorkday = true;           // neither a Saturday or Sunday nor a day off of the person
    std::vector<CalendarSlot> slots; // by time, then channel; none that is empty

    int open(Channel channel) const { return sum(channel, &CalendarSlot::open); }
    int done(Channel channel) const { return sum(channel, &CalendarSlot::done); }
    int planned() const { return sum(std::nullopt, &CalendarSlot::open); }
    int finished() const { return sum(std::nullopt, &CalendarSlot::done); }
    // The messages this day stands for, against the caps: written and still to be written.
    int mails() const { return open(Channel::Email) + done(Channel::Email); }

private:
    int sum(std::optional<Channel> channel, int CalendarSlot::*count) const {
        int total = 0;
        for (const CalendarSlot& slot : slots)
            total += channel && slot.channel != *channel ? 0 : slot.*count;
        return total;
    }
};

struct TaskCalendar {
    std::chrono::sys_days today{};
    std::vector<CalendarDay> days;
    int mailCap = 0;       // of all mailboxes that send, a day
    bool hasTasks = false; // any open one at all, on whatever day
};

// How many of a day's e-mails would leave from one mailbox, against its cap.
struct MailboxLoad {
    MailboxId mailbox; // none: no mailbox sends
    std::string address;
    int planned = 0;
    int sent = 0;
    int cap = 0;
};

struct MailLoad {
    std::vector<MailboxLoad> mailboxes;
    bool isPartial = false; // more are due than were looked at
    static constexpr int mostLookedAt = 2000;
};

// A page of a day's tasks; where the next one goes on.
struct CalendarCursor {
    Instant dueAt{};
    int score = 0;
    TaskId task;
};
struct CalendarTasks {
    std::vector<QueueItem> items; // by time, then score
    std::optional<CalendarCursor> next;
};

// When one task's lead may be reached, for saying whether a moment fits.
struct TaskHours {
    std::string zone;             // IANA name of the lead's
    std::optional<Window> window; // none: set by hand, any hour is fine
};

// Tasks to be moved: single ones, and whole stretches of a channel's.
struct CalendarStretch {
    Instant from{};
    Instant to{};
    std::optional<Channel> channel;

    bool operator==(const CalendarStretch&) const = default;
};
struct CalendarChoice {
    std::vector<TaskId> tasks;
    std::vector<CalendarStretch> stretches;
};

// By days and minutes of the clock on the person's wall; `toMinute`: to that minute of the day instead.
struct CalendarShift {
    int days = 0;
    int minutes = 0;
    std::optional<int> toMinute;
};

struct CalendarMoved {
    std::int64_t moved = 0;
    bool isPartial = false; // there were more than are moved in one go
    Instant first{};        // when the earliest of them is due now
    static constexpr int mostMoved = 2000;
};

} // namespace outrider
