// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/outbox_service.h"

#include "core/base/log.h"
#include "core/outreach/lead_zone.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/send_questions.h"
#include "core/outreach/sender.h"
#include "core/services/send_engine.h"
#include "core/services/service_context.h"
#include "core/store/repositories/attachment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <algorithm>
#include <map>

namespace outrider {

using namespace outrider::store;

namespace {

// Of which nobody here knows whether it has left: from the original of a copy, or before a crash or a lost answer.
bool isInDoubt(const OutboxItem& item) {
    return item.state == OutboxState::Unknown || (item.state == OutboxState::Held && item.waitReason == WaitReason::SendFence);
}

Result<OutboxItem> itemOf(WriteContext& write, OutboxId id) {
    const auto item = OutboxRepository(write.db).find(id);
    if (!item)
        return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
    if (const auto lead = LeadRepository(write.db).find(item->lead))
        write.describe(displayName(*lead));
    return *item;
}

} // namespace

OutboxService::OutboxService(ServiceContext& context) : m_context(context) {}

OutboxService::~OutboxService() = default;

QFuture<Result<std::vector<OutboxRow>>> OutboxService::list(std::vector<OutboxState> states, int limit) {
    return m_context.store().read([states = std::move(states), limit](ReadContext& r) -> Result<std::vector<OutboxRow>> {
        return OutboxRepository(r.db).list(states, limit);
    });
}

QFuture<Result<std::vector<OutboxRow>>> OutboxService::settledToday(OutboxState state, int limit) {
    return m_context.store().read([&context = m_context, state, limit](ReadContext& r) -> Result<std::vector<OutboxRow>> {
        return OutboxRepository(r.db).settled(state, context.today().start, limit);
    });
}

QFuture<Result<OutboxCounts>> OutboxService::counts() {
    return m_context.store().read([&context = m_context](ReadContext& r) -> Result<OutboxCounts> {
        return OutboxRepository(r.db).counts(context.today().start);
    });
}

QFuture<Result<OutboxDetail>> OutboxService::detail(OutboxId id) {
    return m_context.store().read([&context = m_context, id](ReadContext& r) -> Result<OutboxDetail> {
        OutboxRepository outbox(r.db);
        auto row = outbox.row(id);
        if (!row)
            return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
        OutboxDetail detail{.row = *std::move(row), .trace = outbox.trace(id)};
        const OutboxItem& item = detail.row.item;
        const auto surroundings = context.surroundings();
        if (const auto message = MessageRepository(r.db).find(item.message))
            detail.text = message->text;
        detail.files = AttachmentRepository(r.db).ofMessage(item.message);
        if (const auto lead = LeadRepository(r.db).find(item.lead))
            detail.zone = outreach::zoneOf(*lead, surroundings.zone).zone.name();
        const auto mailbox = MailboxRepository(r.db).find(item.mailbox);
        if (mailbox && canTakeBack(item.state))
            detail.checks = outreach::SendQuestions(r.db, r.now, *mailbox, surroundings).checks(item);
        return detail;
    });
}

QFuture<Result<>> OutboxService::holdEverything(bool held) {
    auto done = m_context.store().write(m_context.action(held ? "outbox.hold_all" : "outbox.release_all"),
                                        [held](WriteContext& write) -> Result<> {
                                            SettingRepository(write.db).set(write, "send.held", held ? "true" : "false");
                                            return {};
                                        });
    wake();
    return done;
}

QFuture<Result<bool>> OutboxService::isEverythingHeld() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<bool> { return SettingRepository(r.db).get("send.held") == "true"; });
}

QFuture<Result<FenceReason>> OutboxService::fence() {
    return m_context.store().read([](ReadContext& r) -> Result<FenceReason> { return SendFence::raised(r.db); });
}

QFuture<Result<>> OutboxService::lowerFence() {
    ActionInfo action = m_context.action("outbox.lower_fence");
    action.undoable = false; // what left by then has left
    auto lowered = m_context.store().write(std::move(action), [&context = m_context](WriteContext& write) -> Result<> {
        SendFence::lower(write.db, write.now, context.random());
        return {};
    });
    return m_context.background().run([this, lowered]() mutable -> Result<> {
        OUTRIDER_TRY(wait(std::move(lowered)));
        OUTRIDER_TRY(wait(m_context.store().read(
            [&store = m_context.store()](ReadContext& r) -> Result<> { return store.fence().lowered(r.db); })));
        wake();
        return {};
    });
}

