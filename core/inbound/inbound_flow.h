// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/domain/activity.h"
#include "core/inbound/mail_match.h"
#include "core/outreach/strategy_flow.h"
#include "core/store/store.h"

namespace outrider::inbound {

// What a mail that came in means for the lead, the timeline and the strategies, inside a write
// transaction. Throws StoreException.
class InboundFlow {
public:
    InboundFlow(store::WriteContext& write, const outreach::Surroundings& surroundings, Random& random)
        : m_write(write),
          m_surroundings(surroundings),
          m_random(random) {}

    // Files a mail whose lead is known and does what its class asks for. Its message gets its id.
    Result<> apply(IncomingMail& mail, const MailMatch& match);

    // The same for mail from before its mailbox was connected: it is filed, and an opt-out or a hard bounce holds, but
    // only what came while a strategy ran can end it, and nothing waits in the inbox.
    Result<> applyPast(IncomingMail& mail, const MailMatch& match);

    // A mail the person wrote elsewhere. One in the thread of a strategy is its step, when that is an e-mail and due; one
    // that answers the lead has dealt with their mail. `past`: it is only filed.
    void applyOwn(IncomingMail& mail, const OwnMail& own, bool past);

    // The rules of now say it is something else: does what that asks for, and takes nothing back.
    Result<> reapply(const Message& message, const IncomingMail& judged);

    // The person says whose it is, or that it is a reply after all: as if it had been known at once.
    Result<> applyAsReply(const Message& message, LeadId lead);

private:
    void file(IncomingMail& mail, LeadId lead, bool handled);
    void log(const Message& message, LeadId lead, ActivityKind kind, const std::optional<OutboxItem>& sent, std::string text);
    void reply(const Message& message, LeadId lead, const std::optional<OutboxItem>& sent);
    Result<> bounce(IncomingMail& mail, const MailMatch& match);
    void bounced(const IncomingMail& mail, const MailMatch& match);
    void autoReply(IncomingMail& mail, const MailMatch& match);
    void away(const IncomingMail& mail, const MailMatch& match);
    // An answer is proof that the message arrived.
    void settleUnknown(const std::optional<OutboxItem>& sent);

    store::WriteContext& m_write;
    const outreach::Surroundings& m_surroundings;
    Random& m_random;
};

// The class a mail is filed under, once it is known whose it is.
MessageClass filedAs(const IncomingMail& mail, const MailMatch& match);

// The machine name of the action such a mail is, worded by ui/text.
std::string_view actionName(const IncomingMail& mail, const MailMatch& match);

} // namespace outrider::inbound
