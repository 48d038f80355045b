// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/inbox_service.h"

#include "core/inbound/diagnosis.h"
#include "core/inbound/inbound_flow.h"
#include "core/services/inbox_watcher.h"
#include "core/services/mailbox_reader.h"
#include "core/services/service_context.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <mutex>
#include <thread>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr std::size_t mostAtOnce = 8; // mailboxes read side by side

InboxItem itemOf(InboxRow&& row) {
    InboxItem item{.message = std::move(row.message),
                   .leadName = std::move(row.leadName),
                   .companyName = std::move(row.companyName),
                   .leadStatus = row.leadStatus,
                   .suppressed = row.suppressed};
    if (item.message.messageClass == MessageClass::AutoReply) {
        if (const auto back = parseIso8601(row.effect))
            item.returnsOn = std::chrono::floor<std::chrono::days>(*back);
    } else {
        item.reason = std::move(row.effect);
    }
    return item;
}

Result<Message> inboundMessage(WriteContext& write, MessageId id) {
    auto message = MessageRepository(write.db).find(id);
    if (!message || message->direction != Direction::Inbound)
        return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
    if (const auto lead = LeadRepository(write.db).find(message->lead))
        write.describe(displayName(*lead));
    return std::move(*message);
}

// Every mailbox on a thread of its own: one that answers slowly keeps none of the others waiting.
FetchReport fetchAll(ServiceContext& context, const std::vector<Mailbox>& mailboxes, const Progress& progress) {
    FetchReport all;
    std::mutex adding;
    const auto fetchOne = [&](const Mailbox& mailbox) {
        FetchReport one;
        MailboxReader(context, mailbox).read(progress, one);
        const std::lock_guard lock(adding);
        ++all.mailboxes;
        all.fetched += one.fetched;
        all.replies += one.replies;
        all.bounces += one.bounces;
        all.autoReplies += one.autoReplies;
        all.optOuts += one.optOuts;
        all.other += one.other;
        all.sentElsewhere += one.sentElsewhere;
        if (!one.errors.empty() && all.unread.empty())
            all.unread = mailbox.address;
        all.errors.insert(all.errors.end(), one.errors.begin(), one.errors.end());
    };
    std::vector<const Mailbox*> read;
    for (const Mailbox& mailbox : mailboxes) {
        if (mailbox.state != MailboxState::Paused && isReadable(mailbox))
            read.push_back(&mailbox);
    }
    if (context.environment().workers == WorkerMode::Inline || read.size() < 2) {
        for (const Mailbox* mailbox : read) {
            if (!progress.cancelled())
                fetchOne(*mailbox);
        }
        return all;
    }
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> lanes;
    for (std::size_t i = 0; i < std::min(read.size(), mostAtOnce); ++i) {
        lanes.emplace_back([&] {
            for (std::size_t mine = next++; mine < read.size() && !progress.cancelled(); mine = next++)
                fetchOne(*read[mine]);
        });
    }
    for (std::thread& lane : lanes)
        lane.join();
    return all;
}

} // namespace

ClassifiedMail classifyMail(std::string_view raw) {
    const inbound::IncomingMail mail = inbound::readIncoming(raw, Instant{}, {});
    const inbound::Classification& judged = mail.classification;
    return {.messageClass = judged.messageClass,
            .hard = judged.hard,
            .reason = judged.reason,
            .recipient = judged.recipient,
            .originalMessageId = judged.originalMessageId,
            .kind = judged.messageClass == MessageClass::Bounce
                        ? std::string(name(inbound::kindOf(judged.hard.value_or(false), judged.reason)))
                        : std::string(),
            .returnDate = judged.returnDate ? toIsoDate(*judged.returnDate) : std::string(),
            .contact = judged.contact,
            .replyText = mail.message.text,
            .rule = judged.rule,
            .evidence = judged.evidence};
}

InboxService::InboxService(ServiceContext& context)
    : m_context(context),
      m_worker(std::make_unique<Worker>("inbox", context.environment().workers)) {}

InboxService::~InboxService() = default;

