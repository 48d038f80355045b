// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/undo.h"

#include "core/domain/outbox.h"
#include "core/store/journal/history.h"
#include "core/store/journal/journaled_tables.h"
#include "core/store/journal/undo_conflicts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace outrider::store {

namespace {

using nlohmann::json;

enum class Op { Insert = 0, Update = 1, Delete = 2, InsertRange = 3 };

std::string fromHex(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>((digit(hex[i]) << 4) | digit(hex[i + 1]));
    return bytes;
}

} // namespace

// Takes one action's changes back, youngest first, in one transaction or several.
class UndoRun::Undoing {
public:
    explicit Undoing(ActionId target) : m_target(target) {}

    // Whether all is done.
    bool step(WriteContext& write, const GoesOn& goesOn) {
        m_write = &write;
        m_running = write.action;
        if (m_before == 0)
            prepare(write.db);
        noticeWork();
        db().run("UPDATE journal_state SET mode = 2");
        const bool done = undoChanges(goesOn);
        db().run("UPDATE journal_state SET mode = 0");
        return done;
    }

    void prepare(Connection& connection) {
        const ActionRange range = rangeOf(connection, m_target);
        m_first = range.first;
        m_last = range.last;
        m_before = m_last + 1;
        m_seen = connection.integer("SELECT max(id) FROM change");
        CreatedLeads created = createdLeads(connection, m_target, m_running);
        m_made = std::move(created.made);
        m_keptLeads = std::move(created.workedOn);
        for (const std::int64_t lead : m_keptLeads)
            keep(connection, {.table = "lead", .rowId = lead, .lead = LeadId{lead}}, m_first, -1);
    }

