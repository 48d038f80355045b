// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/send_engine.h"

#include "core/base/log.h"
#include "core/base/worker.h"
#include "core/outreach/send_flow.h"
#include "core/services/service_context.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"

#include <algorithm>
#include <atomic>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr auto longestPause = std::chrono::seconds(30);
constexpr int messagesARound = 100; // then the limits, the switch and the other mailboxes are looked at again

} // namespace

namespace {

// Some servers file what they took themselves: a message found there was sent, whatever became of the answer.
void reconcileUnknown(ServiceContext& context, const Mailbox& mailbox, const Progress& progress) {
    const auto unknown = wait(context.store().read([&](ReadContext& r) -> Result<std::vector<OutboxItem>> {
        std::vector<OutboxItem> items;
        for (OutboxRow& row : OutboxRepository(r.db).list({OutboxState::Unknown}, messagesARound)) {
            if (row.item.mailbox == mailbox.id)
                items.push_back(std::move(row.item));
        }
        return items;
    }));
    if (!unknown)
        return;
    for (const OutboxItem& item : *unknown) {
        const auto found = context.mail().isInSent(mailbox, item.messageIdHeader, progress);
        if (!found)
            return; // this server cannot tell, or not now
        if (!*found)
            continue;
        const auto surroundings = context.surroundings();
        ActionInfo action = context.action("send", item.recipient);
        action.origin = Origin::Engine;
        action.undoable = false;
        const auto settled = wait(context.store().write(std::move(action), [&](WriteContext& write) -> Result<> {
            const auto now = OutboxRepository(write.db).find(item.id);
            if (now && now->state == OutboxState::Unknown)
                outreach::SendFlow(write, surroundings).sent(*now, "found among the sent mail");
            return {};
        }));
        if (!settled)
            return;
    }
}

} // namespace

outreach::Sender::Report sendFrom(ServiceContext& context, const Mailbox& mailbox, int max, const Progress& progress) {
    reconcileUnknown(context, mailbox, progress);
    const auto transport = context.mail().transport(mailbox);
    outreach::Sender sender(context.store(), [&context] { return context.surroundings(); });
    auto report = sender.run(mailbox.id, *transport, max, progress);
    if (!report.copies.empty()) {
        if (const auto filed = context.mail().fileCopies(mailbox, report.copies, progress); !filed)
            qCWarning(logSend, "no copies were filed for mailbox %lld: %s", static_cast<long long>(mailbox.id.value),
                      std::string(name(filed.error().code)).c_str());
    }
    return report;
}

struct SendEngine::Lane {
    explicit Lane(MailboxId id) : worker("send " + std::to_string(id.value % 1000)) {}
    std::atomic<bool> busy = false;
    Worker worker;
};

SendEngine::SendEngine(ServiceContext& context) : m_context(context), m_thread([this] { loop(); }) {}

SendEngine::~SendEngine() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_progress.cancel();
    }
    m_wake.notify_all();
    m_thread.join();
    m_lanes.clear();
}

void SendEngine::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_wake.notify_all();
}

void SendEngine::loop() {
    for (;;) {
        const Millis pause = look();
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, pause, [this] { return m_stopping || m_woken; });
        m_woken = false;
        if (m_stopping)
            return;
    }
}

Millis SendEngine::look() {
    struct Due {
        Mailbox mailbox;
        std::optional<Instant> at;
    };
    const auto due = wait(m_context.store().read([](ReadContext& r) -> Result<std::vector<Due>> {
        std::vector<Due> all;
        for (Mailbox& mailbox : MailboxRepository(r.db).all()) {
            const auto at = OutboxRepository(r.db).nextDue(mailbox.id);
            all.push_back({std::move(mailbox), at});
        }
        return all;
    }));
    if (!due)
        return longestPause;
    const Instant now = m_context.clock().now();
    Millis pause = longestPause;
    for (const Due& one : *due) {
        if (one.mailbox.state != MailboxState::Active || !one.at)
            continue;
        if (*one.at > now) {
            pause = std::min(pause, std::max<Millis>(*one.at - now, Millis(50)));
            continue;
        }
        auto& lane = m_lanes[one.mailbox.id];
        if (!lane)
            lane = std::make_unique<Lane>(one.mailbox.id);
        if (lane->busy.exchange(true))
            continue;
        lane->worker.post([this, mailbox = one.mailbox, lane = lane.get()] {
            const auto report = sendFrom(m_context, mailbox, messagesARound, m_progress);
            lane->busy = false;
            if (report.sent + report.refused + report.unknown > 0)
                wake(); // there may be more
        });
    }
    return pause;
}

} // namespace outrider
