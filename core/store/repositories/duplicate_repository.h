// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/contact_point.h"
#include "core/domain/duplicate.h"
#include "core/store/store.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outrider::store {

// What leads are compared by, read as fast as the file gives it, and the pairs that are no duplicates. How they are
// compared is services/duplicate_finder.h. Archived leads and those in the trash are in nothing here. Throws StoreException.
class DuplicateRepository {
public:
    explicit DuplicateRepository(Connection& db) : m_db(db) {}

    // Valid until the next row.
    struct LeadRow {
        LeadId id;
        CompanyId company;
        std::string_view first;
        std::string_view last;
        std::string_view companyName;
        std::string_view emailKey;
        std::string_view phoneKey;
        std::string_view linkedinUrl;
        std::string_view externalId;
        std::string_view city;
    };
    // In the order of their ids, at most `limit` from behind `after`; the last id, or none when that was all.
    LeadId read(LeadId after, int limit, const std::function<void(const LeadRow&)>& row);
    void readSome(const std::vector<LeadId>& ids, const std::function<void(const LeadRow&)>& row);
    std::int64_t countAll();

    struct ContactRow {
        LeadId lead;
        ContactKind kind = ContactKind::Email;
        std::string_view key; // of a profile: its address
    };
    void readContacts(const std::function<void(const ContactRow&)>& row);
    void readContacts(LeadId lead, const std::function<void(const ContactRow&)>& row);
    void readDomains(const std::function<void(CompanyId, std::string_view domain)>& row);
    std::string domainOf(CompanyId company);

    // Leads that might be compared with this one: who shares an address, a number, a profile, an id, a name or the
    // company with it. A bounded number of each.
    std::vector<LeadId> near(LeadId lead);

    std::vector<std::pair<LeadId, LeadId>> dismissed(); // the smaller id first, in their order
    std::vector<LeadId> dismissedOf(LeadId lead);
    void dismiss(WriteContext& write, LeadId a, LeadId b);

    std::vector<DuplicateLead> leads(const std::vector<LeadId>& ids); // those that exist, in that order

    static std::vector<std::string> nearSqls(); // for their plan test

private:
    Connection& m_db;
};

} // namespace outrider::store