    UndoReport report;
    bool sentMail = false;

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
            found = m_tables.emplace(number, TableInfo{table, columnsOf(db(), table->name)}).first;
        }
        return found->second;
    }

    Connection& db() { return m_write->db; }

    // What others do to the leads this action created while it is being taken back: those stay, too, from here on.
    void noticeWork() {
        if (m_made.empty())
            return;
        const auto newest = db().integer("SELECT max(id) FROM change");
        std::vector<std::pair<int, std::int64_t>> touched;
        {
            Statement rows = db().query("SELECT DISTINCT tbl, row_id FROM change WHERE id > ?1 AND action_id NOT IN (?2, ?3)",
                                        std::exchange(m_seen, newest), m_running, m_target);
            while (rows.step())
                touched.emplace_back(static_cast<int>(rows.integer(0)), rows.integer(1));
        }
        for (const auto& [table, row] : touched) {
            const std::int64_t lead = leadOf(tableInfo(table), row);
            const bool isOurs = std::any_of(m_made.begin(), m_made.end(), [lead = lead](const RowRange& made) {
                return lead >= made.first && lead <= made.last;
            });
            if (isOurs && m_keptLeads.insert(lead).second)
                keep(db(), {.table = "lead", .rowId = lead, .lead = LeadId{lead}}, m_first, -1);
        }
    }

    std::int64_t leadOf(const TableInfo& info, std::int64_t row) {
        if (info.table->leadColumn.empty())
            return 0;
        if (info.table->leadColumn == "id")
            return row;
        return db().integer(
            "SELECT " + std::string(info.table->leadColumn) + " FROM " + std::string(info.table->name) + " WHERE id = ?1", row);
    }

    // Whether somebody else's change, still in force, was made to one of those rows. They are the action's
    // own, inserted by it, so whatever others did to them came later, also between two of its chunks.
    bool changedSince(int table, std::int64_t first, std::int64_t last) {
        return hasForeignChange(db(), {table, first, last}, m_first, m_target, m_running);
    }

    bool belongsToKeptLead(const TableInfo& info, std::int64_t rowId) {
        return !m_keptLeads.empty() && m_keptLeads.contains(leadOf(info, rowId));
    }

    struct Change {
        std::int64_t id;
        int table;
        std::int64_t row;
        Op op;
        int column;
    };

    bool undoChanges(const GoesOn& goesOn) {
        // Read first, then write: the undo itself appends to the table it reads. In slices, because an
        // action may hold millions of changes.
        constexpr int slice = 500;
        for (;;) {
            std::vector<Change> changes;
            {
                Statement rows = db().query("SELECT id, tbl, row_id, op, coalesce(col, -1) FROM change WHERE id < ?1"
                                            " AND id >= ?2 AND action_id = ?3 ORDER BY id DESC LIMIT ?4",
                                            m_before, m_first, m_target, slice);
                while (rows.step())
                    changes.push_back(
                        {rows.integer(0), int(rows.integer(1)), rows.integer(2), rows.value<Op>(3), int(rows.integer(4))});
            }
            if (changes.empty())
                return true;
            for (std::span<const Change> rest(changes); !rest.empty();) {
                const std::span<const Change> run = rest.first(runLength(rest));
                const TableInfo& info = tableInfo(run.front().table);
                if (run.front().op == Op::InsertRange) {
                    if (!undoInsertRange(info, run.front().id, goesOn))
                        return false; // the rest of the range in the next step
                } else if (run.size() == 1 || !undoTogether(info, run)) {
                    for (const Change& change : run)
                        undoOne(info, change);
                }
                m_before = run.back().id;
                rest = rest.subspan(run.size());
                if (!goesOn())
                    return false;
            }
        }
    }

    // How many of these one statement can take back: the same was done to different rows.
    static std::size_t runLength(std::span<const Change> changes) {
        const Change& first = changes.front();
        if (first.op == Op::InsertRange)
            return 1;
        std::unordered_set<std::int64_t> rows;
        std::size_t length = 0;
        for (const Change& change : changes) {
            if (length == rowsTogether || change.table != first.table || change.op != first.op || change.column != first.column
                || !rows.insert(change.row).second)
                break;
            ++length;
        }
        return length;
    }

    void undoOne(const TableInfo& info, const Change& change) {
        switch (change.op) {
        case Op::Insert:
            undoInsert(info, change.id, change.row);
            break;
        case Op::Update:
            undoUpdate(info, change.id, change.row, change.column);
            break;
        case Op::Delete:
            undoDelete(info, change.id);
            break;
        case Op::InsertRange:
            break;
        }
    }

    // Many rows with one statement, when nothing speaks against any of them; false: one at a time.
    bool undoTogether(const TableInfo& info, std::span<const Change> run) {
        if (!m_keptLeads.empty())
            return false;
        try {
            switch (run.front().op) {
            case Op::Insert: {
                const auto [least, most] = std::ranges::minmax(run, {}, &Change::row);
                if (!canDeleteTogether(info)
                    || (info.table->name != "lead" && changedSince(info.table->number, least.row, most.row)))
                    return false;
                deleteRows(info, "IN (SELECT row_id FROM change WHERE id BETWEEN ?1 AND ?2 AND action_id = ?3)", run.back().id,
                           run.front().id, m_target);
                return true;
            }
            case Op::Update:
                return updateTogether(info, run);
            case Op::Delete:
                return putBackTogether(info, run);
            case Op::InsertRange:
                break;
            }
        } catch (const StoreException& e) { // the statement was taken back whole; a row at a time finds out which it was
            if (e.error().code != ErrorCode::Conflict)
                throw;
        }
        return false;
    }

    // Back to the old values, unless one is not what this action wrote.
    bool updateTogether(const TableInfo& info, std::span<const Change> run) {
        const std::string table(info.table->name);
        const std::string& name = columnOf(info, run.front().column).name;
        db().run("UPDATE " + table + " SET " + name + " = c.old FROM change c WHERE c.id BETWEEN ?1 AND ?2 AND c.action_id = ?3"
                     + " AND " + table + ".id = c.row_id AND " + table + "." + name + " IS c.new",
                 run.back().id, run.front().id, m_target);
        const auto restored = db().changeCount();
        noticeMoved(info, run);
        report.restored += restored;
        return restored == std::int64_t(run.size());
    }

    // Activities that go from one lead to another: SQLite's hook does not see them.
    void noticeMoved(const TableInfo& info, std::span<const Change> run) {
        if (info.table->name != "activity" || columnOf(info, run.front().column).name != "lead_id")
            return;
        Statement leads = db().query("SELECT DISTINCT old, new FROM change WHERE id BETWEEN ?1 AND ?2 AND action_id = ?3",
                                     run.back().id, run.front().id, m_target);
        while (leads.step()) {
            m_write->touched(EntityKind::Timeline, leads.integer(0));
            m_write->touched(EntityKind::Timeline, leads.integer(1));
        }
    }

    bool putBackTogether(const TableInfo& info, std::span<const Change> run) {
        std::string names;
        std::string values;
        for (const Column& column : info.columns) {
            const std::string value = "json_extract(c.old, '$." + column.name + "')";
            names += (names.empty() ? "" : ", ") + column.name;
            values += (values.empty() ? "" : ", ") + (column.type == "BLOB" ? "unhex(" + value + ")" : value);
        }
        db().run("INSERT INTO " + std::string(info.table->name) + "(" + names + ") SELECT " + values
                     + " FROM change c WHERE c.id BETWEEN ?1 AND ?2 AND c.action_id = ?3 ORDER BY c.row_id",
                 run.back().id, run.front().id, m_target);
        report.restored += db().changeCount();
        if (info.table->name == "activity") {
            Statement leads = db().query("SELECT json_extract(old, '$.lead_id') FROM change WHERE id BETWEEN ?1 AND ?2"
                                         " AND action_id = ?3",
                                         run.back().id, run.front().id, m_target);
            while (leads.step())
                m_write->touched(EntityKind::Timeline, leads.integer(0));
        }
        return true;
    }

    // A message may be on its way; what others share stays in use.
    static bool canDeleteTogether(const TableInfo& info) { return info.table->name != "outbox" && !isShared(info.table->name); }

    template <typename... Args>
    void deleteRows(const TableInfo& info, const std::string& ids, const Args&... args) {
        // Activities are clustered by lead: SQLite's hook does not see them.
        const bool isTimeline = info.table->name == "activity";
        Statement rows = db().query("DELETE FROM " + std::string(info.table->name) + " WHERE id " + ids
                                        + (isTimeline ? " RETURNING lead_id" : ""),
                                    args...);
        while (rows.step())
            m_write->touched(EntityKind::Timeline, rows.integer(0));
        report.restored += db().changeCount();
    }

    const Column& columnOf(const TableInfo& info, int index) {
        const auto column =
            std::find_if(info.columns.begin(), info.columns.end(), [index](const Column& c) { return c.index == index; });
        if (column == info.columns.end())
            throw StoreException(Error(ErrorCode::StoreDamaged, "unknown column in the journal"));
        return *column;
    }

    // Kept, with who changed it since. Thousands are counted, not explained.
    void keep(Connection& connection, UndoConflict conflict, std::int64_t changeId, int column) {
        constexpr std::size_t explained = 200;
        if (report.conflicts.size() < explained)
            explain(connection, conflict, {changeId, column, m_target, m_running});
        report.conflicts.push_back(std::move(conflict));
    }

    void conflict(const TableInfo& info, std::int64_t changeId, std::int64_t row, const Column* column = nullptr) {
        keep(db(),
             {.table = std::string(info.table->name),
              .rowId = row,
              .field = column != nullptr ? column->name : std::string(),
              .lead = LeadId{leadOf(info, row)}},
             changeId, column != nullptr ? column->index : -1);
    }

    void undoInsert(const TableInfo& info, std::int64_t changeId, std::int64_t row, bool mayBeChanged = true) {
        const std::string table(info.table->name);
        if (table == "outbox" && !takeBackAllowed(row)) {
            sentMail = true;
            conflict(info, changeId, row);
            return;
        }
        if (belongsToKeptLead(info, row))
            return; // reported with its lead
        if (mayBeChanged && table != "lead" && table != "outbox" && changedSince(info.table->number, row, row)) {
            conflict(info, changeId, row);
            return;
        }
        if (table == "activity") // its rows are clustered by lead: SQLite's hook does not see them
            m_write->touched(EntityKind::Timeline, db().integer("SELECT lead_id FROM activity WHERE id = ?1", row));
        try {
            db().run("DELETE FROM " + table + " WHERE id = ?1", row);
        } catch (const StoreException& e) {
            if (e.error().code != ErrorCode::Conflict) // something that stays points at it
                throw;
            if (!isShared(table)) // a tag, a company…: it simply goes on being used
                conflict(info, changeId, row);
            return;
        }
        report.restored += db().changeCount() > 0 ? 1 : 0;
    }

    static bool isShared(std::string_view table) {
        return table == "tag" || table == "company" || table == "custom_field" || table == "member" || table == "import";
    }

    bool takeBackAllowed(std::int64_t outboxRow) {
        Statement row = db().query("SELECT state FROM outbox WHERE id = ?1", outboxRow);
        if (!row.step())
            return true;
        const auto state = row.value<OutboxState>(0);
        return canTakeBack(state) || state == OutboxState::Dropped;
    }

    // Youngest first, for as long as it may; whether the range is done.
    bool undoInsertRange(const TableInfo& info, std::int64_t changeId, const GoesOn& goesOn) {
        std::int64_t first = 0;
        std::int64_t last = 0;
        {
            Statement row = db().query("SELECT row_id, new FROM change WHERE id = ?1", changeId);
            row.step();
            first = row.integer(0);
            last = m_rangeBefore != 0 ? m_rangeBefore - 1 : row.integer(1);
        }
        const bool mayBeChanged = changedSince(info.table->number, first, last);
        for (;;) {
            std::vector<std::int64_t> ids;
            bool together = canDeleteTogether(info);
            {
                const std::string lead = info.table->leadColumn.empty() ? std::string("0") : std::string(info.table->leadColumn);
                Statement rows = db().query("SELECT id, " + lead + " FROM " + std::string(info.table->name)
                                                + " WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT ?3",
                                            first, last, std::int64_t(rowsTogether));
                while (rows.step()) {
                    ids.push_back(rows.integer(0));
                    together = together && !m_keptLeads.contains(rows.integer(1));
                }
            }
            const bool changed = mayBeChanged && !ids.empty() && changedSince(info.table->number, ids.back(), ids.front());
            if (!together || changed || !deleteTogether(info, ids)) {
                for (const std::int64_t id : ids)
                    undoInsert(info, changeId, id, changed);
            }
            if (ids.size() < rowsTogether) {
                m_rangeBefore = 0;
                return true;
            }
            last = ids.back() - 1;
            m_rangeBefore = ids.back();
            if (!goesOn())
                return false;
        }
    }

    // All rows there are between the first and the last of these; false: one at a time.
    bool deleteTogether(const TableInfo& info, const std::vector<std::int64_t>& ids) {
        if (ids.empty())
            return true;
        try {
            deleteRows(info, "BETWEEN ?1 AND ?2", ids.back(), ids.front());
            return true;
        } catch (const StoreException& e) { // something that stays points at one of them
            if (e.error().code != ErrorCode::Conflict)
                throw;
        }
        return false;
    }

    void undoUpdate(const TableInfo& info, std::int64_t changeId, std::int64_t row, int columnIndex) {
        if (belongsToKeptLead(info, row))
            return;
        const Column& column = columnOf(info, columnIndex);
        const std::string& name = column.name;
        const std::string table(info.table->name);
        // Back to the old value, unless it is neither what this action wrote nor what it was before.
        db().run("UPDATE " + table + " SET " + name + " = (SELECT old FROM change WHERE id = ?1) WHERE id = ?2 AND " + name
                     + " IS (SELECT new FROM change WHERE id = ?1)",
                 changeId, row);
        if (db().changeCount() > 0) {
            ++report.restored;
            noticeMoved(info, std::array{Change{changeId, info.table->number, row, Op::Update, columnIndex}});
            return;
        }
        const bool alreadyOld = db().integer("SELECT EXISTS (SELECT 1 FROM " + table + " WHERE id = ?2 AND " + name
                                                 + " IS (SELECT old FROM change WHERE id = ?1))",
                                             changeId, row)
                                != 0;
        if (!alreadyOld)
            conflict(info, changeId, row, &column);
    }

    void undoDelete(const TableInfo& info, std::int64_t changeId) {
        const json row = json::parse(db().text("SELECT old FROM change WHERE id = ?1", changeId));
        const auto id = row["id"].get<std::int64_t>();
        if (db().integer("SELECT EXISTS (SELECT 1 FROM " + std::string(info.table->name) + " WHERE id = ?1)", id) != 0)
            return; // it is back: an undo that was stopped half-way had come past here
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
                db().prepare("INSERT INTO " + std::string(info.table->name) + "(" + names + ") VALUES (" + places + ")");
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
            conflict(info, changeId, id);
            return;
        }
        ++report.restored;
        if (info.table->name == "activity")
            m_write->touched(EntityKind::Timeline, row["lead_id"].get<std::int64_t>());
    }

    static constexpr std::size_t rowsTogether = 100; // by one statement, which no waiting write interrupts

    WriteContext* m_write = nullptr; // of the step under way
    const ActionId m_target;
    ActionId m_running;
    std::int64_t m_first = 1;
    std::int64_t m_last = 0;
    std::int64_t m_before = 0;      // what is left of the action's changes has smaller numbers; 0: not begun
    std::int64_t m_rangeBefore = 0; // the same for the ids of a range under way
    std::int64_t m_seen = 0;        // changes up to here were looked at
    std::vector<RowRange> m_made;   // leads the action created
    std::unordered_set<std::int64_t> m_keptLeads;
    std::map<int, TableInfo> m_tables;
    std::string m_blob;
};

