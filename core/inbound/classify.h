// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message.h"
#include "core/transport/parsed_mail.h"

#include <chrono>
#include <optional>
#include <string>

namespace outrider::inbound {

// What an incoming mail is, judged from itself alone.
struct Classification {
    MessageClass messageClass = MessageClass::Other;

    // Of a bounce. Hard: the address or its domain does not exist, so nothing may be sent there again.
    // Everything that may pass, or that is about us (policy, spam, size), is soft. A message that is
    // only delayed is soft too.
    std::optional<bool> hard;
    // Machine name: of a bounce "user_unknown", "mailbox_full", "policy"… (diagnosis.h); of an automatic answer
    // "away", "left", "unmonitored", "acknowledged", "receipt" or "unclear" (auto_reply_kind.h).
    std::string reason;
    std::string recipient;         // the address that failed
    std::string originalMessageId; // of the message that came back, without angle brackets

    // Of an automatic answer: the day the person is back.
    std::optional<std::chrono::sys_days> returnDate;
    std::string contact; // whom to write to instead, when it names somebody

    std::string rule;     // which rule decided: "dsn.failed", "auto.header", "opt_out.phrase"…
    std::string evidence; // what it saw, one line: a diagnostic, a header, a phrase

    bool operator==(const Classification&) const = default;
};

// The rule of an opt-out that names the message it is about; `evidence` is that message's token.
inline constexpr const char* optOutByToken = "opt_out.token";

// Tests in the order bounce, automatic answer, opt-out, answer; what is none of them is Other. Bounces
// come first because a third of them call themselves automatic answers, automatic answers before
// opt-outs because they quote our own last line.
//
// Pure and thread-safe; linear in the size of the mail.
Classification classify(const transport::ParsedMail& mail);

} // namespace outrider::inbound
