// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/mail_match.h"

#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/contact/text.h"
#include "core/inbound/words.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"

#include <algorithm>

namespace outrider::inbound {

using namespace outrider::store;

namespace {

using Why = MailMatch::Why;
using By = MailMatch::By;

bool isAddressOf(const Lead& lead, std::string_view key) {
    if (key.empty())
        return false;
    return key == lead.emailKey
           || std::any_of(lead.otherContacts.begin(), lead.otherContacts.end(),
                          [&](const ContactPoint& point) { return point.kind == ContactKind::Email && point.key == key; });
}

std::optional<OutboxItem> sentMessage(Connection& db, const IncomingMail& mail) {
    for (const std::string& id : mail.quotes) {
        if (const auto message = MessageRepository(db).findOutbound(id); message && message->lead)
            return OutboxRepository(db).ofMessage(message->id);
    }
    return std::nullopt;
}

// "RE: AW: Dock delays" -> " dock delays ": without what programs put before it.
std::string subjectWords(std::string_view subject) {
    constexpr std::size_t longestPrefix = 8;
    for (int prefixes = 0; prefixes < 6; ++prefixes) {
        subject = contact::trimmed(subject);
        const auto colon = subject.substr(0, longestPrefix).find(':');
        if (colon == std::string_view::npos)
            break;
        subject.remove_prefix(colon + 1);
    }
    return wordsOf(startOf(subject, 300));
}

// The newest message to the lead that the mail may be about: with its subject, else the last one.
struct About {
    std::optional<OutboxItem> sent;
    bool sameSubject = false;
};

About aboutOf(Connection& db, LeadId lead, std::string_view subject) {
    constexpr int looked = 30;
    About about;
    const std::string words = subjectWords(subject);
    MessageId last;
    for (const Message& message : MessageRepository(db).ofLead(lead, looked)) {
        if (message.direction != Direction::Outbound)
            continue;
        last = last ? last : message.id;
        if (words.size() > 1 && subjectWords(message.subject) == words) {
            about.sameSubject = true;
            last = message.id;
            break;
        }
    }
    if (last)
        about.sent = OutboxRepository(db).ofMessage(last);
    return about;
}

MailMatch bounceInThread(const Lead& lead, const OutboxItem& sent, const IncomingMail& mail) {
    // A forged one knows a Message-ID; that a message failed for somebody else says nothing about the lead.
    if (mail.recipientKey.empty() || mail.recipientKey == sent.recipientKey || isAddressOf(lead, mail.recipientKey))
        return {By::Thread, lead.id, sent, Why::BounceThread, sent.messageIdHeader};
    return {By::ThreadOtherSender, lead.id, sent, Why::BounceOther, mail.recipientKey};
}

MailMatch inThread(const Lead& lead, const OutboxItem& sent, const IncomingMail& mail) {
    if (mail.message.messageClass == MessageClass::Bounce)
        return bounceInThread(lead, sent, mail);
    const std::string& id = sent.messageIdHeader;
    const bool address = isAddressOf(lead, mail.fromKey);
    const bool company = !mail.fromDomain.empty() && mail.fromDomain == contact::companyDomainOf(lead.email);
    if ((address || company) && !mail.senderDenied.empty())
        return {By::ThreadOtherSender, lead.id, sent, Why::SenderDenied, mail.senderDenied};
    if (address)
        return {By::Thread, lead.id, sent, Why::ThreadAddress, id + ", " + mail.fromKey};
    if (company)
        return {By::Thread, lead.id, sent, Why::ThreadCompany, id + ", " + mail.fromDomain};
    const bool machine = mail.message.messageClass == MessageClass::AutoReply;
    return {By::ThreadOtherSender, lead.id, sent, machine ? Why::MachineThread : Why::ThreadAlone, id + ", " + mail.fromKey};
}

} // namespace

MailMatch findMatch(Connection& db, const IncomingMail& mail) {
    LeadRepository leads(db);
    if (mail.classification.rule == optOutByToken) {
        const std::string& token = mail.classification.evidence;
        const auto message = MessageRepository(db).findOutboundByToken(token);
        if (message && message->lead)
            return {By::Thread, message->lead, OutboxRepository(db).ofMessage(message->id), Why::Token, token};
    }
    if (const auto sent = sentMessage(db, mail)) {
        if (const auto lead = leads.find(sent->lead))
            return inThread(*lead, *sent, mail);
    }
    const bool bounce = mail.message.messageClass == MessageClass::Bounce;
    const std::string& key = bounce ? mail.recipientKey : mail.fromKey;
    if (key.empty())
        return {};
    const auto lead = leads.findByEmailKey(key);
    if (!lead)
        return {};
    // What it most likely speaks of: without it, a bounce would be about nothing we did.
    const About about = aboutOf(db, *lead, bounce ? mail.originalSubject : mail.message.subject);
    if (bounce) {
        if (!about.sent)
            return {};
        // It returns a message, and none of ours: somebody else wrote under our name.
        if (!mail.originalSubject.empty() && !about.sameSubject && !mail.classification.originalMessageId.empty())
            return {By::ThreadOtherSender, *lead, about.sent, Why::BounceOther, mail.classification.originalMessageId};
        return {By::Address, *lead, about.sent, Why::BounceAddress, key};
    }
    // A newsletter the lead's address sends is not an answer.
    if (mail.isBulk && mail.message.messageClass != MessageClass::AutoReply)
        return {};
    if (!mail.senderDenied.empty())
        return {By::ThreadOtherSender, *lead, about.sent, Why::SenderDenied, mail.senderDenied};
    if (about.sameSubject)
        return {By::Address, *lead, about.sent, Why::AddressSubject,
                key + ", " + std::string(startOf(mail.message.subject, 200))};
    return {By::Address, *lead, about.sent, Why::AddressAlone, key};
}

OwnMail findOwn(Connection& db, const IncomingMail& mail) {
    MessageRepository messages(db);
    OwnMail own;
    // Providers that give a message an id of their own leave ours, or what stands before its @.
    for (const auto& known : {messages.findByHeader(mail.message.messageIdHeader),
                              mail.trackingId.empty() ? std::nullopt : messages.findOutboundByToken(mail.trackingId)}) {
        if (known && !own.known)
            own.known = known->id;
    }
    if (own.known)
        return own;
    for (const std::string& id : mail.quotes) {
        const auto quoted = messages.findByHeader(id);
        if (!quoted || !quoted->lead)
            continue;
        own.lead = quoted->lead;
        if (quoted->direction == Direction::Inbound)
            own.answers = own.answers ? own.answers : quoted->id;
        else if (!own.sent)
            own.sent = OutboxRepository(db).ofMessage(quoted->id);
    }
    for (const std::string& key : mail.toKeys) {
        const auto lead = LeadRepository(db).findByEmailKey(key);
        if (!lead)
            continue;
        if (*lead != own.lead) { // a thread with somebody else is none of theirs
            own = {.lead = *lead};
        }
        return own;
    }
    return {}; // a thread alone is not enough: it may have been forwarded to a colleague of the person's
}

std::vector<std::string> ownAddresses(Connection& db) {
    std::vector<std::string> keys;
    for (const Mailbox& mailbox : MailboxRepository(db).all()) {
        if (const auto own = contact::parseEmailAddress(mailbox.address))
            keys.push_back(own->key);
    }
    return keys;
}

bool isOwnMail(const std::vector<std::string>& ownAddresses, const IncomingMail& mail) {
    if (mail.fromKey.empty() || mail.message.messageClass == MessageClass::Bounce || mail.classification.rule == optOutByToken)
        return false;
    return std::find(ownAddresses.begin(), ownAddresses.end(), mail.fromKey) != ownAddresses.end();
}

bool isOwnMail(Connection& db, const IncomingMail& mail) { return isOwnMail(ownAddresses(db), mail); }

} // namespace outrider::inbound
