// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_actions.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;
using widgets::Popup;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(LeadView)
};

QString who(const Lead& lead) { return isolated(toQt(displayName(lead))); }

} // namespace

void LeadActions::done(QFuture<Result<std::int64_t>> future, const QString& sentence, theme::Icon icon,
                       const QString& failed) const {
    deliver(std::move(future), m_receiver, [context = m_context, sentence, icon, failed](Result<std::int64_t> count) {
        if (!count)
            context.tell.failed(count.error(), failed);
        else if (*count > 0)
            context.tell.done(sentence, true, icon);
    });
}

void LeadActions::setStatus(const Lead& lead, const Status& status) const {
    if (lead.status == status.id)
        return;
    done(m_context.workspace.leads().setStatus(LeadSelection::one(lead.id), status.id),
         Tr::tr("%1 is now %2").arg(who(lead), isolated(text::statusName(status))), theme::Icon::CircleDot,
         Tr::tr("The status was not changed"));
}

void LeadActions::setOwner(const Lead& lead, const Member& owner) const {
    if (lead.owner == owner.id)
        return;
    done(m_context.workspace.leads().setOwner(LeadSelection::one(lead.id), owner.id),
         Tr::tr("%1 belongs to %2").arg(who(lead), isolated(toQt(owner.name))), theme::Icon::User,
         Tr::tr("The owner was not changed"));
}

void LeadActions::addTag(const Lead& lead, const QString& tag) const {
    done(m_context.workspace.leads().addTag(LeadSelection::one(lead.id), tag.toStdString()),
         Tr::tr("%1 tagged %2").arg(who(lead), isolated(tag)), theme::Icon::Tag, Tr::tr("The tag was not added"));
}

void LeadActions::removeTag(const Lead& lead, const QString& tag) const {
    done(m_context.workspace.leads().removeTag(LeadSelection::one(lead.id), tag.toStdString()),
         Tr::tr("Tag %2 taken off %1").arg(who(lead), isolated(tag)), theme::Icon::Tag, Tr::tr("The tag was not taken off"));
}

void LeadActions::setArchived(const Lead& lead, bool archived) const {
    done(m_context.workspace.leads().setArchived(LeadSelection::one(lead.id), archived),
         archived ? Tr::tr("%1 archived").arg(who(lead)) : Tr::tr("%1 is back from the archive").arg(who(lead)),
         theme::Icon::Archive, Tr::tr("The lead was not archived"));
}

void LeadActions::setTrashed(const Lead& lead, bool trashed) const {
    done(m_context.workspace.leads().setTrashed(LeadSelection::one(lead.id), trashed),
         trashed ? Tr::tr("%1 is in the trash").arg(who(lead)) : Tr::tr("%1 is back from the trash").arg(who(lead)),
         theme::Icon::Trash, Tr::tr("The lead was not moved to the trash"));
}

void LeadActions::doNotContact(const LeadDetail& detail) const {
    qsizetype removed = 0;
    for (const EnrolmentDetail& enrolment : detail.enrolments) {
        if (enrolment.enrolment.isRunning())
            removed += qsizetype(enrolment.steps.size()) - enrolment.enrolment.nextStep;
    }
    QString sentence = Tr::tr("%1 will not be contacted.").arg(who(detail.lead));
    if (removed > 0)
        sentence +=
            QLatin1Char(' ') + Tr::tr("%1 removed.").arg(text::counted(removed, Tr::tr("coming step"), Tr::tr("coming steps")));
    deliver(m_context.workspace.leads().doNotContact(detail.lead.id), m_receiver,
            [context = m_context, sentence](Result<> result) {
                if (!result)
                    context.tell.failed(result.error(), Tr::tr("Nothing was changed"));
                else
                    context.tell.done(sentence, true, theme::Icon::Ban);
            });
}

void LeadActions::snooze(const Lead& lead, TaskId task, Instant until) const {
    const QString sentence = Tr::tr("%1 comes back %2").arg(who(lead), m_context.dates().moment(until));
    deliver(m_context.workspace.queue().snooze(task, until), m_receiver, [context = m_context, sentence](Result<> result) {
        if (!result)
            context.tell.failed(result.error(), Tr::tr("The task was not snoozed"));
        else
            context.tell.done(sentence, true, theme::Icon::Clock);
    });
}

