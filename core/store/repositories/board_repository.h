// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/board.h"
#include "core/store/store.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace outrider::store {

// The board's columns. Each is the list of its status (lead_list_repository.h). Of the whole workspace their lengths are
// kept (migrations/0008_board.sql); what a filter finds has to be counted. Throws StoreException.
class BoardRepository {
public:
    explicit BoardRepository(const ReadContext& read) : m_read(read), m_db(read.db) {}

    // How many leads there are in each status, as kept; `owner`: whose, 0 is nobody's.
    std::map<StatusId, std::int64_t> counts(std::optional<MemberId> owner = std::nullopt);

    // A page of a column, filtered or not. InvalidArgument: a cursor of another one.
    Result<LeadPage> page(const BoardQuery& query, const Status& status, int limit, const ListCursor& after,
                          const FilterContext& context);

    // Counts what a filter finds in every status at once, in steps each as short as a frame: begin with {}, go on until done.
    struct CountStep {
        std::map<StatusId, std::int64_t> counts;
        std::int64_t after = 0;
        bool done = false;
    };
    void countMore(CountStep& step, const BoardQuery& query, const FilterContext& context);

    // The filter with whose leads they are: what a list is asked for instead.
    Filter filterOf(const BoardQuery& query, const FilterContext& context);

    // The statements a column may be read with, for the plan test.
    std::vector<std::string> pageSql(const BoardQuery& query, const Status& status, const FilterContext& context);

private:
    LeadQuery queryOf(const BoardQuery& query, const Status& status, const FilterContext& context);

    const ReadContext& m_read;
    Connection& m_db;
};

} // namespace outrider::store
