// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mailbox_reader.h"

#include "core/base/log.h"
#include "core/inbound/inbound_flow.h"
#include "core/services/service_context.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"

namespace outrider {

using namespace outrider::store;
using inbound::IncomingMail;
using inbound::MailMatch;

namespace {

enum class Applied { Known, Nobody, Done };

void count(FetchReport& report, const IncomingMail& mail) {
    switch (mail.message.messageClass) {
    case MessageClass::Reply:
        ++report.replies;
        break;
    case MessageClass::AutoReply:
        ++report.autoReplies;
        break;
    case MessageClass::Bounce:
        ++report.bounces;
        break;
    case MessageClass::OptOut:
        ++report.optOuts;
        break;
    case MessageClass::Other:
    case MessageClass::Own:
        ++report.other;
        break;
    }
}

Result<Applied> applyOne(ServiceContext& context, IncomingMail& mail) {
    struct Seen {
        bool known = false;
        MailMatch match;
        std::string leadName;
    };
    // Looked up first: most mail is nobody's, and then there is nothing to write.
    OUTRIDER_ASSIGN(const Seen seen, wait(context.store().read([&mail](ReadContext& r) -> Result<Seen> {
                        Seen seen;
                        seen.known = MessageRepository(r.db).knowsHeader(mail.message.messageIdHeader) || isOwnMail(r.db, mail);
                        if (seen.known)
                            return seen;
                        seen.match = findMatch(r.db, mail);
                        if (const auto lead = LeadRepository(r.db).find(seen.match.lead))
                            seen.leadName = displayName(*lead);
                        return seen;
                    })));
    if (seen.known)
        return Applied::Known;
    if (seen.match.by == MailMatch::By::Nobody)
        return Applied::Nobody;
    ActionInfo action = context.action(std::string(actionName(mail, seen.match)), seen.leadName);
    action.origin = Origin::Inbound;
    const auto surroundings = context.surroundings();
    return wait(context.store().write(std::move(action), [&](WriteContext& write) -> Result<Applied> {
        if (MessageRepository(write.db).knowsHeader(mail.message.messageIdHeader)) // read twice at the same time
            return Applied::Known;
        OUTRIDER_TRY(inbound::InboundFlow(write, surroundings, context.random()).apply(mail, seen.match));
        return Applied::Done;
    }));
}

// Signing in again and again with a password that is no longer right locks accounts: the person is asked.
void askForSignIn(ServiceContext& context, MailboxId id, ErrorCode code) {
    if (code != ErrorCode::AuthFailed && code != ErrorCode::SecretMissing)
        return;
    const auto asked = wait(context.store().writeSilently([id, code](WriteContext& write) -> Result<> {
        MailboxRepository mailboxes(write.db);
        const auto now = mailboxes.find(id);
        if (!now || now->state != MailboxState::Active)
            return {};
        mailboxes.setState(write, id, MailboxState::NeedsAttention, name(code));
        write.touched(EntityKind::Mailbox, id.value);
        return {};
    }));
    if (!asked)
        qCWarning(logInbox, "mailbox %lld needs its password, which could not be noted", static_cast<long long>(id.value));
}

Result<> note(ServiceContext& context, const Mailbox& mailbox, const transport::MailCursor& cursor) {
    return wait(context.store().writeSilently([&](WriteContext& write) -> Result<> {
        MailboxRepository(write.db).setCursor(write, mailbox.id, mailbox.inboxFolder, {cursor.uidValidity, cursor.lastUid});
        return {};
    }));
}

} // namespace

transport::MailCursor readMailbox(ServiceContext& context, const Mailbox& mailbox, transport::MailSource& source,
                                  const Progress& progress, FetchReport& report) {
    const auto stored = wait(context.store().read(
        [&](ReadContext& r) -> Result<FolderCursor> { return MailboxRepository(r.db).cursor(mailbox.id, mailbox.inboxFolder); }));
    if (!stored) {
        report.errors.push_back(stored.error());
        return {};
    }
    transport::MailCursor cursor{static_cast<std::uint32_t>(stored->uidValidity), static_cast<std::uint32_t>(stored->lastUid)};
    // What was in the mailbox before Outrider knew it is none of its business.
    transport::FetchLimits limits;
    limits.since = std::chrono::floor<std::chrono::days>(mailbox.createdAt) - std::chrono::days(1);
    for (bool more = true; more && !progress.cancelled();) {
        std::optional<Error> failed;
        transport::MailCursor reached = cursor;
        const auto fetched = source.fetchNew(
            cursor, limits,
            [&](std::uint32_t, Instant receivedAt, std::string_view raw) {
                IncomingMail mail = inbound::readIncoming(raw, receivedAt, mailbox.id);
                const auto applied = applyOne(context, mail);
                if (!applied) {
                    failed = applied.error();
                    return false;
                }
                if (*applied != Applied::Known) {
                    ++report.fetched;
                    if (*applied == Applied::Nobody)
                        ++report.other;
                    else
                        count(report, mail);
                }
                return true;
            },
            progress, &reached);
        if (fetched)
            reached = fetched->cursor;
        if (reached.uidValidity != 0) {
            if (const auto noted = note(context, mailbox, reached); !noted && !failed)
                failed = noted.error();
        }
        if (!fetched && fetched.error().code != ErrorCode::Cancelled)
            failed = fetched.error();
        if (failed) {
            report.errors.push_back(*failed);
            askForSignIn(context, mailbox.id, failed->code);
        }
        more = fetched && fetched->more && !failed && reached != cursor;
        cursor = reached;
    }
    return cursor;
}

} // namespace outrider
