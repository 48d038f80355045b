// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace outrider::inbound {

// Why an answer asks for no more mail.
struct OptOut {
    std::string rule;
    std::string evidence;
};

// The token of a message of ours, when the subject is "unsubscribe TOKEN": what our List-Unsubscribe link writes, and
// how a one-click endpoint tells us. It cannot be guessed, so it counts whoever writes. Empty: no such subject.
std::string_view unsubscribeToken(std::string_view subject);

// Whether a person asks to be left alone: the subject of our unsubscribe link, a plain "no", or a phrase
// that asks for it. `ownText` is the mail's text without what it quotes. A long answer must ask in so
// many words; one that speaks of unsubscribing others does not.
std::optional<OptOut> findOptOut(std::string_view subject, std::string_view ownText);

} // namespace outrider::inbound
