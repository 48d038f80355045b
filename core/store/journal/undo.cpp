// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/undo.h"

#include "core/domain/outbox.h"
#include "core/store/journal/journaled_tables.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace outrider::store {

namespace {

using nlohmann::json;

enum class Op { Insert = 0, Update = 1, Delete = 2, InsertRange = 3 };

constexpr const char* entryColumns =
    "a.id, a.name, a.subject, a.origin, a.actor_id, a.undoable, a.at, a.kind, a.undone_by IS NOT NULL,"
    " coalesce(a.last_change - a.first_change + 1, 0)";

HistoryEntry readEntry(const Statement& row) {
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
    return entry;
}

std::optional<HistoryEntry> findEntry(Connection& db, ActionId id) {
    Statement row = db.query(std::string("SELECT ") + entryColumns + " FROM action a WHERE a.id = ?1", id);
    return row.step() ? std::optional(readEntry(row)) : std::nullopt;
}

std::string fromHex(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>((digit(hex[i]) << 4) | digit(hex[i + 1]));
    return bytes;
}

// What others, still in force, did to the rows ?2 to ?3 of table ?1 after change ?4; not the actions ?5, ?6.
constexpr std::string_view foreignChanges =
    " FROM change c JOIN action a ON a.id = c.action_id WHERE c.tbl = ?1 AND c.row_id BETWEEN ?2 AND ?3 AND c.id > ?4"
    " AND c.action_id NOT IN (?5, ?6) AND a.kind = 0 AND a.undone_by IS NULL";

// Takes one action's changes back, youngest first.
class Undoing {
public:
    Undoing(WriteContext& context, ActionId target) : m_context(context), m_db(context.db), m_target(target) {}

    Result<UndoReport> run(const HistoryEntry& entry, UndoPolicy policy) {
        m_report.undone = entry;
        m_report.action = m_context.action;
        loadRange();
        findKeptLeads();
        m_db.run("UPDATE journal_state SET mode = 2");
        undoChanges();
        m_db.run("UPDATE journal_state SET mode = 0");
        if (!m_report.conflicts.empty() && policy == UndoPolicy::AllOrNothing) {
            const UndoConflict& first = m_report.conflicts.front();
            return fail(m_sentMail ? ErrorCode::NotUndoable : ErrorCode::UndoConflict,
                        first.table + (first.field.empty() ? "" : "." + first.field) + ", "
                            + std::to_string(m_report.conflicts.size()) + " in all");
        }
        return std::move(m_report);
    }

private:
    struct TableInfo {
        const JournaledTable* table = nullptr;
        std::vector<Column> columns;
    };

    const TableInfo& tableInfo(int number) {
        auto found = m_tables.find(number);
        if (found == m_tables.end()) {
            const JournaledTable* table = journaledTable(number);
            if (table == nullptr)
                throw StoreException(Error(ErrorCode::StoreDamaged, "unknown table in the journal"));
            found = m_tables.emplace(number, TableInfo{table, columnsOf(m_db, table->name)}).first;
        }
        return found->second;
    }

    void loadRange() {
        Statement row =
            m_db.query("SELECT coalesce(first_change, 1), coalesce(last_change, 0) FROM action WHERE id = ?1", m_target);
        row.step();
        m_first = row.integer(0);
        m_last = row.integer(1);
    }

    // Whether somebody else's change, still in force, was made to one of those rows. They are the action's
    // own, inserted by it, so whatever others did to them came later, also between two of its chunks.
    bool changedSince(int table, std::int64_t first, std::int64_t last) {
        return m_db.integer("SELECT EXISTS (SELECT 1" + std::string(foreignChanges) + ")", table, first, last, m_first, m_target,
                            m_context.action)
               != 0;
    }

