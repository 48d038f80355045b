// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/incoming_mail.h"

#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/inbound/reply_text.h"
#include "core/inbound/rules_version.h"
#include "core/transport/auth_results.h"
#include "core/transport/parsed_mail.h"

#include <algorithm>

namespace outrider::inbound {

namespace {

constexpr std::size_t mostQuotes = 64; // each is looked for; the nearest come first
constexpr std::size_t mostRecipients = 50;

std::string keyOf(std::string_view address) {
    const auto parsed = contact::parseEmailAddress(address);
    return parsed ? parsed->key : std::string();
}

// DMARC is about the From a person sees; SPF and DKIM alone fail for every mail that was forwarded.
std::string deniedBy(const transport::MailHeaders& headers) {
    const auto verdict = transport::receiversVerdict(headers);
    if (!verdict)
        return {};
    const bool denied = std::any_of(verdict->results.begin(), verdict->results.end(),
                                    [](const AuthResult& result) { return result.method == "dmarc" && result.result == "fail"; });
    return denied ? verdict->server + ": dmarc=fail" : std::string();
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
                    .rule = mail.classification.rule,
                    .evidence = mail.classification.evidence,
                    .rulesVersion = rulesVersion};
    if (!parsed.inReplyTo.empty())
        mail.quotes.push_back(parsed.inReplyTo);
    for (auto id = parsed.references.rbegin(); id != parsed.references.rend() && mail.quotes.size() < mostQuotes; ++id) {
        if (std::find(mail.quotes.begin(), mail.quotes.end(), *id) == mail.quotes.end())
            mail.quotes.push_back(*id);
    }
    if (!mail.classification.originalMessageId.empty())
        mail.quotes.insert(mail.quotes.begin(), mail.classification.originalMessageId);
    mail.fromKey = keyOf(parsed.from.address);
    mail.fromDomain = contact::companyDomainOf(parsed.from.address);
    for (const auto* list : {&parsed.to, &parsed.cc}) {
        for (const transport::MailAddress& address : *list) {
            if (std::string key = keyOf(address.address); !key.empty() && mail.toKeys.size() < mostRecipients)
                mail.toKeys.push_back(std::move(key));
        }
    }
    mail.trackingId = parsed.headers.first("X-Outrider-Id");
    mail.recipientKey = keyOf(mail.classification.recipient);
    mail.originalSubject = parsed.original.first("Subject");
    mail.senderDenied = deniedBy(parsed.headers);
    mail.isBulk = parsed.headers.has("List-Id") || parsed.headers.has("List-Unsubscribe");
    return mail;
}

} // namespace outrider::inbound
