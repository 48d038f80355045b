// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/change_set.h"
#include "core/domain/send_fence.h"
#include "ui/frame/context.h"

#include <QTimer>

#include <map>
#include <optional>

namespace outrider::shell {

class Rail;
class StatusBar;

// Keeps the counts of the rail and the words of the status bar true: reads again what a commit touched,
// a moment later, so that a burst of commits is one reading.
class Indicators : public QObject {
    Q_OBJECT

public:
    Indicators(const frame::Context& context, Rail& rail, StatusBar& statusBar, QObject* parent);

    void refresh(); // everything

    int waitingMessages() const { return m_outbox.waiting; }
    bool isEverythingHeld() const { return m_held; }
    FenceReason fence() const { return m_fence; }
    // A mailbox that neither sends nor reads until the person has done something.
    const std::optional<Mailbox>& needsAttention() const { return m_attention; }

Q_SIGNALS:
    void troubleChanged(); // held, or a mailbox that needs attention

private:
    void note(const ChangeSet& changes);
    void read();
    void readToday();
    void readInbox();
    void readOutbox();
    void readHistory();
    void readViews();
    void readMailboxes();
    void showOutbox();
    void showGathering();

    const frame::Context& m_context;
    Rail& m_rail;
    StatusBar& m_statusBar;
    QTimer m_soon;
    QTimer m_minute; // what depends on the time of day
    struct Stale {
        bool today = true;
        bool inbox = true;
        bool outbox = true;
        bool history = true;
        bool views = true;
        bool mailboxes = true;
    } m_stale;
    OutboxCounts m_outbox;
    bool m_held = false;
    FenceReason m_fence = FenceReason::None;
    bool m_offline = false;
    std::optional<Mailbox> m_attention;
    std::map<MailboxId, int> m_gathering; // whose earlier mail is being read: its job in the status bar
};

} // namespace outrider::shell
