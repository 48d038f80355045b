// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mail_history.h"
#include "core/store/store.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// Mail from before a mailbox was connected, gathered to be looked at. Not content: neither journaled nor exported.
class MailHistoryRepository {
public:
    explicit MailHistoryRepository(Connection& db) : m_db(db) {}

    std::optional<MailHistory> find(MailboxId mailbox);
    std::vector<MailHistory> all();
    // Anew: what was gathered before goes.
    void begin(WriteContext& write, const MailHistory& history);
    void setProgress(WriteContext& write, MailboxId mailbox, std::int64_t read, std::int64_t total);
    void setState(WriteContext& write, MailboxId mailbox, MailHistoryState state);

    struct Item {
        std::int64_t id = 0;
        LeadId lead;
        MessageClass messageClass = MessageClass::Other;
        Instant at{};
        bool hard = false;
        std::string knownBy; // its Message-ID, or where it lies
        std::string raw;
    };
    // False: it is there already.
    bool add(WriteContext& write, MailboxId mailbox, const Item& item);
    // Oldest first, after that one, with their bytes.
    std::vector<Item> items(MailboxId mailbox, Instant afterAt, std::int64_t afterId, int limit);
    void remove(WriteContext& write, std::int64_t item);
    void clear(WriteContext& write, MailboxId mailbox);

    // What filing it would do: see MailHistoryPreview. At most `most` leads are listed.
    MailHistoryPreview preview(const MailHistory& history, int most);

private:
    Connection& m_db;
};

} // namespace outrider::store
