// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/indicators.h"

#include "core/base/deliver.h"
#include "core/domain/mailbox_pause.h"
#include "core/services/mail_history_service.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_bar.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QLocale>

#include <algorithm>

namespace outrider::shell {

namespace {

constexpr int soonMs = 120;
constexpr int minuteMs = 60'000;
constexpr int offlineLook = 20; // how many messages are asked why they wait

// "Skipped Ada" within a sentence: "skipped Ada". A name at the front is isolated and stays.
QString inSentence(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toLower();
    return text;
}

} // namespace

Indicators::Indicators(const frame::Context& context, Rail& rail, StatusBar& statusBar, QObject* parent)
    : QObject(parent),
      m_context(context),
      m_rail(rail),
      m_statusBar(statusBar) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &Indicators::read);
    m_minute.setInterval(minuteMs);
    connect(&m_minute, &QTimer::timeout, this, &Indicators::refresh);
    m_minute.start();
    connect(&context.workspace, &Workspace::changed, this, &Indicators::note);
    const bool practice = context.workspace.isPractice();
    m_statusBar.setFile(practice ? theme::Icon::Shield : theme::Icon::Lock,
                        practice                         ? tr("Practice, nothing leaves this computer")
                        : context.workspace.isReadOnly() ? tr("Encrypted, read-only")
                                                         : tr("Encrypted"));
}

void Indicators::refresh() {
    m_stale = {};
    read();
}

void Indicators::note(const ChangeSet& changes) {
    const auto touches = [&changes](std::initializer_list<EntityKind> kinds) {
        return std::any_of(kinds.begin(), kinds.end(), [&changes](EntityKind kind) { return changes.touches(kind); });
    };
    m_stale.today |= touches({EntityKind::Task, EntityKind::Enrolment, EntityKind::Lead});
    m_stale.inbox |= touches({EntityKind::Message, EntityKind::Outbox});
    m_stale.outbox |= touches({EntityKind::Outbox, EntityKind::Setting, EntityKind::Mailbox});
    m_stale.history |= touches({EntityKind::Action});
    m_stale.views |= touches({EntityKind::SavedView, EntityKind::Lead, EntityKind::Task, EntityKind::Tag, EntityKind::Status});
    m_stale.mailboxes |= touches({EntityKind::Mailbox, EntityKind::Message});
    if (!m_soon.isActive())
        m_soon.start();
}

void Indicators::read() {
    const Stale stale = m_stale;
    m_stale = {.today = false, .inbox = false, .outbox = false, .history = false, .views = false, .mailboxes = false};
    if (stale.today)
        readToday();
    if (stale.inbox)
        readInbox();
    if (stale.outbox)
        readOutbox();
    if (stale.history)
        readHistory();
    if (stale.views)
        readViews();
    if (stale.mailboxes) {
        readMailboxes();
        showGathering();
    }
}

void Indicators::readToday() {
    deliver(m_context.workspace.queue().today(1), this, [this](Result<Today> today) {
        if (!today)
            return;
        m_rail.model().setCount(Place::Today, today->counts.total());
        m_statusBar.setDone(today->summary.done);
    });
}

void Indicators::readInbox() {
    deliver(m_context.workspace.conversations().counts(), this, [this](Result<ConversationCounts> standing) {
        if (!standing)
            return;
        deliver(m_context.workspace.inbox().counts(), this,
                [this, toAnswer = standing->toAnswer, unread = standing->unread](Result<InboxCounts> counts) {
                    if (counts)
                        m_rail.model().setCount(Place::Inbox, toAnswer + counts->unknownSends, unread);
                });
    });
}

void Indicators::readOutbox() {
    deliver(m_context.workspace.outbox().counts(), this, [this](Result<OutboxCounts> counts) {
        if (!counts)
            return;
        m_outbox = *counts;
        m_rail.model().setCount(Place::Outbox, counts->waiting + counts->unknown);
        showOutbox();
    });
    deliver(m_context.workspace.outbox().isEverythingHeld(), this, [this](Result<bool> held) {
        if (!held)
            return;
        const bool changed = m_held != *held;
        m_held = *held;
        showOutbox();
        if (changed)
            Q_EMIT troubleChanged();
    });
    deliver(m_context.workspace.outbox().fence(), this, [this](Result<FenceReason> fence) {
        if (!fence || m_fence == *fence)
            return;
        m_fence = *fence;
        Q_EMIT troubleChanged();
    });
    deliver(m_context.workspace.outbox().list({OutboxState::Queued}, offlineLook), this,
            [this](Result<std::vector<OutboxRow>> rows) {
                if (!rows)
                    return;
                m_offline =
                    std::ranges::any_of(*rows, [](const OutboxRow& row) { return row.item.waitReason == WaitReason::Offline; });
                showOutbox();
            });
}

