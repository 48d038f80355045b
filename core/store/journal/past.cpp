// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/past.h"

#include "core/store/journal/compaction.h"
#include "core/store/journal/journaled_tables.h"

#include <algorithm>
#include <string>
#include <vector>

namespace outrider::store {

namespace {

std::string namesOf(const std::vector<Column>& columns) {
    std::string names;
    for (const Column& column : columns)
        names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

// The rows as they were, and which rows of the table those stand for (gone or not yet made: without a row).
std::string rowsOf(std::string_view table) { return "temp.past_" + std::string(table); }
std::string idsOf(std::string_view table) { return "temp.past_ids_" + std::string(table); }

// What the triggers of 0001 derive, as of the shadowed tables.
constexpr std::string_view touchKinds = "(1, 2, 5, 6, 7, 19, 22)";

} // namespace

bool Past::isCurrent() {
    const auto floor = journalFloor(m_db);
    return m_db.integer("SELECT max(id) FROM main.change") == m_newest && !(floor && m_at < *floor);
}

void Past::clear() {
    std::vector<std::string> drops;
    {
        Statement rows = m_db.prepare("SELECT type, name FROM sqlite_temp_schema WHERE type IN ('view', 'table')"
                                      " ORDER BY type DESC"); // views first: they stand on the tables
        while (rows.step())
            drops.push_back("DROP " + rows.text(0) + " temp." + rows.text(1));
    }
    for (const std::string& drop : drops)
        m_db.script(drop);
}

// The first change of every cell, and of every row's being there (column -1), since the boundary: what it
// says was before is how it was at the boundary.
void Past::collect(std::int64_t boundary) {
    m_db.script("CREATE TEMP TABLE past_cell(tbl INTEGER, row_id INTEGER, col INTEGER, change_id INTEGER,"
                " PRIMARY KEY (tbl, row_id, col)) WITHOUT ROWID;"
                "CREATE TEMP TABLE past_range(tbl INTEGER, first INTEGER, last INTEGER)");
    m_db.run("INSERT INTO temp.past_cell SELECT tbl, row_id, CASE op WHEN 1 THEN col ELSE -1 END AS cell, min(id)"
             " FROM main.change NOT INDEXED WHERE id > ?1 AND op <> 3 GROUP BY tbl, row_id, cell",
             boundary);
    m_db.run("INSERT INTO temp.past_range SELECT tbl, row_id, new FROM main.change WHERE id > ?1 AND op = 3", boundary);
}

void Past::shadow(int number) {
    const JournaledTable& table = *journaledTable(number);
    std::string columns;
    for (const Column& column : columnsOf(m_db, table.name))
        columns += (columns.empty() ? "" : ", ") + column.name + " " + column.type + (column.name == "id" ? " PRIMARY KEY" : "");
    const std::string name(table.name);
    m_db.script("CREATE TEMP TABLE past_ids_" + name + "(id INTEGER PRIMARY KEY); CREATE TEMP TABLE past_" + name + "(" + columns
                + ")");
    if (!table.leadColumn.empty() && table.leadColumn != "id")
        m_db.script("CREATE INDEX temp.past_of_lead_" + name + " ON past_" + name + "(" + std::string(table.leadColumn) + ")");
}

void Past::fill(int number) {
    const JournaledTable& table = *journaledTable(number);
    const std::vector<Column> columns = columnsOf(m_db, table.name);
    const std::string rows = rowsOf(table.name);
    const std::string live = "main." + std::string(table.name);
    const std::string existence = "(SELECT e.change_id FROM temp.past_cell e WHERE e.tbl = ?1 AND e.row_id = p.row_id"
                                  " AND e.col = -1)";
    m_db.run("INSERT INTO " + idsOf(table.name) + " SELECT DISTINCT row_id FROM temp.past_cell WHERE tbl = ?1", number);
    // Rows that were there all the time, as they are now…
    m_db.run("INSERT INTO " + rows + " SELECT " + namesOf(columns) + " FROM " + live
                 + " WHERE id IN (SELECT p.row_id FROM temp.past_cell p WHERE p.tbl = ?1 AND " + existence + " IS NULL)",
             number);
    // …rows that were deleted first, as they were then (one that was inserted first was not there)…
    std::string values;
    for (const Column& column : columns) {
        const std::string value = "json_extract(c.old, '$." + column.name + "')";
        values += (values.empty() ? "" : ", ") + (column.type == "BLOB" ? "unhex(" + value + ")" : value);
    }
    m_db.run("INSERT INTO " + rows + " SELECT " + values
                 + " FROM temp.past_cell p JOIN main.change c ON c.id = p.change_id WHERE p.tbl = ?1 AND p.col = -1 AND c.op = 2",
             number);
    // …and each cell back to what it was before its first change.
    std::vector<int> changed;
    {
        Statement cells = m_db.query("SELECT DISTINCT col FROM temp.past_cell WHERE tbl = ?1 AND col >= 0", number);
        while (cells.step())
            changed.push_back(static_cast<int>(cells.integer(0)));
    }
    for (const Column& column : columns) {
        if (std::find(changed.begin(), changed.end(), column.index) == changed.end())
            continue;
        m_db.run("UPDATE " + rows + " SET " + column.name
                     + " = c.old FROM temp.past_cell p JOIN main.change c ON c.id = p.change_id WHERE p.tbl = ?1 AND p.col = ?2"
                       " AND p.row_id = past_"
                     + std::string(table.name) + ".id AND p.change_id < coalesce(" + existence + ", 9223372036854775807)",
                 number, column.index);
    }
    // What a bulk insert made since was not there, whatever became of it.
    m_db.run("INSERT OR IGNORE INTO " + idsOf(table.name) + " SELECT t.id FROM temp.past_range r JOIN " + live
                 + " t ON t.id BETWEEN r.first AND r.last WHERE r.tbl = ?1",
             number);
    m_db.run("DELETE FROM " + rows
                 + " WHERE EXISTS (SELECT 1 FROM temp.past_range r WHERE r.tbl = ?1 AND id BETWEEN r.first"
                   " AND r.last)",
             number);
}

bool Past::hasShadow(std::string_view table) {
    return m_db.integer("SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = ?1)", "past_" + std::string(table)) != 0;
}

// Leads whose tasks or activities changed have other derived columns than now, and tasks of leads whose score
// changed: they are shadowed, too.
void Past::deriveLeads() {
    const int lead = journaledTable("lead")->number;
    if (!hasShadow("lead"))
        shadow(lead);
    const std::string names = namesOf(columnsOf(m_db, "lead"));
    for (const std::string name : {"task", "activity"}) {
        if (!hasShadow(name))
            continue;
        m_db.script("CREATE TEMP TABLE past_touched AS SELECT lead_id FROM " + rowsOf(name) + " UNION SELECT t.lead_id FROM main."
                    + name + " t WHERE t.id IN (SELECT id FROM " + idsOf(name) + ")");
        m_db.script("INSERT INTO " + rowsOf("lead") + " SELECT " + names
                    + " FROM main.lead WHERE id IN (SELECT lead_id FROM temp.past_touched) AND id NOT IN (SELECT id FROM "
                    + idsOf("lead") + "); INSERT OR IGNORE INTO " + idsOf("lead")
                    + " SELECT lead_id FROM temp.past_touched; DROP TABLE temp.past_touched");
    }
    if (m_db.integer("SELECT EXISTS (SELECT 1 FROM temp.past_lead p JOIN main.lead l ON l.id = p.id WHERE l.score <> p.score)")
        != 0) {
        if (!hasShadow("task"))
            shadow(journaledTable("task")->number);
        m_db.script("INSERT INTO temp.past_task SELECT " + namesOf(columnsOf(m_db, "task"))
                    + " FROM main.task WHERE lead_id IN (SELECT p.id FROM temp.past_lead p JOIN main.lead l ON l.id = p.id"
                      " WHERE l.score <> p.score) AND id NOT IN (SELECT id FROM temp.past_ids_task);"
                      " INSERT OR IGNORE INTO temp.past_ids_task SELECT id FROM temp.past_task");
    }
}

// With the views in place, as the triggers keep them.
void Past::derive() {
    m_db.script("UPDATE temp.past_lead SET next_task_at = (SELECT min(t.due_at) FROM task t WHERE t.lead_id = past_lead.id"
                " AND t.state = 0), last_touch_at = (SELECT max(a.at) FROM activity a WHERE a.lead_id = past_lead.id"
                " AND a.kind IN "
                + std::string(touchKinds) + ")");
    if (hasShadow("task"))
        m_db.script("UPDATE temp.past_task SET score = coalesce((SELECT l.score FROM lead l WHERE l.id = past_task.lead_id), 0)"
                    " WHERE state = 0");
}

void Past::lay() {
    m_db.script("PRAGMA query_only = OFF"); // the file was opened read-only; this is for memory alone
    clear();
    m_newest = m_db.integer("SELECT max(id) FROM main.change");
    if (const auto floor = journalFloor(m_db); floor && m_at < *floor)
        throw StoreException(Error(ErrorCode::InvalidArgument, "the journal reaches back to " + toIso8601(*floor)));
    collect(lastChangeBy(m_db, m_at));
    std::vector<int> changed;
    {
        Statement tables = m_db.prepare("SELECT tbl FROM temp.past_cell UNION SELECT tbl FROM temp.past_range");
        while (tables.step())
            changed.push_back(static_cast<int>(tables.integer(0)));
    }
    for (const int table : changed) {
        if (journaledTable(table) == nullptr)
            throw StoreException(Error(ErrorCode::StoreDamaged, "unknown table in the journal"));
        shadow(table);
        fill(table);
    }
    if (hasShadow("lead") || hasShadow("task") || hasShadow("activity"))
        deriveLeads();
    for (const JournaledTable& table : journaledTables()) {
        if (!hasShadow(table.name))
            continue;
        const std::string names = namesOf(columnsOf(m_db, table.name));
        const std::string name(table.name);
        m_db.script("CREATE TEMP VIEW " + name + " AS SELECT " + names + " FROM main." + name
                    + " WHERE id NOT IN (SELECT id FROM " + idsOf(name) + ") UNION ALL SELECT " + names + " FROM "
                    + rowsOf(name));
    }
    if (hasShadow("lead"))
        derive();
    m_db.script("DROP TABLE temp.past_cell; DROP TABLE temp.past_range; PRAGMA query_only = ON");
}

} // namespace outrider::store
