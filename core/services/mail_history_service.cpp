// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mail_history_service.h"

#include "core/inbound/inbound_flow.h"
#include "core/services/history_gatherer.h"
#include "core/services/pace.h"
#include "core/services/service_context.h"
#include "core/store/repositories/mail_history_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"

namespace outrider {

using namespace outrider::store;
using inbound::IncomingMail;
using inbound::MailMatch;

namespace {

constexpr int itemsAtOnce = 25;

Result<Mailbox> mailboxOf(ServiceContext& context, MailboxId id) {
    return wait(context.store().read([id](ReadContext& r) -> Result<Mailbox> {
        auto mailbox = MailboxRepository(r.db).find(id);
        if (!mailbox)
            return fail(ErrorCode::NotFound, "mailbox " + std::to_string(id.value));
        return std::move(*mailbox);
    }));
}

// Files one of them; false: it is in the file already.
Result<bool> fileItem(WriteContext& write, const outreach::Surroundings& surroundings, Random& random, MailboxId mailbox,
                      const MailHistoryRepository::Item& item) {
    IncomingMail mail = inbound::readIncoming(item.raw, item.at, mailbox);
    if (MessageRepository(write.db).knowsHeader(mail.message.messageIdHeader))
        return false;
    inbound::InboundFlow flow(write, surroundings, random);
    if (item.messageClass == MessageClass::Own) {
        inbound::OwnMail own = inbound::findOwn(write.db, mail);
        own.lead = item.lead;
        flow.applyOwn(mail, own, true);
        return true;
    }
    MailMatch match = inbound::findMatch(write.db, mail);
    if (match.lead != item.lead) // as it was shown
        match = {.by = MailMatch::By::Address, .lead = item.lead, .sent = std::nullopt};
    OUTRIDER_TRY(flow.applyPast(mail, match));
    return true;
}

} // namespace

MailHistoryService::MailHistoryService(ServiceContext& context)
    : m_context(context),
      m_worker(std::make_unique<Worker>("mail history", context.environment().workers)) {}

MailHistoryService::~MailHistoryService() = default;

QFuture<Result<std::vector<ReadingState>>> MailHistoryService::readings() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<std::vector<ReadingState>> { return MailboxRepository(r.db).readings(); });
}

QFuture<Result<std::vector<MailHistoryPreview>>> MailHistoryService::waiting() {
    return m_context.store().read([](ReadContext& r) -> Result<std::vector<MailHistoryPreview>> {
        std::vector<MailHistoryPreview> previews;
        MailHistoryRepository histories(r.db);
        for (const MailHistory& history : histories.all()) {
            if (history.state != MailHistoryState::Reading && history.state != MailHistoryState::Ready)
                continue;
            previews.push_back(histories.preview(history, 0));
            if (const auto mailbox = MailboxRepository(r.db).find(history.mailbox))
                previews.back().address = mailbox->address;
        }
        return previews;
    });
}

QFuture<Result<MailHistoryPreview>> MailHistoryService::preview(MailboxId mailbox, int most) {
    return m_context.store().read([mailbox, most](ReadContext& r) -> Result<MailHistoryPreview> {
        MailHistoryRepository histories(r.db);
        const auto history = histories.find(mailbox);
        const auto found = MailboxRepository(r.db).find(mailbox);
        if (!history || !found)
            return fail(ErrorCode::NotFound, "earlier mail of mailbox " + std::to_string(mailbox.value));
        MailHistoryPreview preview = histories.preview(*history, most);
        preview.address = found->address;
        return preview;
    });
}

QFuture<Result<MailHistoryPreview>> MailHistoryService::gather(MailboxId id, Gathering gathering, ProgressPtr progress) {
    return m_worker->run([this, id, gathering, progress]() -> Result<MailHistoryPreview> {
        OUTRIDER_ASSIGN(const Mailbox mailbox, mailboxOf(m_context, id));
        if (!isReadable(mailbox))
            return fail(ErrorCode::Unsupported, mailbox.address);
        OUTRIDER_TRY(beginHistory(m_context, mailbox, gathering.since, gathering.again));
        const ProgressPtr shown = progress ? progress : std::make_shared<Progress>();
        OUTRIDER_TRY(gatherHistory(m_context, mailbox, *shown));
        return wait(preview(id, 200));
    });
}

