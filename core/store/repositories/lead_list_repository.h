// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead_list.h"
#include "core/domain/search_hit.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider::store {

// Leads as lists: filtered, sorted, by the page. Pages are found by keyset, so the millionth row is as
// near as the first.
class LeadListRepository {
public:
    explicit LeadListRepository(Connection& db) : m_db(db) {}

    // ErrorCode::InvalidField: not a sortable field. InvalidArgument: a cursor of another list.
    Result<LeadPage> page(const LeadQuery& query, const FilterContext& context);

    // How many leads the filter finds.
    std::int64_t count(const Filter& filter, const FilterContext& context);

    // The cursors of every `pageSize`-th row, so that any page of a long list is one seek away.
    // The first is empty. Walks the whole list once: for a worker, in the background.
    Result<std::vector<ListCursor>> anchors(const LeadQuery& query, const FilterContext& context, int pageSize);

    // Every id the filter finds, oldest first.
    std::vector<LeadId> ids(const Filter& filter, const FilterContext& context);

    std::optional<LeadListRow> row(LeadId id);

    // While typing: leads whose words all start so, the newest first.
    std::vector<SearchHit> search(std::string_view words, int limit);

    // The SQL of a page's two halves (rows with and without a value to sort by), for the plan tests.
    static Result<std::vector<std::string>> pageSql(const LeadQuery& query, const FilterContext& context);

private:
    Connection& m_db;
};

} // namespace outrider::store
