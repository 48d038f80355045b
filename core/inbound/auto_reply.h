// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inbound/auto_reply_kind.h"
#include "core/transport/parsed_mail.h"

#include <optional>
#include <string>

namespace outrider::inbound {

// Why a mail was written by a machine.
struct AutoReply {
    std::string rule;
    std::string evidence;
    AutoReplyKind kind = AutoReplyKind::Unclear;
    std::string contact; // whom it names instead: a deputy, or who has taken over
};

// Answers nobody wrote this time: out of office, acknowledgements, receipts (RFC 3834 and what programs
// do instead). None when the mail is none. `ownText` is its text without what it quotes.
std::optional<AutoReply> findAutoReply(const transport::ParsedMail& mail, const std::string& ownText);

} // namespace outrider::inbound
