// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/board_repository.h"

#include "core/store/repositories/lead_filter_sql.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/member_repository.h"

#include <algorithm>
#include <charconv>

namespace outrider::store {

namespace {

constexpr int judgedAtOnce = 2000; // leads without a value are looked for among those that have one
constexpr int countedPerLook = 2048;
constexpr int few = 2000;
constexpr double patienceMs = 8;

// A column's order, and where it is found.
struct Walk {
    const char* column; // none: the id, which is ordered by time
    const char* index;
    bool descending;
    bool nullable;
};
Walk walkOf(BoardSort sort) {
    switch (sort) {
    case BoardSort::Due:
        return {"next_task_at", "lead_board_due", false, true};
    case BoardSort::LastTouch:
        return {"last_touch_at", "lead_board_touch", true, true};
    case BoardSort::Created:
        return {nullptr, "lead_by_status", true, false};
    case BoardSort::Score:
        break;
    }
    return {"score", "lead_board", true, false};
}

// A walk from a place goes through the leads of the same value first: SQLite finds a pair of value and id in an
// index by the value alone. Leads without a value are the rest of the column.
enum class Part { Same, Beyond, Without };

std::string partSql(const Walk& walk, Part part, bool fromStart) {
    const std::string direction = walk.descending ? " DESC" : "";
    const std::string beyond = walk.descending ? " < ?" : " > ?";
    const std::string of = " WHERE " + scopeSql(FilterPlan::Scope::Live, "w") + " AND w.status_id = ?1";
    if (part == Part::Without) {
        return "SELECT w.id, NULL, EXISTS (SELECT 1 FROM lead l INDEXED BY lead_facet WHERE l.id = w.id AND l."
               + std::string(walk.column) + " IS NULL) FROM lead w INDEXED BY lead_by_status" + of
               + (fromStart ? std::string() : " AND w.id" + beyond + "2") + " ORDER BY w.id" + direction;
    }
    if (walk.column == nullptr)
        return "SELECT w.id, w.id, 1 FROM lead w INDEXED BY " + std::string(walk.index) + of
               + (fromStart ? std::string() : " AND w.id" + beyond + "2") + " ORDER BY w.id" + direction;
    const std::string key = "w." + std::string(walk.column);
    std::string sql = "SELECT w.id, " + key + ", 1 FROM lead w INDEXED BY " + std::string(walk.index) + of;
    if (part == Part::Same)
        return sql + " AND " + key + " = ?2 AND w.id" + beyond + "3 ORDER BY w.id" + direction;
    if (!fromStart)
        sql += " AND " + key + beyond + "2";
    else if (walk.nullable)
        sql += " AND " + key + " IS NOT NULL";
    return sql + " ORDER BY " + key + direction + ", w.id" + direction;
}

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

// Where a column's walk has come to: a value and an id, or the id of a lead without a value.
struct BoardRepository::Place {
    bool isNull = false;
    std::int64_t value = 0;
    std::int64_t id = 0;

    // "score:70,1234"; "due:,1234" without a value.
    static std::optional<Place> read(BoardSort sort, std::string_view text) {
        const std::string head = std::string(sortField(sort).field) + ':';
        const auto comma = text.find(',');
        if (!text.starts_with(head) || comma == std::string_view::npos)
            return std::nullopt;
        const auto number = [](std::string_view digits, std::int64_t& out) {
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
            return error == std::errc() && end == digits.data() + digits.size();
        };
        Place place;
        const std::string_view value = text.substr(head.size(), comma - head.size());
        place.isNull = value.empty();
        if ((!place.isNull && !number(value, place.value)) || !number(text.substr(comma + 1), place.id))
            return std::nullopt;
        if (place.isNull && !walkOf(sort).nullable)
            return std::nullopt;
        return place;
    }
    ListCursor text(BoardSort sort) const {
        return std::string(sortField(sort).field) + ':' + (isNull ? std::string() : std::to_string(value)) + ','
               + std::to_string(id);
    }
};

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

Result<LeadPage> BoardRepository::page(const BoardQuery& query, const Status& status, int limit, const ListCursor& after,
                                       const FilterContext& context) {
    if (query.isWhole())
        return walk(query.sort, status.id, limit, after);
    const BoardSortField sort = sortField(query.sort);
    return LeadListRepository(m_db).page({.filter = allOf(term("status", status.key), filterOf(query, context)),
                                          .sort = std::string(sort.field),
                                          .descending = sort.descending,
                                          .limit = limit,
                                          .after = after},
                                         context);
}

Result<LeadPage> BoardRepository::walk(BoardSort sort, StatusId status, int limit, const ListCursor& after) {
    const Walk walk = walkOf(sort);
    std::optional<Place> from;
    if (!after.empty()) {
        from = Place::read(sort, after);
        if (!from)
            return fail(ErrorCode::InvalidArgument, "a cursor of another column");
    }
    std::vector<Part> parts;
    if (!from || !from->isNull) {
        if (from && walk.column != nullptr)
            parts.push_back(Part::Same);
        parts.push_back(Part::Beyond);
    }
    if (walk.nullable)
        parts.push_back(Part::Without);

    // One lead more than asked for tells whether a page follows; then the cursor is that of the last kept.
    std::vector<Place> found;
    std::optional<Place> left; // where a long search was left
    int judged = 0;
    for (const Part part : parts) {
        const bool fromStart = !from || (part == Part::Without && !from->isNull);
        Statement rows = m_db.prepare(partSql(walk, part, fromStart));
        rows.bindOne(1, status);
        if (part == Part::Same) {
            rows.bindInteger(2, from->value);
            rows.bindInteger(3, from->id);
        } else if (!fromStart) {
            rows.bindInteger(2, part == Part::Without || walk.column == nullptr ? from->id : from->value);
        }
        while (int(found.size()) <= limit && !left && rows.step()) {
            Place place{.isNull = part == Part::Without, .value = rows.integer(1), .id = rows.integer(0)};
            if (rows.integer(2) != 0)
                found.push_back(place);
            else if (++judged >= judgedAtOnce)
                left = place;
        }
        if (int(found.size()) > limit || left)
            break;
    }
    LeadPage page;
    if (int(found.size()) > limit) {
        found.resize(std::size_t(limit));
        page.next = found.back().text(sort);
    } else if (left) {
        page.next = left->text(sort);
        page.searching = true;
    }
    LeadListRepository list(m_db);
    page.rows.reserve(found.size());
    for (const Place& place : found) {
        if (auto row = list.row(LeadId{place.id}))
            page.rows.push_back(std::move(*row));
    }
    return page;
}

void BoardRepository::countMore(CountStep& step, const BoardQuery& query, const FilterContext& context) {
    const Stopwatch watch;
    if (query.filter.matchesEverything()) {
        step = {.counts = counts(query.owner), .after = 0, .done = true};
        return;
    }
    const FilterPlan plan = planOf(filterOf(query, context), context);
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

std::vector<std::string> BoardRepository::walkSql() {
    std::vector<std::string> sql;
    for (const BoardSort sort : boardSorts) {
        const Walk walk = walkOf(sort);
        for (const bool fromStart : {true, false}) {
            sql.push_back(partSql(walk, Part::Beyond, fromStart));
            if (walk.nullable)
                sql.push_back(partSql(walk, Part::Without, fromStart));
        }
        if (walk.column != nullptr)
            sql.push_back(partSql(walk, Part::Same, false));
    }
    return sql;
}

} // namespace outrider::store
