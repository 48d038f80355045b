// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/history_gatherer.h"

#include "core/base/log.h"
#include "core/services/mailbox_reader.h"
#include "core/services/service_context.h"
#include "core/store/repositories/mail_history_repository.h"
#include "core/store/repositories/mailbox_repository.h"

namespace outrider {

using namespace outrider::store;

namespace {

constexpr auto lookEvery = std::chrono::seconds(30);
constexpr auto retryAfter = std::chrono::minutes(5);
constexpr auto usualStretch = std::chrono::days(365);

Result<std::optional<MailHistory>> historyOf(ServiceContext& context, MailboxId id) {
    return wait(context.store().read(
        [id](ReadContext& r) -> Result<std::optional<MailHistory>> { return MailHistoryRepository(r.db).find(id); }));
}

} // namespace

Result<> beginHistory(ServiceContext& context, const Mailbox& mailbox, std::optional<std::chrono::sys_days> since, bool again) {
    OUTRIDER_ASSIGN(const std::optional<MailHistory> before, historyOf(context, mailbox.id));
    if (before && !again)
        return {};
    const auto until = readFrom(mailbox);
    const MailHistory history{
        .mailbox = mailbox.id, .since = std::min(since.value_or(until - usualStretch), until), .until = until};
    return wait(context.store().writeSilently([&](WriteContext& write) -> Result<> {
        MailHistoryRepository(write.db).begin(write, history);
        for (const std::string& folder : {mailbox.inboxFolder, std::string(sentFolderKey)})
            MailboxRepository(write.db).forgetCursor(write, mailbox.id, historyPrefix + folder);
        return {};
    }));
}

Result<> gatherHistory(ServiceContext& context, const Mailbox& mailbox, Progress& progress) {
    progress.setPhase(Progress::Phase::Receiving);
    MailboxReader reader(context, mailbox);
    for (;;) {
        OUTRIDER_ASSIGN(const std::optional<MailHistory> now, historyOf(context, mailbox.id));
        if (now) {
            progress.setTotal(now->total);
            progress.setDone(now->read);
        }
        if (progress.cancelled() || context.isStopping())
            return fail(ErrorCode::Cancelled);
        OUTRIDER_ASSIGN(const bool more, reader.readHistory(progress));
        if (!more)
            return {};
    }
}

HistoryGatherer::HistoryGatherer(ServiceContext& context) : m_context(context), m_thread([this] { loop(); }) {}

HistoryGatherer::~HistoryGatherer() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        if (m_running)
            m_running->progress->cancel();
    }
    m_wake.notify_all();
    m_thread.join();
}

void HistoryGatherer::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_wake.notify_all();
}

std::vector<MailHistoryService::Running> HistoryGatherer::running() const {
    const std::lock_guard lock(m_mutex);
    return m_running ? std::vector{*m_running} : std::vector<MailHistoryService::Running>();
}

void HistoryGatherer::loop() {
    for (;;) {
        look();
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, lookEvery, [this] { return m_stopping || m_woken; });
        m_woken = false;
        if (m_stopping)
            return;
    }
}

void HistoryGatherer::look() {
    const auto mailboxes = wait(
        m_context.store().read([](ReadContext& r) -> Result<std::vector<Mailbox>> { return MailboxRepository(r.db).all(); }));
    if (!mailboxes)
        return;
    for (const Mailbox& mailbox : *mailboxes) {
        if (mailbox.state != MailboxState::Active || mailbox.kind == MailboxKind::Practice || !isReadable(mailbox)
            || m_left.contains(mailbox.id) || m_retryAt[mailbox.id] > m_context.clock().now())
            continue;
        const auto history = historyOf(m_context, mailbox.id);
        if (!history || (*history && (*history)->state != MailHistoryState::Reading))
            continue;
        const auto progress = std::make_shared<Progress>();
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping)
                return;
            m_running = {mailbox.id, mailbox.address, progress};
        }
        auto gathered = beginHistory(m_context, mailbox, std::nullopt, false);
        if (gathered)
            gathered = gatherHistory(m_context, mailbox, *progress);
        {
            const std::lock_guard lock(m_mutex);
            m_running.reset();
            if (m_stopping)
                return;
        }
        if (!gathered)
            qCWarning(logInbox, "earlier mail of mailbox %lld: %s", static_cast<long long>(mailbox.id.value),
                      std::string(name(gathered.error().code)).c_str());
        if (!gathered)
            m_retryAt[mailbox.id] = m_context.clock().now() + retryAfter;
        if (progress->cancelled())
            m_left.insert(mailbox.id);
        // Whoever shows it learns that it is over.
        if (!wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
                write.touched(EntityKind::Mailbox, mailbox.id.value);
                return {};
            })))
            return;
    }
}

} // namespace outrider
