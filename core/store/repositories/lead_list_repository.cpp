// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_list_repository.h"

#include "core/domain/field.h"
#include "core/store/lead_index/lead_index_query.h"
#include "core/store/repositories/custom_field_repository.h"
#include "core/store/repositories/lead_list_row.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <climits>
#include <span>

namespace outrider::store {

namespace {

using nlohmann::json;

// What a sortable field is sorted by, and the index that holds it with the id behind it (migrations/0003_lists.sql).
struct SortColumn {
    std::string_view field;
    std::string_view column;
    std::string_view index;
    LeadOrder order;
    bool isText = true;
    bool nullable = false;
    bool isNumber = false; // a number kept as text, of a custom field

    std::string of(std::string_view alias) const {
        return order == LeadOrder::Custom ? std::string(column) : std::string(alias) + '.' + std::string(column);
    }
    std::string_view parameter() const { return isNumber ? "CAST(? AS REAL)" : "?"; }
};
constexpr std::array sortColumns{
    SortColumn{"name", "name_key", "lead_by_name", LeadOrder::Name},
    SortColumn{"first_name", "name_key", "lead_by_name", LeadOrder::Name},
    SortColumn{"last_name", "last_name_key", "lead_by_last_name", LeadOrder::LastName},
    SortColumn{"company", "company_key", "lead_by_company", LeadOrder::Company},
    SortColumn{"status", "status_id", "lead_by_status", LeadOrder::Status, false},
    SortColumn{"score", "score", "lead_by_score", LeadOrder::Score, false},
    SortColumn{"created", "id", "lead_facet", LeadOrder::Created, false}, // ids are time-ordered
    SortColumn{"due", "next_task_at", "lead_by_due", LeadOrder::Due, false, true},
    SortColumn{"last_touch", "last_touch_at", "lead_by_touch", LeadOrder::LastTouch, false, true},
    SortColumn{"email", "email_key", "lead_by_email", LeadOrder::Email},
    SortColumn{"job_title", "job_title", "lead_by_title", LeadOrder::JobTitle},
    SortColumn{"city", "city", "lead_by_city", LeadOrder::City},
    SortColumn{"country", "country", "lead_by_country", LeadOrder::Country},
};

constexpr int fewAtOnce = 200;    // candidates that are sorted before anything is walked
constexpr int firstWalk = 400;    // leads judged before more candidates are
constexpr int judgedPerLook = 32; // at the watch
constexpr int countedPerLook = 2048;

// A custom field is sorted by as well: read through the index of leads, or else sorted on the spot.
struct CustomSort {
    std::string sql;
    CustomFieldType type = CustomFieldType::Text;
    std::int64_t field = 0;
    SortColumn column;
};

std::shared_ptr<const CustomSort> customSort(Connection& db, std::string_view sort) {
    const auto key = customFieldKey(sort);
    if (!key)
        return nullptr;
    auto custom = std::make_shared<CustomSort>();
    Statement field = db.query("SELECT id, type FROM custom_field WHERE key = ?1", *key);
    if (!field.step())
        return nullptr;
    custom->field = field.integer(0);
    custom->type = field.value<CustomFieldType>(1);
    custom->sql = "(SELECT " + customOrderSql(custom->type, "v.value") + " FROM custom_value v WHERE v.lead_id = l.id"
                  + " AND v.field_id = " + std::to_string(custom->field) + ")";
    custom->column = {{}, custom->sql, {}, LeadOrder::Custom, true, true, isNumber(custom->type)};
    return custom;
}

const SortColumn* sortColumn(std::string_view field) {
    for (const SortColumn& column : sortColumns) {
        if (column.field == field)
            return &column;
    }
    return nullptr;
}

using Place = LeadListPlace;

// A cursor is [sort field, direction, value or null, id] of the last lead before the page.
ListCursor makeCursor(const LeadQuery& query, const SortColumn& column, const Place& place) {
    json value;
    if (!place.isNull)
        value = column.isText ? json(place.text) : json(place.number);
    return json::array({query.sort, query.descending, value, place.id}).dump(-1, ' ', false, json::error_handler_t::replace);
}

// Only what makeCursor() writes is taken: a number that is too large is no other number, and another page.
Result<std::optional<Place>> readCursor(const LeadQuery& query, const SortColumn& column) {
    if (query.after.empty())
        return std::optional<Place>();
    const auto wrong = fail(ErrorCode::InvalidArgument, "a cursor of another list");
    const json cursor = json::parse(query.after, nullptr, false);
    if (!cursor.is_array() || cursor.size() != 4 || !cursor[3].is_number_integer()
        || !(cursor[2].is_null() ? column.nullable
             : column.isText     ? cursor[2].is_string()
                                 : cursor[2].is_number_integer()))
        return wrong;
    Place place{.isNull = cursor[2].is_null(), .id = cursor[3].get<std::int64_t>()};
    if (cursor[2].is_string())
        place.text = cursor[2].get<std::string>();
    else if (!place.isNull)
        place.number = cursor[2].get<std::int64_t>();
    if (place.id <= 0 || makeCursor(query, column, place) != query.after)
        return wrong;
    return std::optional(std::move(place));
}

Place readPlace(const Statement& row, const SortColumn& column) {
    Place place{.isNull = row.isNull(1), .id = row.integer(0)};
    if (column.isText)
        place.text = row.view(1);
    else
        place.number = row.integer(1);
    return place;
}

void bindValue(Statement& statement, int place, const SortColumn& column, const Place& at) {
    if (column.isText)
        statement.bindText(place, at.text);
    else
        statement.bindInteger(place, at.number);
}

// Leads with a value come first, in either direction; those without one follow, by id. A walk from a place goes
// through the leads of the same value first: SQLite finds a pair of value and id in an index by the value alone.
enum class Part { SameValue, Beyond, WithValue, SameWithout, Without };

std::vector<Part> partsOf(const SortColumn& column, const std::optional<Place>& from) {
    if (from && from->isNull)
        return {Part::SameWithout};
    std::vector<Part> parts;
    if (!from)
        parts = {Part::WithValue};
    else if (column.field == "created")
        parts = {Part::Beyond};
    else
        parts = {Part::SameValue, Part::Beyond};
    if (column.nullable)
        parts.push_back(Part::Without);
    return parts;
}

std::string walkSql(const LeadQuery& query, const SortColumn& column, const FilterPlan& plan, Part part) {
    const std::string key = "w." + std::string(column.column);
    const std::string direction = query.descending ? " DESC" : "";
    const std::string beyond = query.descending ? " < ?" : " > ?";
    std::string sql = "SELECT w.id, " + key + ", ";
    sql += plan.everything
               ? std::string("1")
               : "EXISTS (SELECT 1 FROM lead l INDEXED BY lead_facet WHERE l.id = w.id AND " + plan.condition.sql + ")";
    sql += " FROM lead w INDEXED BY " + std::string(column.index) + " WHERE " + scopeSql(plan.scope, "w");
    switch (part) {
    case Part::SameValue:
        return sql + " AND " + key + " = ? AND w.id" + beyond + " ORDER BY w.id" + direction;
    case Part::Beyond:
        sql += " AND " + key + beyond;
        break;
    case Part::WithValue:
        sql += column.nullable ? " AND " + key + " IS NOT NULL" : "";
        break;
    case Part::SameWithout:
        return sql + " AND " + key + " IS NULL AND w.id" + beyond + " ORDER BY w.id" + direction;
    case Part::Without:
        return sql + " AND " + key + " IS NULL ORDER BY w.id" + direction;
    }
    return sql + " ORDER BY " + key + direction + (column.field == "created" ? "" : ", w.id" + direction);
}

// `candidates`: nullptr when every lead of the scope is one.
std::string sortSql(const LeadQuery& query, const SortColumn& column, const FilterPlan& plan, const SqlCondition* candidates,
                    const std::optional<Place>& from) {
    const std::string key = column.of("l");
    const std::string direction = query.descending ? " DESC" : "";
    const std::string beyond = query.descending ? " < ?" : " > ?";
    const std::string value(column.parameter());
    std::string sql = "SELECT l.id, " + key + " FROM lead l";
    if (candidates != nullptr)
        sql += " INDEXED BY lead_facet WHERE l.id IN (" + candidates->sql + ") AND ";
    else if (plan.scope == FilterPlan::Scope::Hidden)
        sql += " INDEXED BY lead_hidden WHERE ";
    else
        sql += " WHERE ";
    sql += scopeSql(plan.scope, "l") + " AND " + plan.condition.sql;
    if (from && from->isNull)
        sql += " AND " + key + " IS NULL AND l.id" + beyond;
    else if (from)
        sql += " AND (" + key + (query.descending ? " < " : " > ") + value + " OR (" + key + " = " + value + " AND l.id" + beyond
               + ")" + (column.nullable ? " OR " + key + " IS NULL" : "") + ")";
    return sql + " ORDER BY " + (column.nullable ? key + " IS NULL, " : "") + key + direction + ", l.id" + direction + " LIMIT ?";
}

std::string fewSql(const SqlCondition& candidates) { return "SELECT count(*) FROM (" + candidates.sql + " LIMIT ?)"; }

// The leads named by a list of ids.
SqlCondition named(const std::vector<std::int64_t>& ids) {
    return {.sql = "SELECT value FROM json_each(?)", .values = {toJsonArray(ids)}};
}

std::string countNamedSql(const FilterPlan& plan) {
    return "SELECT count(*) FROM lead l INDEXED BY lead_facet WHERE l.id IN (SELECT value FROM json_each(?)) AND "
           + scopeSql(plan.scope, "l") + " AND " + plan.condition.sql;
}

} // namespace

struct LeadListRepository::Found : Place {};

struct LeadListRepository::List {
    LeadQuery query;
    const SortColumn* column = nullptr;
    std::optional<Place> from;
    FilterPlan plan;
    std::shared_ptr<const CustomSort> custom; // `column` is its
};

Result<LeadListRepository::List> LeadListRepository::listOf(const LeadQuery& query, const FilterContext& context) const {
    List list{.query = query, .column = sortColumn(query.sort), .from = {}, .plan = planOf(query.filter, context), .custom = {}};
    if (list.column == nullptr) {
        list.custom = customSort(m_db, list.query.sort);
        list.column = list.custom ? &list.custom->column : nullptr;
    }
    if (list.column == nullptr)
        return fail(ErrorCode::InvalidField, query.sort);
    OUTRIDER_ASSIGN(list.from, readCursor(query, *list.column));
    return list;
}

// Counting stops as soon as it is clear that there are too many.
const SqlCondition* LeadListRepository::fewCandidates(const FilterPlan& plan, int few) {
    for (const SqlCondition& candidates : plan.candidates) {
        Statement row = m_db.prepare(fewSql(candidates));
        row.bindInteger(candidates.bind(row, 1), few + 1);
        if (row.step() && row.integer(0) <= few)
            return &candidates;
    }
    return nullptr;
}

std::vector<LeadListRepository::Found> LeadListRepository::sorted(const List& list, const SqlCondition* candidates, int limit) {
    Statement rows = m_db.prepare(sortSql(list.query, *list.column, list.plan, candidates, list.from));
    int place = candidates != nullptr ? candidates->bind(rows, 1) : 1;
    place = list.plan.condition.bind(rows, place);
    if (list.from && !list.from->isNull) {
        bindValue(rows, place++, *list.column, *list.from);
        bindValue(rows, place++, *list.column, *list.from);
    }
    if (list.from)
        rows.bindInteger(place++, list.from->id);
    rows.bindInteger(place, limit);
    std::vector<Found> found;
    while (rows.step())
        found.push_back({readPlace(rows, *list.column)});
    return found;
}

// Adds what the filter finds beyond `from`, up to `limit` in all, and moves `from` along. False when the walk was
// left before its end.
bool LeadListRepository::walk(const List& list, std::optional<Found>& from, std::vector<Found>& found, int limit, int judged,
                              const Stopwatch& watch) {
    std::optional<Place> start;
    if (from)
        start = *from;
    for (const Part part : partsOf(*list.column, start)) {
        Statement rows = m_db.prepare(walkSql(list.query, *list.column, list.plan, part));
        int place = list.plan.everything ? 1 : list.plan.condition.bind(rows, 1);
        if (part == Part::SameValue || part == Part::Beyond)
            bindValue(rows, place++, *list.column, list.column->field == "created" ? Place{.number = start->id} : *start);
        if (part == Part::SameValue || part == Part::SameWithout)
            rows.bindInteger(place, start->id);
        while (rows.step()) {
            const bool matches = rows.integer(2) != 0;
            const bool leaves = --judged <= 0 || (judged % judgedPerLook == 0 && watch.milliseconds() > m_patience.milliseconds);
            if (matches || leaves)
                from = Found{readPlace(rows, *list.column)};
            if (matches) {
                found.push_back(*from);
                if (int(found.size()) == limit)
                    return true;
            }
            if (leaves)
                return false;
        }
    }
    return true;
}

std::vector<LeadListRow> LeadListRepository::rows(const std::vector<Found>& found, Rows known) {
    std::vector<LeadListRow> rows;
    rows.reserve(found.size());
    std::map<StrategyId, std::string> names;
    for (const Found& lead : found) {
        const auto before = known.find(lead.id);
        if (before == known.end()) {
            if (auto read = row(LeadId{lead.id}))
                rows.push_back(std::move(*read));
            continue;
        }
        LeadListRow& row = rows.emplace_back(std::move(before->second));
        if (!row.strategy)
            continue;
        auto name = names.find(row.strategy);
        if (name == names.end())
            name = names.emplace(row.strategy, m_db.text("SELECT name FROM strategy WHERE id = ?1", row.strategy)).first;
        row.strategyName = name->second;
    }
    return rows;
}

Result<LeadPage> LeadListRepository::page(const LeadQuery& query, const FilterContext& context) {
    const Stopwatch watch;
    OUTRIDER_ASSIGN(const List list, listOf(query, context));
    if (m_index != nullptr && list.plan.scope == FilterPlan::Scope::Live) {
        if (auto page = indexedPage(list, context))
            return std::move(*page);
    }
    // One lead more than asked for tells whether a page follows; then the cursor is that of the last kept.
    const int limit = query.limit + 1;
    std::vector<Found> found;
    std::optional<Found> from;
    if (list.from)
        from = Found{*list.from};
    bool ended = true;
    if (list.plan.scope != FilterPlan::Scope::Live || list.custom) {
        found = sorted(list, fewCandidates(list.plan, m_patience.few), limit);
    } else if (list.plan.everything) {
        walk(list, from, found, limit, INT_MAX, watch);
    } else if (const auto* few = fewCandidates(list.plan, std::min(fewAtOnce, m_patience.few))) {
        found = sorted(list, few, limit);
    } else if (!walk(list, from, found, limit, std::min(firstWalk, m_patience.judged), watch)) {
        if (const auto* candidates = fewCandidates(list.plan, m_patience.few))
            found = sorted(list, candidates, limit);
        else
            ended = m_patience.judged > firstWalk && walk(list, from, found, limit, m_patience.judged - firstWalk, watch);
    }
    const bool searching = !ended && int(found.size()) < query.limit;
    LeadPage page = pageOf(list, std::move(found));
    if (page.next.empty() && !ended)
        page.next = makeCursor(query, *list.column, *from);
    page.searching = searching;
    return page;
}

LeadPage LeadListRepository::pageOf(const List& list, std::vector<Found> found, Rows known) {
    LeadPage page;
    if (int(found.size()) > list.query.limit) {
        found.resize(std::size_t(list.query.limit));
        page.next = makeCursor(list.query, *list.column, found.back());
    }
    page.rows = rows(found, std::move(known));
    if (!list.query.custom.empty())
        addCustom(page.rows, list.query.custom);
    return page;
}

// What the index is sure of is in order already; only when SQL finds some of the others, all of the page are put in order
// by it.
std::optional<LeadPage> LeadListRepository::indexedPage(const List& list, const FilterContext& context) {
    const auto limit = std::size_t(list.query.limit) + 1;
    std::vector<std::int64_t> sure;
    std::vector<Found> found;
    Rows known;
    {
        LeadIndexQuery query(*m_index, m_ticket, m_db, context);
        if (!query.find(list.query.filter, list.plan))
            return std::nullopt;
        auto first = list.custom
                         ? query.firstByCustom(list.custom->field, list.custom->type, list.query.descending, list.from, limit)
                         : query.first(list.column->order, list.query.descending, list.from, limit);
        if (!first)
            return std::nullopt;
        sure = std::move(*first);
        known = query.rows(sure);
        if (!query.unsure().empty()) {
            const SqlCondition unsure = named(query.unsure());
            found = sorted(list, &unsure, int(limit));
        }
    }
    if (!found.empty()) {
        for (const Found& lead : found)
            sure.push_back(lead.id);
        const SqlCondition both = named(sure);
        return pageOf(list, sorted(list, &both, int(limit)), std::move(known));
    }
    for (const std::int64_t id : sure)
        found.push_back({Place{.id = id}});
    if (sure.size() == limit) { // the cursor is that of the last one kept
        Found& last = found[limit - 2];
        Statement row = m_db.query("SELECT l.id, " + list.column->of("l") + " FROM lead l WHERE l.id = ?1", last.id);
        if (row.step())
            last = Found{readPlace(row, *list.column)};
    }
    return pageOf(list, std::move(found), std::move(known));
}

std::int64_t LeadListRepository::countUnsure(const std::vector<std::int64_t>& leads, const FilterPlan& plan) {
    if (leads.empty())
        return 0;
    Statement row = m_db.prepare(countNamedSql(plan));
    row.bindText(1, toJsonArray(leads));
    plan.condition.bind(row, 2);
    return row.step() ? row.integer(0) : 0;
}

std::optional<std::int64_t> LeadListRepository::indexedCount(const Filter& filter, const FilterPlan& plan,
                                                             const FilterContext& context) {
    if (m_index == nullptr)
        return std::nullopt;
    LeadIndexQuery query(*m_index, m_ticket, m_db, context);
    if (!query.find(filter, plan))
        return std::nullopt;
    return query.count() + countUnsure(query.unsure(), plan);
}

// Of all leads, or of those named.
void LeadListRepository::addByStatus(StatusCounts& counts, const FilterPlan& plan, const std::string& unsure) {
    Statement rows =
        m_db.prepare(std::string("SELECT l.status_id, count(*) FROM lead l INDEXED BY lead_facet WHERE ")
                     + (unsure.empty() ? "" : "l.id IN (SELECT value FROM json_each(?)) AND ") + scopeSql(plan.scope, "l")
                     + " AND " + (plan.everything ? "1" : plan.condition.sql) + " GROUP BY l.status_id");
    int place = 1;
    if (!unsure.empty())
        rows.bindText(place++, unsure);
    if (!plan.everything)
        plan.condition.bind(rows, place);
    while (rows.step())
        counts[rows.id<StatusId>(0)] += rows.integer(1);
}

std::optional<LeadListRepository::StatusCounts>
LeadListRepository::indexedCountByStatus(const Filter& filter, const FilterPlan& plan, const FilterContext& context) {
    if (m_index == nullptr)
        return std::nullopt;
    LeadIndexQuery query(*m_index, m_ticket, m_db, context);
    if (!query.find(filter, plan))
        return std::nullopt;
    StatusCounts counts = query.countByStatus();
    if (!query.unsure().empty())
        addByStatus(counts, plan, toJsonArray(query.unsure()));
    return counts;
}

std::optional<LeadListRepository::StatusCounts> LeadListRepository::countByStatusAtOnce(const Filter& filter,
                                                                                        const FilterContext& context) {
    return indexedCountByStatus(filter, planOf(filter, context), context);
}

LeadListRepository::StatusCounts LeadListRepository::countByStatus(const Filter& filter, const FilterContext& context) {
    const FilterPlan plan = planOf(filter, context);
    if (auto counts = indexedCountByStatus(filter, plan, context))
        return *std::move(counts);
    StatusCounts counts;
    addByStatus(counts, plan, {});
    return counts;
}

std::int64_t LeadListRepository::count(const Filter& filter, const FilterContext& context) {
    CountStep step;
    while (!step.done)
        countMore(step, filter, context);
    return step.count;
}

void LeadListRepository::countMore(CountStep& step, const Filter& filter, const FilterContext& context) {
    const Stopwatch watch;
    const FilterPlan plan = planOf(filter, context);
    if (step.after == 0) {
        if (const auto count = indexedCount(filter, plan, context)) {
            step = {.count = *count, .after = 0, .done = true};
            return;
        }
    }
    const std::string where = scopeSql(plan.scope, "l") + " AND " + plan.condition.sql;
    const auto* few = step.after == 0 ? fewCandidates(plan, m_patience.few) : nullptr;
    if (few != nullptr || plan.scope != FilterPlan::Scope::Live) {
        const std::string index = few != nullptr                            ? " INDEXED BY lead_facet"
                                  : plan.scope == FilterPlan::Scope::Hidden ? " INDEXED BY lead_hidden"
                                                                            : "";
        Statement row = m_db.prepare("SELECT count(*) FROM lead l" + index + " WHERE "
                                     + (few != nullptr ? "l.id IN (" + few->sql + ") AND " : "") + where);
        plan.condition.bind(row, few != nullptr ? few->bind(row, 1) : 1);
        step = {.count = row.step() ? row.integer(0) : 0, .after = 0, .done = true};
        return;
    }
    // The words of a search are looked up once a statement, so that one goes on to the end.
    const std::int64_t most = plan.hasWords ? -1 : std::min(countedPerLook, m_patience.judged);
    do {
        Statement row = m_db.prepare("SELECT count(*), sum(m), max(id) FROM (SELECT l.id AS id, coalesce(("
                                     + (plan.everything ? std::string("1") : plan.condition.sql)
                                     + ") <> 0, 0) AS m FROM lead l INDEXED BY lead_facet WHERE l.id > ? AND "
                                     + scopeSql(plan.scope, "l") + " ORDER BY l.id LIMIT ?)");
        int place = plan.everything ? 1 : plan.condition.bind(row, 1);
        row.bindInteger(place++, step.after);
        row.bindInteger(place, most);
        row.step();
        step.count += row.integer(1);
        step.done = most < 0 || row.integer(0) < most;
        step.after = row.integer(2);
    } while (!step.done && watch.milliseconds() < m_patience.milliseconds);
}

Result<> LeadListRepository::anchorsMore(AnchorStep& step, const LeadQuery& query, const FilterContext& context, int pageSize) {
    const Stopwatch watch;
    LeadQuery rest = query;
    rest.after = step.after;
    OUTRIDER_ASSIGN(List list, listOf(rest, context));
    const auto take = [&](const Place& place) {
        if (++step.rows % pageSize == 0)
            step.anchors.push_back(makeCursor(query, *list.column, place));
    };
    const auto* few = list.from ? nullptr : fewCandidates(list.plan, m_patience.few);
    if (few != nullptr || list.plan.scope != FilterPlan::Scope::Live || list.custom) {
        for (const Found& place : sorted(list, few, -1))
            take(place);
        step.done = true;
    } else {
        std::vector<Found> found;
        std::optional<Found> from;
        if (list.from)
            from = Found{*list.from};
        const bool ended = walk(list, from, found, 0, m_patience.judged, watch);
        for (const Found& place : found)
            take(place);
        step.done = ended;
        if (!ended)
            step.after = makeCursor(query, *list.column, *from);
    }
    if (step.done && step.rows > 0 && step.rows % pageSize == 0) // nothing follows the last full page
        step.anchors.pop_back();
    return {};
}

std::vector<LeadId> LeadListRepository::ids(const Filter& filter, const FilterContext& context) {
    const FilterPlan plan = planOf(filter, context);
    if (m_index != nullptr) {
        LeadIndexQuery query(*m_index, m_ticket, m_db, context);
        if (query.find(filter, plan) && query.unsure().empty())
            return query.ids();
    }
    const auto* few = fewCandidates(plan, m_patience.few);
    const std::string condition = scopeSql(plan.scope, "l") + " AND " + plan.condition.sql + " ORDER BY l.id";
    Statement rows =
        few != nullptr
            ? m_db.prepare("SELECT l.id FROM lead l INDEXED BY lead_facet WHERE l.id IN (" + few->sql + ") AND " + condition)
            : m_db.prepare("SELECT l.id FROM lead l INDEXED BY lead_facet WHERE " + condition);
    plan.condition.bind(rows, few != nullptr ? few->bind(rows, 1) : 1);
    std::vector<LeadId> ids;
    while (rows.step())
        ids.push_back(rows.id<LeadId>(0));
    return ids;
}

Result<std::vector<std::string>> LeadListRepository::pageSql(const LeadQuery& query, const FilterContext& context) {
    const SortColumn* column = sortColumn(query.sort);
    if (column == nullptr)
        return fail(ErrorCode::InvalidField, query.sort);
    const FilterPlan plan = planOf(query.filter, context);
    std::vector<std::string> sql;
    const std::array<std::optional<Place>, 3> places{std::nullopt, Place{}, Place{.isNull = true}};
    for (const auto& from : std::span(places).first(column->nullable ? 3 : 2)) {
        if (plan.scope == FilterPlan::Scope::Live) {
            for (const Part part : partsOf(*column, from))
                sql.push_back(walkSql(query, *column, plan, part));
        } else {
            sql.push_back(sortSql(query, *column, plan, nullptr, from));
        }
        for (const SqlCondition& candidates : plan.candidates)
            sql.push_back(sortSql(query, *column, plan, &candidates, from));
        const SqlCondition unsure = named({});
        sql.push_back(sortSql(query, *column, plan, &unsure, from));
    }
    for (const SqlCondition& candidates : plan.candidates)
        sql.push_back(fewSql(candidates));
    sql.push_back(countNamedSql(plan));
    sql.push_back(leadListRowSql() + " WHERE l.id = ?1");
    return sql;
}

} // namespace outrider::store
