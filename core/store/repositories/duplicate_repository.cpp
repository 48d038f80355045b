// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/duplicate_repository.h"

#include "core/contact/text.h"
#include "core/contact/words.h"
#include "core/domain/lead.h"

#include <algorithm>

namespace outrider::store {

namespace {

constexpr std::string_view rowColumns = "SELECT id, company_id, first_name, last_name, company_name, email_key, phone_key,"
                                        " linkedin_url, external_id, city FROM lead";
constexpr std::string_view inUse = " AND trashed_at IS NULL AND archived_at IS NULL";

DuplicateRepository::LeadRow readRow(const Statement& row) {
    return {.id = row.id<LeadId>(0),
            .company = row.id<CompanyId>(1),
            .first = row.view(2),
            .last = row.view(3),
            .companyName = row.view(4),
            .emailKey = row.view(5),
            .phoneKey = row.view(6),
            .linkedinUrl = row.view(7),
            .externalId = row.view(8),
            .city = row.view(9)};
}

// Of a profile its address is the key.
constexpr std::string_view contactColumns = "SELECT lead_id, kind, CASE kind WHEN 2 THEN value ELSE key END FROM contact_point";

DuplicateRepository::ContactRow readContact(const Statement& row) {
    return {.lead = row.id<LeadId>(0), .kind = row.value<ContactKind>(1), .key = row.view(2)};
}

constexpr std::size_t leastWord = 3;
constexpr std::string_view companiesSql = "SELECT id FROM lead WHERE company_key >= ?1 AND company_key < ?2"
                                          " AND trashed_at IS NULL AND archived_at IS NULL ORDER BY company_key LIMIT 400";

} // namespace

LeadId DuplicateRepository::read(LeadId after, int limit, const std::function<void(const LeadRow&)>& row) {
    Statement rows =
        m_db.query(std::string(rowColumns) + " WHERE id > ?1" + std::string(inUse) + " ORDER BY id LIMIT ?2", after, limit);
    LeadId last;
    int count = 0;
    while (rows.step()) {
        const LeadRow each = readRow(rows);
        last = each.id;
        ++count;
        row(each);
    }
    return count < limit ? LeadId{} : last;
}

void DuplicateRepository::readSome(const std::vector<LeadId>& ids, const std::function<void(const LeadRow&)>& row) {
    for (const LeadId id : ids) {
        Statement found = m_db.query(std::string(rowColumns) + " WHERE id = ?1" + std::string(inUse), id);
        if (found.step())
            row(readRow(found));
    }
}

std::int64_t DuplicateRepository::countAll() { return m_db.integer("SELECT sum(leads) FROM status_count"); }

void DuplicateRepository::readContacts(const std::function<void(const ContactRow&)>& row) {
    Statement rows = m_db.prepare(contactColumns);
    while (rows.step())
        row(readContact(rows));
}

void DuplicateRepository::readContacts(LeadId lead, const std::function<void(const ContactRow&)>& row) {
    Statement rows = m_db.query(std::string(contactColumns) + " WHERE lead_id = ?1", lead);
    while (rows.step())
        row(readContact(rows));
}

void DuplicateRepository::readDomains(const std::function<void(CompanyId, std::string_view)>& row) {
    Statement rows = m_db.prepare("SELECT id, domain FROM company WHERE domain <> ''");
    while (rows.step())
        row(rows.id<CompanyId>(0), rows.view(1));
}

std::string DuplicateRepository::domainOf(CompanyId company) {
    return m_db.text("SELECT domain FROM company WHERE id = ?1", company);
}

std::vector<std::string> DuplicateRepository::nearSqls() {
    const std::string active = " AND l.trashed_at IS NULL AND l.archived_at IS NULL";
    const std::string me = "(SELECT ";
    const std::string of = " FROM lead WHERE id = ?1)";
    return {
        "SELECT l.id FROM lead l WHERE l.email_key = " + me + "email_key" + of + " AND l.email_key <> ''" + active + " LIMIT 20",
        "SELECT l.id FROM lead l WHERE l.phone_key = " + me + "phone_key" + of + " AND l.phone_key <> ''" + active + " LIMIT 50",
        "SELECT l.id FROM lead l WHERE l.linkedin_url = " + me + "linkedin_url" + of + " AND l.linkedin_url <> ''" + active
            + " LIMIT 20",
        "SELECT l.id FROM lead l WHERE l.external_id = " + me + "external_id" + of + " AND l.external_id <> ''" + active
            + " LIMIT 20",
        // an address of mine is a second one of theirs, and the other way round
        "SELECT c.lead_id FROM lead l JOIN contact_point c ON c.key = l.email_key AND c.key <> '' WHERE l.id = ?1"
        " AND c.kind = 0 LIMIT 20",
        "SELECT c.lead_id FROM lead l JOIN contact_point c ON c.key = l.phone_key AND c.key <> '' WHERE l.id = ?1"
        " AND c.kind = 1 LIMIT 50",
        "SELECT l.id FROM contact_point c JOIN lead l ON l.email_key = c.key AND l.email_key <> '' WHERE c.lead_id = ?1"
        " AND c.kind = 0 LIMIT 20",
        "SELECT l.id FROM contact_point c JOIN lead l ON l.phone_key = c.key AND l.phone_key <> '' WHERE c.lead_id = ?1"
        " AND c.kind = 1 LIMIT 50",
        "SELECT o.lead_id FROM contact_point c JOIN contact_point o ON o.key = c.key AND o.key <> '' AND o.kind = c.kind"
        " WHERE c.lead_id = ?1 LIMIT 50",
        "SELECT l.id FROM lead l WHERE l.name_key = " + me + "name_key" + of + active + " LIMIT 100",
        "SELECT l.id FROM lead l WHERE l.company_id = " + me + "company_id" + of + active + " LIMIT 400",
        "SELECT l.id FROM lead l WHERE l.company_key = " + me + "company_key" + of + " AND l.company_key <> ''" + active
            + " LIMIT 400",
    };
}

std::vector<LeadId> DuplicateRepository::near(LeadId lead) {
    std::vector<LeadId> ids;
    for (const std::string& sql : nearSqls()) {
        Statement rows = m_db.query(sql, lead);
        while (rows.step())
            ids.push_back(rows.id<LeadId>(0));
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end()); // std::ranges::unique is more than clang 14 takes
    std::erase(ids, lead);
    return ids;
}

std::vector<std::pair<LeadId, LeadId>> DuplicateRepository::dismissed() {
    std::vector<std::pair<LeadId, LeadId>> pairs;
    Statement rows = m_db.prepare("SELECT first_id, second_id FROM not_duplicate ORDER BY first_id, second_id");
    while (rows.step())
        pairs.emplace_back(rows.id<LeadId>(0), rows.id<LeadId>(1));
    return pairs;
}

std::vector<LeadId> DuplicateRepository::dismissedOf(LeadId lead) {
    std::vector<LeadId> ids;
    Statement rows = m_db.query("SELECT second_id FROM not_duplicate WHERE first_id = ?1"
                                " UNION ALL SELECT first_id FROM not_duplicate WHERE second_id = ?1",
                                lead);
    while (rows.step())
        ids.push_back(rows.id<LeadId>(0));
    return ids;
}

void DuplicateRepository::dismiss(WriteContext& write, LeadId a, LeadId b) {
    m_db.run("INSERT INTO not_duplicate(id, first_id, second_id, at) SELECT ?1, ?2, ?3, ?4"
             " WHERE NOT EXISTS (SELECT 1 FROM not_duplicate WHERE first_id = ?2 AND second_id = ?3)",
             write.newId<Id<struct NotDuplicateTag>>(), std::min(a, b), std::max(a, b), write.now);
}

std::vector<DuplicateLead> DuplicateRepository::leads(const std::vector<LeadId>& ids) {
    std::vector<DuplicateLead> found;
    for (const LeadId id : ids) {
        Statement row = m_db.query("SELECT first_name, last_name, email, phone, company_name, city FROM lead WHERE id = ?1", id);
        if (!row.step())
            continue;
        found.push_back({.id = id,
                         .name = displayName(Lead{.companyName = row.text(4),
                                                  .firstName = row.text(0),
                                                  .lastName = row.text(1),
                                                  .email = row.text(2),
                                                  .phone = row.text(3)}),
                         .email = row.text(2),
                         .phone = row.text(3),
                         .company = row.text(4),
                         .city = row.text(5)});
    }
    return found;
}

} // namespace outrider::store
