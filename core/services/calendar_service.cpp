// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/calendar_service.h"

#include "core/outreach/lead_zone.h"
#include "core/outreach/mail_drafting.h"
#include "core/services/service_context.h"
#include "core/store/repositories/calendar_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr int minutesOfDay = 24 * 60;

CalendarTasks readPage(Connection& db, const CalendarStretch& stretch, const std::optional<CalendarCursor>& after, int limit,
                       Instant today) {
    TaskRepository tasks(db);
    CalendarTasks page;
    for (const TaskId id : CalendarRepository(db).page(stretch, after, limit)) {
        if (auto item = tasks.queueItem(id, today))
            page.items.push_back(std::move(*item));
    }
    for (QueueItem& item : page.items)
        item.stepSubject = outreach::stepTitle(db, item.lead, item.stepSubject, item.step);
    if (static_cast<int>(page.items.size()) == limit && limit > 0) {
        const QueueItem& last = page.items.back();
        page.next = CalendarCursor{.dueAt = last.dueAt, .score = last.score, .task = last.task};
    }
    return page;
}

Instant shifted(Instant at, const CalendarShift& shift, const outreach::Zone& zone) {
    const int minute = shift.toMinute.value_or(zone.minuteOfDay(at) + shift.minutes);
    const auto day = zone.dayOf(at) + days(shift.days);
    if (minute < 0)
        return zone.at(day - days(1), minute + minutesOfDay);
    return minute < minutesOfDay ? zone.at(day, minute) : zone.at(day + days(1), minute - minutesOfDay);
}

std::vector<TaskId> chosen(Connection& db, const CalendarChoice& choice, int most) {
    std::vector<TaskId> ids = choice.tasks;
    CalendarRepository calendar(db);
    for (const CalendarStretch& stretch : choice.stretches) {
        for (const TaskId id : calendar.page(stretch, {}, most)) {
            if (std::find(choice.tasks.begin(), choice.tasks.end(), id) == choice.tasks.end())
                ids.push_back(id);
        }
    }
    return ids;
}

} // namespace

QFuture<Result<TaskCalendar>> CalendarService::days(sys_days first, int days) {
    return m_context.store().read([this, first, days](ReadContext& r) -> Result<TaskCalendar> {
        CalendarRepository calendar(r.db);
        const auto surroundings = m_context.surroundings();
        TaskCalendar out{.today = m_context.today().date};
        for (int i = 0; i < days; ++i) {
            const auto day = m_context.day(first + std::chrono::days(i));
            out.days.push_back({.date = day.date,
                                .start = day.start,
                                .end = day.end,
                                .isWorkday = outreach::isoWeekday(day.date) < 6 && !surroundings.daysOff.contains(day.date),
                                .slots = m_context.store().asOf() ? calendar.countedSlots(day.start, day.end)
                                                                  : calendar.slots(day.start, day.end)});
        }
        out.hasTasks = TaskRepository(r.db).nextDueFrom({}).has_value();
        for (const Mailbox& mailbox : MailboxRepository(r.db).all())
            out.mailCap += mailbox.state == MailboxState::Paused || isPhoneLine(mailbox.account) ? 0 : mailbox.dailyLimit;
        return out;
    });
}

QFuture<Result<std::vector<CalendarTasks>>> CalendarService::firstTasks(sys_days first, int days, int limit) {
    return m_context.store().read([this, first, days, limit](ReadContext& r) -> Result<std::vector<CalendarTasks>> {
        std::vector<CalendarTasks> pages;
        const Instant today = m_context.today().start;
        for (int i = 0; i < days; ++i) {
            const auto day = m_context.day(first + std::chrono::days(i));
            pages.push_back(readPage(r.db, {.from = day.start, .to = day.end, .channel = {}}, {}, limit, today));
        }
        return pages;
    });
}

QFuture<Result<CalendarTasks>> CalendarService::tasks(CalendarStretch stretch, std::optional<CalendarCursor> after, int limit) {
    return m_context.store().read([this, stretch, after, limit](ReadContext& r) -> Result<CalendarTasks> {
        return readPage(r.db, stretch, after, limit, m_context.today().start);
    });
}

