// SPDX-License-Identifier: GPL-3.0-or-later
// What is done from the list with the task that is current, and how it is taken back.
#include "ui/today/today_page.h"

#include "core/base/deliver.h"
#include "ui/lead_view/lead_pane.h"
#include "ui/lead_view/moment_menu.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/filter_bar.h"
#include "ui/today/queue_view.h"
#include "ui/today/task_words.h"
#include "ui/widgets/button.h"

#include <algorithm>
#include <utility>

namespace outrider::today {

using theme::Icon;

void TodayPage::begin(TaskId task) {
    ++m_writes;
    m_last = task;
    const auto leave = [task](std::vector<QueueItem>& items, QueueCounts* counts) {
        const auto found = std::ranges::find(items, task, &QueueItem::task);
        if (found == items.end())
            return;
        if (counts != nullptr)
            --(found->overdue ? counts->overdue : counts->byChannel.at(std::size_t(found->channel)));
        items.erase(found);
    };
    leave(m_today.items, &m_today.counts);
    leave(m_tomorrow, nullptr);
    show(m_filter.due == QueueFilter::Due::Tomorrow ? m_tomorrow : m_today.items);
}

void TodayPage::finished(bool done) {
    --m_writes;
    if (!done) // it is back in the list
        m_select = m_last;
    if (m_writes == 0 && (m_stale || !done))
        m_soon.start();
}

void TodayPage::complete(Disposition disposition) {
    if (current() == nullptr)
        return;
    const QueueItem item = *current();
    begin(item.task);
    deliver(m_context.workspace.queue().complete(item.task, {.disposition = disposition, .note = {}}), this,
            [this, item, disposition](Result<TaskOutcome> outcome) {
                if (outcome)
                    m_context.tell.done(doneText(item, disposition, *outcome, m_context.dates()), true, Icon::Phone);
                else
                    m_context.tell.failed(outcome.error(), tr("The task is still open"));
                finished(outcome.has_value());
            });
}

void TodayPage::skip() {
    if (current() == nullptr)
        return;
    const QueueItem item = *current();
    begin(item.task);
    deliver(m_context.workspace.queue().skip(item.task), this, [this, item](Result<TaskOutcome> outcome) {
        if (outcome)
            m_context.tell.done(skippedText(item, *outcome, m_context.dates()), true, Icon::Skip);
        else
            m_context.tell.failed(outcome.error(), tr("The step was not skipped"));
        finished(outcome.has_value());
    });
}

void TodayPage::snooze() {
    if (current() == nullptr)
        return;
    const QueueItem item = *current();
    QWidget* anchor =
        m_pane->isVisible() && m_actionSnooze->isVisible() ? static_cast<QWidget*>(m_actionSnooze) : m_filterBar->dueButton();
    lead_view::askMoment(anchor, m_context, tr("Snooze until"), lead_view::soonMoments(m_context), [this, item](Instant until) {
        begin(item.task);
        deliver(m_context.workspace.queue().snooze(item.task, until), this, [this, item, until](Result<> result) {
            if (result)
                m_context.tell.done(snoozedText(item, until, m_context.dates()), true, Icon::Clock);
            else
                m_context.tell.failed(result.error(), tr("The task was not snoozed"));
            finished(result.has_value());
        });
    });
}

void TodayPage::catchUp() {
    lead_view::askMoment(
        m_filterBar->dueButton(), m_context, tr("Move what is overdue to"), lead_view::soonMoments(m_context),
        [this](Instant until) {
            deliver(m_context.workspace.queue().snoozeOverdue(until), this, [this, until](Result<std::int64_t> moved) {
                if (moved)
                    m_context.tell.done(
                        tr("%1 moved to %2.")
                            .arg(text::counted(*moved, tr("overdue task"), tr("overdue tasks")), m_context.dates().moment(until)),
                        true, Icon::Clock);
                else
                    m_context.tell.failed(moved.error(), tr("Nothing was moved"));
            });
        });
}

void TodayPage::doNotContact() {
    if (current() == nullptr)
        return;
    const QueueItem item = *current();
    begin(item.task);
    deliver(m_context.workspace.leads().doNotContact(item.lead), this, [this, item](Result<> result) {
        if (result)
            m_context.tell.done(notContactedText(item), true, Icon::Ban);
        else
            m_context.tell.failed(result.error(), tr("Nothing was changed"));
        finished(result.has_value());
    });
}

void TodayPage::undo() {
    deliver(m_context.workspace.history().undo(), this, [this](Result<UndoReport> report) {
        if (!report) {
            m_context.tell.failed(report.error());
            return;
        }
        m_context.tell.info(tr("Taken back: %1").arg(text::actionText(report->undone.action)));
        m_select = m_last;
        m_last.reset();
        m_soon.start();
    });
}

} // namespace outrider::today
