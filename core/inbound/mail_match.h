// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"
#include "core/domain/outbox.h"
#include "core/inbound/incoming_mail.h"
#include "core/store/sqlite/connection.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider::inbound {

// Whose a mail is, and how that is known.
//
// Both a From and a Message-ID can be forged. A thread alone therefore moves nothing: who has seen one of our messages
// (it was forwarded, or the id guessed) can quote it. It takes the lead's address or their company's beside it, and an
// address counts only while the server that took the mail in does not say it is forged (Authentication-Results, DMARC).
struct MailMatch {
    enum class By {
        Nobody,
        Thread,            // it quotes a message we sent, and comes from that lead or their company
        ThreadOtherSender, // something does not agree: shown with the lead, and the person decides
        Address,           // from, or a bounce for, the address of a lead
    };
    // What By rests on, the strongest first; kept with the message.
    enum class Why {
        None,
        Token,          // it names a message of ours by a word that cannot be guessed
        ThreadAddress,  // quotes our message, from the lead's address or another of theirs
        ThreadCompany,  // quotes it, from the lead's company: a colleague
        BounceThread,   // returns our message, for the address it went to
        AddressSubject, // from the lead's address, about what we wrote
        AddressAlone,   // from the lead's address
        BounceAddress,  // for the lead's address; its server kept no id
        MachineThread,  // an automatic answer to our message, from somewhere else
        ThreadAlone,    // quotes our message, from a stranger
        BounceOther,    // returns our message, but for another address, or one we never sent
        SenderDenied,   // from the lead's address, which the receiving server says is forged
    };
    By by = By::Nobody;
    LeadId lead;
    std::optional<OutboxItem> sent{}; // the message it answers or returns, without its bytes
    Why why = Why::None;
    std::string evidence{}; // what was found to agree, or not to

    bool needsReview() const { return by == By::ThreadOtherSender; }
};

inline constexpr auto matchNames = enumNames<MailMatch::Why>({
    {MailMatch::Why::None, ""},
    {MailMatch::Why::Token, "token"},
    {MailMatch::Why::ThreadAddress, "thread_address"},
    {MailMatch::Why::ThreadCompany, "thread_company"},
    {MailMatch::Why::BounceThread, "bounce_thread"},
    {MailMatch::Why::AddressSubject, "address_subject"},
    {MailMatch::Why::AddressAlone, "address"},
    {MailMatch::Why::BounceAddress, "bounce_address"},
    {MailMatch::Why::MachineThread, "machine_thread"},
    {MailMatch::Why::ThreadAlone, "thread"},
    {MailMatch::Why::BounceOther, "bounce_other"},
    {MailMatch::Why::SenderDenied, "sender_denied"},
});

constexpr std::string_view name(MailMatch::Why why) { return matchNames.name(why); }

// Looks by thread first, then by address. Throws StoreException.
MailMatch findMatch(store::Connection& db, const IncomingMail& mail);

// Of a mail the person wrote: the message of ours it is a copy of, or the lead it went to.
struct OwnMail {
    MessageId known;                // what was sent from here, or was filed before
    LeadId lead;                    // none: nobody's
    std::optional<OutboxItem> sent; // whose thread it is in
    MessageId answers;              // the mail of the lead's it answers
};
OwnMail findOwn(store::Connection& db, const IncomingMail& mail);

// Whether the mail was written by the person themselves: seen in the mailbox, but nobody's answer.
bool isOwnMail(store::Connection& db, const IncomingMail& mail);
// The same, for many: the addresses the person writes from, normalised.
std::vector<std::string> ownAddresses(store::Connection& db);
bool isOwnMail(const std::vector<std::string>& ownAddresses, const IncomingMail& mail);

} // namespace outrider::inbound
