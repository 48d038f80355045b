// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/task_reader.h"

#include "core/base/deliver.h"

#include <vector>

namespace outrider::today {

const TaskDetail* TaskReader::detail(TaskId task) const {
    const auto found = m_read.find(task);
    return found != m_read.end() && found->second.detail ? &*found->second.detail : nullptr;
}

const TaskOutcome* TaskReader::skipped(TaskId task) const {
    const auto found = m_read.find(task);
    return found != m_read.end() && found->second.skipped ? &*found->second.skipped : nullptr;
}

void TaskReader::keep(const std::set<TaskId>& tasks) {
    std::erase_if(m_read, [&](const auto& each) { return !tasks.contains(each.first); });
    for (const TaskId task : tasks)
        m_read.try_emplace(task);
    readStale();
}

void TaskReader::readAgain(TaskId task) {
    const auto found = m_read.find(task);
    if (found == m_read.end())
        return;
    found->second.stale = true;
    if (!found->second.asked)
        ask(task);
}

void TaskReader::forget(TaskId task) { m_read.erase(task); }

void TaskReader::clear() {
    ++m_generation;
    m_read.clear();
}

void TaskReader::touched(const ChangeSet& changes, TaskId shown) {
    const bool everything = changes.touches(EntityKind::Mailbox) || changes.touches(EntityKind::Strategy)
                            || changes.touches(EntityKind::Setting) || changes.touches(EntityKind::Suppression);
    for (auto& [task, its] : m_read) {
        const std::int64_t lead = its.detail ? its.detail->item.lead.value : 0;
        const bool mail = its.detail && its.detail->item.channel == Channel::Email; // it says how many left today
        if (everything || changes.touches(EntityKind::Task, task.value) || changes.touches(EntityKind::Lead, lead)
            || changes.touches(EntityKind::Timeline, lead) || (mail && task == shown && changes.touches(EntityKind::Outbox)))
            its.stale = true;
    }
}

void TaskReader::readStale() {
    std::vector<TaskId> stale;
    for (const auto& [task, its] : m_read) {
        if (its.stale && !its.asked)
            stale.push_back(task);
    }
    for (const TaskId task : stale)
        ask(task);
}

void TaskReader::ask(TaskId task) {
    Read& asked = m_read[task];
    asked.asked = true;
    asked.stale = false;
    const int generation = m_generation;
    deliver(m_context.workspace.queue().open(task), this, [this, task, generation](Result<TaskDetail> detail) {
        const auto found = m_read.find(task);
        if (generation != m_generation || found == m_read.end())
            return;
        Read& its = found->second;
        its.asked = false;
        if (!detail) {
            Q_EMIT failed(task, detail.error());
            return;
        }
        const bool again = its.stale; // changed while it was read
        const bool fresh = !its.detail;
        its.detail = std::move(*detail);
        Q_EMIT read(task, fresh);
        if (again)
            readAgain(task);
    });
    deliver(m_context.workspace.queue().previewSkip(task), this, [this, task, generation](Result<TaskOutcome> outcome) {
        const auto found = m_read.find(task);
        if (generation != m_generation || found == m_read.end() || !outcome)
            return;
        found->second.skipped = *outcome;
        Q_EMIT previewed(task);
    });
}

} // namespace outrider::today
