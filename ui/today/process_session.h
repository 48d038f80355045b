// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queue.h"

#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

namespace outrider::today {

// The order in which the queue is being worked: where one is, what is behind and what is ahead. Pure; the
// page does the deeds and tells it. A task keeps its place from the start on, so that "Task 9 of 86" does
// not jump when something is done elsewhere.
class ProcessSession {
public:
    enum class State {
        Open,
        Closed, // done, skipped, snoozed: by this page
        Gone,   // by somebody else
    };
    struct Entry {
        QueueItem item;
        State state = State::Open;
    };

    // Begins at `first`, or at the first one; what stands before `first` comes at the end.
    void start(std::vector<QueueItem> items, std::optional<TaskId> first = std::nullopt);

    // The queue as it is now. New tasks are put at the end; open ones not in it are gone. `settled`: no
    // deed of ours is on its way, so what is in the queue is open whatever we thought of it: those are
    // returned.
    std::vector<TaskId> refresh(const std::vector<QueueItem>& items, bool settled);

    const Entry* current() const;
    const Entry* find(TaskId task) const;
    int position() const { return m_current + 1; } // 1-based; 0: none
    int total() const { return int(m_entries.size()); }
    int open() const;
    std::array<int, channels.size()> openByChannel() const;
    std::vector<QueueItem> upcoming(int count) const; // after the current one, in the order they come

    // The current one is over: on to the next open one, from the top again after the last. False: none.
    bool advance();
    // One forward or back without acting, only over open ones; false at the ends.
    bool step(int direction);
    void close(TaskId task);
    // Open again, and current.
    void bringBack(TaskId task);
    bool goTo(TaskId task);

    // How long the open ones will take, by channel until the person's own pace is known.
    int secondsLeft(int doneHere, int secondsHere) const;

private:
    void append(QueueItem item);
    int indexOf(TaskId task) const;

    std::vector<Entry> m_entries;
    std::unordered_map<TaskId, int> m_index; // places in m_entries
    int m_current = -1;
};

} // namespace outrider::today
