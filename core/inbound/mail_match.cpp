// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/mail_match.h"

#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"

#include <algorithm>

namespace outrider::inbound {

using namespace outrider::store;

namespace {

// The lead, one of the lead's other addresses, or somebody of the same company.
bool isFromLead(const Lead& lead, const IncomingMail& mail) {
    if (mail.fromKey.empty())
        return false;
    if (mail.fromKey == lead.emailKey)
        return true;
    const bool known = std::any_of(lead.otherContacts.begin(), lead.otherContacts.end(), [&](const ContactPoint& point) {
        return point.kind == ContactKind::Email && point.key == mail.fromKey;
    });
    return known || (!mail.fromDomain.empty() && mail.fromDomain == contact::companyDomainOf(lead.email));
}

std::optional<OutboxItem> sentMessage(Connection& db, const IncomingMail& mail) {
    for (const std::string& id : mail.quotes) {
        if (const auto message = MessageRepository(db).findOutbound(id); message && message->lead)
            return OutboxRepository(db).ofMessage(message->id);
    }
    return std::nullopt;
}

} // namespace

MailMatch findMatch(Connection& db, const IncomingMail& mail) {
    LeadRepository leads(db);
    if (mail.classification.rule == optOutByToken) {
        const auto message = MessageRepository(db).findOutboundByToken(mail.classification.evidence);
        if (message && message->lead)
            return {MailMatch::By::Thread, message->lead, OutboxRepository(db).ofMessage(message->id)};
    }
    const bool byMachine =
        mail.message.messageClass == MessageClass::Bounce || mail.message.messageClass == MessageClass::AutoReply;
    if (const auto sent = sentMessage(db, mail)) {
        const auto lead = leads.find(sent->lead);
        if (lead) {
            // Bounces come from postmasters; an automatic answer may come from anywhere.
            const bool trusted = byMachine || isFromLead(*lead, mail);
            return {trusted ? MailMatch::By::Thread : MailMatch::By::ThreadOtherSender, lead->id, sent};
        }
    }
    const std::string& key = mail.message.messageClass == MessageClass::Bounce ? mail.recipientKey : mail.fromKey;
    if (key.empty())
        return {};
    const auto lead = leads.findByEmailKey(key);
    if (!lead)
        return {};
    MailMatch match{MailMatch::By::Address, *lead, std::nullopt};
    // What it most likely speaks of: without it, a bounce would be about nothing we did.
    if (const auto last = MessageRepository(db).lastOutboundTo(*lead))
        match.sent = OutboxRepository(db).ofMessage(last->id);
    if (mail.message.messageClass == MessageClass::Bounce && !match.sent)
        return {};
    // A newsletter the lead's address sends is not an answer.
    if (mail.isBulk && !byMachine)
        return {};
    return match;
}

bool isOwnMail(Connection& db, const IncomingMail& mail) {
    if (mail.fromKey.empty() || mail.message.messageClass == MessageClass::Bounce || mail.classification.rule == optOutByToken)
        return false;
    const std::vector<Mailbox> mailboxes = MailboxRepository(db).all();
    return std::any_of(mailboxes.begin(), mailboxes.end(), [&](const Mailbox& mailbox) {
        const auto own = contact::parseEmailAddress(mailbox.address);
        return own && own->key == mail.fromKey;
    });
}

} // namespace outrider::inbound
