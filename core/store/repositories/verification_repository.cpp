// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/verification_repository.h"

namespace outrider::store {

namespace {

std::string listOf(std::span<const LeadId> leads) {
    std::string list = "[";
    for (const LeadId lead : leads)
        list += (list.size() == 1 ? "" : ",") + std::to_string(lead.value);
    return list + ']';
}

} // namespace

std::optional<AddressVerdict> VerificationRepository::verdict(std::string_view key) {
    Statement row =
        m_db.query("SELECT state, finding, suggestion, paid, checked_at FROM address_verdict WHERE address_key = ?1", key);
    if (!row.step())
        return std::nullopt;
    return AddressVerdict{.key = std::string(key),
                          .state = row.value<AddressState>(0),
                          .finding = row.value<AddressFinding>(1),
                          .suggestion = row.text(2),
                          .paid = row.integer(3) != 0,
                          .checkedAt = row.instant(4)};
}

void VerificationRepository::set(WriteContext& write, const AddressVerdict& verdict) {
    m_db.run("INSERT INTO address_verdict(address_key, state, finding, suggestion, paid, checked_at)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET state = excluded.state, finding = excluded.finding,"
             " suggestion = excluded.suggestion, paid = excluded.paid, checked_at = excluded.checked_at",
             verdict.key, verdict.state, verdict.finding, verdict.suggestion, verdict.paid, write.now);
}

void VerificationRepository::forget(std::string_view key) { m_db.run("DELETE FROM address_verdict WHERE address_key = ?1", key); }

std::optional<AddressFinding> VerificationRepository::domain(std::string_view domain, Instant since) {
    Statement row = m_db.query("SELECT finding FROM mail_domain WHERE domain = ?1 AND checked_at >= ?2", domain, since);
    return row.step() ? std::optional(row.value<AddressFinding>(0)) : std::nullopt;
}

void VerificationRepository::setDomain(WriteContext& write, std::string_view domain, AddressFinding finding) {
    m_db.run("INSERT INTO mail_domain(domain, finding, checked_at) VALUES (?1, ?2, ?3)"
             " ON CONFLICT DO UPDATE SET finding = excluded.finding, checked_at = excluded.checked_at",
             domain, finding, write.now);
}

void VerificationRepository::charge(WriteContext& write, const VerifierUse& use) {
    m_db.run("INSERT INTO verifier_use(id, at, asked, charged, balance) VALUES (?1, ?2, ?3, ?4, ?5)",
             write.newId<Id<struct VerifierUseTag>>(), write.now, use.asked, use.charged, use.balance);
}

std::vector<VerifierUse> VerificationRepository::uses(int limit) {
    std::vector<VerifierUse> all;
    Statement rows = m_db.query("SELECT at, asked, charged, balance FROM verifier_use ORDER BY id DESC LIMIT ?1", limit);
    while (rows.step())
        all.push_back({.at = rows.instant(0),
                       .asked = rows.integer(1),
                       .charged = rows.integer(2),
                       .balance = rows.isNull(3) ? std::nullopt : std::optional(rows.integer(3))});
    return all;
}

std::int64_t VerificationRepository::chargedSince(Instant moment) {
    return m_db.integer("SELECT coalesce(sum(charged), 0) FROM verifier_use WHERE at >= ?1", toEpochMillis(moment));
}

std::vector<std::string> VerificationRepository::addressesOf(std::span<const LeadId> leads) {
    std::vector<std::string> addresses;
    Statement rows = m_db.query("SELECT DISTINCT email_key FROM lead WHERE email_key <> '' AND id IN (SELECT value FROM"
                                " json_each(?1)) ORDER BY id",
                                listOf(leads));
    while (rows.step())
        addresses.push_back(rows.text(0));
    return addresses;
}

void VerificationRepository::count(VerificationCounts& counts, std::span<const LeadId> leads, Instant fresh) {
    Statement row =
        m_db.query("SELECT count(*), sum(l.email_key <> ''), sum(v.state IS 1), sum(v.state IS 2), sum(v.state IS 3),"
                   " sum(v.state IS 0), sum(v.state IS NULL AND l.email_key <> ''), sum(coalesce(v.checked_at < ?2, 0))"
                   " FROM lead l LEFT JOIN address_verdict v ON v.address_key = l.email_key"
                   " WHERE l.id IN (SELECT value FROM json_each(?1))",
                   listOf(leads), fresh);
    if (!row.step())
        return;
    counts.leads += row.integer(0);
    counts.withAddress += row.integer(1);
    counts.valid += row.integer(2);
    counts.risky += row.integer(3);
    counts.invalid += row.integer(4);
    counts.unknown += row.integer(5);
    counts.unchecked += row.integer(6);
    counts.stale += row.integer(7);
}

PipelineWeek VerificationRepository::pipeline(Instant from, Instant to) {
    PipelineWeek week;
    week.uploaded = m_db.integer("SELECT coalesce(sum(row_count), 0) FROM import WHERE created_at >= ?1 AND created_at < ?2",
                                 toEpochMillis(from), toEpochMillis(to));
    Statement row = m_db.query(
        "SELECT count(*) FILTER (WHERE l.email_key <> '' AND v.state IS NOT 3), count(*) FILTER (WHERE v.state IS 1),"
        " count(*) FILTER (WHERE EXISTS (SELECT 1 FROM enrolment e WHERE e.lead_id = l.id))"
        " FROM import i CROSS JOIN lead l ON l.import_id = i.id LEFT JOIN address_verdict v ON v.address_key = l.email_key"
        " WHERE i.created_at >= ?1 AND i.created_at < ?2 AND l.trashed_at IS NULL",
        from, to);
    if (row.step()) {
        week.clean = row.integer(0);
        week.verified = row.integer(1);
        week.enrolled = row.integer(2);
    }
    return week;
}

} // namespace outrider::store
