// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/ip_network.h"

#include <algorithm>
#include <charconv>

namespace outrider::outreach {

namespace {

bool parseNumber(std::string_view text, int base, std::size_t longest, unsigned& value) {
    if (text.empty() || text.size() > longest)
        return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc() && end == text.data() + text.size();
}

bool parseV4(std::string_view text, std::uint8_t* bytes) {
    for (int i = 0; i < 4; ++i) {
        const auto dot = i == 3 ? text.size() : text.find('.');
        unsigned value = 0;
        if (dot == std::string_view::npos || !parseNumber(text.substr(0, dot), 10, 3, value) || value > 255)
            return false;
        bytes[i] = static_cast<std::uint8_t>(value);
        text.remove_prefix(std::min(text.size(), dot + 1));
    }
    return text.empty();
}

// Groups of four digits; the last two may be written as IPv4 (RFC 4291 §2.2). Returns how many bytes, -1: none.
int parseGroups(std::string_view text, std::array<std::uint8_t, 16>& bytes) {
    int count = 0;
    while (!text.empty()) {
        const auto colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        if (group.find('.') != std::string_view::npos) {
            if (colon != std::string_view::npos || count > 12 || !parseV4(group, bytes.data() + count))
                return -1;
            return count + 4;
        }
        unsigned value = 0;
        if (count > 14 || !parseNumber(group, 16, 4, value))
            return -1;
        bytes[std::size_t(count)] = static_cast<std::uint8_t>(value >> 8U);
        bytes[std::size_t(count) + 1] = static_cast<std::uint8_t>(value & 0xffU);
        count += 2;
        if (colon == std::string_view::npos)
            return count;
        text.remove_prefix(colon + 1);
        if (text.empty()) // ends in a colon
            return -1;
    }
    return count;
}

} // namespace

std::optional<IpAddress> parseIpAddress(std::string_view text) {
    IpAddress address;
    if (text.find(':') == std::string_view::npos)
        return parseV4(text, address.bytes.data()) ? std::optional(address) : std::nullopt;
    address.isV6 = true;
    const auto gap = text.find("::");
    if (gap == std::string_view::npos)
        return parseGroups(text, address.bytes) == 16 ? std::optional(address) : std::nullopt;
    std::array<std::uint8_t, 16> after{};
    const int before = parseGroups(text.substr(0, gap), address.bytes);
    const int rest = parseGroups(text.substr(gap + 2), after);
    if (before < 0 || rest < 0 || before + rest > 14)
        return std::nullopt;
    std::copy_n(after.begin(), rest, address.bytes.end() - rest);
    return address;
}

bool isInNetwork(const IpAddress& address, const IpAddress& network, int bits) {
    if (address.isV6 != network.isV6)
        return false;
    for (int i = 0; bits > 0; ++i, bits -= 8) {
        const unsigned mask = bits >= 8 ? 0xffU : 0xffU << unsigned(8 - bits) & 0xffU;
        if (((address.bytes[std::size_t(i)] ^ network.bytes[std::size_t(i)]) & mask) != 0)
            return false;
    }
    return true;
}

} // namespace outrider::outreach
