// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/merge_repository.h"

#include "core/domain/lead.h"
#include "core/store/journal/history.h"
#include "core/store/journal/journaled_tables.h"

#include <algorithm>

namespace outrider::store {

namespace {

// A moved row is no new one: activities may be, and rules that follow from a deed do not fire again.
class Moving {
public:
    explicit Moving(Connection& db) : m_db(db) { m_db.run("UPDATE journal_state SET mode = 2"); }
    ~Moving() {
        try {
            m_db.run("UPDATE journal_state SET mode = 0");
        } catch (const StoreException&) { // the transaction is rolled back, and the mode with it
        }
    }
    Moving(const Moving&) = delete;
    Moving& operator=(const Moving&) = delete;

private:
    Connection& m_db;
};

// What a lead says of itself, not what happened with it: copied, not moved.
bool isSaid(std::string_view table) {
    constexpr std::string_view said[]{"contact_point", "lead_tag", "custom_value", "list_member"};
    return std::ranges::find(said, table) != std::end(said);
}

// Of other tables both leads may have the same in one: what the other one has already stays where it is.
bool mayCollide(std::string_view table) {
    constexpr std::string_view never[]{"enrolment", "task", "message", "outbox", "activity"};
    return std::ranges::find(never, table) == std::end(never);
}

std::string leadName(Connection& db, LeadId id) {
    Statement row = db.query("SELECT first_name, last_name, email, phone, company_name FROM lead WHERE id = ?1", id);
    if (!row.step())
        return {};
    return displayName(Lead{.companyName = row.text(4),
                            .firstName = row.text(0),
                            .lastName = row.text(1),
                            .email = row.text(2),
                            .phone = row.text(3)});
}

// A second address or number of ?2 that ?1 does not have in any place.
constexpr std::string_view newContacts =
    " FROM contact_point c WHERE c.lead_id = ?2 AND NOT EXISTS (SELECT 1 FROM contact_point k WHERE k.lead_id = ?1"
    " AND k.kind = c.kind AND (k.value = c.value OR (k.key = c.key AND k.key <> '')))"
    " AND NOT EXISTS (SELECT 1 FROM lead l WHERE l.id = ?1 AND c.key <> '' AND c.key IN (l.email_key, l.phone_key))";

constexpr std::string_view newTags =
    " FROM lead_tag WHERE lead_id = ?2 AND tag_id NOT IN (SELECT tag_id FROM lead_tag WHERE lead_id = ?1)";
constexpr std::string_view newLists =
    " FROM list_member WHERE lead_id = ?2 AND list_id NOT IN (SELECT list_id FROM list_member WHERE lead_id = ?1)";
constexpr std::string_view newCustom =
    " FROM custom_value WHERE lead_id = ?2 AND field_id NOT IN (SELECT field_id FROM custom_value WHERE lead_id = ?1)";

constexpr std::string_view mergeColumns = "SELECT m.id, m.action_id, m.kept_id, m.gone_id, m.at,"
                                          " (SELECT count(*) FROM merge_part p WHERE p.merge_id = m.id) FROM merge m";

MergeRecord readMerge(const Statement& row) {
    return {.id = row.id<MergeId>(0),
            .action = row.id<ActionId>(1),
            .kept = row.id<LeadId>(2),
            .gone = row.id<LeadId>(3),
            .at = row.instant(4),
            .parts = row.integer(5)};
}

std::vector<MergeRecord> named(Connection& db, std::vector<MergeRecord> merges) {
    for (MergeRecord& merge : merges) {
        merge.keptName = leadName(db, merge.kept);
        merge.goneName = leadName(db, merge.gone);
    }
    return merges;
}

} // namespace

struct MergeRepository::Part {
    std::int64_t id = 0;
    const JournaledTable* table = nullptr;
    std::int64_t row = 0;
    std::string column; // empty: the row was added
};

MergeCounts MergeRepository::counts(LeadId kept, LeadId gone) {
    const auto count = [&](std::string_view table) {
        return m_db.integer("SELECT count(*) FROM " + std::string(table) + " WHERE lead_id = ?1", gone);
    };
    MergeCounts counts{
        .activities = count("activity"), .tasks = count("task"), .enrolments = count("enrolment"), .messages = count("message")};
    counts.contacts = m_db.integer("SELECT count(*)" + std::string(newContacts), kept, gone);
    counts.tags = m_db.integer("SELECT count(*)" + std::string(newTags), kept, gone);
    counts.lists = m_db.integer("SELECT count(*)" + std::string(newLists), kept, gone);
    counts.other = m_db.integer("SELECT count(*)" + std::string(newCustom), kept, gone);
    return counts;
}

std::vector<OutboxId> MergeRepository::inFlight(LeadId kept, LeadId gone) {
    std::vector<OutboxId> ids;
    Statement rows = m_db.query("SELECT id FROM outbox WHERE lead_id IN (?1, ?2) AND state IN (0, 1, 2, 3, 6)"
                                " ORDER BY earliest_at, id",
                                kept, gone);
    while (rows.step())
        ids.push_back(rows.id<OutboxId>(0));
    return ids;
}

void MergeRepository::copySaid(WriteContext& write, LeadId kept, LeadId gone) {
    const auto idsOf = [&](const std::string& sql) {
        std::vector<std::int64_t> ids;
        Statement rows = m_db.query(sql, kept, gone);
        while (rows.step())
            ids.push_back(rows.integer(0));
        return ids;
    };
    using RowId = Id<struct MergeCopyTag>;
    for (const std::int64_t id : idsOf("SELECT c.id" + std::string(newContacts) + " ORDER BY c.position, c.id"))
        m_db.run(
            "INSERT INTO contact_point(id, lead_id, kind, label, value, key, position) SELECT ?1, ?2, kind, label, value, key,"
            " (SELECT coalesce(max(position), -1) + 1 FROM contact_point WHERE lead_id = ?2) FROM contact_point WHERE id = ?3",
            write.newId<RowId>(), kept, id);
    for (const std::int64_t id : idsOf("SELECT id" + std::string(newTags)))
        m_db.run("INSERT INTO lead_tag(id, lead_id, tag_id) SELECT ?1, ?2, tag_id FROM lead_tag WHERE id = ?3",
                 write.newId<RowId>(), kept, id);
    for (const std::int64_t id : idsOf("SELECT id" + std::string(newLists)))
        m_db.run("INSERT INTO list_member(id, list_id, lead_id, added_at) SELECT ?1, list_id, ?2, added_at FROM list_member"
                 " WHERE id = ?3",
                 write.newId<RowId>(), kept, id);
    for (const std::int64_t id : idsOf("SELECT id" + std::string(newCustom)))
        m_db.run("INSERT INTO custom_value(id, lead_id, field_id, value) SELECT ?1, ?2, field_id, value FROM custom_value"
                 " WHERE id = ?3",
                 write.newId<RowId>(), kept, id);
}

void MergeRepository::moveChildren(WriteContext& write, LeadId kept, LeadId gone) {
    const Moving moving(m_db);
    copySaid(write, kept, gone);
    // Runs before what belongs to them, so that what happened on one is counted where it is.
    for (const JournaledTable& table : journaledTables()) {
        if (table.leadColumn.empty() || table.leadColumn == "id" || isSaid(table.name))
            continue;
        const std::string column(table.leadColumn);
        m_db.run(std::string("UPDATE ") + (mayCollide(table.name) ? "OR IGNORE " : "") + std::string(table.name) + " SET "
                     + column + " = ?1 WHERE " + column + " = ?2",
                 kept, gone);
    }
    for (const LeadId lead : {kept, gone}) { // clustered by lead: SQLite's hook does not see them
        write.touched(EntityKind::Timeline, lead.value);
        write.touched(EntityKind::Lead, lead.value);
    }
}

void MergeRepository::addContact(WriteContext& write, LeadId lead, const ContactPoint& contact) {
    const bool known = m_db.integer("SELECT EXISTS (SELECT 1 FROM contact_point WHERE lead_id = ?1 AND kind = ?2"
                                    " AND (value = ?3 OR (key = ?4 AND key <> '')))",
                                    lead, contact.kind, contact.value, contact.key)
                       != 0;
    if (known || contact.value.empty())
        return;
    m_db.run("INSERT INTO contact_point(id, lead_id, kind, label, value, key, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
             " (SELECT coalesce(max(position), -1) + 1 FROM contact_point WHERE lead_id = ?2))",
             write.newId<Id<struct ContactPointTag>>(), lead, contact.kind, contact.label, contact.value, contact.key);
}

void MergeRepository::takeCustom(WriteContext& write, LeadId kept, LeadId gone, std::string_view key) {
    m_db.run("UPDATE custom_value SET value = (SELECT g.value FROM custom_value g WHERE g.lead_id = ?2"
             " AND g.field_id = custom_value.field_id) WHERE lead_id = ?1"
             " AND field_id = (SELECT id FROM custom_field WHERE key = ?3)"
             " AND EXISTS (SELECT 1 FROM custom_value g WHERE g.lead_id = ?2 AND g.field_id = custom_value.field_id)",
             kept, gone, key);
    write.touched(EntityKind::Lead, kept.value);
}

MergeId MergeRepository::record(WriteContext& write, LeadId kept, LeadId gone, std::int64_t mark) {
    struct Change {
        const JournaledTable* table;
        std::int64_t row;
        std::string column;
        std::int64_t first; // the change that knows what it was before
        std::int64_t last;  // and the one that knows what it is now
    };
    // A column may have changed twice; what counts is from what to what.
    std::vector<Change> changes;
    {
        Statement rows = m_db.query("SELECT tbl, row_id, op, coalesce(col, -1), min(id), max(id) FROM change WHERE id > ?1"
                                    " AND action_id = ?2 AND op IN (0, 1) GROUP BY tbl, row_id, op, col ORDER BY min(id)",
                                    mark, write.action);
        std::vector<std::pair<int, std::vector<Column>>> known;
        while (rows.step()) {
            const JournaledTable* table = journaledTable(static_cast<int>(rows.integer(0)));
            if (table == nullptr)
                throw StoreException(Error(ErrorCode::StoreDamaged, "unknown table in the journal"));
            std::string column;
            if (rows.integer(2) == 1) {
                auto columns = std::ranges::find(known, table->number, &std::pair<int, std::vector<Column>>::first);
                if (columns == known.end())
                    columns = known.insert(known.end(), {table->number, columnsOf(m_db, table->name)});
                const auto found = std::ranges::find(columns->second, static_cast<int>(rows.integer(3)), &Column::index);
                column = found == columns->second.end() ? std::string() : found->name;
            }
            changes.push_back({table, rows.integer(1), std::move(column), rows.integer(4), rows.integer(5)});
        }
    }
    const auto id = write.newId<MergeId>();
    m_db.run("INSERT INTO merge(id, kept_id, gone_id, action_id, at) VALUES (?1, ?2, ?3, ?4, ?5)", id, kept, gone, write.action,
             write.now);
    const auto addedHere = [&](const Change& change) {
        return std::ranges::any_of(changes, [&](const Change& other) {
            return other.column.empty() && other.table == change.table && other.row == change.row;
        });
    };
    for (const Change& change : changes) {
        if (!change.column.empty() && addedHere(change))
            continue; // it goes with its row
        m_db.run("INSERT INTO merge_part(id, merge_id, tbl, row_id, col, old, new) VALUES (?1, ?2, ?3, ?4, ?5,"
                 " (SELECT old FROM change WHERE id = ?6), (SELECT new FROM change WHERE id = ?7))",
                 write.newId<Id<struct MergePartTag>>(), id, change.table->number, change.row, change.column, change.first,
                 change.last);
        if (change.column.empty() && (change.table->name == "contact_point" || change.table->name == "custom_value"))
            m_db.run("UPDATE merge_part SET new = (SELECT value FROM " + std::string(change.table->name)
                         + " WHERE id = ?2) WHERE merge_id = ?1 AND row_id = ?2",
                     id, change.row);
    }
    return id;
}

std::optional<MergeRecord> MergeRepository::find(MergeId id) {
    std::vector<MergeRecord> found;
    {
        Statement row = m_db.query(std::string(mergeColumns) + " WHERE m.id = ?1", id);
        if (row.step())
            found.push_back(readMerge(row));
    }
    found = named(m_db, std::move(found));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<MergeRecord> MergeRepository::ofAction(ActionId action) {
    const MergeId id{m_db.integer("SELECT id FROM merge WHERE action_id = ?1", action)};
    return id ? find(id) : std::nullopt;
}

std::vector<MergeRecord> MergeRepository::ofLead(LeadId lead) {
    std::vector<MergeRecord> merges;
    {
        Statement rows =
            m_db.query(std::string(mergeColumns) + " WHERE m.kept_id = ?1 OR m.gone_id = ?1 ORDER BY m.id DESC", lead);
        while (rows.step())
            merges.push_back(readMerge(rows));
    }
    return named(m_db, std::move(merges));
}

std::vector<MergeRecord> MergeRepository::latest(int limit) {
    std::vector<MergeRecord> merges;
    {
        Statement rows = m_db.query(std::string(mergeColumns) + " ORDER BY m.id DESC LIMIT ?1", limit);
        while (rows.step())
            merges.push_back(readMerge(rows));
    }
    return named(m_db, std::move(merges));
}

std::optional<MergeRecord> MergeRepository::later(const MergeRecord& merge) {
    const MergeId id{
        m_db.integer("SELECT id FROM merge WHERE gone_id = ?1 AND id > ?2 ORDER BY id LIMIT 1", merge.kept, merge.id)};
    return id ? find(id) : std::nullopt;
}

// True: it is as it was before the merge, or was already.
bool MergeRepository::putBack(WriteContext& write, const MergeRecord& merge, const Part& part) {
    const std::string table(part.table->name);
    // A task the merge opened again stays open: the message it was done with did not leave.
    if (table == "task" && (part.column == "state" || part.column == "closed_at")
        && m_db.integer("SELECT EXISTS (SELECT 1 FROM merge_part WHERE merge_id = ?1 AND tbl = ?2 AND row_id = ?3"
                        " AND col = 'state' AND new = 0)",
                        merge.id, part.table->number, part.row)
               != 0)
        return true;
    try {
        m_db.run("UPDATE " + table + " SET " + part.column + " = (SELECT old FROM merge_part WHERE id = ?1) WHERE id = ?2 AND "
                     + part.column + " IS (SELECT new FROM merge_part WHERE id = ?1)",
                 part.id, part.row);
    } catch (const StoreException& e) {
        if (e.error().code != ErrorCode::Conflict) // its place is taken: enrolled anew since, the tag added again
            throw;
        return false;
    }
    if (m_db.changeCount() > 0) {
        write.touched(EntityKind::Lead, merge.kept.value);
        return true;
    }
    return m_db.integer("SELECT EXISTS (SELECT 1 FROM " + table + " WHERE id = ?2 AND " + part.column
                            + " IS (SELECT old FROM merge_part WHERE id = ?1))",
                        part.id, part.row)
           != 0;
}

// An address may have been written anew since, with the lead's others; a value that was changed stays.
bool MergeRepository::removeAdded(const MergeRecord& merge, const Part& part) {
    const std::string table(part.table->name);
    if (table == "contact_point") {
        m_db.run("DELETE FROM contact_point WHERE lead_id = ?1"
                 " AND (id = ?2 OR value = (SELECT new FROM merge_part WHERE id = ?3))",
                 merge.kept, part.row, part.id);
        return true;
    }
    const std::string unchanged = table == "custom_value" ? " AND value IS (SELECT new FROM merge_part WHERE id = ?2)" : "";
    m_db.run("DELETE FROM " + table + " WHERE id = ?1" + unchanged + (unchanged.empty() ? " AND ?2 > 0" : ""), part.row, part.id);
    return m_db.changeCount() > 0 || m_db.integer("SELECT EXISTS (SELECT 1 FROM " + table + " WHERE id = ?1)", part.row) == 0;
}

// What came in since on a strategy's run that goes back goes with it: a run without its tasks and mail is none.
void MergeRepository::followRun(WriteContext&, const MergeRecord& merge, EnrolmentId enrolment) {
    m_db.run("UPDATE message SET lead_id = ?2 WHERE lead_id = ?1 AND id IN (SELECT message_id FROM outbox"
             " WHERE lead_id = ?1 AND enrolment_id = ?3 UNION ALL SELECT message_id FROM activity WHERE lead_id = ?1"
             " AND enrolment_id = ?3 AND message_id IS NOT NULL)",
             merge.kept, merge.gone, enrolment);
    for (const char* table : {"outbox", "task", "activity"})
        m_db.run(std::string("UPDATE ") + table + " SET lead_id = ?2 WHERE lead_id = ?1 AND enrolment_id = ?3", merge.kept,
                 merge.gone, enrolment);
}

std::int64_t MergeRepository::countSince(const MergeRecord& merge) {
    std::int64_t count = 0;
    for (const char* table : {"activity", "task", "message"})
        count +=
            m_db.integer(std::string("SELECT count(*) FROM ") + table + " WHERE lead_id = ?1 AND id > ?2", merge.kept, merge.id);
    return count;
}

MergeRepository::TakenBack MergeRepository::takeBack(WriteContext& write, const MergeRecord& merge) {
    TakenBack taken{.report = {.kept = merge.kept,
                               .gone = merge.gone,
                               .keptName = merge.keptName,
                               .goneName = merge.goneName,
                               .restored = 0,
                               .stayed = 0,
                               .conflicts = {}},
                    .running = {}};
    std::vector<Part> parts;
    {
        Statement rows = m_db.query("SELECT id, tbl, row_id, col FROM merge_part WHERE merge_id = ?1 ORDER BY id DESC", merge.id);
        while (rows.step())
            parts.push_back({rows.integer(0), journaledTable(static_cast<int>(rows.integer(1))), rows.integer(2), rows.text(3)});
    }
    const Moving moving(m_db);
    std::vector<EnrolmentId> runs;
    for (const Part& part : parts) {
        if (part.table == nullptr)
            throw StoreException(Error(ErrorCode::StoreDamaged, "unknown table in a merge"));
        const bool back = part.column.empty() ? removeAdded(merge, part) : putBack(write, merge, part);
        if (back) {
            ++taken.report.restored;
            if (part.table->name == "enrolment" && std::ranges::find(runs, EnrolmentId{part.row}) == runs.end())
                runs.push_back(EnrolmentId{part.row});
            continue;
        }
        const std::string table(part.table->name);
        UndoConflict conflict{.table = table, .rowId = part.row, .field = part.column, .lead = merge.kept};
        conflict.leadName = merge.keptName;
        const std::string column = part.column.empty() ? "value" : part.column;
        conflict.field = column;
        conflict.before =
            cellText(m_db, table, column, m_db.text("SELECT CAST(old AS TEXT) FROM merge_part WHERE id = ?1", part.id));
        conflict.now = cellText(m_db, table, column,
                                m_db.text("SELECT CAST(" + column + " AS TEXT) FROM " + table + " WHERE id = ?1", part.row));
        taken.report.conflicts.push_back(std::move(conflict));
    }
    for (const EnrolmentId run : runs) {
        const LeadId lead{m_db.integer("SELECT lead_id FROM enrolment WHERE id = ?1", run)};
        if (lead == merge.gone)
            followRun(write, merge, run);
        if (m_db.integer("SELECT state FROM enrolment WHERE id = ?1", run) < 2)
            taken.running.push_back(run);
    }
    taken.report.stayed = countSince(merge);
    m_db.run("DELETE FROM merge_part WHERE merge_id = ?1", merge.id);
    m_db.run("DELETE FROM merge WHERE id = ?1", merge.id);
    for (const LeadId lead : {merge.kept, merge.gone}) {
        write.touched(EntityKind::Timeline, lead.value);
        write.touched(EntityKind::Lead, lead.value);
    }
    return taken;
}

std::vector<std::string> MergeRepository::statements() {
    return {std::string(mergeColumns) + " WHERE m.kept_id = ?1 OR m.gone_id = ?1 ORDER BY m.id DESC",
            "SELECT count(*)" + std::string(newContacts), "SELECT id, tbl, row_id, col FROM merge_part WHERE merge_id = ?1"};
}

} // namespace outrider::store
