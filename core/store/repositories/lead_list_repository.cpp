// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_list_repository.h"

#include "core/store/repositories/lead_filter_sql.h"

#include <nlohmann/json.hpp>

#include <array>

namespace outrider::store {

namespace {

using nlohmann::json;

// What a sortable field is sorted by. Every expression has an index with the id behind it.
struct SortColumn {
    std::string_view field;
    std::string_view expression;
    bool nullable = false;
};
constexpr std::array sortColumns{
    SortColumn{"name", "l.name_key"},
    SortColumn{"first_name", "l.name_key"},
    SortColumn{"last_name", "l.last_name_key"},
    SortColumn{"company", "l.company_key"},
    SortColumn{"status", "l.status_id"},
    SortColumn{"score", "l.score"},
    SortColumn{"created", "l.id"}, // ids are time-ordered
    SortColumn{"due", "l.next_task_at", true},
    SortColumn{"last_touch", "l.last_touch_at", true},
    SortColumn{"email", "l.email_key"},
    SortColumn{"job_title", "l.job_title"},
    SortColumn{"city", "l.city"},
    SortColumn{"country", "l.country"},
};

const SortColumn* sortColumn(std::string_view field) {
    for (const SortColumn& column : sortColumns) {
        if (column.field == field)
            return &column;
    }
    return nullptr;
}

// The strategy the lead is in, else the one it was in last.
const std::string rowColumns =
    "SELECT l.id, l.first_name, l.last_name, l.email, l.phone, l.linkedin_url, l.company_name, l.job_title, l.country,"
    " l.status_id, l.reach, l.score, l.created_at, l.next_task_at, l.last_touch_at, e.strategy_id, s.name, e.next_step,"
    " (SELECT count(*) FROM step x WHERE x.version_id = e.version_id), e.state, e.stop_reason,"
    " (SELECT t.channel FROM task t WHERE t.lead_id = l.id AND t.state = 0 ORDER BY t.due_at LIMIT 1)";
const std::string rowTables = " FROM lead l LEFT JOIN enrolment e ON e.id = (SELECT y.id FROM enrolment y WHERE y.lead_id = l.id"
                              " ORDER BY y.id DESC LIMIT 1) LEFT JOIN strategy s ON s.id = e.strategy_id";
constexpr int sortValueColumn = 22;

LeadListRow readRow(const Statement& row) {
    Lead lead;
    lead.firstName = row.text(1);
    lead.lastName = row.text(2);
    lead.email = row.text(3);
    lead.phone = row.text(4);
    lead.linkedinUrl = row.text(5);
    lead.companyName = row.text(6);
    LeadListRow out;
    out.id = row.id<LeadId>(0);
    out.name = displayName(lead);
    out.email = std::move(lead.email);
    out.companyName = std::move(lead.companyName);
    out.jobTitle = row.text(7);
    out.country = row.text(8);
    out.status = row.id<StatusId>(9);
    out.reach = row.value<Reach>(10);
    out.score = static_cast<int>(row.integer(11));
    out.createdAt = row.instant(12);
    out.nextTaskAt = row.optionalInstant(13);
    out.lastTouchAt = row.optionalInstant(14);
    out.strategy = row.id<StrategyId>(15);
    out.strategyName = row.text(16);
    out.nextStep = static_cast<int>(row.integer(17));
    out.stepCount = static_cast<int>(row.integer(18));
    if (out.strategy) {
        out.enrolmentState = row.value<EnrolmentState>(19);
        out.stopReason = row.value<StopReason>(20);
    }
    if (out.nextTaskAt)
        out.nextChannel = row.value<Channel>(21);
    return out;
}

// A cursor is [sort field, direction, value or null, id] of the last row before the page.
struct Position {
    bool isNull = false;
    json value;
    std::int64_t id = 0;
};

Result<std::optional<Position>> readCursor(const LeadQuery& query) {
    if (query.after.empty())
        return std::optional<Position>();
    const json cursor = json::parse(query.after, nullptr, false);
    if (!cursor.is_array() || cursor.size() != 4 || cursor[0] != query.sort || cursor[1] != query.descending
        || !cursor[3].is_number_integer() || !(cursor[2].is_null() || cursor[2].is_string() || cursor[2].is_number_integer()))
        return fail(ErrorCode::InvalidArgument, "a cursor of another list");
    return std::optional(Position{cursor[2].is_null(), cursor[2], cursor[3].get<std::int64_t>()});
}

ListCursor makeCursor(const LeadQuery& query, const Statement& row, int valueColumn, std::int64_t id) {
    json value;
    if (!row.isNull(valueColumn)) {
        if (sortColumn(query.sort)->expression == "l.score" || query.sort == "status" || query.sort == "due"
            || query.sort == "last_touch" || query.sort == "created")
            value = row.integer(valueColumn);
        else
            value = row.text(valueColumn);
    }
    return json::array({query.sort, query.descending, value, id}).dump(-1, ' ', false, json::error_handler_t::replace);
}

// Rows with a value come first, in either direction; those without one follow, by id.
enum class Half { WithValue, WithoutValue };

std::string orderedSql(const std::string& select, const LeadQuery& query, const SortColumn& column, Half half,
                       const SqlCondition& condition, bool fromPosition) {
    const std::string expression(column.expression);
    const char* direction = query.descending ? " DESC" : "";
    const char* beyond = query.descending ? " < " : " > ";
    std::string sql = select + " WHERE " + condition.sql;
    if (half == Half::WithoutValue)
        return sql + " AND " + expression + " IS NULL" + (fromPosition ? std::string(" AND l.id") + beyond + "?" : "")
               + " ORDER BY l.id" + direction + " LIMIT ?";
    if (column.nullable)
        sql += " AND " + expression + " IS NOT NULL";
    if (column.field == "created") {
        if (fromPosition)
            sql += std::string(" AND l.id") + beyond + "?";
        return sql + " ORDER BY l.id" + direction + " LIMIT ?";
    }
    if (fromPosition)
        sql += " AND (" + expression + ", l.id)" + beyond + "(?, ?)";
    return sql + " ORDER BY " + expression + direction + ", l.id" + direction + " LIMIT ?";
}

void bindPosition(Statement& statement, int& place, const SortColumn& column, Half half, const Position& position) {
    if (half == Half::WithValue && column.field != "created") {
        if (position.value.is_string())
            statement.bindText(place++, position.value.get_ref<const std::string&>());
        else
            statement.bindInteger(place++, position.value.get<std::int64_t>());
    }
    statement.bindInteger(place++, position.id);
}

} // namespace

Result<LeadPage> LeadListRepository::page(const LeadQuery& query, const FilterContext& context) {
    const SortColumn* column = sortColumn(query.sort);
    if (column == nullptr)
        return fail(ErrorCode::InvalidField, query.sort);
    OUTRIDER_ASSIGN(const std::optional<Position> position, readCursor(query));
    const SqlCondition condition = toSql(query.filter, context);
    const std::string select = rowColumns + ", " + std::string(column->expression) + rowTables;

    // One row more than asked for tells whether a page follows; then the cursor is that of the last kept.
    LeadPage page;
    std::vector<ListCursor> cursors;
    const auto readHalf = [&](Half half, bool fromPosition) {
        const int room = query.limit + 1 - static_cast<int>(page.rows.size());
        if (room <= 0)
            return;
        Statement rows = m_db.prepare(orderedSql(select, query, *column, half, condition, fromPosition));
        int place = condition.bind(rows, 1);
        if (fromPosition)
            bindPosition(rows, place, *column, half, *position);
        rows.bindInteger(place, room);
        while (rows.step()) {
            page.rows.push_back(readRow(rows));
            cursors.push_back(makeCursor(query, rows, sortValueColumn, page.rows.back().id.value));
        }
    };
    const bool inSecondHalf = position && position->isNull && column->nullable;
    if (!inSecondHalf)
        readHalf(Half::WithValue, position.has_value());
    if (column->nullable)
        readHalf(Half::WithoutValue, inSecondHalf);
    if (static_cast<int>(page.rows.size()) > query.limit) {
        page.rows.resize(static_cast<std::size_t>(query.limit));
        page.next = cursors[page.rows.size() - 1];
    }
    return page;
}

std::int64_t LeadListRepository::count(const Filter& filter, const FilterContext& context) {
    const SqlCondition condition = toSql(filter, context);
    Statement row = m_db.prepare("SELECT count(*) FROM lead l WHERE " + condition.sql);
    condition.bind(row, 1);
    return row.step() ? row.integer(0) : 0;
}

Result<std::vector<ListCursor>> LeadListRepository::anchors(const LeadQuery& query, const FilterContext& context, int pageSize) {
    const SortColumn* column = sortColumn(query.sort);
    if (column == nullptr)
        return fail(ErrorCode::InvalidField, query.sort);
    const SqlCondition condition = toSql(query.filter, context);
    const std::string select = "SELECT l.id, " + std::string(column->expression) + " FROM lead l";
    std::vector<ListCursor> anchors{ListCursor()};
    std::int64_t count = 0;
    for (const Half half : {Half::WithValue, Half::WithoutValue}) {
        if (half == Half::WithoutValue && !column->nullable)
            break;
        Statement rows = m_db.prepare(orderedSql(select, query, *column, half, condition, false));
        const int place = condition.bind(rows, 1);
        rows.bindInteger(place, -1);
        while (rows.step()) {
            if (++count % pageSize == 0)
                anchors.push_back(makeCursor(query, rows, 1, rows.integer(0)));
        }
    }
    if (count > 0 && count % pageSize == 0) // nothing follows the last full page
        anchors.pop_back();
    return anchors;
}

std::vector<LeadId> LeadListRepository::ids(const Filter& filter, const FilterContext& context) {
    const SqlCondition condition = toSql(filter, context);
    Statement rows = m_db.prepare("SELECT l.id FROM lead l WHERE " + condition.sql + " ORDER BY l.id");
    condition.bind(rows, 1);
    std::vector<LeadId> ids;
    while (rows.step())
        ids.push_back(rows.id<LeadId>(0));
    return ids;
}

std::optional<LeadListRow> LeadListRepository::row(LeadId id) {
    Statement row = m_db.query(rowColumns + rowTables + " WHERE l.id = ?1", id);
    return row.step() ? std::optional(readRow(row)) : std::nullopt;
}

std::vector<SearchHit> LeadListRepository::search(std::string_view words, int limit) {
    std::vector<SearchHit> hits;
    const std::string query = toMatchQuery(words);
    if (query.empty())
        return hits;
    Statement rows = m_db.query("SELECT l.id, l.first_name, l.last_name, l.email, l.phone, l.company_name, l.status_id"
                                " FROM lead_search f JOIN lead l ON l.id = f.rowid"
                                " WHERE f.lead_search MATCH ?1 AND l.trashed_at IS NULL ORDER BY f.rowid DESC LIMIT ?2",
                                query, limit);
    while (rows.step()) {
        Lead lead;
        lead.firstName = rows.text(1);
        lead.lastName = rows.text(2);
        lead.email = rows.text(3);
        lead.phone = rows.text(4);
        SearchHit hit;
        hit.lead = rows.id<LeadId>(0);
        hit.title = displayName(lead);
        hit.detail = rows.text(5);
        hit.status = rows.id<StatusId>(6);
        hits.push_back(std::move(hit));
    }
    return hits;
}

Result<std::vector<std::string>> LeadListRepository::pageSql(const LeadQuery& query, const FilterContext& context) {
    const SortColumn* column = sortColumn(query.sort);
    if (column == nullptr)
        return fail(ErrorCode::InvalidField, query.sort);
    const SqlCondition condition = toSql(query.filter, context);
    const std::string select = rowColumns + ", " + std::string(column->expression) + rowTables;
    std::vector<std::string> sql;
    for (const bool fromPosition : {false, true}) {
        sql.push_back(orderedSql(select, query, *column, Half::WithValue, condition, fromPosition));
        if (column->nullable)
            sql.push_back(orderedSql(select, query, *column, Half::WithoutValue, condition, fromPosition));
    }
    return sql;
}

} // namespace outrider::store
