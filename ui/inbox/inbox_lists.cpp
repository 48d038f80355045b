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

constexpr int mostListed = 1000;
constexpr int mostDone = 200;

const std::vector<QString> tabOrder{tab::replies, tab::review, tab::away, tab::bounces, tab::done};

std::vector<MessageClass> classesOf(const QString& id) {
    if (id == tab::review)
        return {MessageClass::Other};
    if (id == tab::away)
        return {MessageClass::AutoReply};
    if (id == tab::bounces)
        return {MessageClass::Bounce};
    if (id == tab::done)
        return {MessageClass::Reply, MessageClass::OptOut};
    return {MessageClass::Reply};
}

// Replies and what is to be reviewed wait for the person; the rest has been dealt with.
bool waitsForPerson(const QString& id) { return id == tab::replies || id == tab::review; }

ListRow heading(int id, const QString& title, std::size_t count) {
    return {.kind = ListRow::Kind::Heading, .id = id, .title = title, .line = QLocale().toString(qulonglong(count))};
}

} // namespace

void InboxPage::chooseTab(const QString& id) {
    if (m_tab == id)
        return;
    m_tab = id;
    m_tabs->setCurrent(id);
    m_list->setRows({});
    read();
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

void InboxPage::showTabs() {
    const auto number = [](int n) { return n > 0 ? QLocale().toString(n) : QString(); };
    m_tabs->setTabs({{.id = tab::replies, .label = tr("Replies"), .count = number(m_counts.replies)},
                     {.id = tab::review,
                      .label = tr("To review"),
                      .count = number(m_counts.unknownSends + m_counts.unmatched),
                      .changed = m_counts.unknownSends > 0},
                     {.id = tab::away, .label = tr("Auto-replies")},
                     {.id = tab::bounces, .label = tr("Bounces")},
                     {.id = tab::done, .label = tr("Done")}});
    m_tabs->setCurrent(m_tab);
}

void InboxPage::readCounts() {
    deliver(m_context.workspace.inbox().counts(), this, [this](Result<InboxCounts> counts) {
        if (!counts)
            return;
        m_counts = *counts;
        showTabs();
        QStringList parts{text::counted(counts->replies, tr("reply waits"), tr("replies wait"))};
        if (counts->unknownSends > 0)
            parts.append(text::counted(counts->unknownSends, tr("send to settle"), tr("sends to settle")));
        m_toolbar->setSubtitle(parts.join(QLatin1String(", ")));
        if (m_stack->currentIndex() == 1)
            showEmpty();
    });
}

void InboxPage::failedToRead(const Error& error) { m_context.tell.failed(error, tr("The inbox could not be read.")); }

void InboxPage::read() {
    m_stale = false;
    const int generation = ++m_generation;
    readCounts();
    deliver(m_context.workspace.leads().statuses(), this, [this, generation](Result<std::vector<Status>> statuses) {
        if (generation != m_generation)
            return;
        if (statuses)
            m_statuses = std::move(*statuses);
        if (m_tab != tab::review) {
            m_sends.clear();
            readMessages(generation);
            return;
        }
        deliver(m_context.workspace.outbox().list({OutboxState::Unknown}, mostListed), this,
                [this, generation](Result<std::vector<OutboxRow>> rows) {
                    if (generation != m_generation)
                        return;
                    if (!rows) {
                        failedToRead(rows.error());
                        return;
                    }
                    m_sends = std::move(*rows);
                    readMessages(generation);
                });
    });
}

void InboxPage::readMessages(int generation) {
    const bool handled = !waitsForPerson(m_tab);
    deliver(m_context.workspace.inbox().list(classesOf(m_tab), handled, handled ? mostDone : mostListed), this,
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
    if (m_tab == tab::done && row.chip.text.isEmpty()) {
        const auto status =
            std::find_if(m_statuses.begin(), m_statuses.end(), [&item](const Status& s) { return s.id == item.leadStatus; });
        if (status != m_statuses.end())
            row.chip = paint::standingChip(*status, Reach::Ok);
    }
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
    if (m_tab == tab::review) {
        // Whose it may be first: most of it is somebody answering for somebody else.
        for (const bool known : {true, false}) {
            std::vector<ListRow> group;
            for (const InboxItem& item : m_messages) {
                if (bool(item.message.lead) == known)
                    group.push_back(rowOf(item, dates));
            }
            if (!group.empty())
                rows.push_back(heading(known ? 2 : 3, known ? tr("From another address") : tr("Matches nobody"), group.size()));
            std::move(group.begin(), group.end(), std::back_inserter(rows));
        }
    } else {
        for (const InboxItem& item : m_messages)
            rows.push_back(rowOf(item, dates));
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
    if (m_tab == tab::replies) {
        QString sentence = tr("Answers appear here as soon as they are read. The strategy of who answers stops by itself.");
        if (m_counts.lastReplyAt && m_counts.readAt)
            sentence = tr("The last one came %1. Mail was read %2.")
                           .arg(dates.moment(*m_counts.lastReplyAt), dates.moment(*m_counts.readAt));
        m_empty->setText(tr("No replies waiting"), sentence);
    } else if (m_tab == tab::review) {
        m_empty->setText(tr("Nothing to review"), tr("Every message's fate is known, and all mail belongs to somebody."));
    } else if (m_tab == tab::away) {
        m_empty->setText(tr("Nobody is away"), tr("When somebody's mail says they are away, their next step waits until they are "
                                                  "back, and the mail is kept here."));
    } else if (m_tab == tab::bounces) {
        m_empty->setText(tr("Nothing came back"),
                         tr("Mail that could not be delivered is kept here. An address that does not exist "
                            "is suppressed by itself."));
    } else {
        m_empty->setText(tr("Nothing handled yet"), tr("Replies you have dealt with are kept here."));
    }
}

} // namespace outrider::inbox