UndoRun::UndoRun(Kind kind, ActionId target) : m_kind(kind), m_target(target), m_undoing(std::make_unique<Undoing>(target)) {}

UndoRun::UndoRun(UndoRun&& other) noexcept = default;

UndoRun::~UndoRun() = default;

Result<bool> UndoRun::step(WriteContext& write, const GoesOn& goesOn) {
    const auto entry = findAction(write.db, m_target);
    if (!entry)
        return fail(ErrorCode::NotFound, "action " + std::to_string(m_target.value));
    if (m_kind == Kind::Undo && (!entry->action.undoable || entry->undone || entry->kind != HistoryEntry::Kind::Done))
        return fail(ErrorCode::NotUndoable, entry->action.name);
    if (m_kind == Kind::Redo && (!entry->action.undoable || entry->undone || entry->kind != HistoryEntry::Kind::Undo))
        return fail(ErrorCode::NothingToRedo);
    UndoReport& report = m_undoing->report;
    if (!report.action) {
        report.action = write.action;
        report.undone = *entry;
        if (m_kind == Kind::Redo) {
            const ActionId done{write.db.integer("SELECT undo_of FROM action WHERE id = ?1", m_target)};
            report.undone = findAction(write.db, done).value_or(*entry);
        }
        write.db.run("UPDATE action SET kind = ?2, undo_of = ?3, subject = ?4 WHERE id = ?1", write.action,
                     m_kind == Kind::Undo ? HistoryEntry::Kind::Undo : HistoryEntry::Kind::Redo, m_target, entry->action.subject);
    }
    if (!m_undoing->step(write, goesOn))
        return false;
    // Only now, so that what was stopped half-way can be gone on with.
    write.db.run("UPDATE action SET undone_by = ?2 WHERE id = ?1", m_target, write.action);
    if (m_kind == Kind::Redo) // what was taken back is in force again
        write.db.run("UPDATE action SET undone_by = NULL WHERE id = (SELECT undo_of FROM action WHERE id = ?1)", m_target);
    return true;
}

