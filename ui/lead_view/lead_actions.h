// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_service.h"
#include "ui/frame/context.h"
#include "ui/widgets/popup.h"

#include <QList>
#include <QString>

class QObject;

namespace outrider::lead_view {

// What can be done with one lead from its pane and its page, said to the person in the same words.
// Each is one action, so one undo.
class LeadActions {
public:
    LeadActions(const frame::Context& context, QObject* receiver) : m_context(context), m_receiver(receiver) {}

    void setStatus(const Lead& lead, const Status& status) const;
    void setOwner(const Lead& lead, const Member& owner) const;
    void addTag(const Lead& lead, const QString& tag) const;
    void removeTag(const Lead& lead, const QString& tag) const;
    void setArchived(const Lead& lead, bool archived) const;
    void setTrashed(const Lead& lead, bool trashed) const;
    void doNotContact(const LeadDetail& detail) const;
    void snooze(const Lead& lead, TaskId task, Instant until) const;
    void enrol(const Lead& lead, StrategyId strategy, const QString& name) const;

    // Rows for a popup: copying, archive, trash, do not contact.
    QList<widgets::Popup::Entry> moreEntries(const LeadDetail& detail) const;
    // 1 h, this afternoon, tomorrow, Monday, each with its key and its moment; the last calls `pick`.
    QList<widgets::Popup::Entry> snoozeEntries(const Lead& lead, TaskId task, std::function<void()> pick) const;
    QList<widgets::Popup::Entry> statusEntries(const Lead& lead, const std::vector<Status>& statuses) const;

private:
    void done(QFuture<Result<std::int64_t>> future, const QString& sentence, theme::Icon icon, const QString& failed) const;

    const frame::Context m_context;
    QObject* m_receiver;
};

} // namespace outrider::lead_view
