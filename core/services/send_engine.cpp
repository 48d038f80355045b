// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/send_engine.h"

#include "core/base/log.h"
#include "core/base/worker.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/send_gate.h"
#include "core/services/service_context.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/phone_delivery_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/suppression_repository.h"

#include <algorithm>
#include <atomic>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr auto firstLook = std::chrono::seconds(30); // for what became of a message, then twice as long each time
constexpr auto lastLook = std::chrono::minutes(15);
constexpr auto longestPause = std::chrono::seconds(30);
constexpr int statusesARound = 50;
constexpr int mostStatusAsks = 16;
constexpr Millis lastStatusPause = std::chrono::hours(4);
constexpr int optedOutCode = 21610; // also said afterwards
constexpr int messagesARound = 100; // then the limits, the switch and the other mailboxes are looked at again

} // namespace

namespace {

// Asking some providers repeats the request: then what would keep the message from leaving keeps it from being asked
// about, and so does time.
bool mayRepeat(ReadContext& r, const OutboxItem& item, Millis safeFor) {
    const auto lead = LeadRepository(r.db).find(item.lead);
    return SettingRepository(r.db).get("send.held") != "true" && SendFence::lets(r.db, item.id) && lead && !lead->trashedAt
           && outreach::isReachable(lead->reach, item.channel) && !SuppressionRepository(r.db).forEmail(item.recipientKey)
           && OutboxRepository(r.db).lastHandedOver(item, r.now - safeFor);
}

Result<> settleByFate(ServiceContext& context, const OutboxItem& item, const transport::FateReport& fate) {
    if (fate.fate == transport::Fate::Unknown)
        return {};
    const auto surroundings = context.surroundings();
    ActionInfo action = context.action(fate.fate == transport::Fate::Sent ? "send" : "outbox.resolve", item.recipient);
    action.origin = Origin::Engine;
    action.undoable = false;
    return wait(context.store().write(std::move(action), [&](WriteContext& write) -> Result<> {
        OutboxRepository outbox(write.db);
        const auto now = outbox.find(item.id);
        if (!now || now->state != OutboxState::Unknown)
            return {};
        if (fate.fate == transport::Fate::NotSent) {
            outbox.unclaim(write, item.id, WaitReason::None, write.now);
            return {};
        }
        outreach::SendFlow(write, surroundings).sent(*now, fate.what);
        if (now->channel == Channel::Sms)
            PhoneDeliveryRepository(write.db).insert(write, now->id, fate.messageId, write.now);
        else if (!fate.messageId.empty())
            MessageRepository(write.db).addAlias(write, now->message, fate.messageId);
        return {};
    }));
}

struct InDoubt {
    OutboxItem item;
    std::optional<Instant> handedOver;
};

// How a text message fared that the provider has taken, until that is settled or nobody knows after a day or so.
void askAfter(ServiceContext& context, const Mailbox& line, const Progress& progress) {
    if (!isPhoneLine(line.account) || line.state == MailboxState::NeedsAttention)
        return;
    const auto due = wait(context.store().read([&](ReadContext& r) -> Result<std::vector<PhoneDelivery>> {
        return PhoneDeliveryRepository(r.db).due(line.id, r.now, statusesARound);
    }));
    if (!due || due->empty())
        return;
    std::vector<std::string> sids;
    for (const PhoneDelivery& one : *due)
        sids.push_back(one.sid);
    const auto surroundings = context.surroundings();
    const auto keep = [&](const PhoneDelivery& one, const transport::PhoneStatus& status) {
        const bool over = transport::isOver(status) || one.asked + 1 >= mostStatusAsks;
        return wait(context.store().writeSilently([&](WriteContext& write) -> Result<> {
            const Millis pause = std::min<Millis>(firstLook * (std::int64_t(1) << std::min(one.asked, 10)), lastStatusPause);
            PhoneDeliveryRepository(write.db).asked(write, one.outbox, status.status,
                                                    over ? std::nullopt : std::optional(write.now + pause));
            const auto item = transport::hasFailed(status) ? OutboxRepository(write.db).find(one.outbox) : std::nullopt;
            if (item)
                outreach::SendFlow(write, surroundings)
                    .undelivered(*item, status.errorCode == optedOutCode,
                                 status.status + (status.errorCode != 0 ? " " + std::to_string(status.errorCode) : ""));
            return {};
        }));
    };
    std::size_t told = 0;
    const auto asked =
        context.mail().messageStatuses(line, sids, progress, [&](std::size_t i, const transport::PhoneStatus& status) {
            told = i + 1;
            return keep((*due)[i], status);
        });
    if (asked || progress.cancelled())
        return;
    for (; told < due->size(); ++told) { // later, then
        if (!keep((*due)[told], {.status = (*due)[told].status}))
            return;
    }
}

} // namespace

