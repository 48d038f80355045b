// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace outrider {

// A moment in UTC, to the millisecond. The store keeps its count since 1970.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;

constexpr std::int64_t toEpochMillis(Instant instant) { return instant.time_since_epoch().count(); }

constexpr Instant fromEpochMillis(std::int64_t millis) { return Instant(Millis(millis)); }

// "2026-11-19T08:00:00.000Z". Always UTC, always milliseconds, so that text order is time order.
std::string toIso8601(Instant instant);

// Reads "2026-11-19", "2026-11-19T08:00", "…:00", "….000", with "Z", "+01:00" or nothing (UTC).
Result<Instant> parseIso8601(std::string_view text);

// "2026-11-19"
std::string toIsoDate(std::chrono::sys_days day);

// Where every part of Outrider gets the time from. Thread-safe. Nothing outside core/base reads
// the system clock itself (tests/architecture checks), so every rule can be run on another day.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

// The computer's clock.
class SystemClock final : public Clock {
public:
    Instant now() const override;
};

// Starts at a given moment and runs on from there: --now of the window.
class OffsetClock final : public Clock {
public:
    explicit OffsetClock(Instant start);
    Instant now() const override;

private:
    Millis m_offset;
};

// Stands still until told otherwise: tests, dry runs, --now of the command line.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : m_millis(toEpochMillis(start)) {}

    Instant now() const override { return fromEpochMillis(m_millis.load()); }

    void set(Instant instant) { m_millis.store(toEpochMillis(instant)); }

    void advance(Millis by) { m_millis.fetch_add(by.count()); }

private:
    std::atomic<std::int64_t> m_millis;
};

// How long something took; never goes backwards. For progress, limits on waiting, and benches.
class Stopwatch {
public:
    Stopwatch() : m_start(std::chrono::steady_clock::now()) {}

    std::chrono::nanoseconds elapsed() const { return std::chrono::steady_clock::now() - m_start; }

    double milliseconds() const { return std::chrono::duration<double, std::milli>(elapsed()).count(); }

    void restart() { m_start = std::chrono::steady_clock::now(); }

private:
    std::chrono::steady_clock::time_point m_start;
};

} // namespace outrider
