// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead_list.h"
#include "core/store/repositories/lead_filter_sql.h"
#include "core/store/store.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace outrider::store {

// Leads as lists: filtered, sorted, by the page. Pages are found by keyset, so the millionth row is as
// near as the first.
//
// Where leads are indexed in memory (store/lead_index), that finds them, and SQL judges and sorts the few it is not sure
// of. Else there are three ways, whichever is short: the few leads an index names (a tag, a word, a strategy), sorted;
// the list walked in the order of its column until the page is full; and when neither comes to an end in time, the walk
// is left and taken up again by the next call. No way sorts or reads the table.
class LeadListRepository {
public:
    // How far one call goes. For tests; the usual one keeps a read below the length of a frame.
    struct Patience {
        int judged = 50'000; // leads of the walk
        double milliseconds = 8;
        int few = 2000; // candidates that are sorted
    };

    explicit LeadListRepository(const ReadContext& read) : m_db(read.db), m_index(read.leads), m_ticket(read.ticket) {}
    // By SQL alone.
    explicit LeadListRepository(Connection& db) : m_db(db) {}
    LeadListRepository(Connection& db, Patience patience) : m_db(db), m_patience(patience) {}

    // ErrorCode::InvalidField: not a sortable field. InvalidArgument: a cursor of another list.
    Result<LeadPage> page(const LeadQuery& query, const FilterContext& context);

    // How many leads the filter finds.
    std::int64_t count(const Filter& filter, const FilterContext& context);

    // How many of each status. At once: when the index knows, else nothing.
    using StatusCounts = std::map<StatusId, std::int64_t>;
    StatusCounts countByStatus(const Filter& filter, const FilterContext& context);
    std::optional<StatusCounts> countByStatusAtOnce(const Filter& filter, const FilterContext& context);

    // The same in steps, oldest lead first; begin with {}, go on until done.
    struct CountStep {
        std::int64_t count = 0;
        std::int64_t after = 0;
        bool done = false;
    };
    void countMore(CountStep& step, const Filter& filter, const FilterContext& context);

    // The cursors of every `pageSize`-th row, so that any page of a long list is one seek away. The first is
    // empty. In steps as well, each as long as a page may take: begin with {}, go on until done.
    struct AnchorStep {
        std::vector<ListCursor> anchors{ListCursor()};
        std::int64_t rows = 0;
        ListCursor after;
        bool done = false;
    };
    Result<> anchorsMore(AnchorStep& step, const LeadQuery& query, const FilterContext& context, int pageSize);
    // All at once.
    Result<std::vector<ListCursor>> anchors(const LeadQuery& query, const FilterContext& context, int pageSize);

    // Every id the filter finds, oldest first.
    std::vector<LeadId> ids(const Filter& filter, const FilterContext& context);

    std::optional<LeadListRow> row(LeadId id);

    // The SQL a page is read with, for the plan tests: the walks from the start and from a place, the sorting and counting
    // of each index's candidates, and of leads the index is not sure of.
    static Result<std::vector<std::string>> pageSql(const LeadQuery& query, const FilterContext& context);

private:
    struct Found;
    struct List;
    using Rows = std::map<std::int64_t, LeadListRow>; // known already, but for the names of strategies

    Result<List> listOf(const LeadQuery& query, const FilterContext& context) const;
    const SqlCondition* fewCandidates(const FilterPlan& plan, int few);
    std::vector<Found> sorted(const List& list, const SqlCondition* candidates, int limit);
    bool walk(const List& list, std::optional<Found>& from, std::vector<Found>& found, int limit, int judged,
              const Stopwatch& watch);
    std::vector<LeadListRow> rows(const std::vector<Found>& found, Rows known);

    std::optional<LeadPage> indexedPage(const List& list, const FilterContext& context);
    std::optional<std::int64_t> indexedCount(const Filter& filter, const FilterPlan& plan, const FilterContext& context);
    std::optional<StatusCounts> indexedCountByStatus(const Filter& filter, const FilterPlan& plan, const FilterContext& context);
    void addByStatus(StatusCounts& counts, const FilterPlan& plan, const std::string& unsure);
    std::int64_t countUnsure(const std::vector<std::int64_t>& leads, const FilterPlan& plan);
    LeadPage pageOf(const List& list, std::vector<Found> found, Rows known = {});

public:
    // What those rows' leads have of custom fields, in the order of the keys.
    void addCustom(std::vector<LeadListRow>& rows, const std::vector<std::string>& keys);

private:
    Connection& m_db;
    const LeadIndex* const m_index = nullptr;
    const LeadIndexTicket m_ticket;
    const Patience m_patience;
};

} // namespace outrider::store