int reconcileUnknown(ServiceContext& context, const Mailbox& mailbox, const Progress& progress) {
    const auto repeats = context.mail().repeatsFor(mailbox);
    if (mailbox.state == MailboxState::NeedsAttention || (repeats && mailbox.state != MailboxState::Active))
        return 0;
    const auto unknown = wait(context.store().read([&](ReadContext& r) -> Result<std::vector<InDoubt>> {
        std::vector<InDoubt> items;
        for (OutboxRow& row : OutboxRepository(r.db).list({OutboxState::Unknown}, messagesARound)) {
            if (row.item.mailbox == mailbox.id && (!repeats || mayRepeat(r, row.item, *repeats)))
                items.push_back({std::move(row.item), {}});
        }
        for (InDoubt& one : items) {
            one.item.raw = MessageRepository(r.db).raw(one.item.message);
            one.handedOver = OutboxRepository(r.db).lastHandedOver(one.item, Instant{});
        }
        return items;
    }));
    if (!unknown)
        return 0;
    int sent = 0;
    for (const auto& [item, handedOver] : *unknown) {
        const auto isAnothers = [&context, id = item.id](std::string_view name) {
            const auto known = wait(context.store().read(
                [&](ReadContext& r) -> Result<bool> { return PhoneDeliveryRepository(r.db).isAnothers(name, id); }));
            return !known || *known;
        };
        const auto fate = context.mail().fateOf(mailbox,
                                                {.sender = mailbox.address,
                                                 .recipient = item.recipient,
                                                 .raw = item.raw,
                                                 .messageId = item.messageIdHeader,
                                                 .trackingId = trackingIdOf(item.messageIdHeader),
                                                 .idempotencyKey = item.idempotencyKey,
                                                 .reference = item.providerRef,
                                                 .handedOver = handedOver,
                                                 .isAnothers = isAnothers},
                                                progress);
        if (!fate || !settleByFate(context, item, *fate))
            return sent; // nobody can tell, or not now
        sent += fate->fate == transport::Fate::Sent ? 1 : 0;
    }
    return sent;
}

outreach::Sender::Report sendFrom(ServiceContext& context, const Mailbox& mailbox, int max, const Progress& progress) {
    reconcileUnknown(context, mailbox, progress);
    askAfter(context, mailbox, progress);
    const auto transport = context.mail().transport(mailbox);
    outreach::Sender sender(context.store(), [&context] { return context.surroundings(); });
    auto report = sender.run(mailbox.id, *transport, max, progress);
    if (!report.copies.empty() && !isPhoneLine(mailbox.account)) {
        if (const auto filed = context.mail().fileCopies(mailbox, report.copies, progress); !filed)
            qCWarning(logSend, "no copies were filed for mailbox %lld: %s", static_cast<long long>(mailbox.id.value),
                      std::string(name(filed.error().code)).c_str());
    }
    return report;
}

struct SendEngine::Lane {
    explicit Lane(MailboxId id) : worker("send " + std::to_string(id.value % 1000)) {}
    std::atomic<bool> busy = false;
    std::optional<Instant> lookAt; // of the loop's thread: when to ask again for what is unknown
    Millis pause = firstLook;
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
        bool unknown = false; // messages whose answer was lost
    };
    const auto due = wait(m_context.store().read([](ReadContext& r) -> Result<std::vector<Due>> {
        std::vector<Due> all;
        const auto unknown = OutboxRepository(r.db).list({OutboxState::Unknown}, messagesARound);
        for (Mailbox& mailbox : MailboxRepository(r.db).all()) {
            auto at = OutboxRepository(r.db).nextDue(mailbox.id);
            if (const auto asks = isPhoneLine(mailbox.account) ? PhoneDeliveryRepository(r.db).nextDue(mailbox.id) : std::nullopt)
                at = at ? std::min(*at, *asks) : asks;
            const bool open =
                std::any_of(unknown.begin(), unknown.end(), [&](const OutboxRow& row) { return row.item.mailbox == mailbox.id; });
            all.push_back({std::move(mailbox), at, open});
        }
        return all;
    }));
    if (!due)
        return longestPause;
    const Instant now = m_context.clock().now();
    Millis pause = longestPause;
    for (const Due& one : *due) {
        if (one.mailbox.state != MailboxState::Active || (!one.at && !one.unknown))
            continue;
        auto& lane = m_lanes[one.mailbox.id];
        if (!lane)
            lane = std::make_unique<Lane>(one.mailbox.id);
        const bool isDue = one.at && *one.at <= now;
        if (!one.unknown) {
            lane->lookAt.reset();
            lane->pause = firstLook;
        } else if (!lane->lookAt) {
            lane->lookAt = now + lane->pause; // what was just sent may not be filed yet
        }
        const bool asks = lane->lookAt && *lane->lookAt <= now;
        if (!isDue && !asks) {
            for (const auto& at : {one.at, lane->lookAt}) {
                if (at)
                    pause = std::min(pause, std::max<Millis>(*at - now, Millis(50)));
            }
            continue;
        }
        if (lane->busy.exchange(true))
            continue;
        if (asks) {
            lane->pause = std::min<Millis>(lane->pause * 2, lastLook);
            lane->lookAt = now + lane->pause;
        }
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