    // A lead this action created stays, with all its rows, once somebody has worked on it: it was
    // edited, or something younger than the action belongs to it.
    void findKeptLeads() {
        static const std::vector<std::string_view> dependents{"enrolment",     "task",     "message",      "outbox",
                                                              "contact_point", "lead_tag", "custom_value", "activity"};
        const JournaledTable& leads = *journaledTable("lead");
        const auto newest = newestOwnId();
        const auto keep = [&](Statement ids) {
            while (ids.step())
                m_keptLeads.insert(ids.integer(0));
        };
        Statement rows = m_db.query("SELECT op, row_id, new FROM change WHERE id BETWEEN ?1 AND ?2 AND action_id = ?3"
                                    " AND tbl = ?4 AND op IN (0, 3)",
                                    m_first, m_last, m_target, leads.number);
        while (rows.step()) { // an import's leads are ranges of many, so they are asked for together
            const auto first = rows.integer(1);
            const auto last = rows.value<Op>(0) == Op::InsertRange ? rows.integer(2) : first;
            keep(m_db.query("SELECT DISTINCT c.row_id" + std::string(foreignChanges), leads.number, first, last, m_first,
                            m_target, m_context.action));
            for (const std::string_view table : dependents)
                keep(m_db.query("SELECT DISTINCT lead_id FROM " + std::string(table)
                                    + " WHERE lead_id BETWEEN ?1 AND ?2 AND id > ?3",
                                first, last, newest));
        }
        for (const std::int64_t lead : m_keptLeads)
            m_report.conflicts.push_back({"lead", lead, {}, LeadId{lead}});
    }

    // The largest id among the rows the action inserted: what is larger came later.
    std::int64_t newestOwnId() {
        return std::max(m_db.integer("SELECT max(CASE op WHEN 3 THEN new ELSE row_id END) FROM change"
                                     " WHERE id BETWEEN ?1 AND ?2 AND action_id = ?3 AND op IN (0, 3)",
                                     m_first, m_last, m_target),
                        m_target.value);
    }

    bool belongsToKeptLead(const TableInfo& info, std::int64_t rowId) {
        if (m_keptLeads.empty() || info.table->leadColumn.empty())
            return false;
        const auto lead = info.table->leadColumn == "id" ? rowId
                                                         : m_db.integer("SELECT " + std::string(info.table->leadColumn) + " FROM "
                                                                            + std::string(info.table->name) + " WHERE id = ?1",
                                                                        rowId);
        return m_keptLeads.contains(lead);
    }

    void undoChanges() {
        struct Change {
            std::int64_t id;
            int table;
            std::int64_t row;
            Op op;
            int column;
        };
        // Read first, then write: the undo itself appends to the table it reads. In slices, because an
        // action may hold millions of changes.
        constexpr int slice = 10000;
        std::int64_t before = m_last + 1;
        for (;;) {
            std::vector<Change> changes;
            {
                Statement rows = m_db.query("SELECT id, tbl, row_id, op, coalesce(col, -1) FROM change WHERE id < ?1"
                                            " AND id >= ?2 AND action_id = ?3 ORDER BY id DESC LIMIT ?4",
                                            before, m_first, m_target, slice);
                while (rows.step())
                    changes.push_back(
                        {rows.integer(0), int(rows.integer(1)), rows.integer(2), rows.value<Op>(3), int(rows.integer(4))});
            }
            if (changes.empty())
                return;
            before = changes.back().id;
            for (const Change& change : changes) {
                const TableInfo& info = tableInfo(change.table);
                switch (change.op) {
                case Op::Insert:
                    undoInsert(info, change.row);
                    break;
                case Op::InsertRange:
                    undoInsertRange(info, change.id);
                    break;
                case Op::Update:
                    undoUpdate(info, change.id, change.row, change.column);
                    break;
                case Op::Delete:
                    undoDelete(info, change.id);
                    break;
                }
            }
        }
    }

    void conflict(const TableInfo& info, std::int64_t row, std::string field) {
        LeadId lead;
        if (!info.table->leadColumn.empty())
            lead = LeadId{m_db.integer("SELECT " + std::string(info.table->leadColumn) + " FROM " + std::string(info.table->name)
                                           + " WHERE id = ?1",
                                       row)};
        m_report.conflicts.push_back({std::string(info.table->name), row, std::move(field), lead});
    }

    void undoInsert(const TableInfo& info, std::int64_t row, bool mayBeChanged = true) {
        const std::string table(info.table->name);
        if (table == "outbox" && !takeBackAllowed(row)) {
            m_sentMail = true;
            conflict(info, row, "state");
            return;
        }
        if (belongsToKeptLead(info, row))
            return; // reported with its lead
        if (mayBeChanged && table != "lead" && table != "outbox" && changedSince(info.table->number, row, row)) {
            conflict(info, row, {});
            return;
        }
        if (table == "activity") // its rows are clustered by lead: SQLite's hook does not see them
            m_context.touched(EntityKind::Timeline, m_db.integer("SELECT lead_id FROM activity WHERE id = ?1", row));
        try {
            m_db.run("DELETE FROM " + table + " WHERE id = ?1", row);
        } catch (const StoreException& e) {
            if (e.error().code != ErrorCode::Conflict) // something that stays points at it
                throw;
            if (!isShared(table)) // a tag, a company…: it simply goes on being used
                conflict(info, row, {});
            return;
        }
        m_report.restored += m_db.changeCount() > 0 ? 1 : 0;
    }

