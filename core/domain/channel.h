// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"

namespace outrider {

// How a step or task reaches out. Stored; never renumber. The order is the queue's order of groups.
enum class Channel {
    Email = 0,
    Call = 1,
    LinkedIn = 2,
    Sms = 3,
    Task = 4, // anything else, done by hand
};

inline constexpr std::array channels{Channel::Email, Channel::Call, Channel::LinkedIn, Channel::Sms, Channel::Task};

inline constexpr auto channelNames = enumNames<Channel>({
    {Channel::Email, "email"},
    {Channel::Call, "call"},
    {Channel::LinkedIn, "linkedin"},
    {Channel::Sms, "sms"},
    {Channel::Task, "task"},
});

constexpr std::string_view name(Channel channel) { return channelNames.name(channel); }

} // namespace outrider
