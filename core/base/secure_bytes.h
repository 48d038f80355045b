// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace outrider {

// Bytes that must not outlive their use: keys, passphrases, passwords, tokens.
//
// The memory is locked against swapping where the system allows it and overwritten before it is
// freed (libsodium sodium_malloc). Movable; copied only by clone(), so a copy is always visible in
// the code. Not thread-safe by itself. Never convert one to a QString or std::string that stays.
class SecureBytes {
public:
    SecureBytes() = default;
    explicit SecureBytes(std::size_t size); // zeroed
    explicit SecureBytes(std::string_view text);
    explicit SecureBytes(std::span<const std::byte> bytes);
    SecureBytes(SecureBytes&& other) noexcept;
    SecureBytes& operator=(SecureBytes&& other) noexcept;
    SecureBytes(const SecureBytes&) = delete;
    SecureBytes& operator=(const SecureBytes&) = delete;
    ~SecureBytes();

    SecureBytes clone() const;
    void clear(); // overwritten and freed

    bool empty() const { return m_size == 0; }

    std::size_t size() const { return m_size; }

    std::byte* data() { return m_data; }

    const std::byte* data() const { return m_data; }

    std::span<std::byte> bytes() { return {m_data, m_size}; }

    std::span<const std::byte> bytes() const { return {m_data, m_size}; }

    std::string_view view() const { return {reinterpret_cast<const char*>(m_data), m_size}; }

    unsigned char* raw() { return reinterpret_cast<unsigned char*>(m_data); }

    const unsigned char* raw() const { return reinterpret_cast<const unsigned char*>(m_data); }

    // In constant time.
    bool operator==(const SecureBytes& other) const;

private:
    std::byte* m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace outrider
