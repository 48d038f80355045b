// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <sodium.h>

#include <cstring>
#include <limits>
#include <stdexcept>

namespace outrider {

std::uint64_t Random::next() {
    std::uint64_t value = 0;
    fill(std::as_writable_bytes(std::span(&value, 1)));
    return value;
}

std::uint64_t Random::below(std::uint64_t bound) {
    // Numbers past the last whole multiple of bound would favour the small results.
    constexpr auto max = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t limit = max - max % bound;
    std::uint64_t value = next();
    while (value >= limit)
        value = next();
    return value % bound;
}

SystemRandom::SystemRandom() {
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium could not start");
}

void SystemRandom::fill(std::span<std::byte> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

void SeededRandom::fill(std::span<std::byte> bytes) {
    const std::lock_guard lock(m_mutex);
    while (!bytes.empty()) {
        const std::uint64_t value = m_engine();
        const auto count = std::min(bytes.size(), sizeof(value));
        std::memcpy(bytes.data(), &value, count);
        bytes = bytes.subspan(count);
    }
}

} // namespace outrider
