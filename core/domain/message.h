// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <optional>
#include <string>

namespace outrider {

// Stored; never renumber.
enum class Direction {
    Outbound = 0,
    Inbound = 1,
};

// What an incoming mail is. The tests run in the order bounce, auto-reply, opt-out, reply, because
// many bounces also call themselves automatic answers. Stored; never renumber.
enum class MessageClass {
    Other = 0, // matches nobody: newsletters, private mail
    Reply = 1,
    AutoReply = 2,
    Bounce = 3,
    OptOut = 4,
    Own = 5, // sent by the person themselves, seen in the mailbox
};

inline constexpr auto messageClassNames = enumNames<MessageClass>({
    {MessageClass::Other, "other"},
    {MessageClass::Reply, "reply"},
    {MessageClass::AutoReply, "auto_reply"},
    {MessageClass::Bounce, "bounce"},
    {MessageClass::OptOut, "opt_out"},
    {MessageClass::Own, "own"},
});

constexpr std::string_view name(MessageClass value) { return messageClassNames.name(value); }

// One e-mail, sent or received.
struct Message {
    MessageId id;
    LeadId lead; // none: not matched yet
    MailboxId mailbox;
    Direction direction = Direction::Outbound;
    MessageClass messageClass = MessageClass::Other;
    std::string messageIdHeader; // without angle brackets
    std::string inReplyTo;       // the Message-ID it answers
    std::string from;
    std::string to;
    std::string subject;
    std::string text; // readable text; of a reply without what it quotes
    int quotedLines = 0;
    std::string raw; // RFC 5322 bytes as sent or received
    Instant at{};
    std::string rule;          // which rule classified it, for "why"
    std::string evidence;      // what that rule saw, one line
    std::string matchedBy;     // how its lead was found: the name of a MailMatch::By, or "person"
    std::string matchEvidence; // what spoke for it: a Message-ID, an address, a subject
    int rulesVersion = 0;      // of inbound/rules_version.h: which rules judged it; 0: none, or before they were counted
    bool handled = false;      // a reply the person has dealt with

    bool operator==(const Message&) const = default;
};

} // namespace outrider
