// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/worker.h"

#if defined(__linux__)
#include <pthread.h>
#endif

namespace outrider {

Worker::Worker(std::string name, WorkerMode mode) : m_name(std::move(name)), m_mode(mode) {
    if (m_mode == WorkerMode::Thread)
        m_thread = std::thread([this] { loop(); });
}

Worker::~Worker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void Worker::post(std::function<void()> task) {
    if (m_mode == WorkerMode::Inline) {
        task();
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

bool Worker::isCurrentThread() const { return m_mode == WorkerMode::Inline || m_thread.get_id() == std::this_thread::get_id(); }

void Worker::loop() {
#if defined(__linux__)
    pthread_setname_np(pthread_self(), m_name.substr(0, 15).c_str()); // the kernel's limit
#endif
    for (;;) {
        std::function<void()> task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        task();
    }
}

} // namespace outrider
