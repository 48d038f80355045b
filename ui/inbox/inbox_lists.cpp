// SPDX-License-Identifier: GPL-3.0-or-later
// What InboxPage reads and lists, tab by tab.
#include "core/base/deliver.h"
#include "ui/inbox/inbox_page.h"
#include "ui/inbox/message_words.h"
#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QApplication>
#include <QLocale>
#include <QStackedWidget>

#include <algorithm>

namespace outrider::inbox {

using text::isolated;
using text::toQt;

namespace {

constexpr int mostListed = 1000; // of what is to be reviewed
constexpr int mostAutomatic = 200;
constexpr int pageSize = 200;
constexpr int mostFound = 200;

const std::vector<QString> tabOrder{tab::answer, tab::snoozed, tab::waiting, tab::review, tab::automatic, tab::done};

ConversationTab standingOf(const QString& id) {
    if (id == tab::snoozed)
        return ConversationTab::Snoozed;
    if (id == tab::waiting)
        return ConversationTab::Waiting;
    return id == tab::done ? ConversationTab::Done : ConversationTab::ToAnswer;
}

ListRow heading(int id, const QString& title, std::size_t count) {
    return {.kind = ListRow::Kind::Heading, .id = id, .title = title, .line = QLocale().toString(qulonglong(count))};
}

} // namespace

bool InboxPage::listsConversations() const { return !m_words.isEmpty() || (m_tab != tab::review && m_tab != tab::automatic); }

void InboxPage::chooseTab(const QString& id) {
    if (m_tab == id && m_words.isEmpty())
        return;
    m_tab = id;
    m_tabs->setCurrent(id);
    m_list->setRows({});
    if (m_words.isEmpty())
        read();
    else
        m_search->clear(); // reads
}

void InboxPage::stepTab(int direction) {
    const auto now = std::find(tabOrder.begin(), tabOrder.end(), m_tab) - tabOrder.begin();
    const auto count = std::ptrdiff_t(tabOrder.size());
    chooseTab(tabOrder[std::size_t((now + direction + count) % count)]);
}

void InboxPage::focusTabs() {
    for (QAbstractButton* button : m_tabs->findChildren<QAbstractButton*>()) {
        if (button->isVisible() && button->isChecked())
            button->setFocus(Qt::OtherFocusReason);
    }
}

void InboxPage::search(const QString& words) {
    const QString trimmed = words.trimmed();
    if (m_words == trimmed)
        return;
    m_words = trimmed;
    read();
}

void InboxPage::showTabs() {
    const auto number = [](int n) {
        const QString text = n > 0 ? QLocale().toString(n) : QString();
        return n >= ConversationCounts::mostCounted ? tr("%1+").arg(text) : text;
    };
    m_tabs->setTabs({{.id = tab::answer, .label = tr("To answer"), .count = number(m_standing.toAnswer)},
                     {.id = tab::snoozed, .label = tr("Snoozed"), .count = number(m_standing.snoozed)},
                     {.id = tab::waiting, .label = tr("Waiting"), .count = number(m_standing.waiting)},
                     {.id = tab::review,
                      .label = tr("To review"),
                      .count = number(m_counts.unknownSends + m_counts.unmatched),
                      .changed = m_counts.unknownSends > 0},
                     {.id = tab::automatic, .label = tr("Automatic")},
                     {.id = tab::done, .label = tr("Done")}});
    m_tabs->setCurrent(m_tab);
}

void InboxPage::readCounts() {
    const int generation = m_generation;
    deliver(m_context.workspace.inbox().counts(), this, [this, generation](Result<InboxCounts> counts) {
        if (!counts || generation != m_generation)
            return;
        m_counts = *counts;
        deliver(m_context.workspace.conversations().counts(), this, [this, generation](Result<ConversationCounts> standing) {
            if (!standing || generation != m_generation)
                return;
            m_standing = *standing;
            showTabs();
            QStringList parts{text::counted(m_standing.toAnswer, tr("conversation to answer"), tr("conversations to answer"))};
            if (m_standing.unread > 0)
                parts.append(text::counted(m_standing.unread, tr("unread message"), tr("unread messages")));
            if (m_counts.unknownSends > 0)
                parts.append(text::counted(m_counts.unknownSends, tr("send to settle"), tr("sends to settle")));
            m_toolbar->setSubtitle(parts.join(QLatin1String(", ")));
            if (m_stack->currentIndex() == 1)
                showEmpty();
            m_backTimer.stop();
            if (m_standing.nextBackAt) {
                constexpr std::chrono::milliseconds least(1000);
                constexpr std::chrono::milliseconds most = std::chrono::hours(24); // a timer counts in 32 bits
                const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*m_standing.nextBackAt
                                                                                        - m_context.workspace.clock().now());
                m_backTimer.start(std::clamp(left, least, most));
            }
        });
    });
}

