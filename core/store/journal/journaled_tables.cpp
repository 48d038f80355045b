// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/journaled_tables.h"

#include "core/store/sqlite/connection.h"

#include <algorithm>

namespace outrider::store {

std::span<const JournaledTable> journaledTables() {
    static const std::vector<JournaledTable> tables{
        {21, "member", {}, {}, {}},
        {22, "status", {}, {}, {}},
        {23, "setting", {}, {}, {}},
        {8, "import", {}, {}, {}},
        {9, "import_error", {}, {}, {}},
        {1, "company", {}, {}, {}},
        {2, "lead", "id", {"next_task_at", "last_touch_at"}, {"next_task_at", "last_touch_at"}},
        {3, "contact_point", "lead_id", {}, {}},
        {4, "tag", {}, {}, {}},
        {5, "lead_tag", "lead_id", {}, {}},
        {6, "custom_field", {}, {}, {}},
        {7, "custom_value", "lead_id", {}, {}},
        {10, "mailbox", {}, {"state", "state_reason", "state_detail"}, {}},
        {11, "strategy", {}, {}, {}},
        {12, "strategy_version", {}, {}, {}},
        {13, "step", {}, {}, {}},
        {30, "step_variant", {}, {}, {}},
        {40, "snippet", {}, {}, {}},
        {41, "mailbox_writing", {}, {}, {}},
        {45, "phone_line", {}, {}, {}},
        {42, "strategy_writing", {}, {}, {}},
        {43, "step_attachment", {}, {}, {}},
        {14, "enrolment", "lead_id", {}, {}},
        {15, "task", "lead_id", {"score"}, {"score"}},
        {17, "message", "lead_id", {}, {}},
        {50, "conversation", "lead_id", {}, {}},
        {44, "message_attachment", {}, {}, {}},
        {18,
         "outbox",
         "lead_id",
         {"state", "wait_reason", "earliest_at", "attempts", "refused_hard", "server_answer", "settled_at", "provider_ref",
          "trace", "send_number"},
         {"wait_reason", "earliest_at", "trace", "send_number"}},
        {16, "activity", "lead_id", {"week_hour"}, {"week_hour"}}, // depends on the zones this computer knows
        {60, "calendar_source", {}, {"read_at", "problem"}, {"read_at", "problem"}},
        {61, "meeting", {}, {}, {}},
        {62, "meeting_attendee", "lead_id", {}, {}},
        {63, "meeting_activity", "lead_id", {}, {}},
        {19, "suppression", {}, {}, {}},
        {20, "saved_view", {}, {}, {}},
        {70, "merge", {}, {}, {}},
        {71, "merge_part", {}, {}, {}},
        {72, "not_duplicate", {}, {}, {}},
        {73, "list", {}, {"leads"}, {"leads"}},
        {74, "list_member", "lead_id", {}, {}},
        {90, "import_mapping", {}, {}, {}},
    };
    return tables;
}

const JournaledTable* journaledTable(int number) {
    const auto tables = journaledTables();
    const auto found =
        std::find_if(tables.begin(), tables.end(), [number](const JournaledTable& table) { return table.number == number; });
    return found == tables.end() ? nullptr : &*found;
}

const JournaledTable* journaledTable(std::string_view name) {
    const auto tables = journaledTables();
    const auto found =
        std::find_if(tables.begin(), tables.end(), [name](const JournaledTable& table) { return table.name == name; });
    return found == tables.end() ? nullptr : &*found;
}

std::vector<Column> columnsOf(Connection& db, std::string_view table) {
    std::vector<Column> columns;
    Statement rows = db.query("SELECT cid, name, type FROM pragma_table_info(?1, 'main') ORDER BY cid", table);
    while (rows.step())
        columns.push_back({static_cast<int>(rows.integer(0)), rows.text(1), rows.text(2)});
    return columns;
}

namespace {

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void dropCaptureTriggers(Connection& db) {
    std::vector<std::string> names;
    {
        Statement rows =
            db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'capture\\_%' ESCAPE '\\'");
        while (rows.step())
            names.push_back(rows.text(0));
    }
    for (const std::string& name : names)
        db.script("DROP TRIGGER " + name);
}

constexpr std::string_view capturing = "(SELECT action_id FROM journal_state WHERE id = 1) IS NOT NULL";

std::string insertTrigger(const JournaledTable& table) {
    const std::string name(table.name);
    return "CREATE TRIGGER capture_" + name + "_insert AFTER INSERT ON " + name
           + " WHEN (SELECT action_id IS NOT NULL AND mode <> 1 FROM journal_state WHERE id = 1) BEGIN"
             " INSERT INTO change(action_id, tbl, row_id, op)"
             " SELECT action_id, "
           + std::to_string(table.number) + ", new.id, 0 FROM journal_state WHERE id = 1; END;";
}

std::string updateTrigger(const JournaledTable& table, const Column& column) {
    const std::string name(table.name);
    return "CREATE TRIGGER capture_" + name + "_" + column.name + " AFTER UPDATE OF " + column.name + " ON " + name + " WHEN new."
           + column.name + " IS NOT old." + column.name + " AND " + std::string(capturing)
           + " BEGIN INSERT INTO change(action_id, tbl, row_id, op, col, old, new) SELECT action_id, "
           + std::to_string(table.number) + ", new.id, 1, " + std::to_string(column.index) + ", old." + column.name + ", new."
           + column.name + " FROM journal_state WHERE id = 1; END;";
}

std::string deleteTrigger(const JournaledTable& table, const std::vector<Column>& columns) {
    std::string row;
    for (const Column& column : columns) {
        row += row.empty() ? "" : ", ";
        // JSON has no blobs; an undo turns them back by the column's type.
        const std::string value = column.type == "BLOB" ? "hex(old." + column.name + ")" : "old." + column.name;
        row += "'" + column.name + "', " + value;
    }
    const std::string name(table.name);
    return "CREATE TRIGGER capture_" + name + "_delete AFTER DELETE ON " + name + " WHEN " + std::string(capturing)
           + " BEGIN INSERT INTO change(action_id, tbl, row_id, op, old) SELECT action_id, " + std::to_string(table.number)
           + ", old.id, 2, json_object(" + row + ") FROM journal_state WHERE id = 1; END;";
}

} // namespace

void installCaptureTriggers(Connection& db) {
    dropCaptureTriggers(db);
    for (const JournaledTable& table : journaledTables()) {
        const auto columns = columnsOf(db, table.name);
        if (columns.empty()) // it comes with a later migration
            continue;
        std::string script = insertTrigger(table) + deleteTrigger(table, columns);
        for (const Column& column : columns) {
            if (column.name != "id" && !contains(table.uncaptured, column.name))
                script += updateTrigger(table, column);
        }
        db.script(script);
    }
}

} // namespace outrider::store
