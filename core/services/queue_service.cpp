// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/queue_service.h"

#include "core/outreach/lead_zone.h"
#include "core/outreach/mail_drafting.h"
#include "core/outreach/planner.h"
#include "core/outreach/task_flow.h"
#include "core/services/lead_detail.h"
#include "core/services/service_context.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/conversation_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr int timelineEntries = 12;
constexpr int notesShown = 3;

// Why the task is due when it is, as the planner sees it.
// A holiday is told with its name: "holiday:Karfreitag"; a gap with the moments: "lead_gap:<contacted>/<until>" in ms.
std::string reasonsOf(Connection& db, const TaskDetail& detail, const outreach::Surroundings& surroundings, Instant now) {
    for (const EnrolmentDetail& enrolment : detail.lead.enrolments) {
        if (enrolment.enrolment.id != detail.task.enrolment)
            continue;
        const outreach::LeadZone zone = outreach::zoneOf(detail.lead.lead, surroundings.zone);
        const outreach::DaysOff daysOff = surroundings.daysOffFor(detail.lead.lead);
        const auto gap = outreach::contactGapOf(db, detail.lead.lead, enrolment.enrolment.id, surroundings.rules, now);
        const auto plan = outreach::planNextStep(
            {.version = enrolment.version, .enrolment = enrolment.enrolment, .zone = zone.zone, .daysOff = daysOff, .gap = gap});
        std::string out;
        for (const outreach::PlanReason reason : plan.reasons) {
            out += (out.empty() ? "" : ",") + std::string(name(reason));
            if (reason == outreach::PlanReason::Holiday)
                out += ":" + std::string(outreach::holidayBefore(zone.zone.dayOf(plan.dueAt), daysOff));
            if (gap && (reason == outreach::PlanReason::LeadGap || reason == outreach::PlanReason::CompanyGap))
                out += ":" + std::to_string(toEpochMillis(gap->contacted)) + "/" + std::to_string(toEpochMillis(gap->until));
        }
        return out;
    }
    return {};
}

// An answer is on its way: what they wrote so far waits no longer. In the same action, so that one undo takes
// back both.
void markAnswered(WriteContext& write, LeadId lead, const std::string& messageIdHeader) {
    constexpr int latest = 50;
    MessageRepository messages(write.db);
    for (const Message& message : messageIdHeader.empty() ? std::vector<Message>() : messages.ofLead(lead, latest)) {
        if (message.direction != Direction::Inbound || message.messageIdHeader != messageIdHeader)
            continue;
        for (const MessageId waiting : ConversationRepository(write.db).waiting(lead))
            messages.setHandled(write, waiting, true);
        messages.setHandled(write, message.id, true);
        return;
    }
}

// Rows show what a step is about as the lead will read it, not its template.
void fillTitles(Connection& db, std::vector<QueueItem>& items) {
    for (QueueItem& item : items)
        item.stepSubject = outreach::stepTitle(db, item.lead, item.stepSubject, item.step);
}

std::string noteKey(TaskId id) { return "note_draft:" + std::to_string(id.value); }

std::string leadNameOf(Connection& db, TaskId id) {
    const auto task = TaskRepository(db).find(id);
    const auto lead = task ? LeadRepository(db).find(task->lead) : std::nullopt;
    return lead ? displayName(*lead) : std::string();
}

} // namespace

QFuture<Result<Today>> QueueService::today(int limit) {
    return m_context.store().read([this, limit](ReadContext& r) -> Result<Today> {
        const auto day = m_context.today();
        const auto next = m_context.day(day.date + std::chrono::days(1));
        TaskRepository tasks(r.db);
        Today today{.date = day.date,
                    .items = tasks.queue(day.start, day.end, limit),
                    .counts = tasks.counts(day.start, day.end),
                    .summary = tasks.summary(day.start, day.end)};
        fillTitles(r.db, today.items);
        today.tomorrow = tasks.counts(next.start, next.end);
        today.tomorrow.overdue = 0; // what is overdue then is today's
        today.noNextStep = int(LeadRepository(r.db).countWithoutNextStep(Today::manyWithoutNextStep));
        return today;
    });
}

