// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/phone_delivery_repository.h"

namespace outrider::store {

namespace {

PhoneDelivery read(const Statement& row) {
    return {.outbox = row.id<OutboxId>(0),
            .sid = row.text(1),
            .status = row.text(2),
            .asked = static_cast<int>(row.integer(3)),
            .askAt = row.optionalInstant(4)};
}

const std::string columns = "SELECT d.outbox_id, d.sid, d.status, d.asked, d.ask_at FROM phone_delivery d";

} // namespace

void PhoneDeliveryRepository::insert(WriteContext&, OutboxId outbox, std::string_view sid, Instant askAt) {
    m_db.run("INSERT INTO phone_delivery(outbox_id, sid, ask_at) VALUES (?1, ?2, ?3)"
             " ON CONFLICT DO UPDATE SET sid = excluded.sid, ask_at = excluded.ask_at",
             outbox, sid, askAt);
}

std::optional<PhoneDelivery> PhoneDeliveryRepository::of(OutboxId outbox) {
    Statement row = m_db.query(columns + " WHERE d.outbox_id = ?1", outbox);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

bool PhoneDeliveryRepository::isAnothers(std::string_view sid, OutboxId outbox) {
    return m_db.integer("SELECT count(*) FROM phone_delivery WHERE sid = ?1 AND outbox_id <> ?2", sid, outbox) > 0;
}

std::vector<PhoneDelivery> PhoneDeliveryRepository::due(MailboxId line, Instant now, int limit) {
    std::vector<PhoneDelivery> all;
    Statement rows = m_db.query(columns
                                    + " JOIN outbox o ON o.id = d.outbox_id WHERE d.ask_at IS NOT NULL AND d.ask_at <= ?2"
                                      " AND o.mailbox_id = ?1 ORDER BY d.ask_at LIMIT ?3",
                                line, now, limit);
    while (rows.step())
        all.push_back(read(rows));
    return all;
}

std::optional<Instant> PhoneDeliveryRepository::nextDue(MailboxId line) {
    Statement row = m_db.query("SELECT d.ask_at FROM phone_delivery d JOIN outbox o ON o.id = d.outbox_id"
                               " WHERE d.ask_at IS NOT NULL AND o.mailbox_id = ?1 ORDER BY d.ask_at LIMIT 1",
                               line);
    return row.step() ? std::optional(row.instant(0)) : std::nullopt;
}

void PhoneDeliveryRepository::asked(WriteContext&, OutboxId outbox, std::string_view status, std::optional<Instant> askAgain) {
    m_db.run("UPDATE phone_delivery SET status = ?2, ask_at = ?3, asked = asked + 1 WHERE outbox_id = ?1", outbox, status,
             askAgain);
}

} // namespace outrider::store