void Indicators::showOutbox() {
    const QString count = QLocale().toString(m_outbox.waiting);
    if (m_held) {
        m_statusBar.setOutbox(theme::Icon::Pause, m_outbox.waiting == 0 ? tr("Everything is held")
                                                                        : tr("Everything is held, %1 in outbox").arg(count));
    } else if (m_outbox.waiting == 0) {
        m_statusBar.setOutbox(theme::Icon::Send,
                              m_outbox.unknown > 0 ? tr("%1 unclear in outbox").arg(m_outbox.unknown) : tr("Outbox empty"));
    } else if (m_offline) {
        m_statusBar.setOutbox(theme::Icon::CloudOff, m_outbox.waiting == 1
                                                         ? tr("Offline. 1 message waits in the outbox")
                                                         : tr("Offline. %1 messages wait in the outbox").arg(count));
    } else if (m_outbox.nextAt) {
        const auto dates = m_context.dates();
        const QString at = dates.isToday(*m_outbox.nextAt) ? dates.time(*m_outbox.nextAt) : dates.moment(*m_outbox.nextAt);
        m_statusBar.setOutbox(theme::Icon::Send, tr("%1 in outbox, next %2").arg(count, at));
    } else {
        m_statusBar.setOutbox(theme::Icon::Send, tr("%1 in outbox").arg(count));
    }
}

void Indicators::readHistory() {
    deliver(m_context.workspace.history().next(), this, [this](Result<HistoryService::Next> next) {
        if (next)
            m_statusBar.setLast(next->undo ? inSentence(text::actionText(next->undo->action)) : QString());
    });
}

void Indicators::readViews() {
    deliver(m_context.workspace.leads().savedViews(), this, [this](Result<std::vector<LeadService::ViewWithCount>> views) {
        if (!views)
            return;
        std::vector<RailModel::View> rows;
        for (const auto& view : *views)
            rows.push_back({view.view.id, text::toQt(view.view.name), view.count});
        m_rail.model().setViews(std::move(rows));
    });
}

// Reading a mailbox's earlier mail takes its time: how far it is, and a way to stop it.
void Indicators::showGathering() {
    std::map<MailboxId, int> now;
    for (const MailHistoryService::Running& one : m_context.workspace.mailHistory().running()) {
        const auto known = m_gathering.find(one.mailbox);
        now[one.mailbox] =
            known != m_gathering.end()
                ? known->second
                : m_statusBar.startJob(tr("Earlier mail of %1").arg(text::isolated(text::toQt(one.address))), one.progress);
    }
    for (const auto& [mailbox, job] : m_gathering) {
        if (!now.contains(mailbox))
            m_statusBar.endJob(job);
    }
    m_gathering = std::move(now);
}

void Indicators::readMailboxes() {
    deliver(m_context.workspace.mailboxes().list(), this, [this](Result<std::vector<Mailbox>> mailboxes) {
        if (!mailboxes)
            return;
        std::optional<Instant> read;
        std::optional<Mailbox> attention;
        bool reads = false;
        for (const Mailbox& mailbox : *mailboxes) {
            reads = reads || !isPhoneLine(mailbox.account);
            if (mailbox.fetchedAt && (!read || *mailbox.fetchedAt > *read))
                read = mailbox.fetchedAt;
            if (needsPerson(mailbox) && !attention)
                attention = mailbox;
        }
        if (attention != m_attention) {
            m_attention = std::move(attention);
            Q_EMIT troubleChanged();
        }
        const auto dates = m_context.dates();
        m_statusBar.setMailRead(!reads                 ? QString()
                                : !read                ? tr("Mail not read yet")
                                : dates.isToday(*read) ? tr("Mail read %1").arg(dates.time(*read))
                                                       : tr("Mail read %1").arg(dates.brief(*read)));
    });
}

} // namespace outrider::shell