QFuture<Result<Today>> QueueService::onDate(std::chrono::sys_days date, int limit) {
    return m_context.store().read([this, date, limit](ReadContext& r) -> Result<Today> {
        const auto day = m_context.day(date);
        TaskRepository tasks(r.db);
        Today out{.date = date, .items = tasks.queue(day.start, day.end, limit), .counts = tasks.counts(day.start, day.end)};
        std::erase_if(out.items, [](const QueueItem& item) { return item.overdue; });
        out.counts.overdue = 0;
        fillTitles(r.db, out.items);
        return out;
    });
}

QFuture<Result<TaskDetail>> QueueService::open(TaskId id) {
    return m_context.store().read([this, id](ReadContext& r) -> Result<TaskDetail> {
        const auto surroundings = m_context.surroundings();
        const auto day = m_context.today();
        TaskRepository tasks(r.db);
        const auto task = tasks.find(id);
        const auto item = tasks.queueItem(id, day.start);
        if (!task || !item)
            return fail(ErrorCode::NotFound, "task " + std::to_string(id.value));
        TaskDetail detail{.item = *item, .task = *task};
        detail.item.stepSubject = outreach::stepTitle(r.db, item->lead, item->stepSubject, item->step);
        OUTRIDER_ASSIGN(detail.lead, readLeadDetail(r.db, task->lead, surroundings, r.now));
        detail.step = StrategyRepository(r.db).step(task->step);
        if (detail.step) {
            auto draft = outreach::draftOfStep(r.db, task->lead, task->enrolment, *detail.step);
            if (draft) {
                detail.draft = std::move(*draft);
            } else if (task->channel == Channel::Email) { // no mailbox yet: the text is there all the same
                detail.draft = MailDraft{.toAddress = detail.lead.lead.email,
                                         .subject = detail.step->subject,
                                         .body = detail.step->body,
                                         .problem = draft.error()};
            }
        }
        if (detail.draft && detail.draft->mailbox) {
            OutboxRepository outbox(r.db);
            detail.sentToday = outbox.handedOverSince(detail.draft->mailbox, r.now - std::chrono::hours(24));
            if (const auto mailbox = MailboxRepository(r.db).find(detail.draft->mailbox))
                detail.dailyLimit = mailbox->dailyLimit;
        }
        ActivityRepository activities(r.db);
        OUTRIDER_ASSIGN(TimelinePage page, activities.timeline(task->lead, {}, timelineEntries, r.now));
        detail.timeline = std::move(page.entries);
        detail.notes = activities.notes(task->lead, notesShown);
        detail.whyNow = reasonsOf(r.db, detail, surroundings, r.now);
        detail.noteDraft = SettingRepository(r.db).meta(noteKey(id));
        return detail;
    });
}

QFuture<Result<TaskOutcome>> QueueService::complete(TaskId id, TaskCompletion completion) {
    return m_context.store().write(
        m_context.action("task.done"), [this, id, completion = std::move(completion)](WriteContext& write) {
            write.describe(leadNameOf(write.db, id));
            SettingRepository(write.db).removeMeta(write, noteKey(id));
            const auto surroundings = m_context.surroundings();
            return outreach::TaskFlow(write, surroundings, m_context.random()).complete(id, completion);
        });
}

QFuture<Result<TaskOutcome>> QueueService::skip(TaskId id, std::string note) {
    return m_context.store().write(m_context.action("task.skip"), [this, id, note = std::move(note)](WriteContext& write) {
        write.describe(leadNameOf(write.db, id));
        SettingRepository(write.db).removeMeta(write, noteKey(id));
        const auto surroundings = m_context.surroundings();
        return outreach::TaskFlow(write, surroundings, m_context.random()).skip(id, note);
    });
}

QFuture<Result<>> QueueService::keepNote(TaskId id, std::string text) {
    return m_context.store().writeSilently([id, text = std::move(text)](WriteContext& write) -> Result<> {
        SettingRepository settings(write.db);
        const auto task = TaskRepository(write.db).find(id);
        if (text.empty() || !task || task->state != TaskState::Open) // a late one must not outlive its task
            settings.removeMeta(write, noteKey(id));
        else
            settings.setMeta(write, noteKey(id), text);
        return {};
    });
}

