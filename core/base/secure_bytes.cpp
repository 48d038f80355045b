// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secure_bytes.h"

#include <sodium.h>

#include <cstring>
#include <new>
#include <utility>

namespace outrider {

SecureBytes::SecureBytes(std::size_t size) : m_size(size) {
    if (size == 0)
        return;
    if (sodium_init() < 0)
        throw std::bad_alloc();
    m_data = static_cast<std::byte*>(sodium_malloc(size));
    if (m_data == nullptr)
        throw std::bad_alloc();
    sodium_memzero(m_data, size);
}

SecureBytes::SecureBytes(std::string_view text) : SecureBytes(std::as_bytes(std::span(text.data(), text.size()))) {}

SecureBytes::SecureBytes(std::span<const std::byte> bytes) : SecureBytes(bytes.size()) {
    if (!bytes.empty())
        std::memcpy(m_data, bytes.data(), bytes.size());
}

SecureBytes::SecureBytes(SecureBytes&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)),
      m_size(std::exchange(other.m_size, 0)) {}

SecureBytes& SecureBytes::operator=(SecureBytes&& other) noexcept {
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecureBytes::~SecureBytes() { clear(); }

SecureBytes SecureBytes::clone() const { return SecureBytes(bytes()); }

void SecureBytes::clear() {
    if (m_data != nullptr)
        sodium_free(m_data); // overwrites first
    m_data = nullptr;
    m_size = 0;
}

bool SecureBytes::operator==(const SecureBytes& other) const {
    if (m_size != other.m_size)
        return false;
    return m_size == 0 || sodium_memcmp(m_data, other.m_data, m_size) == 0;
}

} // namespace outrider
