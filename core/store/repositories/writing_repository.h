// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message_parts.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// How messages are written: snippets, and the form a mailbox or a strategy uses.
class WritingRepository {
public:
    explicit WritingRepository(Connection& db) : m_db(db) {}

    std::vector<Snippet> snippets(); // by name
    std::optional<Snippet> snippet(std::string_view name);
    std::optional<Snippet> snippet(SnippetId id);
    // AlreadyExists by its name.
    void insert(WriteContext& write, Snippet& snippet); // with a new id
    void update(WriteContext& write, const Snippet& snippet);
    void remove(WriteContext& write, SnippetId id);

    MailboxWriting ofMailbox(MailboxId mailbox);
    void setMailbox(WriteContext& write, const MailboxWriting& writing);

    // None: as its mailbox writes.
    std::optional<MailFormat> formatOf(StrategyId strategy);
    void setFormat(WriteContext& write, StrategyId strategy, std::optional<MailFormat> format);

private:
    Connection& m_db;
};

} // namespace outrider::store
