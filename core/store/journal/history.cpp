// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/history.h"

#include "core/store/journal/journaled_tables.h"

#include <charconv>
#include <iterator>

namespace outrider::store {

const std::string_view actionColumns =
    "a.id, a.name, a.subject, a.origin, a.actor_id, a.undoable, a.at, a.kind, a.undone_by IS NOT NULL,"
    " coalesce(a.last_change - a.first_change + 1, 0), coalesce(m.name, '')";

namespace {

constexpr std::string_view actionTables = " FROM action a LEFT JOIN member m ON m.id = a.actor_id";

// The actions that changed a lead or anything of it. A row of it that is there is found by its lead, and its
// changes by the row (change_row) or by the bulk insert it came in with (change_range); one that is gone by
// what the journal keeps of it (change_lost).
const std::string& actionsOfLead() {
    static const std::string sql = [] {
        std::string parts;
        for (const JournaledTable& table : journaledTables()) {
            if (table.leadColumn.empty())
                continue;
            const std::string number = std::to_string(table.number);
            const std::string name(table.name);
            const std::string rows = name == "lead"
                                         ? "SELECT ?1 AS id"
                                         : "SELECT id FROM main." + name + " WHERE " + std::string(table.leadColumn) + " = ?1";
            parts += (parts.empty() ? "" : " UNION ") + std::string("SELECT c.action_id FROM (") + rows
                     + ") r CROSS JOIN main.change c INDEXED BY change_row ON c.tbl = " + number
                     + " AND c.row_id = r.id AND c.op <> 3"
                     + " UNION SELECT (SELECT c.action_id FROM main.change c INDEXED BY change_range WHERE c.op = 3 AND c.tbl = "
                     + number + " AND c.row_id <= r.id AND c.new >= r.id ORDER BY c.row_id DESC LIMIT 1) FROM (" + rows + ") r";
        }
        const std::string lost =
            " UNION SELECT c.action_id FROM main.change g INDEXED BY change_lost CROSS JOIN main.change c INDEXED BY ";
        const std::string ofLead = " WHERE g.op = 2 AND json_extract(g.old, '$.lead_id') = ?1";
        return parts + lost + "change_row ON c.tbl = g.tbl AND c.row_id = g.row_id AND c.op <> 3" + ofLead + lost
               + "change_range ON c.op = 3 AND c.tbl = g.tbl AND c.row_id <= g.row_id AND c.new >= g.row_id" + ofLead;
    }();
    return sql;
}

} // namespace

HistoryEntry readAction(const Statement& row) {
    HistoryEntry entry;
    entry.id = row.id<ActionId>(0);
    entry.action.name = row.text(1);
    entry.action.subject = row.text(2);
    entry.action.origin = row.value<Origin>(3);
    entry.action.actor = row.id<MemberId>(4);
    entry.action.undoable = row.integer(5) != 0;
    entry.at = row.instant(6);
    entry.kind = row.value<HistoryEntry::Kind>(7);
    entry.undone = row.integer(8) != 0;
    entry.changeCount = row.integer(9);
    entry.actorName = row.text(10);
    return entry;
}

std::optional<HistoryEntry> findAction(Connection& db, ActionId id) {
    Statement row = db.query("SELECT " + std::string(actionColumns) + std::string(actionTables) + " WHERE a.id = ?1", id);
    return row.step() ? std::optional(readAction(row)) : std::nullopt;
}

std::string historySql(const HistoryQuery& query) {
    return "SELECT " + std::string(actionColumns) + std::string(actionTables) + " WHERE a.id < ?2 AND a.id >= ?3 AND a.at >= ?4"
           + (query.lead ? " AND a.id IN (" + actionsOfLead() + ")" : "") + " ORDER BY a.id DESC LIMIT ?5";
}

std::vector<HistoryEntry> history(Connection& db, const HistoryQuery& query) {
    std::vector<HistoryEntry> entries;
    std::int64_t from = 0;
    if (query.since) {
        // Ids increase with time: the first since then is where to stop walking.
        from = db.integer("SELECT id FROM action WHERE at >= ?1 ORDER BY at, id LIMIT 1", *query.since);
        if (from == 0)
            return entries;
    }
    Statement rows = db.prepare(historySql(query));
    if (query.lead)
        rows.bindInteger(1, query.lead->value);
    rows.bindInteger(2, query.before ? query.before.value : INT64_MAX);
    rows.bindInteger(3, from);
    rows.bindInteger(4, query.since ? toEpochMillis(*query.since) : INT64_MIN);
    rows.bindInteger(5, query.limit);
    while (rows.step())
        entries.push_back(readAction(rows));
    return entries;
}

ActionId insertedBy(Connection& db, std::string_view table, std::int64_t row) {
    const int number = journaledTable(table)->number;
    const auto single = db.integer("SELECT c.action_id FROM main.change c JOIN action a ON a.id = c.action_id"
                                   " WHERE c.tbl = ?1 AND c.row_id = ?2 AND c.op = 0 AND a.kind = 0 ORDER BY c.id DESC LIMIT 1",
                                   number, row);
    if (single != 0)
        return ActionId{single};
    return ActionId{db.integer("SELECT action_id FROM main.change INDEXED BY change_range WHERE op = 3 AND tbl = ?1"
                               " AND row_id <= ?2 AND new >= ?2 ORDER BY row_id DESC LIMIT 1",
                               number, row)};
}

std::string cellText(Connection& db, std::string_view table, std::string_view column, const std::string& value) {
    struct Named {
        std::string_view column;
        std::string_view table;
        const char* sql;
    };
    static constexpr Named named[]{
        {"status_id", "", "SELECT name FROM status WHERE id = ?1"},
        {"owner_id", "", "SELECT name FROM member WHERE id = ?1"},
        {"company_id", "", "SELECT CASE name WHEN '' THEN domain ELSE name END FROM company WHERE id = ?1"},
        {"tag_id", "", "SELECT name FROM tag WHERE id = ?1"},
        {"strategy_id", "", "SELECT name FROM strategy WHERE id = ?1"},
        {"version_id", "strategy", "SELECT number FROM strategy_version WHERE id = ?1"},
        {"mailbox_id", "", "SELECT address FROM mailbox WHERE id = ?1"},
    };
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size())
        return value;
    for (const Named& each : named) {
        if (each.column == column && (each.table.empty() || each.table == table)) {
            std::string text = db.text(each.sql, number);
            return text.empty() ? value : text;
        }
    }
    if (column.ends_with("_at"))
        return toIso8601(fromEpochMillis(number));
    return value;
}

} // namespace outrider::store
