// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/calendar.h"

#include <QFuture>

namespace outrider {

class ServiceContext;

// Tasks by days, and moving them between days. Days are those of the person's zone. Thread-safe; every call returns at
// once.
class CalendarService {
public:
    explicit CalendarService(ServiceContext& context) : m_context(context) {}

    // Counts of `days` days from `first` on, by quarters of an hour and channel.
    QFuture<Result<TaskCalendar>> days(std::chrono::sys_days first, int days);

    // The first open tasks of each of these days.
    QFuture<Result<std::vector<CalendarTasks>>> firstTasks(std::chrono::sys_days first, int days, int limit);

    // A page of the open tasks of a stretch, after `after`.
    QFuture<Result<CalendarTasks>> tasks(CalendarStretch stretch, std::optional<CalendarCursor> after, int limit);

    // What the e-mails of a day mean for each mailbox.
    QFuture<Result<MailLoad>> mailLoad(std::chrono::sys_days day);

    // When the lead of a task may be reached.
    QFuture<Result<TaskHours>> hours(TaskId task);

    // Moves open tasks as one action; not into the past (InvalidArgument, nothing is moved then), and at most
    // CalendarMoved::mostMoved of them.
    QFuture<Result<CalendarMoved>> move(CalendarChoice choice, CalendarShift shift);

private:
    ServiceContext& m_context;
};

} // namespace outrider
