// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/writing_repository.h"

namespace outrider::store {

namespace {

Snippet read(const Statement& row) { return {.id = row.id<SnippetId>(0), .name = row.text(1), .text = row.text(2)}; }

std::optional<Snippet> first(Statement&& rows) { return rows.step() ? std::optional(read(rows)) : std::nullopt; }

} // namespace

std::vector<Snippet> WritingRepository::snippets() {
    std::vector<Snippet> all;
    Statement rows = m_db.prepare("SELECT id, name, text FROM snippet ORDER BY name");
    while (rows.step())
        all.push_back(read(rows));
    return all;
}

std::optional<Snippet> WritingRepository::snippet(std::string_view name) {
    return first(m_db.query("SELECT id, name, text FROM snippet WHERE name = ?1", name));
}

std::optional<Snippet> WritingRepository::snippet(SnippetId id) {
    return first(m_db.query("SELECT id, name, text FROM snippet WHERE id = ?1", id));
}

void WritingRepository::insert(WriteContext& write, Snippet& snippet) {
    if (this->snippet(snippet.name))
        throw StoreException(Error(ErrorCode::AlreadyExists, snippet.name));
    snippet.id = write.newId<SnippetId>();
    m_db.run("INSERT INTO snippet(id, name, text) VALUES (?1, ?2, ?3)", snippet.id, snippet.name, snippet.text);
}

void WritingRepository::update(WriteContext&, const Snippet& snippet) {
    if (const auto named = this->snippet(snippet.name); named && named->id != snippet.id)
        throw StoreException(Error(ErrorCode::AlreadyExists, snippet.name));
    m_db.run("UPDATE snippet SET name = ?2, text = ?3 WHERE id = ?1", snippet.id, snippet.name, snippet.text);
}

void WritingRepository::remove(WriteContext&, SnippetId id) { m_db.run("DELETE FROM snippet WHERE id = ?1", id); }

MailboxWriting WritingRepository::ofMailbox(MailboxId mailbox) {
    MailboxWriting writing{.mailbox = mailbox};
    Statement row =
        m_db.query("SELECT format, postal_address, unsubscribe_url FROM mailbox_writing WHERE mailbox_id = ?1", mailbox);
    if (row.step()) {
        writing.format = row.value<MailFormat>(0);
        writing.postalAddress = row.text(1);
        writing.unsubscribeUrl = row.text(2);
    }
    return writing;
}

void WritingRepository::setMailbox(WriteContext& write, const MailboxWriting& writing) {
    if (m_db.integer("SELECT 1 FROM mailbox_writing WHERE mailbox_id = ?1", writing.mailbox) == 0)
        m_db.run("INSERT INTO mailbox_writing(id, mailbox_id) VALUES (?1, ?2)", write.newId<Id<struct MailboxWritingTag>>(),
                 writing.mailbox);
    m_db.run("UPDATE mailbox_writing SET format = ?2, postal_address = ?3, unsubscribe_url = ?4 WHERE mailbox_id = ?1",
             writing.mailbox, writing.format, writing.postalAddress, writing.unsubscribeUrl);
}

std::optional<MailFormat> WritingRepository::formatOf(StrategyId strategy) {
    Statement row = m_db.query("SELECT format FROM strategy_writing WHERE strategy_id = ?1", strategy);
    return row.step() ? std::optional(row.value<MailFormat>(0)) : std::nullopt;
}

void WritingRepository::setFormat(WriteContext& write, StrategyId strategy, std::optional<MailFormat> format) {
    m_db.run("DELETE FROM strategy_writing WHERE strategy_id = ?1", strategy);
    if (format)
        m_db.run("INSERT INTO strategy_writing(id, strategy_id, format) VALUES (?1, ?2, ?3)",
                 write.newId<Id<struct StrategyWritingTag>>(), strategy, *format);
}

} // namespace outrider::store
