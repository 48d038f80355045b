// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message.h"
#include "core/inbound/classify.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::inbound {

// A mail that has come in, read and judged by itself, before anybody looks up whose it is.
struct IncomingMail {
    Message message; // inbound, with its raw bytes; whose it is not known yet
    Classification classification;
    std::vector<std::string> quotes; // Message-IDs it refers to, the nearest first
    std::string fromKey;             // the sender's address, normalised; empty when it is none
    std::string fromDomain;          // the company's, empty for free-mail providers
    std::string recipientKey;        // of a bounce: the address that failed
    std::vector<std::string> toKeys; // whom it went to, normalised: To, then Cc
    std::string trackingId;          // X-Outrider-Id: ours, whatever a provider made of its Message-ID
    std::string originalSubject;     // of a bounce: of the message it returns, when it shows that
    std::string senderDenied;        // what the receiving server says against its sender; empty: nothing
    bool isBulk = false;             // sent to a list, not to a person
};

// Pure and thread-safe; linear in the size of the mail, whatever strangers put into it.
IncomingMail readIncoming(std::string_view raw, Instant receivedAt, MailboxId mailbox);

} // namespace outrider::inbound
