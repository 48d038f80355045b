// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/incoming_mail.h"

#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/inbound/reply_text.h"
#include "core/transport/parsed_mail.h"

#include <algorithm>

namespace outrider::inbound {

namespace {

std::string keyOf(std::string_view address) {
    const auto parsed = contact::parseEmailAddress(address);
    return parsed ? parsed->key : std::string();
}

} // namespace

IncomingMail readIncoming(std::string_view raw, Instant receivedAt, MailboxId mailbox) {
    const transport::ParsedMail parsed = transport::parse(raw);
    const ReplyText text = replyText(parsed.text);
    IncomingMail mail;
    mail.classification = classify(parsed);
    mail.message = {.mailbox = mailbox,
                    .direction = Direction::Inbound,
                    .messageClass = mail.classification.messageClass,
                    .messageIdHeader = parsed.messageId,
                    .inReplyTo = parsed.inReplyTo,
                    .from = parsed.from.address,
                    .to = parsed.to.empty() ? std::string() : parsed.to.front().address,
                    .subject = parsed.subject,
                    .text = text.text,
                    .quotedLines = text.quotedLines,
                    .raw = std::string(raw),
                    .at = receivedAt,
                    .rule = mail.classification.rule};
    if (!parsed.inReplyTo.empty())
        mail.quotes.push_back(parsed.inReplyTo);
    for (auto id = parsed.references.rbegin(); id != parsed.references.rend(); ++id) {
        if (std::find(mail.quotes.begin(), mail.quotes.end(), *id) == mail.quotes.end())
            mail.quotes.push_back(*id);
    }
    if (!mail.classification.originalMessageId.empty())
        mail.quotes.insert(mail.quotes.begin(), mail.classification.originalMessageId);
    mail.fromKey = keyOf(parsed.from.address);
    mail.fromDomain = contact::companyDomainOf(parsed.from.address);
    mail.recipientKey = keyOf(mail.classification.recipient);
    mail.isBulk = parsed.headers.has("List-Id") || parsed.headers.has("List-Unsubscribe");
    return mail;
}

} // namespace outrider::inbound
