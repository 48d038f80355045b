// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/undo_conflicts.h"

#include "core/domain/lead.h"
#include "core/domain/outbox.h"
#include "core/store/journal/history.h"
#include "core/store/journal/journaled_tables.h"

#include <algorithm>

namespace outrider::store {

namespace {

// What others, still in force, did to the rows ?2 to ?3 of table ?1 after change ?4; not the actions ?5, ?6.
constexpr std::string_view foreignChanges =
    " FROM change c JOIN action a ON a.id = c.action_id WHERE c.tbl = ?1 AND c.row_id BETWEEN ?2 AND ?3 AND c.id > ?4"
    " AND c.action_id NOT IN (?5, ?6) AND a.kind = 0 AND a.undone_by IS NULL";

class ConflictSearch {
public:
    ConflictSearch(Connection& db, ActionId target, int most)
        : m_db(db),
          m_target(target),
          m_most(std::size_t(std::max(0, most))),
          m_range(rangeOf(db, target)) {}

    std::vector<UndoConflict> find() {
        m_keptLeads = createdLeads(m_db, m_target, {}).workedOn;
        for (const std::int64_t lead : m_keptLeads)
            add({.table = "lead", .rowId = lead, .lead = LeadId{lead}}, m_range.first, -1);
        struct Touched {
            int table;
            int op;
            int column;
        };
        std::vector<Touched> touched;
        {
            Statement rows = m_db.query("SELECT DISTINCT tbl, op, coalesce(col, -1) FROM change WHERE id BETWEEN ?1 AND ?2"
                                        " AND action_id = ?3",
                                        m_range.first, m_range.last, m_target);
            while (rows.step())
                touched.push_back({int(rows.integer(0)), int(rows.integer(1)), int(rows.integer(2))});
        }
        for (const Touched& each : touched) {
            const JournaledTable* table = journaledTable(each.table);
            if (table == nullptr)
                throw StoreException(Error(ErrorCode::StoreDamaged, "unknown table in the journal"));
            if (each.op == 1)
                findUpdated(*table, each.column);
            else if (each.op != 2 && table->name != "lead") // leads: above
                findInserted(*table);
        }
        return std::move(m_found);
    }

private:
    // Neither what the action made of it nor what it was before; or gone altogether.
    void findUpdated(const JournaledTable& table, int columnIndex) {
        const std::vector<Column> columns = columnsOf(m_db, table.name);
        const auto column =
            std::find_if(columns.begin(), columns.end(), [columnIndex](const Column& c) { return c.index == columnIndex; });
        if (column == columns.end())
            throw StoreException(Error(ErrorCode::StoreDamaged, "unknown column in the journal"));
        const std::string own = "SELECT 1 FROM change d WHERE d.tbl = c.tbl AND d.row_id = c.row_id AND d.id > c.id"
                                " AND d.action_id = c.action_id AND ";
        Statement rows = m_db.query(
            "SELECT c.id, c.row_id, " + (table.leadColumn.empty() ? std::string("0") : "t." + std::string(table.leadColumn))
                + " FROM change c LEFT JOIN " + std::string(table.name) + " t ON t.id = c.row_id WHERE c.id BETWEEN ?1 AND ?2"
                + " AND c.action_id = ?3 AND c.tbl = ?4 AND c.op = 1 AND c.col = ?5 AND (t.id IS NULL OR (t." + column->name
                + " IS NOT c.new AND t." + column->name + " IS NOT c.old)) AND NOT EXISTS (" + own
                + "d.op = 1 AND d.col = c.col) AND NOT EXISTS (" + own + "d.op = 2)",
            m_range.first, m_range.last, m_target, table.number, columnIndex);
        while (rows.step()) {
            if (!m_keptLeads.contains(rows.integer(2)))
                add({.table = std::string(table.name),
                     .rowId = rows.integer(1),
                     .field = column->name,
                     .lead = rows.id<LeadId>(2)},
                    rows.integer(0), columnIndex);
        }
    }

