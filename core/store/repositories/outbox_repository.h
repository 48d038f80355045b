// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outbox.h"
#include "core/domain/outbox_list.h"
#include "core/domain/outbox_trace.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// The messages on their way out, and the ledger of what was handed over. Every move goes through
// move(), which knows the state machine of core/domain/outbox.h; a move it does not know throws
// ErrorCode::NotSendable and changes nothing.
class OutboxRepository {
public:
    explicit OutboxRepository(Connection& db) : m_db(db) {}

    std::optional<OutboxItem> find(OutboxId id); // with its raw bytes
    std::optional<OutboxRow> row(OutboxId id);
    // By the time they may leave. For what is unsettled or was refused; everything ever sent is sorted for it.
    std::vector<OutboxRow> list(const std::vector<OutboxState>& states, int limit);
    // What was sent, refused or dropped from that moment on, the youngest first.
    std::vector<OutboxRow> settled(OutboxState state, Instant since, int limit);
    std::optional<OutboxItem> ofTask(TaskId task);          // the youngest, without raw
    std::optional<OutboxItem> ofMessage(MessageId message); // without raw
    OutboxCounts counts(Instant dayStart);
    int countWaiting(MailboxId mailbox);
    std::int64_t refusedSince(MailboxId mailbox, Instant since);
    // Whether a message of that step exists that was not dropped: the step must not be made again.
    // Whether a message of it waits, is being sent, or may have left (unknown).
    bool isUnderWay(EnrolmentId enrolment);
    bool existsFor(EnrolmentId enrolment, StepId step);
    // When the lead's next message may leave; none on its way: nullopt.
    std::optional<Instant> nextFor(LeadId lead);
    // What was sent in an enrolment so far, oldest first: the thread a follow-up continues.
    struct SentMail {
        std::string messageIdHeader;
        std::string subject;
    };
    std::vector<SentMail> sentIn(EnrolmentId enrolment);

    // Throws with AlreadyExists when the idempotency key, or the step for that recipient, is taken.
    void insert(WriteContext& write, OutboxItem& item);

    // What may leave this mailbox now, first come first; held and missing ones are not among them.
    std::vector<OutboxId> due(MailboxId mailbox, Instant now, int limit);
    // When something of this mailbox may leave next.
    std::optional<Instant> nextDue(MailboxId mailbox);

    // Each move leaves a line in the message's trace, with what proves it.
    void move(WriteContext& write, OutboxId id, OutboxState to, WaitReason reason = WaitReason::None,
              std::optional<Instant> earliest = std::nullopt, std::string_view evidence = {});
    std::vector<OutboxTraceEntry> trace(OutboxId id); // oldest first; empty: there is no such message
    // The end of an attempt: Sent, Refused or Unknown with what the server said.
    void settle(WriteContext& write, OutboxId id, OutboxState to, bool refusedHard, std::string_view answer);
    void setAnswer(WriteContext& write, OutboxId id, std::string_view answer);
    void setProviderRef(WriteContext& write, OutboxId id, std::string_view ref);
    // Only the reason and time of one that waits.
    void setWait(WriteContext& write, OutboxId id, WaitReason reason, Instant earliest);
    // What waited for the mailbox to be signed in again may leave at once.
    void signedIn(WriteContext& write, MailboxId mailbox);
    // Of everything in the mailbox that due() would give; how many.
    std::int64_t deferDue(WriteContext& write, MailboxId mailbox, WaitReason reason, Instant earliest);

    // claimed: counted against the limits from now on. unclaim() takes the ledger's line back too:
    // for an attempt of which it is certain that nothing was handed over.
    void claim(WriteContext& write, const OutboxItem& item);
    void unclaim(WriteContext& write, OutboxId id, WaitReason reason, Instant earliest, std::string_view evidence = {});
    // The same of one that was not even tried: it counts as no attempt, and may leave at once.
    void putBack(WriteContext& write, OutboxId id, std::string_view evidence = {});
    // sending, as the number-th message of this workspace (store/send_fence.h).
    void beginSending(WriteContext& write, OutboxId id, std::int64_t number);
    int handedOverSince(MailboxId mailbox, Instant since);
    // When that message was handed over last, if it was since then.
    std::optional<Instant> lastHandedOver(const OutboxItem& item, Instant since);
    // When the n-th newest hand-over was, of a mailbox or to a domain; nullopt: there were not so many.
    std::optional<Instant> handedOver(MailboxId mailbox, int n);
    std::optional<Instant> handedOverTo(std::string_view domain, int n);

    struct HandOver {
        MailboxId mailbox;
        std::string domain; // the recipient's
        Instant at{};
    };
    std::vector<HandOver> handOvers(MailboxId mailbox, Instant since); // oldest first

    // After a crash: what was being sent is unknown, what was only claimed waits again. `begun`: the number up to which
    // sending is known to have begun (SendFence::begun); those recorded beyond it had not left.
    struct Recovered {
        int unknown = 0;
        int requeued = 0;
    };
    Recovered recover(WriteContext& write, std::optional<std::int64_t> begun = std::nullopt);

    // The queries behind list(), settled() and counts(), for tests of their plans.
    static std::vector<std::string> listSqls(const std::vector<OutboxState>& states);
    static std::string settledSql();
    static std::vector<std::string> countSqls();

private:
    [[noreturn]] void refuseMove(OutboxId id);

    Connection& m_db;
};

} // namespace outrider::store