QFuture<Result<std::int64_t>> MailHistoryService::approve(MailboxId id, ProgressPtr progress) {
    return m_context.background().run([this, id, progress]() -> Result<std::int64_t> {
        OUTRIDER_ASSIGN(const Mailbox mailbox, mailboxOf(m_context, id));
        OUTRIDER_ASSIGN(const std::optional<MailHistory> history,
                        wait(m_context.store().read([id](ReadContext& r) -> Result<std::optional<MailHistory>> {
                            return MailHistoryRepository(r.db).find(id);
                        })));
        if (!history || (history->state != MailHistoryState::Ready && history->state != MailHistoryState::Reading))
            return fail(ErrorCode::NotFound, "earlier mail of " + mailbox.address);
        if (progress) {
            progress->setPhase(Progress::Phase::Writing);
            progress->setTotal(history->kept);
        }
        struct Chunk {
            ActionId action;
            std::int64_t filed = 0;
            std::int64_t looked = 0;
        };
        const auto surroundings = m_context.surroundings();
        Pace pace(m_context.store());
        ActionId running;
        std::int64_t filed = 0;
        for (std::int64_t looked = 0;;) {
            if ((progress && progress->cancelled()) || m_context.isStopping())
                return fail(ErrorCode::Cancelled);
            const auto some = [&](WriteContext& write) -> Result<Chunk> {
                Chunk chunk{.action = write.action};
                MailHistoryRepository histories(write.db);
                pace.begin();
                do {
                    const auto items = histories.items(id, fromEpochMillis(INT64_MIN), 0, itemsAtOnce);
                    for (const MailHistoryRepository::Item& item : items) {
                        OUTRIDER_ASSIGN(const bool is, fileItem(write, surroundings, m_context.random(), id, item));
                        chunk.filed += is ? 1 : 0;
                        histories.remove(write, item.id);
                    }
                    chunk.looked += std::int64_t(items.size());
                    if (items.empty())
                        break;
                } while (pace.goesOn());
                pace.worked();
                return chunk;
            };
            Store& store = m_context.store();
            OUTRIDER_ASSIGN(const Chunk chunk,
                            wait(running ? store.writeMore(running, some)
                                         : store.write(m_context.action("inbox.ingest", mailbox.address), some)));
            pace.committed();
            if (chunk.filed > 0)
                running = chunk.action;
            filed += chunk.filed;
            looked += chunk.looked;
            if (progress)
                progress->setDone(looked);
            if (chunk.looked == 0)
                break;
        }
        OUTRIDER_TRY(wait(m_context.store().writeSilently([id](WriteContext& write) -> Result<> {
            MailHistoryRepository(write.db).setState(write, id, MailHistoryState::Approved);
            return {};
        })));
        return filed;
    });
}

QFuture<Result<>> MailHistoryService::decline(MailboxId id) {
    return m_context.store().writeSilently([id](WriteContext& write) -> Result<> {
        MailHistoryRepository histories(write.db);
        const auto history = histories.find(id);
        if (!history || history->state == MailHistoryState::Approved)
            return fail(ErrorCode::NotFound, "earlier mail of mailbox " + std::to_string(id.value));
        histories.clear(write, id);
        histories.setState(write, id, MailHistoryState::Declined);
        return {};
    });
}

void MailHistoryService::start() {
    if (!m_gatherer)
        m_gatherer = std::make_unique<HistoryGatherer>(m_context);
}

void MailHistoryService::stop() { m_gatherer.reset(); }

void MailHistoryService::wake() {
    if (m_gatherer)
        m_gatherer->wake();
}

std::vector<MailHistoryService::Running> MailHistoryService::running() const {
    return m_gatherer ? m_gatherer->running() : std::vector<Running>();
}

} // namespace outrider