QFuture<Result<OutboxService::SentSearch>> OutboxService::lookAmongSent(ProgressPtr progress) {
    return m_context.background().run([&context = m_context, progress]() -> Result<SentSearch> {
        constexpr int most = 100'000;
        const ProgressPtr shown = progress ? progress : std::make_shared<Progress>();
        shown->setPhase(Progress::Phase::Receiving);
        std::map<MailboxId, std::vector<OutboxItem>> held;
        std::vector<Mailbox> mailboxes;
        OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> {
            for (OutboxRow& row : OutboxRepository(r.db).list({OutboxState::Held, OutboxState::Unknown}, most)) {
                if (isInDoubt(row.item))
                    held[row.item.mailbox].push_back(std::move(row.item));
            }
            mailboxes = MailboxRepository(r.db).all();
            return {};
        })));
        SentSearch search;
        for (const auto& [mailbox, items] : held) {
            const auto unknown =
                std::ranges::count_if(items, [](const OutboxItem& item) { return item.state == OutboxState::Unknown; });
            search.unknown += int(unknown);
            search.held += int(items.size()) - int(unknown);
        }
        shown->setTotal(search.held + search.unknown);
        for (const Mailbox& mailbox : mailboxes) {
            const auto& items = held[mailbox.id];
            if (items.empty())
                continue;
            if (isPhoneLine(mailbox.account)) { // which has no sent mail, but a list
                const int sent = reconcileUnknown(context, mailbox, *shown);
                search.sent += sent;
                search.unknown -= sent;
                search.looked += int(items.size());
                continue;
            }
            std::vector<std::string> ids;
            for (const OutboxItem& item : items)
                ids.push_back(item.messageIdHeader);
            const auto told = context.mail().areInSent(mailbox, ids, *shown, [&](std::size_t index, bool inSent) -> Result<> {
                shown->setDone(++search.looked);
                if (!inSent)
                    return {};
                const auto surroundings = context.surroundings();
                ActionInfo action = context.action("send", items[index].recipient);
                action.undoable = false; // it has left
                return wait(context.store().write(std::move(action), [&](WriteContext& write) -> Result<> {
                    const auto now = OutboxRepository(write.db).find(items[index].id);
                    if (now && isInDoubt(*now)) {
                        --(now->state == OutboxState::Unknown ? search.unknown : search.held);
                        outreach::SendFlow(write, surroundings).sent(*now, "found among the sent mail");
                        ++search.sent;
                    }
                    return {};
                }));
            });
            if (shown->cancelled())
                return fail(ErrorCode::Cancelled);
            if (!told)
                search.errors.push_back(told.error());
        }
        return search;
    });
}

QFuture<Result<>> OutboxService::hold(OutboxId id) {
    return m_context.store().write(m_context.action("outbox.hold"), [id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const OutboxItem item, itemOf(write, id));
        OutboxRepository outbox(write.db);
        if (item.state == OutboxState::Held)
            outbox.setWait(write, id, WaitReason::HeldByUser, item.earliestAt);
        else
            outbox.move(write, id, OutboxState::Held, WaitReason::HeldByUser);
        return {};
    });
}

QFuture<Result<>> OutboxService::release(OutboxId id) {
    auto done = m_context.store().write(m_context.action("outbox.release"), [id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const OutboxItem item, itemOf(write, id));
        if (!canTakeBack(item.state))
            return fail(ErrorCode::NotSendable, std::string(name(item.state)));
        OutboxRepository outbox(write.db);
        SendFence::pass(write.db, id);
        if (item.state == OutboxState::Held)
            outbox.move(write, id, OutboxState::Queued, WaitReason::None, write.now);
        else
            outbox.setWait(write, id, WaitReason::None, write.now);
        return {};
    });
    wake();
    return done;
}

QFuture<Result<>> OutboxService::drop(OutboxId id) {
    return m_context.store().write(m_context.action("outbox.drop"), [&context = m_context, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const OutboxItem item, itemOf(write, id));
        if (!canMove(item.state, OutboxState::Dropped))
            return fail(ErrorCode::NotSendable, std::string(name(item.state)));
        const auto surroundings = context.surroundings();
        outreach::SendFlow(write, surroundings).dropped(item);
        return {};
    });
}

QFuture<Result<>> OutboxService::resolve(OutboxId id, Resolution resolution) {
    ActionInfo action = m_context.action("outbox.resolve");
    action.undoable = false; // the word was given; what follows may have left
    auto done =
        m_context.store().write(std::move(action), [&context = m_context, id, resolution](WriteContext& write) -> Result<> {
            OUTRIDER_ASSIGN(const OutboxItem item, itemOf(write, id));
            if (item.state != OutboxState::Unknown && item.state != OutboxState::Refused)
                return fail(ErrorCode::NotSendable, std::string(name(item.state)));
            const auto surroundings = context.surroundings();
            outreach::SendFlow flow(write, surroundings);
            switch (resolution) {
            case Resolution::WasSent:
                if (item.state != OutboxState::Unknown)
                    return fail(ErrorCode::NotSendable, std::string(name(item.state)));
                flow.sent(item, "settled by hand");
                break;
            case Resolution::SendAgain:
                SendFence::pass(write.db, id);
                OutboxRepository(write.db).setProviderRef(write, id, {}); // another message, then
                OutboxRepository(write.db).move(write, id, OutboxState::Queued, WaitReason::None, write.now);
                break;
            case Resolution::Drop:
                flow.dropped(item);
                break;
            }
            return {};
        });
    wake();
    return done;
}

QFuture<Result<OutboxService::SendReport>> OutboxService::runOnce(int max, ProgressPtr progress) {
    return m_context.background().run([&context = m_context, max, progress]() -> Result<SendReport> {
        const ProgressPtr shown = progress ? progress : std::make_shared<Progress>();
        shown->setPhase(Progress::Phase::Sending);
        OUTRIDER_ASSIGN(const std::vector<Mailbox> mailboxes,
                        wait(context.store().read(
                            [](ReadContext& r) -> Result<std::vector<Mailbox>> { return MailboxRepository(r.db).all(); })));
        SendReport report;
        int left = max;
        for (const Mailbox& mailbox : mailboxes) {
            if (left <= 0 || shown->cancelled())
                break;
            const auto one = sendFrom(context, mailbox, left, *shown);
            report.sent += one.sent;
            report.refused += one.refused;
            report.unknown += one.unknown;
            report.deferred += one.deferred;
            report.waiting += one.waiting;
            report.dropped += one.dropped;
            if (one.stoppedBy)
                report.errors.push_back(*one.stoppedBy);
            left -= one.sent + one.refused + one.unknown + one.deferred;
            shown->setDone(max - left);
        }
        return report;
    });
}

void OutboxService::start() {
    if (!m_engine)
        m_engine = std::make_unique<SendEngine>(m_context);
}

void OutboxService::stop() { m_engine.reset(); }

void OutboxService::wake() {
    if (m_engine)
        m_engine->wake();
}

} // namespace outrider
