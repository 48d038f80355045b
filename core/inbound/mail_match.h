// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outbox.h"
#include "core/inbound/incoming_mail.h"
#include "core/store/sqlite/connection.h"

#include <optional>

namespace outrider::inbound {

// Whose a mail is, and how that is known.
struct MailMatch {
    enum class By {
        Nobody,
        Thread,            // it quotes a message we sent, and comes from that lead or their company
        ThreadOtherSender, // it quotes one, but somebody else wrote: the person decides
        Address,           // from, or a bounce for, the address of a lead
    };
    By by = By::Nobody;
    LeadId lead;
    std::optional<OutboxItem> sent; // the message it answers or returns, without its bytes
};

// Looks by thread first, then by address. Throws StoreException.
MailMatch findMatch(store::Connection& db, const IncomingMail& mail);

// Whether the mail was written by the person themselves: seen in the mailbox, but nobody's answer.
bool isOwnMail(store::Connection& db, const IncomingMail& mail);

} // namespace outrider::inbound