void UndoRun::prepare(Connection& db) { m_undoing->prepare(db); }

const UndoReport& UndoRun::report() const { return m_undoing->report; }

Result<UndoReport> UndoRun::finish(UndoPolicy policy) && {
    UndoReport& report = m_undoing->report;
    if (!report.conflicts.empty() && policy == UndoPolicy::AllOrNothing)
        return fail(m_undoing->sentMail ? ErrorCode::NotUndoable : ErrorCode::UndoConflict, summary(report.conflicts));
    return std::move(report);
}

std::optional<HistoryEntry> nextUndo(Connection& db, ActionId running) {
    Statement row = db.query(
        "SELECT " + std::string(actionColumns)
            + " FROM action a LEFT JOIN member m ON m.id = a.actor_id WHERE a.kind = 0 AND a.undoable = 1 AND a.undone_by IS NULL"
              " AND a.origin IN (0, 1, 2, 3) AND a.id <> ?1 ORDER BY a.id DESC LIMIT 1",
        running);
    return row.step() ? std::optional(readAction(row)) : std::nullopt;
}

std::optional<HistoryEntry> nextRedo(Connection& db, ActionId running) {
    // The youngest undo still in force, unless something new was done since: then there is no way back.
    Statement row = db.query("SELECT " + std::string(actionColumns)
                                 + " FROM action a LEFT JOIN member m ON m.id = a.actor_id WHERE a.kind = 1 AND a.undoable = 1 "
                                   "AND a.undone_by IS NULL AND a.id <> ?1"
                                   " AND a.id > coalesce((SELECT max(d.id) FROM action d WHERE d.kind = 0 AND d.id <> ?1"
                                   "     AND d.undoable = 1 AND d.undone_by IS NULL AND d.origin IN (0, 1, 2, 3)"
                                   "     AND NOT EXISTS (SELECT 1 FROM action u WHERE u.undo_of = d.id)), 0)"
                                   " ORDER BY a.id DESC LIMIT 1",
                             running);
    return row.step() ? std::optional(readAction(row)) : std::nullopt;
}

namespace {

Result<UndoReport> atOnce(WriteContext& write, UndoRun run, UndoPolicy policy) {
    OUTRIDER_TRY(run.step(write, [] { return true; }));
    return std::move(run).finish(policy);
}

} // namespace

Result<UndoReport> undoAction(WriteContext& write, ActionId target, UndoPolicy policy) {
    return atOnce(write, UndoRun(UndoRun::Kind::Undo, target), policy);
}

Result<UndoReport> redoAction(WriteContext& write, ActionId target, UndoPolicy policy) {
    return atOnce(write, UndoRun(UndoRun::Kind::Redo, target), policy);
}

} // namespace outrider::store
