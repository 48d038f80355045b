// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mail_history.h"
#include "core/domain/mailbox.h"
#include "core/store/store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace outrider::store {

// How far a folder of a mailbox has been read.
struct FolderCursor {
    std::int64_t uidValidity = 0;
    std::int64_t lastUid = 0;
    std::int64_t modSeq = 0;
    std::string position;
};

// What looking at a mailbox from outside found last, as JSON (services/deliverability_json.h).
struct MailboxReport {
    enum class Kind { Dns = 0, Probe = 1 }; // stored; never renumber

    Instant at{};
    std::string body;
};

class MailboxRepository {
public:
    explicit MailboxRepository(Connection& db) : m_db(db) {}

    std::vector<Mailbox> all(); // oldest first
    std::optional<Mailbox> find(MailboxId id);
    std::optional<Mailbox> findByAddress(std::string_view address);
    std::optional<Mailbox> firstActive(); // the default one to send from; no phone line
    std::optional<Mailbox> firstLine();   // the default phone line, for text messages
    std::optional<Mailbox> firstCallingLine();

    // Throws with AlreadyExists when there is one for that address.
    void insert(WriteContext& write, Mailbox& mailbox);
    void update(WriteContext& write, const Mailbox& mailbox); // everything but state and moments
    void remove(WriteContext& write, MailboxId id);           // throws Conflict while it is used
    // `detail`: the server's words for it.
    void setState(WriteContext& write, MailboxId id, MailboxState state, std::string_view reason, std::string_view detail = {});

    bool isUsed(MailboxId id); // messages or strategies point at it

    FolderCursor cursor(MailboxId id, std::string_view folder);
    void forgetCursor(WriteContext& write, MailboxId id, std::string_view folder);
    void setCursor(WriteContext& write, MailboxId id, std::string_view folder, const FolderCursor& cursor);
    // How the last looks went. `error` empty: it succeeded.
    std::vector<ReadingState> readings();
    ReadingState reading(MailboxId id);
    void setReading(WriteContext& write, const ReadingState& state);
    void setChecked(WriteContext& write, MailboxId id);

    // A message that is no lead's (a probe) counts against the limits, too.
    void countSend(WriteContext& write, MailboxId id, std::string_view domain);

    std::optional<MailboxReport> report(MailboxId id, MailboxReport::Kind kind);
    void setReport(WriteContext& write, MailboxId id, MailboxReport::Kind kind, std::string_view body);

private:
    void updateLine(WriteContext& write, MailboxId id, const PhoneLine& line);

    Connection& m_db;
};

} // namespace outrider::store
