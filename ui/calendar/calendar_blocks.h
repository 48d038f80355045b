// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/calendar.h"
#include "ui/text/dates.h"

#include <QString>

#include <vector>

namespace outrider::calendar {

inline constexpr int slotMinutes = 30; // of the grid: what Alt+Down moves a task by
inline constexpr int minutesOfDay = 24 * 60;

// One block of the week: tasks of one channel within half an hour of a day, or what was done in it.
struct Block {
    enum class Kind { Planned, Late, Done };
    Kind kind = Kind::Planned;
    int day = 0;    // column of the week
    int minute = 0; // of the day, where it begins
    Channel channel = Channel::Task;
    int count = 0;
    bool overCap = false;
    int lane = 0; // beside others of the same half hour
    int lanes = 1;
    CalendarStretch stretch;
    std::optional<QueueItem> only; // the one task, when it is one and known

    bool isSameAs(const Block& other) const { return kind == other.kind && stretch == other.stretch && channel == other.channel; }
};

// The blocks of these days, by day, time and channel. `firstTasks`: each day's, for the name of a task that is alone.
// Pure, so that it is tested without a window.
std::vector<Block> blocksOf(const std::vector<CalendarDay>& days, const std::vector<CalendarTasks>& firstTasks, Instant now,
                            int mailCap, const text::Dates& dates);

// Whether as many e-mails are meant for this day as may not leave on it.
inline bool isOverCap(const CalendarDay& day, std::chrono::sys_days today, int mailCap) {
    return mailCap > 0 && day.date >= today && day.mails() > mailCap;
}

// Monday of the week.
std::chrono::sys_days mondayOf(std::chrono::sys_days day);
// The first day of a month's six weeks: the Monday on or before its first.
std::chrono::sys_days gridStartOf(std::chrono::sys_days day);
bool isWeekend(std::chrono::sys_days day);

// By how many days to move so that one step further is a day that is worked on. `toWeekends`: every day is.
int stepDays(std::chrono::sys_days from, int direction, bool toWeekends);

QDate toQDate(std::chrono::sys_days day);
std::chrono::sys_days fromQDate(const QDate& date);

} // namespace outrider::calendar
