// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/channel_set.h"

namespace outrider {

std::string toText(ChannelSet set) {
    std::string text;
    for (const Channel channel : channels) {
        if (set.contains(channel))
            text += (text.empty() ? "" : ", ") + std::string(name(channel));
    }
    return text;
}

std::optional<ChannelSet> parseChannels(std::string_view text) {
    ChannelSet found;
    while (!text.empty()) {
        const auto end = text.find_first_of(", ;");
        std::string word;
        for (const char c : text.substr(0, end))
            word += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (word.empty())
            continue;
        if (word == "all") {
            for (const Channel channel : {Channel::Email, Channel::Call, Channel::LinkedIn, Channel::Sms})
                found.insert(channel);
            continue;
        }
        if (word == "phone")
            word = "call";
        else if (word == "text")
            word = "sms";
        else if (word == "mail" || word == "e-mail")
            word = "email";
        const auto channel = channelNames.value(word);
        if (!channel)
            return std::nullopt;
        found.insert(*channel);
    }
    return found;
}

} // namespace outrider
