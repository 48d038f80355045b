// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/message.h"
#include "core/domain/status.h"
#include "core/services/mail_reading.h"

#include <QFuture>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class InboxWatcher;
class ServiceContext;
class Worker;

// One incoming mail, as the inbox lists it.
struct InboxItem {
    Message message; // without its raw bytes
    std::string leadName;
    std::string companyName;
    StatusId leadStatus;
    // What it did: an automatic answer may say until when its sender is away, a bounce why; a bounce or an
    // opt-out may have suppressed the address.
    std::optional<std::chrono::sys_days> returnsOn;
    std::string reason;
    bool suppressed = false;
};

struct InboxCounts {
    int replies = 0; // not handled yet
    int unknownSends = 0;
    int unmatched = 0;
    std::optional<Instant> lastReplyAt;
    std::optional<Instant> readAt; // when a mailbox was last read
};

// What fetching did.
struct FetchReport {
    int mailboxes = 0; // that were looked into
    int fetched = 0;
    int replies = 0;
    int bounces = 0;
    int autoReplies = 0;
    int optOuts = 0;
    int other = 0;
    int sentElsewhere = 0;     // by the person, with another program
    std::vector<Error> errors; // of mailboxes that could not be read
    std::string unread;        // the address of the first of them
};

// How `inbox classify` judges one mail; needs no workspace.
struct ClassifiedMail {
    MessageClass messageClass = MessageClass::Other;
    std::optional<bool> hard; // of a bounce
    std::string reason;
    std::string recipient;
    std::string originalMessageId;
    std::string kind;       // of a bounce: hard, soft, policy, mailbox_full, unknown
    std::string returnDate; // ISO date; empty: none
    std::string contact;    // whom an automatic answer names instead
    std::string replyText;
    std::string rule;
    std::string evidence; // what that rule saw
};
ClassifiedMail classifyMail(std::string_view raw);

// Mail that comes back; what becomes of it is ConversationService. Thread-safe; every call returns at once.
class InboxService {
public:
    explicit InboxService(ServiceContext& context);
    ~InboxService();

    // Reads what is new in every mailbox and moves the strategies accordingly.
    QFuture<Result<FetchReport>> fetch(ProgressPtr progress = {});

    // Newest first. `handled`: none for both.
    QFuture<Result<std::vector<InboxItem>>> list(MessageClass messageClass, std::optional<bool> handled, int limit);
    QFuture<Result<std::vector<InboxItem>>> list(std::vector<MessageClass> classes, std::optional<bool> handled, int limit);
    QFuture<Result<InboxCounts>> counts();
    QFuture<Result<std::vector<Message>>> conversation(LeadId lead, int limit); // newest first
    QFuture<Result<std::string>> raw(MessageId id);
    // How it is shown, made harmless; and why it was taken for what it is, and for whose.
    QFuture<Result<ShownMail>> shown(MessageId id);
    QFuture<Result<JudgedMail>> judged(MessageId id);

    QFuture<Result<>> setHandled(MessageId id, bool handled);
    // Says whose mail it is, or that what was taken for automatic is a reply after all; it is then applied as
    // if it had been known at once, and waits in the inbox.
    QFuture<Result<>> match(MessageId id, LeadId lead);

    // A mailbox was added or changed.
    void wake();

    // Watches the mailboxes from start() on (IMAP IDLE where offered, else every few minutes).
    void start();
    void stop();

private:
    ServiceContext& m_context;
    std::unique_ptr<InboxWatcher> m_watcher;
    std::unique_ptr<Worker> m_worker; // fetching waits for servers: never in the way of other work
};

} // namespace outrider