void InboxPage::failedToRead(const Error& error) { m_context.tell.failed(error, tr("The inbox could not be read.")); }

void InboxPage::read() {
    m_stale = false;
    const int generation = ++m_generation;
    m_readingMore = false;
    readCounts();
    deliver(m_context.workspace.leads().statuses(), this, [this, generation](Result<std::vector<Status>> statuses) {
        if (generation != m_generation)
            return;
        if (statuses)
            m_statuses = std::move(*statuses);
        if (listsConversations())
            readConversations(generation);
        else if (m_tab == tab::review)
            readReview(generation);
        else
            readAutomatic(generation);
    });
}

// As many as are shown, when they are read again.
void InboxPage::readConversations(int generation) {
    m_sends.clear();
    m_messages.clear();
    if (!m_words.isEmpty()) {
        deliver(m_context.workspace.conversations().search(m_words.toStdString(), mostFound), this,
                [this, generation](Result<std::vector<Conversation>> found) {
                    if (generation != m_generation)
                        return;
                    if (!found) {
                        failedToRead(found.error());
                        return;
                    }
                    m_conversations = std::move(*found);
                    m_next.reset();
                    fill();
                });
        return;
    }
    const int wanted = std::max(pageSize, m_list->count());
    deliver(m_context.workspace.conversations().list(standingOf(m_tab), std::nullopt, wanted), this,
            [this, generation](Result<ConversationPage> page) {
                if (generation != m_generation)
                    return;
                if (!page) {
                    failedToRead(page.error());
                    return;
                }
                m_conversations = std::move(page->rows);
                m_next = page->next;
                fill();
            });
}

void InboxPage::readMore() {
    if (!m_next || m_readingMore || !m_words.isEmpty())
        return;
    m_readingMore = true;
    deliver(m_context.workspace.conversations().list(standingOf(m_tab), m_next, pageSize), this,
            [this, generation = m_generation](Result<ConversationPage> page) {
                if (generation != m_generation)
                    return;
                m_readingMore = false;
                if (!page) {
                    failedToRead(page.error());
                    return;
                }
                const text::Dates dates = m_context.dates();
                std::vector<ListRow> rows;
                for (Conversation& one : page->rows) {
                    rows.push_back(rowOf(one, dates));
                    m_conversations.push_back(std::move(one));
                }
                m_next = page->next;
                m_list->addRows(std::move(rows));
            });
}

void InboxPage::readReview(int generation) {
    m_conversations.clear();
    m_next.reset();
    deliver(m_context.workspace.outbox().list({OutboxState::Unknown}, mostListed), this,
            [this, generation](Result<std::vector<OutboxRow>> rows) {
                if (generation != m_generation)
                    return;
                if (!rows) {
                    failedToRead(rows.error());
                    return;
                }
                m_sends = std::move(*rows);
                deliver(m_context.workspace.inbox().list(MessageClass::Other, false, mostListed), this,
                        [this, generation](Result<std::vector<InboxItem>> items) {
                            if (generation != m_generation)
                                return;
                            if (!items) {
                                failedToRead(items.error());
                                return;
                            }
                            m_messages = std::move(*items);
                            fill();
                        });
            });
}

void InboxPage::readAutomatic(int generation) {
    m_conversations.clear();
    m_next.reset();
    m_sends.clear();
    deliver(
        m_context.workspace.inbox().list(std::vector{MessageClass::AutoReply, MessageClass::Bounce}, std::nullopt, mostAutomatic),
        this, [this, generation](Result<std::vector<InboxItem>> items) {
            if (generation != m_generation)
                return;
            if (!items) {
                failedToRead(items.error());
                return;
            }
            m_messages = std::move(*items);
            fill();
        });
}

ListRow InboxPage::rowOf(const Conversation& one, const text::Dates& dates) const {
    ListRow row{.kind = ListRow::Kind::Conversation,
                .id = one.lead.value,
                .unread = one.unread > 0,
                .title = toQt(one.leadName),
                .company = toQt(one.companyName),
                .when = dates.brief(one.tab == ConversationTab::Waiting ? one.lastAt : one.last.at),
                .line = firstWords(one.last)};
    row.chip = standingChip(one, !m_words.isEmpty(), dates);
    if (row.chip.text.isEmpty() && one.tab == ConversationTab::Done) {
        const auto status =
            std::find_if(m_statuses.begin(), m_statuses.end(), [&one](const Status& s) { return s.id == one.leadStatus; });
        if (status != m_statuses.end())
            row.chip = paint::standingChip(*status, Reach::Ok);
    }
    return row;
}

