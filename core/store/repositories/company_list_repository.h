// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company_list.h"
#include "core/domain/lead_list.h"
#include "core/store/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// Companies as lists, by the page, and what is told of one: its people and the history they have together. Every
// question walks a bounded number of rows, however many companies there are and however many people one has.
// Throws StoreException.
class CompanyListRepository {
public:
    explicit CompanyListRepository(Connection& db) : m_db(db) {}

    // InvalidArgument: a cursor of another list.
    Result<CompanyPage> page(const CompanyQuery& query);

    std::optional<CompanyListRow> row(CompanyId id);
    CompanyPeople people(CompanyId id);

    // Those who work there, who was touched last first, then by score.
    std::vector<LeadListRow> leads(CompanyId id, int limit);

    // One history of all its people, newest first: their own, each clustered on the disk, merged.
    Result<CompanyTimelinePage> timeline(CompanyId id, std::string_view after, int limit);

    static std::vector<std::string> statements(); // for the plan test

private:
    struct Place;
    std::vector<LeadId> leadIds(CompanyId id, int limit);

    Connection& m_db;
};

} // namespace outrider::store
