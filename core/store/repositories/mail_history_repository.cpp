// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/mail_history_repository.h"

#include "core/domain/lead.h"
#include "core/store/compression.h"

namespace outrider::store {

namespace {

const std::string columns = "SELECT h.mailbox_id, h.state, h.since_day, h.until_day, h.total, h.read,"
                            " (SELECT count(*) FROM mail_history_item i WHERE i.mailbox_id = h.mailbox_id)"
                            " FROM mail_history h";

std::chrono::sys_days day(std::int64_t number) { return std::chrono::sys_days(std::chrono::days(number)); }

MailHistory read(const Statement& row) {
    return {.mailbox = row.id<MailboxId>(0),
            .state = row.value<MailHistoryState>(1),
            .since = day(row.integer(2)),
            .until = day(row.integer(3)),
            .total = row.integer(4),
            .read = row.integer(5),
            .kept = row.integer(6)};
}

// A lead a line. A reply ends a strategy that was running when it came, unless the strategy says otherwise; a hard
// bounce and an opt-out end the address. The classes: reply 1, automatic 2, bounce 3, opt-out 4, own 5.
const std::string leadsSql =
    "SELECT l.id, l.first_name, l.last_name, l.email, l.company_name, x.received, x.sent, x.first_at, x.last_at, x.replies,"
    " x.bounces, x.opt_outs, x.automatic, x.ends,"
    " EXISTS (SELECT 1 FROM enrolment e JOIN strategy_version v ON v.id = e.version_id"
    "          WHERE e.lead_id = x.lead_id AND e.state < 2"
    "            AND (x.ends OR (e.enrolled_at <= x.last_reply AND v.stop_on_reply = 1))) AS stops"
    " FROM (SELECT lead_id, sum(class <> 5) AS received, sum(class = 5) AS sent, min(at) AS first_at, max(at) AS last_at,"
    "        sum(class = 1) AS replies, sum(class = 3) AS bounces, sum(class = 4) AS opt_outs, sum(class = 2) AS automatic,"
    "        max(class = 4 OR (class = 3 AND hard = 1)) AS ends, max(CASE WHEN class IN (1, 4) THEN at END) AS last_reply"
    "        FROM mail_history_item WHERE mailbox_id = ?1 GROUP BY lead_id) x"
    " JOIN lead l ON l.id = x.lead_id"
    " ORDER BY stops DESC, x.ends DESC, x.received + x.sent DESC, l.id";

} // namespace

std::optional<MailHistory> MailHistoryRepository::find(MailboxId mailbox) {
    Statement row = m_db.query(columns + " WHERE h.mailbox_id = ?1", mailbox);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::vector<MailHistory> MailHistoryRepository::all() {
    std::vector<MailHistory> histories;
    Statement rows = m_db.prepare(columns + " ORDER BY h.mailbox_id");
    while (rows.step())
        histories.push_back(read(rows));
    return histories;
}

void MailHistoryRepository::begin(WriteContext& write, const MailHistory& history) {
    m_db.run("DELETE FROM mail_history WHERE mailbox_id = ?1", history.mailbox);
    m_db.run("INSERT INTO mail_history(mailbox_id, state, since_day, until_day, total, read) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
             history.mailbox, history.state, std::int64_t(history.since.time_since_epoch().count()),
             std::int64_t(history.until.time_since_epoch().count()), history.total, history.read);
    write.touched(EntityKind::Mailbox, history.mailbox.value);
}

void MailHistoryRepository::setProgress(WriteContext& write, MailboxId mailbox, std::int64_t read, std::int64_t total) {
    m_db.run("UPDATE mail_history SET read = ?2, total = ?3 WHERE mailbox_id = ?1", mailbox, read, total);
    write.touched(EntityKind::Mailbox, mailbox.value);
}

void MailHistoryRepository::setState(WriteContext& write, MailboxId mailbox, MailHistoryState state) {
    m_db.run("UPDATE mail_history SET state = ?2 WHERE mailbox_id = ?1", mailbox, state);
    write.touched(EntityKind::Mailbox, mailbox.value);
}

bool MailHistoryRepository::add(WriteContext&, MailboxId mailbox, const Item& item) {
    const std::string raw = compressed(item.raw);
    m_db.run("INSERT OR IGNORE INTO mail_history_item(mailbox_id, lead_id, class, at, hard, known_by, raw)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             mailbox, item.lead, item.messageClass, item.at, item.hard, item.knownBy, std::as_bytes(std::span(raw)));
    return m_db.changeCount() > 0;
}

std::vector<MailHistoryRepository::Item> MailHistoryRepository::items(MailboxId mailbox, Instant afterAt, std::int64_t afterId,
                                                                      int limit) {
    std::vector<Item> items;
    Statement rows = m_db.query("SELECT id, lead_id, class, at, hard, known_by, raw FROM mail_history_item"
                                " WHERE mailbox_id = ?1 AND (at, id) > (?2, ?3) ORDER BY at, id LIMIT ?4",
                                mailbox, afterAt, afterId, limit);
    while (rows.step())
        items.push_back({.id = rows.integer(0),
                         .lead = rows.id<LeadId>(1),
                         .messageClass = rows.value<MessageClass>(2),
                         .at = rows.instant(3),
                         .hard = rows.integer(4) != 0,
                         .knownBy = rows.text(5),
                         .raw = decompressed(rows.blob(6))});
    return items;
}

void MailHistoryRepository::remove(WriteContext&, std::int64_t item) {
    m_db.run("DELETE FROM mail_history_item WHERE id = ?1", item);
}

void MailHistoryRepository::clear(WriteContext&, MailboxId mailbox) {
    m_db.run("DELETE FROM mail_history_item WHERE mailbox_id = ?1", mailbox);
}

MailHistoryPreview MailHistoryRepository::preview(const MailHistory& history, int most) {
    MailHistoryPreview preview{.history = history};
    Statement rows = m_db.query(leadsSql, history.mailbox);
    while (rows.step()) {
        Lead lead;
        lead.firstName = rows.text(1);
        lead.lastName = rows.text(2);
        lead.email = rows.text(3);
        MailHistoryLead one{.lead = rows.id<LeadId>(0),
                            .name = displayName(lead),
                            .company = rows.text(4),
                            .received = static_cast<int>(rows.integer(5)),
                            .sent = static_cast<int>(rows.integer(6)),
                            .first = rows.optionalInstant(7),
                            .last = rows.optionalInstant(8),
                            .replies = static_cast<int>(rows.integer(9)),
                            .bounces = static_cast<int>(rows.integer(10)),
                            .optOuts = static_cast<int>(rows.integer(11)),
                            .stops = rows.integer(14) != 0,
                            .suppresses = rows.integer(13) != 0};
        ++preview.leads;
        preview.messages += one.received + one.sent;
        preview.sent += one.sent;
        preview.replies += one.replies;
        preview.bounces += one.bounces;
        preview.optOuts += one.optOuts;
        preview.autoReplies += rows.integer(12);
        preview.stops += one.stops ? 1 : 0;
        preview.suppresses += one.suppresses ? 1 : 0;
        if (preview.shown.size() < std::size_t(most))
            preview.shown.push_back(std::move(one));
    }
    return preview;
}

} // namespace outrider::store