ListRow InboxPage::rowOf(const InboxItem& item, const text::Dates& dates) const {
    ListRow row{.id = item.message.id.value,
                .unread = !item.message.handled,
                .title = senderOf(item),
                .company = toQt(item.companyName),
                .when = dates.brief(item.message.at),
                .line = firstWords(item.message)};
    if (item.message.messageClass == MessageClass::Bounce && !item.reason.empty())
        row.line = toQt(item.reason).simplified();
    row.chip = effectChip(item, dates);
    if (m_tab == tab::review && item.message.lead)
        row.line = tr("%1: %2").arg(isolated(writerOf(item.message)), row.line);
    return row;
}

void InboxPage::fill() {
    const text::Dates dates = m_context.dates();
    std::vector<ListRow> rows;
    if (!m_sends.empty())
        rows.push_back(heading(1, tr("Needs your word"), m_sends.size()));
    for (const OutboxRow& send : m_sends)
        rows.push_back({.kind = ListRow::Kind::Send,
                        .id = send.item.id.value,
                        .unread = true,
                        .warn = true,
                        .title = toQt(send.leadName),
                        .company = toQt(send.companyName),
                        .when = dates.brief(send.item.earliestAt),
                        .line = unknownSentence(send)});
    for (const Conversation& one : m_conversations)
        rows.push_back(rowOf(one, dates));
    // Whose it may be first: most of it is somebody answering for somebody else. Absences before what came back.
    const auto isFirst = [this](const InboxItem& item) {
        return m_tab == tab::review ? bool(item.message.lead) : item.message.messageClass == MessageClass::AutoReply;
    };
    for (const bool first : {true, false}) {
        std::vector<ListRow> group;
        for (const InboxItem& item : m_messages) {
            if (isFirst(item) == first)
                group.push_back(rowOf(item, dates));
        }
        if (group.empty())
            continue;
        const QString title = m_tab == tab::review ? (first ? tr("From another address") : tr("Matches nobody"))
                                                   : (first ? tr("Out of office") : tr("Bounces"));
        rows.push_back(heading(first ? 2 : 3, title, group.size()));
        std::move(group.begin(), group.end(), std::back_inserter(rows));
    }
    const bool empty = rows.empty();
    const QWidget* focus = QApplication::focusWidget();
    const bool hadFocus = m_list->hasFocus() || m_tabs->isAncestorOf(focus) || m_empty->isAncestorOf(focus);
    if (empty)
        showEmpty();
    m_stack->setCurrentIndex(empty ? 1 : 0);
    m_list->setRows(std::move(rows));
    if (hadFocus && !empty)
        m_list->setFocus(Qt::OtherFocusReason);
    else if (hadFocus)
        focusTabs();
}

void InboxPage::showEmpty() {
    const text::Dates dates = m_context.dates();
    if (!m_words.isEmpty()) {
        m_empty->setText(tr("Nothing found"),
                         tr("No conversation has %1 in a name, a company or its words.").arg(isolated(m_words)));
    } else if (m_tab == tab::answer) {
        QString sentence = tr("Answers appear here as soon as they are read. The strategy of who answers stops by itself.");
        if (m_counts.lastReplyAt && m_counts.readAt)
            sentence = tr("The last one came %1. Mail was read %2.")
                           .arg(dates.moment(*m_counts.lastReplyAt), dates.moment(*m_counts.readAt));
        m_empty->setText(tr("No replies waiting"), sentence);
    } else if (m_tab == tab::snoozed) {
        m_empty->setText(tr("Nothing snoozed"),
                         tr("What you put off waits here, and is back among what is to answer at its time, "
                            "or when they write again."));
    } else if (m_tab == tab::waiting) {
        m_empty->setText(tr("No answer awaited"), tr("Whom you have answered is here until they write again."));
    } else if (m_tab == tab::review) {
        m_empty->setText(tr("Nothing to review"), tr("Every message's fate is known, and all mail belongs to somebody."));
    } else if (m_tab == tab::automatic) {
        m_empty->setText(tr("Nobody away, nothing came back"),
                         tr("When somebody is away, their next step waits for the day they are back. An address that does not "
                            "exist is suppressed. Both happen by themselves, and the mail is kept here."));
    } else {
        m_empty->setText(tr("Nothing handled yet"), tr("Replies you have dealt with are kept here."));
    }
}

} // namespace outrider::inbox
