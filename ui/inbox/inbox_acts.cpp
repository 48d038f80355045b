// SPDX-License-Identifier: GPL-3.0-or-later
// What InboxPage does when it is told to.
#include "core/base/deliver.h"
#include "ui/inbox/inbox_page.h"
#include "ui/inbox/match_sheet.h"
#include "ui/inbox/message_words.h"
#include "ui/inbox/row_list.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QAction>

#include <algorithm>

namespace outrider::inbox {

using text::isolated;
using text::toQt;

// The next one is there at once; a read that began before is dropped.
void InboxPage::takeAway() {
    ++m_generation;
    m_list->removeCurrent();
    if (m_list->count() == 0)
        read();
}

void InboxPage::judge(Verdict verdict, const QString& said) {
    const InboxItem* item = currentMessage();
    if (item == nullptr || !item->message.lead)
        return;
    const QString name = senderOf(*item);
    const LeadId lead = item->message.lead;
    if (!item->message.handled)
        takeAway();
    deliver(m_context.workspace.conversations().judge(lead, {.verdict = verdict}), this,
            [this, name, said](Result<LeadId> judged) {
                if (judged)
                    m_context.tell.done(tr("%1: %2").arg(isolated(name), said));
                else
                    m_context.tell.failed(judged.error(), tr("The reply of %1 was not judged.").arg(isolated(name)));
                read();
            });
}

void InboxPage::setHandled() {
    const InboxItem* item = currentMessage();
    if (item == nullptr)
        return;
    const QString name = senderOf(*item);
    const MessageId id = item->message.id;
    const bool handled = !item->message.handled;
    takeAway();
    deliver(m_context.workspace.inbox().setHandled(id, handled), this, [this, name, handled](Result<> set) {
        if (set)
            m_context.tell.done(handled ? tr("%1: done").arg(isolated(name)) : tr("%1: back in the inbox").arg(isolated(name)));
        else
            m_context.tell.failed(set.error(), tr("The message of %1 was not changed.").arg(isolated(name)));
        read();
    });
}

void InboxPage::reply() {
    const InboxItem* item = currentMessage();
    if (item == nullptr || !item->message.lead)
        return;
    m_formCard->show();
    if (m_writing == item->message.id && m_form->draft().base) {
        m_form->begin();
        return;
    }
    m_writing = item->message.id;
    m_form->start(item->message.lead, senderOf(*item), {});
    m_form->writeAnswer(m_writing);
}

void InboxPage::resolve(OutboxService::Resolution resolution, const QString& said) {
    const OutboxRow* send = currentSend();
    if (send == nullptr)
        return;
    const QString name = toQt(send->leadName);
    const OutboxId id = send->item.id;
    const bool waits = resolution == OutboxService::Resolution::SendAgain && send->mailboxState != MailboxState::Active;
    const QString what = waits ? tr("waits in the outbox for its mailbox") : said;
    takeAway();
    deliver(m_context.workspace.outbox().resolve(id, resolution), this, [this, name, what](Result<> resolved) {
        if (resolved)
            m_context.tell.done(tr("%1: %2").arg(isolated(name), what), false);
        else
            m_context.tell.failed(resolved.error(), tr("The message to %1 was not settled.").arg(isolated(name)));
        read();
    });
}

void InboxPage::match() {
    const InboxItem* item = currentMessage();
    if (item == nullptr || item->message.messageClass != MessageClass::Other)
        return;
    auto* sheet = new MatchSheet(m_context, this, writerOf(item->message));
    connect(sheet, &MatchSheet::chosen, this,
            [this, id = item->message.id, name = writerOf(item->message)](LeadId lead) { applyMatch(id, lead, name); });
    sheet->ask();
}

void InboxPage::takeAsReply() {
    const InboxItem* item = currentMessage();
    if (item != nullptr && item->message.lead)
        applyMatch(item->message.id, item->message.lead, senderOf(*item));
}

void InboxPage::applyMatch(MessageId id, LeadId lead, const QString& name) {
    deliver(m_context.workspace.inbox().match(id, lead), this, [this, name](Result<> matched) {
        if (matched)
            m_context.tell.done(tr("%1: waits among the replies").arg(isolated(name)));
        else
            m_context.tell.failed(matched.error(), tr("The mail of %1 was not matched.").arg(isolated(name)));
        read();
    });
}

void InboxPage::openLead() {
    const LeadId lead = currentLead();
    if (!lead)
        return;
    std::vector<LeadId> neighbours;
    for (const InboxItem& item : m_messages) {
        if (item.message.lead && std::find(neighbours.begin(), neighbours.end(), item.message.lead) == neighbours.end())
            neighbours.push_back(item.message.lead);
    }
    m_context.go.openLead(lead, std::move(neighbours));
}

void InboxPage::fetch() {
    m_fetch->setEnabled(false);
    const auto progress = std::make_shared<Progress>();
    const int job = m_context.tell.startJob(tr("Reading the mailboxes"), progress);
    deliver(m_context.workspace.inbox().fetch(progress), this, [this, job](Result<FetchReport> report) {
        m_context.tell.endJob(job);
        m_fetch->setEnabled(true);
        if (!report) {
            m_context.tell.failed(report.error(), tr("The mailboxes were not read."));
            return;
        }
        // What the others brought is there all the same.
        if (!report->errors.empty())
            m_context.tell.failed(report->errors.front(),
                                  report->errors.size() == 1 ? tr("%1 was not read.").arg(isolated(toQt(report->unread)))
                                                             : tr("%1 and %2 were not read.")
                                                                   .arg(isolated(toQt(report->unread)),
                                                                        text::counted(qint64(report->errors.size()) - 1,
                                                                                      tr("more mailbox"), tr("more mailboxes"))));
        else if (report->mailboxes == 0)
            m_context.tell.info(tr("No mailbox is read. Add one in Settings, or resume one that is paused."));
        else
            m_context.tell.info(report->fetched == 0 ? tr("Nothing new.")
                                                     : tr("Read %1, %2.")
                                                           .arg(text::counted(report->fetched, tr("message"), tr("messages")),
                                                                text::counted(report->replies, tr("reply"), tr("replies"))));
        read();
    });
}

} // namespace outrider::inbox
