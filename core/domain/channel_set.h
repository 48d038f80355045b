// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/channel.h"

#include <optional>
#include <string>
#include <string_view>

namespace outrider {

// Some of the channels: bits, stored; never renumber (Channel's numbers are the places).
struct ChannelSet {
    unsigned bits = 0;

    bool empty() const { return bits == 0; }
    bool contains(Channel channel) const { return (bits & (1U << unsigned(channel))) != 0; }
    void insert(Channel channel) { bits |= 1U << unsigned(channel); }
    void erase(Channel channel) { bits &= ~(1U << unsigned(channel)); }

    bool operator==(const ChannelSet&) const = default;
};

// "email, sms": their machine names in the order of channels.
std::string toText(ChannelSet channels);

// The same back; "phone" is "call", "text" is "sms", "all" is every one. Nothing: an unknown name among them.
std::optional<ChannelSet> parseChannels(std::string_view text);

} // namespace outrider
