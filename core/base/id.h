// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>

namespace outrider {

// A row's identity: one positive 63-bit integer, time-ordered and unique across the devices of a
// workspace (see IdGenerator). A type of its own per entity, so a LeadId is never a TaskId.
template <typename Tag>
struct Id {
    std::int64_t value = 0; // 0: no row

    constexpr explicit operator bool() const { return value != 0; }

    constexpr auto operator<=>(const Id&) const = default;
};

// 41 bits of milliseconds since 2025-01-01, 16 bits of replica, 6 bits of sequence.
//
// Ids of one generator strictly increase, even when the clock stands still or goes back: past 64
// ids in a millisecond the generator runs ahead of the clock. Good until the year 2094.
// Thread-safe. Does not own the clock.
class IdGenerator {
public:
    IdGenerator(const Clock& clock, std::uint16_t replica) : m_clock(clock), m_replica(replica) {}

    // The next id; never 0.
    std::int64_t next();

    // Ids are never handed out at or below this one: the largest already in the store.
    void startAfter(std::int64_t id);

    static Instant instantOf(std::int64_t id);
    static std::uint16_t replicaOf(std::int64_t id);

private:
    const Clock& m_clock;
    const std::uint16_t m_replica;
    std::mutex m_mutex;
    std::int64_t m_lastMillis = 0;
    std::int64_t m_sequence = 0;
};

} // namespace outrider

template <typename Tag>
struct std::hash<outrider::Id<Tag>> {
    std::size_t operator()(const outrider::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>()(id.value); }
};