QFuture<Result<TaskOutcome>> QueueService::previewSkip(TaskId id) {
    return m_context.store().read([this, id](ReadContext& r) -> Result<TaskOutcome> {
        const auto task = TaskRepository(r.db).find(id);
        if (!task)
            return fail(ErrorCode::NotFound, "task " + std::to_string(id.value));
        TaskOutcome outcome;
        if (!task->enrolment)
            return outcome;
        const auto plan = outreach::planAfter(r.db, task->enrolment, r.now, m_context.surroundings());
        outcome.nextStep = plan.step;
        outcome.next = plan.kind == outreach::Plan::Kind::Due ? TaskOutcome::Next::Step : TaskOutcome::Next::Finished;
        if (plan.kind == outreach::Plan::Kind::Due)
            outcome.nextAt = plan.dueAt;
        return outcome;
    });
}

QFuture<Result<>> QueueService::snooze(TaskId id, Instant until) {
    return m_context.store().write(m_context.action("task.snooze"), [this, id, until](WriteContext& write) {
        write.describe(leadNameOf(write.db, id));
        const auto surroundings = m_context.surroundings();
        return outreach::TaskFlow(write, surroundings, m_context.random()).snooze(id, until);
    });
}

QFuture<Result<std::int64_t>> QueueService::snoozeNext(LeadSelection leads, Instant until, ProgressPtr progress) {
    if (until <= m_context.clock().now())
        return ready<std::int64_t>(fail(ErrorCode::InvalidArgument, "a moment in the past"));
    return m_context.forEachLead(
        m_context.action("task.snooze"), leadsOf(m_context, std::move(leads)),
        [until](WriteContext& write, LeadId lead) -> Result<bool> {
            TaskRepository tasks(write.db);
            const auto open = tasks.openOf(lead);
            if (open.empty())
                return false;
            tasks.reschedule(write, open.front().id, until, true);
            return true;
        },
        std::move(progress));
}

QFuture<Result<std::int64_t>> QueueService::snoozeOverdue(Instant until) {
    return m_context.store().write(m_context.action("task.snooze"), [this, until](WriteContext& write) -> Result<std::int64_t> {
        const auto day = m_context.today();
        if (until <= write.now)
            return fail(ErrorCode::InvalidArgument, "a moment in the past");
        const auto moved = TaskRepository(write.db).rescheduleOverdue(write, day.start, until);
        write.describe(std::to_string(moved));
        return moved;
    });
}

QFuture<Result<MailDraft>> QueueService::newMail(LeadId lead) {
    return m_context.store().read([lead](ReadContext& r) { return outreach::draftTo(r.db, lead, std::nullopt); });
}

QFuture<Result<MailDraft>> QueueService::answer(MessageId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<MailDraft> {
        const auto message = MessageRepository(r.db).find(id);
        if (!message || !message->lead)
            return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
        return outreach::draftTo(r.db, message->lead, message);
    });
}

QFuture<Result<OutboxId>> QueueService::send(LeadId lead, MailDraft draft) {
    return m_context.store().write(
        m_context.action(draft.channel == Channel::Sms ? "text.send" : "mail.send"),
        [this, lead, draft = std::move(draft)](WriteContext& write) -> Result<OutboxId> {
            if (const auto to = LeadRepository(write.db).find(lead))
                write.describe(displayName(*to));
            const auto surroundings = m_context.surroundings();
            OUTRIDER_ASSIGN(const OutboxId item, outreach::TaskFlow(write, surroundings, m_context.random()).send(lead, draft));
            markAnswered(write, lead, draft.inReplyTo);
            return item;
        });
}

Instant QueueService::snoozeUntil(Snooze snooze) const {
    using namespace std::chrono;
    const outreach::Zone zone = m_context.zone();
    const Instant now = m_context.clock().now();
    const auto today = zone.dayOf(now);
    constexpr int morning = 9 * 60;
    constexpr int afternoon = 14 * 60;
    switch (snooze) {
    case Snooze::Hour:
        return now + hours(1);
    case Snooze::Afternoon: { // when it is past already: this evening's last hour is no help, so in two hours
        const Instant at = zone.at(today, afternoon);
        return at > now ? at : now + hours(2);
    }
    case Snooze::Tomorrow:
        return zone.at(today + days(1), morning);
    case Snooze::Monday:
        return zone.at(today + days(8 - int(outreach::isoWeekday(today))), morning);
    }
    return now + hours(1);
}

} // namespace outrider
