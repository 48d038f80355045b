// SPDX-License-Identifier: GPL-3.0-or-later
// What InboxPage does with mail that is not surely somebody's.
#include "core/base/deliver.h"
#include "ui/inbox/inbox_page.h"
#include "ui/inbox/match_sheet.h"
#include "ui/inbox/message_words.h"
#include "ui/text/tr.h"

#include <QAction>

namespace outrider::inbox {

using text::isolated;
using text::toQt;

namespace {

QString whyWords(MatchSuggestion::Why why) {
    switch (why) {
    case MatchSuggestion::Why::Thread:
        return InboxPage::tr("in this thread");
    case MatchSuggestion::Why::Name:
        return InboxPage::tr("the same name");
    case MatchSuggestion::Why::Company:
        break;
    }
    return InboxPage::tr("the same company");
}

} // namespace

// A key each for whom it most likely belongs to.
void InboxPage::showSuggestions() {
    m_suggested.clear();
    for (QAction* action : std::as_const(m_suggest))
        action->setEnabled(false);
    m_suggestions->hide();
    const InboxItem* item = currentMessage();
    if (item == nullptr || item->message.messageClass != MessageClass::Other)
        return;
    deliver(m_context.workspace.conversations().suggestions(item->message.id), this,
            [this, generation = m_paneGeneration](Result<std::vector<MatchSuggestion>> found) {
                if (generation != m_paneGeneration || !found)
                    return;
                m_suggested = std::move(*found);
                for (int i = 0; i < m_suggest.size() && i < int(m_suggested.size()); ++i) {
                    const MatchSuggestion& one = m_suggested[std::size_t(i)];
                    const QString who = one.companyName.empty()
                                            ? isolated(toQt(one.leadName))
                                            : tr("%1 of %2").arg(isolated(toQt(one.leadName)), isolated(toQt(one.companyName)));
                    m_suggest[i]->setText(tr("%1, %2").arg(who, whyWords(one.why)));
                    m_suggest[i]->setEnabled(true);
                }
                m_suggestions->setVisible(!m_suggested.empty());
            });
}

void InboxPage::takeSuggestion(int number) {
    const InboxItem* item = currentMessage();
    if (item != nullptr && number < int(m_suggested.size()))
        applyMatch(item->message.id, m_suggested[std::size_t(number)].lead, writerOf(item->message));
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

void InboxPage::addSender() {
    const InboxItem* item = currentMessage();
    if (item == nullptr || item->message.messageClass != MessageClass::Other)
        return;
    deliver(m_context.workspace.conversations().addSender(item->message.id), this,
            [this, name = writerOf(item->message)](Result<LeadId> added) {
                if (added)
                    m_context.tell.done(tr("%1: a new lead, and waits among the replies").arg(isolated(name)));
                else
                    m_context.tell.failed(added.error(), tr("%1 was not added.").arg(isolated(name)));
                read();
            });
}

} // namespace outrider::inbox