QFuture<Result<FetchReport>> InboxService::fetch(ProgressPtr progress) {
    return m_worker->run([this, progress]() -> Result<FetchReport> {
        const ProgressPtr shown = progress ? progress : std::make_shared<Progress>();
        shown->setPhase(Progress::Phase::Receiving);
        OUTRIDER_ASSIGN(const std::vector<Mailbox> mailboxes,
                        wait(m_context.store().read(
                            [](ReadContext& r) -> Result<std::vector<Mailbox>> { return MailboxRepository(r.db).all(); })));
        return fetchAll(m_context, mailboxes, *shown);
    });
}

QFuture<Result<std::vector<InboxItem>>> InboxService::list(MessageClass messageClass, std::optional<bool> handled, int limit) {
    return list(std::vector{messageClass}, handled, limit);
}

QFuture<Result<std::vector<InboxItem>>> InboxService::list(std::vector<MessageClass> classes, std::optional<bool> handled,
                                                           int limit) {
    return m_context.store().read([classes = std::move(classes), handled,
                                   limit](ReadContext& r) -> Result<std::vector<InboxItem>> {
        std::vector<InboxItem> items;
        for (const MessageClass messageClass : classes) {
            const auto middle = std::ptrdiff_t(items.size());
            for (InboxRow& row : MessageRepository(r.db).inbox(messageClass, handled, limit))
                items.push_back(itemOf(std::move(row)));
            std::inplace_merge(items.begin(), items.begin() + middle, items.end(), [](const InboxItem& a, const InboxItem& b) {
                return std::pair(a.message.at, a.message.id) > std::pair(b.message.at, b.message.id);
            });
        }
        if (items.size() > std::size_t(limit))
            items.erase(items.begin() + limit, items.end());
        return items;
    });
}

QFuture<Result<InboxCounts>> InboxService::counts() {
    return m_context.store().read([&context = m_context](ReadContext& r) -> Result<InboxCounts> {
        MessageRepository messages(r.db);
        InboxCounts counts{.replies = messages.countUnhandled(MessageClass::Reply),
                           .unknownSends = OutboxRepository(r.db).counts(context.today().start).unknown,
                           .unmatched = messages.countUnhandled(MessageClass::Other),
                           .lastReplyAt = messages.lastInbound(MessageClass::Reply)};
        for (const Mailbox& mailbox : MailboxRepository(r.db).all())
            counts.readAt = std::max(counts.readAt, mailbox.fetchedAt);
        return counts;
    });
}

QFuture<Result<std::vector<Message>>> InboxService::conversation(LeadId lead, int limit) {
    return m_context.store().read(
        [lead, limit](ReadContext& r) -> Result<std::vector<Message>> { return MessageRepository(r.db).ofLead(lead, limit); });
}

QFuture<Result<std::string>> InboxService::raw(MessageId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<std::string> { return MessageRepository(r.db).raw(id); });
}

QFuture<Result<>> InboxService::setHandled(MessageId id, bool handled) {
    return m_context.store().write(m_context.action("inbox.handle"), [id, handled](WriteContext& write) -> Result<> {
        OUTRIDER_TRY(inboundMessage(write, id));
        MessageRepository(write.db).setHandled(write, id, handled);
        return {};
    });
}

QFuture<Result<>> InboxService::match(MessageId id, LeadId lead) {
    return m_context.store().write(
        m_context.action("inbox.match"), [&context = m_context, id, lead](WriteContext& write) -> Result<> {
            const auto message = MessageRepository(write.db).find(id);
            if (!message || message->direction != Direction::Inbound)
                return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
            const auto found = LeadRepository(write.db).find(lead);
            if (!found)
                return fail(ErrorCode::NotFound, "lead " + std::to_string(lead.value));
            write.describe(displayName(*found));
            const auto surroundings = context.surroundings();
            MessageRepository(write.db).setHandled(write, id, false);
            return inbound::InboundFlow(write, surroundings, context.random()).applyAsReply(*message, lead);
        });
}

void InboxService::start() {
    if (!m_watcher)
        m_watcher = std::make_unique<InboxWatcher>(m_context);
}

void InboxService::stop() { m_watcher.reset(); }

void InboxService::wake() {
    if (m_watcher)
        m_watcher->wake();
}

} // namespace outrider
