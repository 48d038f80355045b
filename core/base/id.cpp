// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/id.h"

#include <algorithm>

namespace outrider {

namespace {

constexpr int sequenceBits = 6;
constexpr int replicaBits = 16;
constexpr std::int64_t sequenceCount = std::int64_t(1) << sequenceBits;
constexpr Instant epoch = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);

} // namespace

std::int64_t IdGenerator::next() {
    // Before the epoch (a clock set far back) ids start at its first millisecond.
    const auto now = std::max<std::int64_t>((m_clock.now() - epoch).count(), 1);
    const std::lock_guard lock(m_mutex);
    if (now > m_lastMillis) {
        m_lastMillis = now;
        m_sequence = 0;
    } else if (++m_sequence == sequenceCount) {
        ++m_lastMillis;
        m_sequence = 0;
    }
    return (m_lastMillis << (replicaBits + sequenceBits)) | (std::int64_t(m_replica) << sequenceBits) | m_sequence;
}

void IdGenerator::startAfter(std::int64_t id) {
    const std::lock_guard lock(m_mutex);
    const std::int64_t millis = id >> (replicaBits + sequenceBits);
    if (millis >= m_lastMillis) {
        m_lastMillis = millis;
        m_sequence = sequenceCount - 1;
    }
}

Instant IdGenerator::instantOf(std::int64_t id) { return epoch + Millis(id >> (replicaBits + sequenceBits)); }

std::uint16_t IdGenerator::replicaOf(std::int64_t id) { return static_cast<std::uint16_t>((id >> sequenceBits) & 0xFFFF); }

} // namespace outrider