void LeadActions::enrol(const Lead& lead, StrategyId strategy, const QString& name) const {
    const QString sentence = Tr::tr("%1 enrolled in %2").arg(who(lead), isolated(name));
    deliver(m_context.workspace.strategies().enrol(strategy, LeadSelection::one(lead.id), "lead page"), m_receiver,
            [context = m_context, sentence](Result<EnrolReport> report) {
                if (!report)
                    context.tell.failed(report.error(), Tr::tr("The lead was not enrolled"));
                else if (report->enrolled == 0 && !report->skipped.empty())
                    context.tell.failed(report->skipped.front().reason, Tr::tr("The lead was not enrolled"));
                else
                    context.tell.done(sentence, true, theme::Icon::Route);
            });
}

QList<Popup::Entry> LeadActions::moreEntries(const LeadDetail& detail) const {
    QList<Popup::Entry> entries;
    const Lead& lead = detail.lead;
    const auto copying = [&](const std::string& value, const QString& text) {
        if (!value.empty())
            entries.append({.text = text, .icon = theme::Icon::Copy, .run = [copied = toQt(value)] {
                                QGuiApplication::clipboard()->setText(copied);
                            }});
    };
    copying(lead.email, Tr::tr("Copy e-mail address"));
    copying(lead.phone, Tr::tr("Copy phone number"));
    copying(lead.linkedinUrl, Tr::tr("Copy LinkedIn address"));
    const bool archived = lead.archivedAt.has_value();
    const bool trashed = lead.trashedAt.has_value();
    entries.append({.text = archived ? Tr::tr("Take out of the archive") : Tr::tr("Archive"),
                    .icon = theme::Icon::Archive,
                    .run = [self = *this, lead, archived] { self.setArchived(lead, !archived); }});
    entries.append({.text = trashed ? Tr::tr("Take out of the trash") : Tr::tr("Move to trash"),
                    .icon = theme::Icon::Trash,
                    .run = [self = *this, lead, trashed] { self.setTrashed(lead, !trashed); }});
    entries.append({.text = Tr::tr("Do not contact"),
                    .icon = theme::Icon::Ban,
                    .enabled = lead.reach != Reach::DoNotContact,
                    .run = [self = *this, detail] { self.doNotContact(detail); }});
    return entries;
}

QList<Popup::Entry> LeadActions::snoozeEntries(const Lead& lead, TaskId task, std::function<void()> pick) const {
    using Snooze = QueueService::Snooze;
    QList<Popup::Entry> entries;
    const auto dates = m_context.dates();
    const auto add = [&](Snooze snooze, const QString& text, const QString& key) {
        const Instant until = m_context.workspace.queue().snoozeUntil(snooze);
        entries.append({.text = text,
                        .hint = dates.moment(until),
                        .icon = theme::Icon::Clock,
                        .key = key,
                        .run = [self = *this, lead, task, until] { self.snooze(lead, task, until); }});
    };
    add(Snooze::Hour, Tr::tr("In an hour"), QStringLiteral("1"));
    add(Snooze::Afternoon, Tr::tr("This afternoon"), QStringLiteral("2"));
    add(Snooze::Tomorrow, Tr::tr("Tomorrow"), QStringLiteral("3"));
    add(Snooze::Monday, Tr::tr("Monday"), QStringLiteral("4"));
    if (pick)
        entries.append({.text = Tr::tr("Pick a moment…"),
                        .icon = theme::Icon::Calendar,
                        .key = QStringLiteral("5"),
                        .run = std::move(pick)});
    return entries;
}

QList<Popup::Entry> LeadActions::statusEntries(const Lead& lead, const std::vector<Status>& statuses) const {
    QList<Popup::Entry> entries;
    constexpr int keys = 9;
    for (const Status& status : statuses) {
        const auto number = entries.size() + 1;
        entries.append({.text = text::statusName(status),
                        .hint = status.isTerminal() ? Tr::tr("ends strategies") : QString(),
                        .icon = theme::Icon::CircleDot,
                        .key = number <= keys ? QString::number(number) : QString(),
                        .checked = status.id == lead.status,
                        .run = [self = *this, lead, status] { self.setStatus(lead, status); }});
    }
    return entries;
}

} // namespace outrider::lead_view