    static bool isShared(std::string_view table) {
        return table == "tag" || table == "company" || table == "custom_field" || table == "member" || table == "import";
    }

    bool takeBackAllowed(std::int64_t outboxRow) {
        Statement row = m_db.query("SELECT state FROM outbox WHERE id = ?1", outboxRow);
        if (!row.step())
            return true;
        const auto state = row.value<OutboxState>(0);
        return canTakeBack(state) || state == OutboxState::Dropped;
    }

    void undoInsertRange(const TableInfo& info, std::int64_t changeId) {
        std::int64_t first = 0;
        std::int64_t last = 0;
        {
            Statement row = m_db.query("SELECT row_id, new FROM change WHERE id = ?1", changeId);
            row.step();
            first = row.integer(0);
            last = row.integer(1);
        }
        std::vector<std::int64_t> ids;
        {
            Statement rows = m_db.query(
                "SELECT id FROM " + std::string(info.table->name) + " WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC", first, last);
            while (rows.step())
                ids.push_back(rows.integer(0));
        }
        const bool mayBeChanged = changedSince(info.table->number, first, last);
        for (const std::int64_t id : ids)
            undoInsert(info, id, mayBeChanged);
    }

    void undoUpdate(const TableInfo& info, std::int64_t changeId, std::int64_t row, int columnIndex) {
        if (belongsToKeptLead(info, row))
            return;
        const auto column = std::find_if(info.columns.begin(), info.columns.end(),
                                         [columnIndex](const Column& c) { return c.index == columnIndex; });
        if (column == info.columns.end())
            throw StoreException(Error(ErrorCode::StoreDamaged, "unknown column in the journal"));
        const std::string& name = column->name;
        const std::string table(info.table->name);
        // Back to the old value, unless it is neither what this action wrote nor what it was before.
        m_db.run("UPDATE " + table + " SET " + name + " = (SELECT old FROM change WHERE id = ?1) WHERE id = ?2 AND " + name
                     + " IS (SELECT new FROM change WHERE id = ?1)",
                 changeId, row);
        if (m_db.changeCount() > 0) {
            ++m_report.restored;
            return;
        }
        const bool alreadyOld = m_db.integer("SELECT EXISTS (SELECT 1 FROM " + table + " WHERE id = ?2 AND " + name
                                                 + " IS (SELECT old FROM change WHERE id = ?1))",
                                             changeId, row)
                                != 0;
        if (!alreadyOld)
            conflict(info, row, name);
    }

    void undoDelete(const TableInfo& info, std::int64_t changeId) {
        const json row = json::parse(m_db.text("SELECT old FROM change WHERE id = ?1", changeId));
        std::string names;
        std::string places;
        int place = 0;
        for (const Column& column : info.columns) {
            if (!row.contains(column.name)) // added by a later migration: its default
                continue;
            names += (names.empty() ? "" : ", ") + column.name;
            places += (places.empty() ? "?" : ", ?") + std::to_string(++place);
        }
        try {
            Statement insert =
                m_db.prepare("INSERT INTO " + std::string(info.table->name) + "(" + names + ") VALUES (" + places + ")");
            place = 0;
            for (const Column& column : info.columns) {
                if (!row.contains(column.name))
                    continue;
                const json& value = row[column.name];
                ++place;
                if (value.is_null())
                    insert.bindNull(place);
                else if (value.is_number_integer())
                    insert.bindInteger(place, value.get<std::int64_t>());
                else if (value.is_number_float())
                    insert.bindReal(place, value.get<double>());
                else if (column.type == "BLOB")
                    insert.bindOne(place, std::as_bytes(std::span(m_blob = fromHex(value.get<std::string>()))));
                else
                    insert.bindText(place, value.get_ref<const std::string&>());
            }
            insert.run();
        } catch (const StoreException& e) {
            if (e.error().code != ErrorCode::Conflict) // its parent, or its unique place, is gone
                throw;
            conflict(info, row["id"].get<std::int64_t>(), {});
            return;
        }
        ++m_report.restored;
        if (info.table->name == "activity")
            m_context.touched(EntityKind::Timeline, row["lead_id"].get<std::int64_t>());
    }

