// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/inbox_watcher.h"

#include "core/base/log.h"
#include "core/services/mailbox_reader.h"
#include "core/services/service_context.h"
#include "core/store/repositories/mailbox_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr auto lookAtMailboxesEvery = std::chrono::seconds(30);
constexpr auto pollEvery = std::chrono::minutes(1); // where the server cannot tell
constexpr auto practicePollEvery = std::chrono::seconds(2);
constexpr auto longestWait = std::chrono::minutes(5); // then what was sent elsewhere is looked for, too
constexpr auto brokenWait = std::chrono::seconds(15);
constexpr Millis shortestPause = std::chrono::seconds(1);
constexpr Millis longestPause = std::chrono::hours(24);

bool sameServer(const Mailbox& a, const Mailbox& b) {
    return a.imap == b.imap && a.userName == b.userName && a.auth == b.auth && a.inboxFolder == b.inboxFolder
           && a.caFile == b.caFile && a.state == b.state;
}

} // namespace

struct InboxWatcher::Lane {
    Lane(ServiceContext& serviceContext, Mailbox watched)
        : context(serviceContext),
          mailbox(std::move(watched)),
          thread([this] { watch(); }) {}

    ~Lane() {
        progress.cancel();
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        wake.notify_all();
        thread.join();
    }

    bool pause(Millis most) { // false: to be ended
        std::unique_lock lock(mutex);
        wake.wait_for(lock, most, [this] { return stopping; });
        return !stopping;
    }

    void watch() {
        MailboxReader reader(context, mailbox);
        // A failure of an earlier run counts: the server is not asked more often because the program was started anew.
        if (const auto& next = reader.state().nextTryAt; next && *next > context.clock().now()) {
            if (!pause(std::min<Millis>(std::chrono::duration_cast<Millis>(*next - context.clock().now()), longestPause)))
                return;
        }
        for (;;) {
            FetchReport report;
            const bool read = reader.read(progress, report);
            if (progress.cancelled())
                return;
            if (!read) {
                if (!report.errors.empty())
                    qCWarning(logInbox, "reading mailbox %lld: %s", static_cast<long long>(mailbox.id.value),
                              std::string(name(report.errors.front().code)).c_str());
                const auto& next = reader.state().nextTryAt; // none: a person has to sign in first, and this lane ends
                const Millis wait = next ? std::chrono::duration_cast<Millis>(*next - context.clock().now()) : longestPause;
                if (!pause(std::clamp<Millis>(wait, shortestPause, longestPause)))
                    return;
                continue;
            }
            const auto waited = reader.wait(longestWait, progress);
            if (progress.cancelled())
                return;
            if (!waited
                && !pause(mailbox.kind == MailboxKind::Practice           ? Millis(practicePollEvery)
                          : waited.error().code == ErrorCode::Unsupported ? Millis(pollEvery)
                                                                          : Millis(brokenWait)))
                return;
        }
    }

    ServiceContext& context;
    const Mailbox mailbox;
    Progress progress;
    std::mutex mutex;
    std::condition_variable wake;
    bool stopping = false;
    std::thread thread; // last: uses everything above
};

InboxWatcher::InboxWatcher(ServiceContext& context) : m_context(context), m_thread([this] { loop(); }) {}

InboxWatcher::~InboxWatcher() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
    for (auto& [id, lane] : m_lanes)
        lane->progress.cancel(); // all at once, then joined one by one
    m_lanes.clear();
}

void InboxWatcher::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_wake.notify_all();
}

void InboxWatcher::loop() {
    for (;;) {
        look();
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, lookAtMailboxesEvery, [this] { return m_stopping || m_woken; });
        m_woken = false;
        if (m_stopping)
            return;
    }
}

void InboxWatcher::look() {
    const auto mailboxes = wait(
        m_context.store().read([](ReadContext& r) -> Result<std::vector<Mailbox>> { return MailboxRepository(r.db).all(); }));
    if (!mailboxes)
        return;
    const auto isWatched = [](const Mailbox& mailbox) { return mailbox.state == MailboxState::Active && isReadable(mailbox); };
    std::erase_if(m_lanes, [&](const auto& lane) {
        return std::none_of(mailboxes->begin(), mailboxes->end(), [&](const Mailbox& mailbox) {
            return mailbox.id == lane.first && isWatched(mailbox) && sameServer(mailbox, lane.second->mailbox);
        });
    });
    for (const Mailbox& mailbox : *mailboxes) {
        if (isWatched(mailbox) && !m_lanes.contains(mailbox.id))
            m_lanes.emplace(mailbox.id, std::make_unique<Lane>(m_context, mailbox));
    }
}

} // namespace outrider