QFuture<Result<MailLoad>> CalendarService::mailLoad(sys_days date) {
    return m_context.store().read([this, date](ReadContext& r) -> Result<MailLoad> {
        const auto day = m_context.day(date);
        MailLoad load;
        MailboxRepository mailboxes(r.db);
        OutboxRepository outbox(r.db);
        for (const Mailbox& mailbox : mailboxes.all()) {
            if (isPhoneLine(mailbox.account))
                continue;
            load.mailboxes.push_back(
                {.mailbox = mailbox.id,
                 .address = mailbox.address,
                 .planned = 0,
                 .sent = outbox.handedOverSince(mailbox.id, day.start) - outbox.handedOverSince(mailbox.id, day.end),
                 .cap = mailbox.dailyLimit});
        }
        const auto byDefault = mailboxes.firstActive();
        int looked = 0;
        for (const auto& part : CalendarRepository(r.db).mailLoad(day.start, day.end, MailLoad::mostLookedAt)) {
            looked += part.planned;
            const MailboxId from = part.mailbox ? part.mailbox : byDefault ? byDefault->id : MailboxId{};
            const auto found = std::ranges::find(load.mailboxes, from, &MailboxLoad::mailbox);
            if (found != load.mailboxes.end())
                found->planned += part.planned;
            else
                load.mailboxes.push_back({.mailbox = {}, .address = {}, .planned = part.planned});
        }
        load.isPartial = looked == MailLoad::mostLookedAt;
        return load;
    });
}

QFuture<Result<TaskHours>> CalendarService::hours(TaskId id) {
    return m_context.store().read([this, id](ReadContext& r) -> Result<TaskHours> {
        const auto task = TaskRepository(r.db).find(id);
        const auto lead = task ? LeadRepository(r.db).find(task->lead) : std::nullopt;
        if (!lead)
            return fail(ErrorCode::NotFound, "task " + std::to_string(id.value));
        TaskHours hours{.zone = outreach::zoneOf(*lead, m_context.zone()).zone.name(), .window = {}};
        const auto enrolment = EnrolmentRepository(r.db).find(task->enrolment);
        const auto version = enrolment ? StrategyRepository(r.db).version(enrolment->version) : std::nullopt;
        const auto step = StrategyRepository(r.db).step(task->step);
        if (version)
            hours.window = step && step->window ? *step->window : version->window;
        return hours;
    });
}

QFuture<Result<CalendarMoved>> CalendarService::move(CalendarChoice choice, CalendarShift shift) {
    return m_context.store().write(m_context.action("task.move"),
                                   [this, choice = std::move(choice), shift](WriteContext& write) -> Result<CalendarMoved> {
                                       const outreach::Zone zone = m_context.zone();
                                       TaskRepository tasks(write.db);
                                       std::vector<TaskId> ids = chosen(write.db, choice, CalendarMoved::mostMoved + 1);
                                       CalendarMoved out;
                                       if (static_cast<int>(ids.size()) > CalendarMoved::mostMoved) {
                                           out.isPartial = true;
                                           ids.resize(CalendarMoved::mostMoved);
                                       }
                                       LeadId lead;
                                       for (const TaskId id : ids) {
                                           const auto task = tasks.find(id);
                                           if (!task || task->state != TaskState::Open)
                                               continue;
                                           const Instant at = shifted(task->dueAt, shift, zone);
                                           if (at <= write.now)
                                               return fail(ErrorCode::InvalidArgument, "a moment in the past");
                                           tasks.reschedule(write, id, at, true);
                                           out.first = out.moved == 0 ? at : std::min(out.first, at);
                                           lead = task->lead;
                                           ++out.moved;
                                       }
                                       if (out.moved == 0)
                                           return fail(ErrorCode::TaskNotOpen);
                                       const auto named = out.moved == 1 ? LeadRepository(write.db).find(lead) : std::nullopt;
                                       write.describe(named ? displayName(*named) : std::to_string(out.moved));
                                       return out;
                                   });
}

} // namespace outrider
