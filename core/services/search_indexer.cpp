// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/search_indexer.h"

#include "core/base/log.h"

namespace outrider {

using namespace outrider::store;
using std::chrono::milliseconds;

namespace {
constexpr milliseconds quiet{400}; // without a write: idle
constexpr milliseconds breath{6};  // between two steps
} // namespace

SearchIndexer::SearchIndexer(Store& store)
    : m_store(store),
      m_known(std::make_shared<SearchIndex::KnownWords>()),
      m_subscription(store.subscribe([this](const ChangeSet&) { // on the writer's thread
          const std::lock_guard lock(m_mutex);
          ++m_writes;
          m_wake.notify_all();
      })) {}

SearchIndexer::~SearchIndexer() {
    m_store.unsubscribe(m_subscription);
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void SearchIndexer::start() {
    if (!m_thread.joinable())
        m_thread = std::thread([this] { loop(); });
}

Result<bool> SearchIndexer::step(milliseconds budget) {
    const auto known = m_known;
    auto more = wait(m_store.writeSilently(
        [known, budget](WriteContext& write) -> Result<bool> { return SearchIndex(write.db).advance(budget, *known); }));
    if (!more) // what was put on the list went with the transaction
        static_cast<void>(wait(m_store.writeSilently([known](WriteContext&) -> Result<> {
            known->clear();
            return {};
        })));
    return more;
}

// Waits that long, or until a write comes or the end: then false.
bool SearchIndexer::pause(std::unique_lock<std::mutex>& lock, milliseconds time, std::int64_t writes) {
    return !m_wake.wait_for(lock, time, [this, writes] { return m_stopping || m_writes != writes; });
}

void SearchIndexer::loop() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        const std::int64_t writes = m_writes;
        if (!pause(lock, quiet, writes))
            continue;
        lock.unlock();
        auto more = wait(m_store.read([](ReadContext& r) -> Result<bool> { return SearchIndex(r.db).hasWork(); }));
        lock.lock();
        while (more && *more && pause(lock, breath, writes)) {
            lock.unlock();
            more = step(shortStep);
            lock.lock();
        }
        if (!more)
            qCWarning(logStore, "indexing for search failed: %s", more.error().detail.c_str());
        if (!more || !*more) // nothing to do until the next write
            m_wake.wait(lock, [this, writes] { return m_stopping || m_writes != writes; });
    }
}

} // namespace outrider
