// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace outrider {

// What a long operation is doing, and the wish to stop it. One object shared by the operation
// (which writes) and whoever shows it (who polls, a few times a second). Thread-safe, lock-free.
class Progress {
public:
    enum class Phase : int { Waiting, Reading, Checking, Writing, Indexing, Sending, Receiving, Finishing };

    void setPhase(Phase phase) { m_phase.store(phase, std::memory_order_relaxed); }

    void setTotal(std::int64_t total) { m_total.store(total, std::memory_order_relaxed); }

    void setDone(std::int64_t done) { m_done.store(done, std::memory_order_relaxed); }

    Phase phase() const { return m_phase.load(std::memory_order_relaxed); }

    std::int64_t total() const { return m_total.load(std::memory_order_relaxed); } // 0: not known yet

    std::int64_t done() const { return m_done.load(std::memory_order_relaxed); }

    // Asks the operation to end at its next consistent point with ErrorCode::Cancelled.
    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }

    bool cancelled() const { return m_cancelled.load(std::memory_order_relaxed); }

private:
    std::atomic<Phase> m_phase = Phase::Waiting;
    std::atomic<std::int64_t> m_total = 0;
    std::atomic<std::int64_t> m_done = 0;
    std::atomic<bool> m_cancelled = false;
};

using ProgressPtr = std::shared_ptr<Progress>;

} // namespace outrider
