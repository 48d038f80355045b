// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::inbound {

struct ReplyText {
    std::string text;    // what the person has written this time, without white space at its ends
    int quotedLines = 0; // lines left out because they are the conversation before
    // Nothing was found that is new, so `text` is all of the mail: for showing, not for judging, since it holds
    // words of ours.
    bool isWhole = false;

    bool operator==(const ReplyText&) const = default;
};

// Parts an answer from the history below (or above) it and from the signature, as Gmail, Outlook, Apple
// Mail, Thunderbird and others write them, in eight languages. Text between quoted lines is kept in order.
//
// When in doubt, text is kept: showing too much is a nuisance, too little a lost answer. What would be nothing
// is shown whole.
// Pure and thread-safe; linear in the size of the text.
ReplyText replyText(std::string_view text);

} // namespace outrider::inbound
