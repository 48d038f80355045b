// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/board_repository.h"

#include "core/store/repositories/lead_filter_sql.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/member_repository.h"

#include <algorithm>

namespace outrider::store {

namespace {

constexpr int countedPerLook = 2048;
constexpr int few = 2000;
constexpr double patienceMs = 8;

FilterNode term(std::string field, std::string value) {
    FilterNode node{.kind = FilterNode::Kind::Term, .negated = false, .term = {}, .children = {}};
    node.term.field = std::move(field);
    if (value == "none")
        node.term.none = true;
    else
        node.term.values = {std::move(value)};
    return node;
}

Filter allOf(FilterNode more, const Filter& filter) {
    Filter both;
    both.root.children.push_back(std::move(more));
    if (!filter.matchesEverything()) {
        if (filter.root.kind == FilterNode::Kind::All && !filter.root.negated)
            both.root.children.insert(both.root.children.end(), filter.root.children.begin(), filter.root.children.end());
        else
            both.root.children.push_back(filter.root);
    }
    return both;
}

} // namespace

std::map<StatusId, std::int64_t> BoardRepository::counts(std::optional<MemberId> owner) {
    std::map<StatusId, std::int64_t> counts;
    Statement rows = m_db.prepare("SELECT status_id, leads FROM status_count WHERE ?1 IS NULL OR owner_id = ?1");
    rows.bind(owner);
    while (rows.step())
        counts[rows.id<StatusId>(0)] += rows.integer(1);
    return counts;
}

Filter BoardRepository::filterOf(const BoardQuery& query, const FilterContext& context) {
    if (!query.owner)
        return query.filter;
    if (!*query.owner)
        return allOf(term("owner", "none"), query.filter);
    if (*query.owner == context.me)
        return allOf(term("owner", "me"), query.filter);
    const auto members = MemberRepository(m_db).all();
    const auto member = std::find_if(members.begin(), members.end(), [&](const Member& one) { return one.id == *query.owner; });
    return allOf(term("owner", member == members.end() ? std::string() : member->name), query.filter);
}

LeadQuery BoardRepository::queryOf(const BoardQuery& query, const Status& status, const FilterContext& context) {
    const BoardSortField sort = sortField(query.sort);
    return {.filter = allOf(term("status", '#' + std::to_string(status.id.value)), filterOf(query, context)),
            .sort = std::string(sort.field),
            .descending = sort.descending,
            .limit = 0,
            .after = {}};
}

Result<LeadPage> BoardRepository::page(const BoardQuery& query, const Status& status, int limit, const ListCursor& after,
                                       const FilterContext& context) {
    LeadQuery column = queryOf(query, status, context);
    column.limit = limit;
    column.after = after;
    return LeadListRepository(m_read).page(column, context);
}

std::vector<std::string> BoardRepository::pageSql(const BoardQuery& query, const Status& status, const FilterContext& context) {
    return LeadListRepository::pageSql(queryOf(query, status, context), context).value();
}

void BoardRepository::countMore(CountStep& step, const BoardQuery& query, const FilterContext& context) {
    const Stopwatch watch;
    if (query.filter.matchesEverything()) {
        step = {.counts = counts(query.owner), .after = 0, .done = true};
        return;
    }
    const Filter filter = filterOf(query, context);
    if (step.after == 0) {
        if (auto counts = LeadListRepository(m_read).countByStatusAtOnce(filter, context)) {
            step = {.counts = *std::move(counts), .after = 0, .done = true};
            return;
        }
    }
    const FilterPlan plan = planOf(filter, context);
    const std::string where = scopeSql(plan.scope, "l") + " AND " + plan.condition.sql;
    const SqlCondition* candidates = nullptr;
    for (const SqlCondition& some : plan.candidates) {
        if (step.after != 0 || candidates != nullptr)
            break;
        Statement row = m_db.prepare("SELECT count(*) FROM (" + some.sql + " LIMIT ?)");
        row.bindInteger(some.bind(row, 1), few + 1);
        if (row.step() && row.integer(0) <= few)
            candidates = &some;
    }
    if (candidates != nullptr || plan.scope != FilterPlan::Scope::Live) {
        const char* index = candidates != nullptr                     ? " INDEXED BY lead_facet"
                            : plan.scope == FilterPlan::Scope::Hidden ? " INDEXED BY lead_hidden"
                                                                      : "";
        Statement rows = m_db.prepare("SELECT l.status_id, count(*) FROM lead l" + std::string(index) + " WHERE "
                                      + (candidates != nullptr ? "l.id IN (" + candidates->sql + ") AND " : "") + where
                                      + " GROUP BY l.status_id");
        plan.condition.bind(rows, candidates != nullptr ? candidates->bind(rows, 1) : 1);
        while (rows.step())
            step.counts[rows.id<StatusId>(0)] = rows.integer(1);
        step.done = true;
        return;
    }
    // The words of a search are looked up once a statement, so that one goes on to the end.
    const std::int64_t most = plan.hasWords ? -1 : countedPerLook;
    do {
        Statement rows =
            m_db.prepare("SELECT status_id, count(*), sum(m), max(id) FROM (SELECT l.id AS id, l.status_id AS"
                         " status_id, coalesce(("
                         + plan.condition.sql + ") <> 0, 0) AS m FROM lead l INDEXED BY lead_facet WHERE l.id > ? AND "
                         + scopeSql(plan.scope, "l") + " ORDER BY l.id LIMIT ?) GROUP BY status_id");
        int place = plan.condition.bind(rows, 1);
        rows.bindInteger(place++, step.after);
        rows.bindInteger(place, most);
        std::int64_t looked = 0;
        while (rows.step()) {
            looked += rows.integer(1);
            step.counts[rows.id<StatusId>(0)] += rows.integer(2);
            step.after = std::max(step.after, rows.integer(3));
        }
        step.done = most < 0 || looked < most;
    } while (!step.done && watch.milliseconds() < patienceMs);
}

} // namespace outrider::store
