// SPDX-License-Identifier: GPL-3.0-or-later
// What InboxPage does with conversations when it is told to.
#include "core/base/deliver.h"
#include "ui/inbox/conversation.h"
#include "ui/inbox/inbox_page.h"
#include "ui/inbox/message_words.h"
#include "ui/inbox/right_person_sheet.h"
#include "ui/inbox/row_list.h"
#include "ui/lead_view/moment_menu.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"

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

// ── Verdicts ──────────────────────────────────────────────────────────────────────────────────────

void InboxPage::judge(Verdict verdict, const QString& said) {
    const Conversation* one = currentConversation();
    if (one == nullptr)
        return;
    if (verdict == Verdict::NotNow)
        notNow(said);
    else if (verdict == Verdict::WrongPerson)
        wrongPerson(said);
    else
        judgeAs(one->lead, currentName(), {.verdict = verdict}, said);
}

void InboxPage::judgeAs(LeadId lead, const QString& name, const Judgement& judgement, const QString& said) {
    const Conversation* one = currentConversation();
    const bool staysHere = judgement.verdict == Verdict::Interested || judgement.verdict == Verdict::Meeting;
    if (one != nullptr && one->lead == lead && m_words.isEmpty()
        && (one->tab == ConversationTab::ToAnswer || one->tab == ConversationTab::Snoozed)) {
        if (staysHere)
            m_list->moveBy(1); // they still wait for an answer
        else
            takeAway();
    }
    deliver(m_context.workspace.conversations().judge(lead, judgement), this, [this, name, said](Result<LeadId> judged) {
        if (judged)
            m_context.tell.done(tr("%1: %2").arg(isolated(name), said));
        else
            m_context.tell.failed(judged.error(), tr("The reply of %1 was not judged.").arg(isolated(name)));
        read();
    });
}

void InboxPage::notNow(const QString& said) {
    const LeadId lead = currentLead();
    const QString name = currentName();
    lead_view::askMoment(m_bar, m_context, tr("Ask %1 again").arg(isolated(name)), lead_view::laterMoments(m_context),
                         [this, lead, name, said](Instant until) {
                             judgeAs(lead, name, {.verdict = Verdict::NotNow, .until = until},
                                     tr("%1, again %2").arg(said, m_context.dates().moment(until)));
                         });
}

// Who is named in the reply may be added in the same breath.
void InboxPage::wrongPerson(const QString& said) {
    const Conversation* one = currentConversation();
    deliver(m_context.workspace.conversations().namedIn(one->last.id), this,
            [this, lead = one->lead, name = currentName(), company = toQt(one->companyName), said](Result<NamedPerson> named) {
                if (!named || named->email.empty()) {
                    judgeAs(lead, name, {.verdict = Verdict::WrongPerson}, said);
                    return;
                }
                auto* sheet = new RightPersonSheet(this, isolated(name), company, *named);
                connect(sheet, &RightPersonSheet::answered, this, [this, lead, name, said](std::optional<NamedPerson> right) {
                    judgeAs(lead, name, {.verdict = Verdict::WrongPerson, .rightOne = right},
                            right ? tr("%1, %2 added").arg(said, isolated(toQt(right->name.empty() ? right->email : right->name)))
                                  : said);
                });
                sheet->ask();
            });
}

// ── Putting off, being done, reading ──────────────────────────────────────────────────────────────

void InboxPage::setDone() {
    if (const InboxItem* item = currentMessage()) { // mail that is nobody's reply
        const QString name = senderOf(*item);
        const MessageId id = item->message.id;
        takeAway();
        deliver(m_context.workspace.inbox().setHandled(id, true), this, [this, name](Result<> set) {
            if (set)
                m_context.tell.done(tr("%1: done").arg(isolated(name)));
            else
                m_context.tell.failed(set.error(), tr("The message of %1 was not changed.").arg(isolated(name)));
            read();
        });
        return;
    }
    const Conversation* one = currentConversation();
    if (one == nullptr)
        return;
    const QString name = currentName();
    const LeadId lead = one->lead;
    const bool done = one->tab != ConversationTab::Done;
    if (m_words.isEmpty())
        takeAway();
    deliver(m_context.workspace.conversations().setDone(lead, done), this, [this, name, done](Result<> set) {
        if (set)
            m_context.tell.done(done ? tr("%1: done").arg(isolated(name)) : tr("%1: back in the inbox").arg(isolated(name)));
        else
            m_context.tell.failed(set.error(), tr("The conversation with %1 was not changed.").arg(isolated(name)));
        read();
    });
}

void InboxPage::snooze() {
    const Conversation* one = currentConversation();
    if (one == nullptr)
        return;
    const LeadId lead = one->lead;
    const QString name = currentName();
    if (one->tab == ConversationTab::Snoozed) {
        snoozeUntil(lead, name, std::nullopt);
        return;
    }
    lead_view::askMoment(m_bar, m_context, tr("Snooze until"), lead_view::soonMoments(m_context),
                         [this, lead, name](Instant until) { snoozeUntil(lead, name, until); });
}

void InboxPage::snoozeUntil(LeadId lead, const QString& name, std::optional<Instant> until) {
    if (const Conversation* one = currentConversation(); one != nullptr && one->lead == lead && m_words.isEmpty())
        takeAway();
    deliver(m_context.workspace.conversations().snooze(lead, until), this, [this, name, until](Result<> snoozed) {
        if (snoozed)
            m_context.tell.done(until ? tr("%1: back %2").arg(isolated(name), m_context.dates().moment(*until))
                                      : tr("%1: back in the inbox").arg(isolated(name)),
                                true, theme::Icon::Clock);
        else
            m_context.tell.failed(snoozed.error(), tr("The conversation with %1 was not snoozed.").arg(isolated(name)));
        read();
    });
}

void InboxPage::readSoon() {
    const Conversation* one = currentConversation();
    if (one != nullptr && one->unread > 0 && one->lead != m_keptUnread && isVisible())
        deliver(m_context.workspace.conversations().setRead(one->lead, true), this, [](Result<>) {}); // told by changed()
}

void InboxPage::toggleRead() {
    const Conversation* one = currentConversation();
    if (one == nullptr)
        return;
    const bool read = one->unread > 0;
    m_keptUnread = read ? LeadId{} : one->lead;
    deliver(m_context.workspace.conversations().setRead(one->lead, read), this, [this](Result<> set) {
        if (!set)
            m_context.tell.failed(set.error());
    });
}

// The keyboard scrolls it from there; Esc goes back to the list.
void InboxPage::openConversation() {
    if (m_list->currentRow() == nullptr)
        return;
    m_keptUnread = {};
    readSoon();
    m_conversation->setFocus(Qt::OtherFocusReason);
}

// ── Answering, settling, going elsewhere ──────────────────────────────────────────────────────────

void InboxPage::reply() {
    const MessageId message = toAnswer();
    const LeadId lead = currentLead();
    if (!message)
        return;
    m_formCard->show();
    if (m_writing == lead && m_form->draft().base) {
        m_form->begin();
        return;
    }
    m_writing = lead;
    m_form->start(lead, currentName(), {});
    m_form->writeAnswer(message);
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

void InboxPage::openLead() {
    const LeadId lead = currentLead();
    if (!lead)
        return;
    std::vector<LeadId> neighbours;
    const auto add = [&neighbours](LeadId id) {
        if (id && std::find(neighbours.begin(), neighbours.end(), id) == neighbours.end())
            neighbours.push_back(id);
    };
    for (const Conversation& one : m_conversations)
        add(one.lead);
    for (const InboxItem& item : m_messages)
        add(item.message.lead);
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
