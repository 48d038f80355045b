// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace outrider::outreach {

// An IPv4 or IPv6 address as its bytes.
struct IpAddress {
    bool isV6 = false;
    std::array<std::uint8_t, 16> bytes{}; // IPv4: the first four

    bool operator==(const IpAddress&) const = default;
};

// "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"; nullopt for anything else.
std::optional<IpAddress> parseIpAddress(std::string_view text);

// Whether both agree in their first `bits`. Never across families.
bool isInNetwork(const IpAddress& address, const IpAddress& network, int bits);

} // namespace outrider::outreach
