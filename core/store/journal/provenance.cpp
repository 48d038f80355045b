// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/provenance.h"

#include "core/store/journal/history.h"
#include "core/store/journal/journaled_tables.h"

#include <charconv>
#include <map>
#include <set>
#include <string_view>

namespace outrider::store {

namespace {

// Columns that a person reads as a field, where the field has another name.
constexpr std::pair<std::string_view, std::string_view> renamed[]{
    {"company_name", "company"}, {"status_id", "status"},     {"owner_id", "owner"},
    {"created_at", "created"},   {"archived_at", "archived"}, {"trashed_at", "trashed"},
};
// What is made from other columns, or is no field.
constexpr std::string_view notFields[]{"id",          "email_key",    "phone_key",     "name_key",  "last_name_key",
                                       "company_key", "next_task_at", "last_touch_at", "import_id", "company_id"};

std::string fieldOf(std::string_view column) {
    for (const std::string_view no : notFields) {
        if (no == column)
            return {};
    }
    for (const auto& [from, to] : renamed) {
        if (from == column)
            return std::string(to);
    }
    return std::string(column);
}

class Origins {
public:
    Origins(Connection& db, LeadId lead) : m_db(db), m_lead(lead) {}

    std::vector<FieldOrigin> read() {
        const std::vector<Column> columns = columnsOf(m_db, "lead");
        std::map<int, std::string> values;
        {
            Statement row = m_db.query("SELECT * FROM lead WHERE id = ?1", m_lead);
            if (!row.step())
                return {};
            for (const Column& column : columns) {
                std::string value = row.text(column.index);
                const bool unset = value.empty() || (column.name == "reach" && value == "0");
                if (!unset)
                    values.emplace(column.index, std::move(value));
            }
        }
        const ActionId made = insertedBy(m_db, "lead", m_lead.value);
        const std::map<int, ActionId> said = lastWords("lead", m_lead.value);
        for (const Column& column : columns) {
            const std::string field = fieldOf(column.name);
            const auto value = values.find(column.index);
            if (field.empty() || value == values.end())
                continue;
            const auto by = said.find(column.index);
            add(field, cellText(m_db, "lead", column.name, value->second), by == said.end() ? made : by->second);
        }
        readRows(
            "SELECT l.id, t.name, 'tag' FROM lead_tag l JOIN tag t ON t.id = l.tag_id WHERE l.lead_id = ?1 ORDER BY t.name_key",
            "lead_tag");
        readRows("SELECT v.id, v.value, 'custom:' || f.key FROM custom_value v JOIN custom_field f ON f.id = v.field_id"
                 " WHERE v.lead_id = ?1 ORDER BY f.key",
                 "custom_value");
        readRows("SELECT id, value, 'contact' FROM contact_point WHERE lead_id = ?1 ORDER BY position, id", "contact_point");
        return std::move(m_origins);
    }

private:
    // Per column of a row, who set what it says now: the last in force.
    std::map<int, ActionId> lastWords(std::string_view table, std::int64_t row) {
        std::map<int, ActionId> said;
        Statement changes = m_db.query("SELECT c.col, c.action_id FROM main.change c JOIN action a ON a.id = c.action_id"
                                       " WHERE c.tbl = ?1 AND c.row_id = ?2 AND c.op = 1 AND a.kind = 0 AND a.undone_by IS NULL"
                                       " ORDER BY c.id DESC",
                                       journaledTable(table)->number, row);
        while (changes.step())
            said.try_emplace(static_cast<int>(changes.integer(0)), changes.id<ActionId>(1));
        return said;
    }

    void readRows(std::string_view sql, std::string_view table) {
        struct Row {
            std::int64_t id;
            std::string value;
            std::string field;
        };
        std::vector<Row> rows;
        {
            Statement found = m_db.query(sql, m_lead);
            while (found.step())
                rows.push_back({found.integer(0), found.text(1), found.text(2)});
        }
        for (Row& row : rows) {
            const std::map<int, ActionId> said = lastWords(table, row.id);
            ActionId by = insertedBy(m_db, table, row.id);
            for (const auto& [column, action] : said)
                by = std::max(by, action);
            add(std::move(row.field), std::move(row.value), by);
        }
    }

    void add(std::string field, std::string value, ActionId by) {
        auto known = m_actions.find(by);
        if (known == m_actions.end())
            known = m_actions.emplace(by, describe(by)).first;
        FieldOrigin origin = known->second;
        origin.field = std::move(field);
        origin.value = std::move(value);
        m_origins.push_back(std::move(origin));
    }

    FieldOrigin describe(ActionId by) {
        FieldOrigin origin;
        if (const auto entry = by ? findAction(m_db, by) : std::nullopt) {
            origin.entry = *entry;
            origin.actorName = entry->actorName;
            if (entry->action.name.starts_with("import"))
                findRow(origin);
            else if (entry->action.origin == Origin::Inbound)
                findMessage(origin);
        } else {
            findImport(origin);
        }
        return origin;
    }

    // Its entry on the timeline, "contacts.csv:1204".
    void findRow(FieldOrigin& origin) {
        Statement entries =
            m_db.query("SELECT id, subject FROM activity WHERE lead_id = ?1 AND kind = 14 ORDER BY at DESC", m_lead);
        while (entries.step()) {
            if (insertedBy(m_db, "activity", entries.integer(0)) == origin.entry.id) {
                readTrace(origin, entries.text(1));
                return;
            }
        }
        origin.importFile = origin.entry.action.subject;
    }

    // The journal has forgotten; the lead itself knows the file it came with.
    void findImport(FieldOrigin& origin) {
        Statement row =
            m_db.query("SELECT subject, at FROM activity WHERE lead_id = ?1 AND kind IN (14, 15) ORDER BY at LIMIT 1", m_lead);
        if (row.step()) {
            readTrace(origin, row.text(0));
            origin.entry.at = row.instant(1);
        }
    }

    static void readTrace(FieldOrigin& origin, const std::string& trace) {
        const auto colon = trace.rfind(':');
        std::int64_t number = 0;
        if (colon != std::string::npos) {
            const auto [end, error] = std::from_chars(trace.data() + colon + 1, trace.data() + trace.size(), number);
            if (error == std::errc() && end == trace.data() + trace.size()) {
                origin.importFile = trace.substr(0, colon);
                origin.importRow = number;
                return;
            }
        }
        origin.importFile = trace;
    }

    void findMessage(FieldOrigin& origin) {
        Statement messages =
            m_db.query("SELECT id, subject FROM message WHERE lead_id = ?1 AND direction = 1 ORDER BY at DESC", m_lead);
        while (messages.step()) {
            if (insertedBy(m_db, "message", messages.integer(0)) == origin.entry.id) {
                origin.message = messages.id<MessageId>(0);
                origin.messageSubject = messages.text(1);
                return;
            }
        }
    }

    Connection& m_db;
    const LeadId m_lead;
    std::map<ActionId, FieldOrigin> m_actions;
    std::vector<FieldOrigin> m_origins;
};

} // namespace

std::vector<FieldOrigin> provenance(Connection& db, LeadId lead) { return Origins(db, lead).read(); }

} // namespace outrider::store
