// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/store/repositories/search_index.h"
#include "core/store/store.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace outrider {

// The idle lane of the search index: on a thread of its own it waits until nothing has been written for a moment, then
// has the writer index what is new, in steps so short that a write that comes meanwhile does not notice, and stands
// back as soon as one does. Destruction ends it after the step under way. The store must outlive it.
class SearchIndexer {
public:
    explicit SearchIndexer(store::Store& store);
    ~SearchIndexer();
    SearchIndexer(const SearchIndexer&) = delete;
    SearchIndexer& operator=(const SearchIndexer&) = delete;

    // Begins to wait; without it nothing happens by itself: tests, the command line.
    void start();

    // One step of about that length; whether there is more to do. Thread-safe; blocks.
    Result<bool> step(std::chrono::milliseconds budget);

    // Indexing, folding segments together and the COMMIT are within 20 ms of the writer's time.
    static constexpr std::chrono::milliseconds shortStep{4};

private:
    void loop();
    bool pause(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds time, std::int64_t writes);

    store::Store& m_store;
    const std::shared_ptr<store::SearchIndex::KnownWords> m_known; // of the writer's thread
    int m_subscription = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::int64_t m_writes = 0; // seen so far
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace outrider
