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

// Whether a person asks to be left alone: the subject of our unsubscribe link, a plain "no", or a phrase
// that asks for it. `ownText` is the mail's text without what it quotes. A long answer must ask in so
// many words; one that speaks of unsubscribing others does not.
std::optional<OptOut> findOptOut(std::string_view subject, std::string_view ownText);

} // namespace outrider::inbound