    WriteContext& m_context;
    Connection& m_db;
    const ActionId m_target;
    std::int64_t m_first = 1;
    std::int64_t m_last = 0;
    std::unordered_set<std::int64_t> m_keptLeads;
    std::map<int, TableInfo> m_tables;
    std::string m_blob;
    bool m_sentMail = false;
    UndoReport m_report;
};

} // namespace

std::optional<HistoryEntry> nextUndo(Connection& db, ActionId running) {
    Statement row = db.query(std::string("SELECT ") + entryColumns
                                 + " FROM action a WHERE a.kind = 0 AND a.undoable = 1 AND a.undone_by IS NULL"
                                   " AND a.origin IN (0, 1, 2, 3) AND a.id <> ?1 ORDER BY a.id DESC LIMIT 1",
                             running);
    return row.step() ? std::optional(readEntry(row)) : std::nullopt;
}

std::optional<HistoryEntry> nextRedo(Connection& db, ActionId running) {
    // The youngest undo still in force, unless something new was done since: then there is no way back.
    Statement row = db.query(std::string("SELECT ") + entryColumns
                                 + " FROM action a WHERE a.kind = 1 AND a.undoable = 1 AND a.undone_by IS NULL AND a.id <> ?1"
                                   " AND a.id > coalesce((SELECT max(d.id) FROM action d WHERE d.kind = 0 AND d.id <> ?1"
                                   "     AND d.undoable = 1 AND d.undone_by IS NULL AND d.origin IN (0, 1, 2, 3)"
                                   "     AND NOT EXISTS (SELECT 1 FROM action u WHERE u.undo_of = d.id)), 0)"
                                   " ORDER BY a.id DESC LIMIT 1",
                             running);
    return row.step() ? std::optional(readEntry(row)) : std::nullopt;
}

Result<UndoReport> undoAction(WriteContext& context, ActionId target, UndoPolicy policy) {
    const auto entry = findEntry(context.db, target);
    if (!entry)
        return fail(ErrorCode::NotFound, "action " + std::to_string(target.value));
    if (!entry->action.undoable || entry->undone || entry->kind != HistoryEntry::Kind::Done)
        return fail(ErrorCode::NotUndoable, entry->action.name);
    OUTRIDER_ASSIGN(UndoReport report, Undoing(context, target).run(*entry, policy));
    context.db.run("UPDATE action SET kind = 1, undo_of = ?2, subject = ?3 WHERE id = ?1", context.action, target,
                   entry->action.subject);
    context.db.run("UPDATE action SET undone_by = ?2 WHERE id = ?1", target, context.action);
    return report;
}

Result<UndoReport> redoAction(WriteContext& context, ActionId target, UndoPolicy policy) {
    const auto entry = findEntry(context.db, target);
    if (!entry)
        return fail(ErrorCode::NotFound, "action " + std::to_string(target.value));
    if (entry->undone || entry->kind != HistoryEntry::Kind::Undo)
        return fail(ErrorCode::NothingToRedo);
    OUTRIDER_ASSIGN(UndoReport report, Undoing(context, target).run(*entry, policy));
    const auto original = ActionId{context.db.integer("SELECT undo_of FROM action WHERE id = ?1", target)};
    if (const auto done = findEntry(context.db, original))
        report.undone = *done;
    context.db.run("UPDATE action SET kind = 2, undo_of = ?2, subject = ?3 WHERE id = ?1", context.action, target,
                   entry->action.subject);
    context.db.run("UPDATE action SET undone_by = ?2 WHERE id = ?1", target, context.action);
    context.db.run("UPDATE action SET undone_by = NULL WHERE id = ?1", original); // in force again
    return report;
}

std::vector<HistoryEntry> history(Connection& db, std::optional<LeadId> lead, std::optional<Instant> since, std::int64_t before,
                                  int limit) {
    std::vector<HistoryEntry> entries;
    const std::string where =
        lead ? " WHERE a.id IN (SELECT action_id FROM change WHERE tbl = 2 AND row_id = ?4) AND a.id < ?1 AND a.at >= ?2"
             : " WHERE a.id < ?1 AND a.at >= ?2";
    Statement rows =
        db.prepare(std::string("SELECT ") + entryColumns + " FROM action a" + where + " ORDER BY a.id DESC LIMIT ?3");
    rows.bindInteger(1, before > 0 ? before : INT64_MAX);
    rows.bindInteger(2, since ? toEpochMillis(*since) : INT64_MIN);
    rows.bindInteger(3, limit);
    if (lead)
        rows.bindInteger(4, lead->value);
    while (rows.step())
        entries.push_back(readEntry(rows));
    return entries;
}

} // namespace outrider::store