    // Changed since; a message, that it has left.
    void findInserted(const JournaledTable& table) {
        const bool isOutbox = table.name == "outbox";
        const std::string lead = table.leadColumn.empty() ? std::string("0") : "t." + std::string(table.leadColumn);
        const std::string stands =
            isOutbox ? "t.state NOT IN (0, 1, 7)"
                     : "EXISTS (SELECT 1 FROM change f INDEXED BY change_row JOIN action a ON a.id = f.action_id"
                       " WHERE f.tbl = c.tbl AND f.row_id = t.id AND f.id > c.id AND f.action_id <> c.action_id"
                       " AND a.kind = 0 AND a.undone_by IS NULL)";
        Statement rows =
            m_db.query("SELECT c.id, t.id, " + lead + " FROM change c JOIN " + std::string(table.name)
                           + " t ON t.id BETWEEN c.row_id AND CASE c.op WHEN 3 THEN c.new ELSE c.row_id END WHERE c.id BETWEEN ?1"
                             " AND ?2 AND c.action_id = ?3 AND c.tbl = ?4 AND c.op IN (0, 3) AND "
                           + stands,
                       m_range.first, m_range.last, m_target, table.number);
        while (rows.step()) {
            if (!m_keptLeads.contains(rows.integer(2)))
                add({.table = std::string(table.name), .rowId = rows.integer(1), .lead = rows.id<LeadId>(2)}, rows.integer(0),
                    -1);
        }
    }

    void add(UndoConflict conflict, std::int64_t change, int column) {
        if (m_found.size() >= m_most)
            return;
        explain(m_db, conflict, {change, column, m_target, {}});
        m_found.push_back(std::move(conflict));
    }

