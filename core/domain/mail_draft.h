// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/channel.h"
#include "core/domain/ids.h"
#include "core/domain/message_parts.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider {

// A message about to be written: filled from its template, editable, not yet on its way.
struct MailDraft {
    Channel channel = Channel::Email; // Sms: a text message; addresses are numbers, and there is only the body
    MailboxId mailbox;
    std::string fromName;
    std::string fromAddress;
    std::string toName;
    std::string toAddress;
    std::string subject;
    std::string body;          // what the person may edit
    std::string footer;        // signature and opt-out line, put below
    int variables = 0;         // how many the template had
    bool optOutHeader = false; // carries List-Unsubscribe (RFC 2369): a strategy's message
    std::string oneClickUrl;   // and, with it, one-click unsubscribing (RFC 8058); has {token}

    MailFormat format = MailFormat::Plain;
    // The body as the template gave it, and the same with every merged value escaped for Markdown: what HTML is made
    // of as long as the person has not edited the body.
    std::string filledBody;
    std::string markdown;
    std::vector<MailAttachment> attachments;

    bool inThread = false;               // continues the conversation of the step before
    std::string inReplyTo;               // Message-ID
    std::vector<std::string> references; // Message-IDs, oldest first

    std::optional<Error> problem; // why it cannot be sent as it is (a field without a value…)
};

} // namespace outrider
