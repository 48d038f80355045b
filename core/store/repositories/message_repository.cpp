// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/message_repository.h"

#include "core/domain/lead.h"
#include "core/store/compression.h"
#include "core/store/repositories/attachment_repository.h"

namespace outrider::store {

namespace {

const std::string columns = "m.id, m.lead_id, m.mailbox_id, m.direction, m.class, m.message_id_header, m.in_reply_to,"
                            " m.from_address, m.to_address, m.subject, m.text, m.quoted_lines, m.at, m.rule, m.handled";

Message read(const Statement& row) {
    return {.id = row.id<MessageId>(0),
            .lead = row.id<LeadId>(1),
            .mailbox = row.id<MailboxId>(2),
            .direction = row.value<Direction>(3),
            .messageClass = row.value<MessageClass>(4),
            .messageIdHeader = row.text(5),
            .inReplyTo = row.text(6),
            .from = row.text(7),
            .to = row.text(8),
            .subject = row.text(9),
            .text = row.text(10),
            .quotedLines = static_cast<int>(row.integer(11)),
            .at = row.instant(12),
            .rule = row.text(13),
            .handled = row.integer(14) != 0};
}

std::optional<Message> first(Statement&& rows) { return rows.step() ? std::optional(read(rows)) : std::nullopt; }

} // namespace

std::optional<Message> MessageRepository::find(MessageId id) {
    Statement row = m_db.query(
        "SELECT " + columns + ", m.evidence, m.matched_by, m.match_evidence, m.rules_version FROM message m WHERE m.id = ?1", id);
    if (!row.step())
        return std::nullopt;
    Message message = read(row);
    message.evidence = row.text(15);
    message.matchedBy = row.text(16);
    message.matchEvidence = row.text(17);
    message.rulesVersion = static_cast<int>(row.integer(18));
    return message;
}

std::string MessageRepository::raw(MessageId id) {
    Statement row = m_db.query("SELECT raw FROM message WHERE id = ?1", id);
    return row.step() ? AttachmentRepository(m_db).unpack(id, decompressed(row.blob(0))) : std::string();
}

std::string MessageRepository::effectOf(const Message& message) {
    Statement row = m_db.query("SELECT text FROM activity WHERE lead_id = ?1 AND at = ?2 AND message_id = ?3 LIMIT 1",
                               message.lead, message.at, message.id);
    return row.step() ? row.text(0) : std::string();
}

bool MessageRepository::knowsHeader(std::string_view messageIdHeader) {
    return m_db.integer("SELECT 1 FROM message WHERE message_id_header = ?1 AND message_id_header <> '' LIMIT 1", messageIdHeader)
           != 0;
}

std::optional<Message> MessageRepository::findOutbound(std::string_view messageIdHeader) {
    if (auto found = first(m_db.query("SELECT " + columns
                                          + " FROM message m WHERE m.message_id_header = ?1"
                                            " AND m.message_id_header <> '' AND m.direction = 0 LIMIT 1",
                                      messageIdHeader)))
        return found;
    return first(m_db.query("SELECT " + columns
                                + " FROM message_alias x JOIN message m ON m.id = x.message_id"
                                  " WHERE x.header = ?1 AND m.direction = 0",
                            messageIdHeader));
}

std::optional<Message> MessageRepository::findByHeader(std::string_view messageIdHeader) {
    if (auto found = first(m_db.query("SELECT " + columns
                                          + " FROM message m WHERE m.message_id_header = ?1"
                                            " AND m.message_id_header <> '' LIMIT 1",
                                      messageIdHeader)))
        return found;
    return first(
        m_db.query("SELECT " + columns + " FROM message_alias x JOIN message m ON m.id = x.message_id WHERE x.header = ?1",
                   messageIdHeader));
}

std::optional<Message> MessageRepository::findOutboundByToken(std::string_view token) {
    const std::string from = std::string(token) + '@';
    const std::string to = std::string(token) + 'A'; // the sign after @
    return first(m_db.query("SELECT " + columns
                                + " FROM message m WHERE m.message_id_header >= ?1 AND m.message_id_header < ?2"
                                  " AND m.message_id_header <> '' AND m.direction = 0 LIMIT 1",
                            from, to));
}

std::optional<Message> MessageRepository::lastOutboundTo(LeadId lead) {
    return first(m_db.query("SELECT " + columns
                                + " FROM message m WHERE m.lead_id = ?1 AND m.lead_id IS NOT NULL"
                                  " AND m.direction = 0 AND m.rule <> 'own.elsewhere' ORDER BY m.at DESC LIMIT 1",
                            lead));
}

std::vector<Message> MessageRepository::ofLead(LeadId lead, int limit) {
    std::vector<Message> messages;
    Statement rows = m_db.query("SELECT " + columns
                                    + " FROM message m WHERE m.lead_id = ?1 AND m.lead_id IS NOT NULL"
                                      " ORDER BY m.at DESC, m.id DESC LIMIT ?2",
                                lead, limit);
    while (rows.step())
        messages.push_back(read(rows));
    return messages;
}

void MessageRepository::insert(WriteContext& write, Message& message) {
    message.id = write.newId<MessageId>();
    const std::string raw = compressed(message.raw);
    m_db.run("INSERT INTO message(id, lead_id, mailbox_id, direction, class, at, handled, message_id_header, in_reply_to,"
             " from_address, to_address, subject, text, quoted_lines, rule, raw, evidence, matched_by, match_evidence,"
             " rules_version)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
             message.id, orNull(message.lead), orNull(message.mailbox), message.direction, message.messageClass, message.at,
             message.handled, message.messageIdHeader, message.inReplyTo, message.from, message.to, message.subject, message.text,
             message.quotedLines, message.rule, std::as_bytes(std::span(raw)), message.evidence, message.matchedBy,
             message.matchEvidence, message.rulesVersion);
}

void MessageRepository::addAlias(WriteContext&, MessageId id, std::string_view header) {
    m_db.run("INSERT OR IGNORE INTO message_alias(header, message_id) VALUES (?1, ?2)", header, id);
}

void MessageRepository::setHandled(WriteContext&, MessageId id, bool handled) {
    m_db.run("UPDATE message SET handled = ?2 WHERE id = ?1 AND handled <> ?2", id, handled);
}

void MessageRepository::setClass(WriteContext&, MessageId id, MessageClass messageClass) {
    m_db.run("UPDATE message SET class = ?2 WHERE id = ?1 AND class <> ?2", id, messageClass);
}

void MessageRepository::setLead(WriteContext&, MessageId id, LeadId lead) {
    m_db.run("UPDATE message SET lead_id = ?2 WHERE id = ?1", id, orNull(lead));
}

void MessageRepository::setAt(WriteContext&, MessageId id, Instant at) {
    m_db.run("UPDATE message SET at = ?2 WHERE id = ?1", id, at);
}

void MessageRepository::setJudged(WriteContext&, const Message& message) {
    m_db.run("UPDATE message SET subject = ?2, text = ?3, quoted_lines = ?4, rule = ?5, evidence = ?6, rules_version = ?7"
             " WHERE id = ?1",
             message.id, message.subject, message.text, message.quotedLines, message.rule, message.evidence,
             message.rulesVersion);
}

void MessageRepository::setRulesVersion(WriteContext&, MessageId id, int version) {
    m_db.run("UPDATE message SET rules_version = ?2 WHERE id = ?1", id, version);
}

std::vector<MessageRepository::Received> MessageRepository::receivedAfter(MessageId after, std::optional<Instant> since,
                                                                          int limit) {
    std::vector<Received> found;
    Statement rows = m_db.query("SELECT " + columns
                                    + ", m.raw, m.evidence, m.matched_by, m.match_evidence, m.rules_version FROM message m"
                                      " WHERE m.id > ?1 AND m.direction = 1 AND m.at >= coalesce(?2, m.at)"
                                      " ORDER BY m.id LIMIT ?3",
                                after, since, limit);
    while (rows.step()) {
        Received one{.message = read(rows), .raw = decompressed(rows.blob(15))};
        one.message.evidence = rows.text(16);
        one.message.matchedBy = rows.text(17);
        one.message.matchEvidence = rows.text(18);
        one.message.rulesVersion = static_cast<int>(rows.integer(19));
        found.push_back(std::move(one));
    }
    return found;
}

void MessageRepository::setMatch(WriteContext&, MessageId id, std::string_view matchedBy, std::string_view evidence) {
    m_db.run("UPDATE message SET matched_by = ?2, match_evidence = ?3 WHERE id = ?1", id, matchedBy, evidence);
}

// What a mail did is with its activity, which has the mail's time. Whether the address is suppressed is asked
// now: the person may have taken it off the list.
std::string MessageRepository::inboxSql(std::optional<bool> handled) {
    return "SELECT " + columns
           + ", l.first_name, l.last_name, l.email, l.company_name, l.status_id,"
             " CASE WHEN m.class IN (2, 3) THEN (SELECT a.text FROM activity a WHERE a.lead_id = m.lead_id AND a.at = m.at"
             " AND a.message_id = m.id LIMIT 1) END,"
             " m.class IN (3, 4) AND EXISTS (SELECT 1 FROM suppression s WHERE s.kind = 0 AND s.key = l.email_key)"
             " FROM message m LEFT JOIN lead l ON l.id = m.lead_id"
             " WHERE m.direction = 1 AND m.class = ?1"
           + (handled ? " AND m.handled = " + std::string(*handled ? "1" : "0") : std::string())
           + " ORDER BY m.at DESC, m.id DESC LIMIT ?2";
}

std::vector<InboxRow> MessageRepository::inbox(MessageClass messageClass, std::optional<bool> handled, int limit) {
    std::vector<InboxRow> out;
    Statement rows = m_db.query(inboxSql(handled), messageClass, limit);
    while (rows.step()) {
        InboxRow row{.message = read(rows),
                     .companyName = rows.text(18),
                     .leadStatus = rows.id<StatusId>(19),
                     .effect = rows.text(20),
                     .suppressed = rows.integer(21) != 0};
        Lead lead;
        lead.firstName = rows.text(15);
        lead.lastName = rows.text(16);
        lead.email = rows.text(17);
        row.leadName = row.message.lead ? displayName(lead) : row.message.from;
        out.push_back(std::move(row));
    }
    return out;
}

std::optional<Instant> MessageRepository::lastInbound(MessageClass messageClass) {
    std::optional<Instant> last;
    for (const bool handled : {false, true}) {
        Statement row =
            m_db.query("SELECT max(at) FROM message WHERE direction = 1 AND class = ?1 AND handled = ?2", messageClass, handled);
        if (row.step() && !row.isNull(0))
            last = std::max(last, row.optionalInstant(0));
    }
    return last;
}

int MessageRepository::countUnhandled(MessageClass messageClass) {
    return static_cast<int>(
        m_db.integer("SELECT count(*) FROM message WHERE direction = 1 AND class = ?1 AND handled = 0", messageClass));
}

} // namespace outrider::store