    Connection& m_db;
    const ActionId m_target;
    const std::size_t m_most;
    const ActionRange m_range;
    std::unordered_set<std::int64_t> m_keptLeads;
    std::vector<UndoConflict> m_found;
};

} // namespace

std::vector<UndoConflict> undoConflicts(Connection& db, ActionId target, int most) {
    return ConflictSearch(db, target, most).find();
}

std::string summary(const std::vector<UndoConflict>& conflicts) {
    if (conflicts.empty())
        return {};
    const UndoConflict& first = conflicts.front();
    return first.table + (first.field.empty() ? "" : "." + first.field) + ", " + std::to_string(conflicts.size()) + " in all";
}

ActionRange rangeOf(Connection& db, ActionId action) {
    Statement row = db.query("SELECT coalesce(first_change, 1), coalesce(last_change, 0) FROM action WHERE id = ?1", action);
    ActionRange range;
    if (row.step())
        range = {row.integer(0), row.integer(1)};
    return range;
}

std::int64_t rowsInRanges(Connection& db, ActionId action, std::int64_t most) {
    const ActionRange range = rangeOf(db, action);
    struct Made {
        int table;
        std::int64_t first;
        std::int64_t last;
    };
    std::vector<Made> made;
    {
        Statement rows = db.query("SELECT tbl, row_id, new FROM change WHERE id BETWEEN ?1 AND ?2 AND action_id = ?3 AND op = 3",
                                  range.first, range.last, action);
        while (rows.step())
            made.push_back({static_cast<int>(rows.integer(0)), rows.integer(1), rows.integer(2)});
    }
    std::int64_t count = 0;
    for (const Made& each : made) {
        if (const JournaledTable* table = journaledTable(each.table); table != nullptr && count < most)
            count += db.integer("SELECT count(*) FROM (SELECT 1 FROM " + std::string(table->name)
                                    + " WHERE id BETWEEN ?1 AND ?2 LIMIT ?3)",
                                each.first, each.last, most);
    }
    return count;
}

bool hasForeignChange(Connection& db, RowRange rows, std::int64_t since, ActionId target, ActionId running) {
    return db.integer("SELECT EXISTS (SELECT 1" + std::string(foreignChanges) + ")", rows.table, rows.first, rows.last, since,
                      target, running)
           != 0;
}

CreatedLeads createdLeads(Connection& db, ActionId target, ActionId running) {
    static const std::vector<std::string_view> dependents{"enrolment",     "task",     "message",      "outbox",
                                                          "contact_point", "lead_tag", "custom_value", "activity"};
    CreatedLeads found;
    const JournaledTable& leads = *journaledTable("lead");
    const ActionRange range = rangeOf(db, target);
    {
        Statement rows = db.query("SELECT row_id, CASE op WHEN 3 THEN new ELSE row_id END FROM change WHERE id BETWEEN ?1 AND ?2"
                                  " AND action_id = ?3 AND tbl = ?4 AND op IN (0, 3)",
                                  range.first, range.last, target, leads.number);
        while (rows.step())
            found.made.push_back({leads.number, rows.integer(0), rows.integer(1)});
    }
    if (found.made.empty())
        return found;
    // The largest id among the rows the action inserted: what is larger came later.
    const auto newest =
        std::max(db.integer("SELECT max(CASE op WHEN 3 THEN new ELSE row_id END) FROM change WHERE id BETWEEN ?1 AND ?2"
                            " AND action_id = ?3 AND op IN (0, 3)",
                            range.first, range.last, target),
                 target.value);
    const auto keep = [&found](Statement ids) {
        while (ids.step())
            found.workedOn.insert(ids.integer(0));
    };
    for (const RowRange& rows : found.made) { // an import's leads are ranges of many, so they are asked for together
        keep(db.query("SELECT DISTINCT c.row_id" + std::string(foreignChanges), rows.table, rows.first, rows.last, range.first,
                      target, running));
        for (const std::string_view table : dependents)
            keep(db.query("SELECT DISTINCT lead_id FROM " + std::string(table) + " WHERE lead_id BETWEEN ?1 AND ?2 AND id > ?3",
                          rows.first, rows.last, newest));
    }
    return found;
}

void explain(Connection& db, UndoConflict& conflict, const ConflictAt& at) {
    const JournaledTable* table = journaledTable(std::string_view(conflict.table));
    if (table == nullptr)
        return;
    if (conflict.lead) {
        Statement lead =
            db.query("SELECT first_name, last_name, email, phone, company_name FROM lead WHERE id = ?1", conflict.lead);
        if (lead.step())
            conflict.leadName = displayName(Lead{.companyName = lead.text(4),
                                                 .firstName = lead.text(0),
                                                 .lastName = lead.text(1),
                                                 .email = lead.text(2),
                                                 .phone = lead.text(3)});
    }
    ActionId later{
        db.integer("SELECT c.action_id FROM change c JOIN action a ON a.id = c.action_id WHERE c.tbl = ?1"
                   " AND c.row_id = ?2 AND c.id > ?3 AND (?4 < 0 OR c.col = ?4 OR c.op = 2) AND c.action_id NOT IN (?5, ?6)"
                   " AND a.kind = 0 AND a.undone_by IS NULL ORDER BY c.id DESC LIMIT 1",
                   table->number, conflict.rowId, at.change, at.column, at.target, at.running)};
    if (!later && conflict.table == "lead") { // not the lead itself: something that belongs to it
        HistoryQuery query{.lead = conflict.lead, .limit = 5};
        for (const HistoryEntry& entry : history(db, query)) {
            const bool counts = entry.id > at.target && entry.id != at.running && entry.kind == HistoryEntry::Kind::Done;
            if (counts && !entry.undone) {
                later = entry.id;
                break;
            }
        }
    }
    if (const auto entry = later ? findAction(db, later) : std::nullopt)
        conflict.later = *entry;
    if (at.column < 0)
        return;
    conflict.before =
        cellText(db, conflict.table, conflict.field, db.text("SELECT CAST(old AS TEXT) FROM change WHERE id = ?1", at.change));
    conflict.now = cellText(
        db, conflict.table, conflict.field,
        db.text("SELECT CAST(" + conflict.field + " AS TEXT) FROM " + conflict.table + " WHERE id = ?1", conflict.rowId));
}

} // namespace outrider::store
