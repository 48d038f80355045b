// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/custom_field_repository.h"

#include "core/store/journal/journaled_tables.h"

#include <nlohmann/json.hpp>

namespace outrider::store {

namespace {

using nlohmann::json;

const std::string columns = "SELECT id, key, name, type, currency, choices, coalesce(position, 0), archived_at FROM custom_field";

CustomField read(const Statement& row) {
    CustomField field{.id = row.id<CustomFieldId>(0),
                      .key = row.text(1),
                      .name = row.text(2),
                      .type = row.value<CustomFieldType>(3),
                      .currency = row.text(4),
                      .position = int(row.integer(6)),
                      .archivedAt = row.optionalInstant(7)};
    const json choices = json::parse(row.text(5), nullptr, false);
    if (choices.is_array()) {
        for (const json& choice : choices) {
            if (choice.is_string())
                field.choices.push_back(choice.get<std::string>());
        }
    }
    return field;
}

// What is not said is not there: it hashes like a column an older workspace has not got (content_hash.h).
std::optional<std::string> orNothing(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

std::optional<std::string> choicesText(const CustomField& field) {
    return field.choices.empty() ? std::nullopt : std::optional(json(field.choices).dump());
}

} // namespace

std::vector<CustomFieldInfo> CustomFieldRepository::all() {
    std::vector<CustomFieldInfo> fields;
    for (CustomField& field : this->fields())
        fields.push_back({field.id, std::move(field.key), std::move(field.name)});
    return fields;
}

std::vector<CustomField> CustomFieldRepository::fields(bool archivedToo) {
    std::vector<CustomField> fields;
    Statement rows = m_db.prepare(columns + (archivedToo ? "" : " WHERE archived_at IS NULL")
                                  + " ORDER BY archived_at IS NOT NULL, position IS NULL, position, name, id");
    while (rows.step())
        fields.push_back(read(rows));
    return fields;
}

std::optional<CustomField> CustomFieldRepository::find(std::string_view key) {
    Statement row = m_db.query(columns + " WHERE key = ?1", key);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

CustomFieldId CustomFieldRepository::findOrCreate(WriteContext& write, std::string_view key, std::string_view name) {
    if (const auto id = m_db.integer("SELECT id FROM custom_field WHERE key = ?1", key); id != 0)
        return CustomFieldId{id};
    const auto id = write.newId<CustomFieldId>();
    m_db.run("INSERT INTO custom_field(id, key, name, type, created_at) VALUES (?1, ?2, ?3, 0, ?4)", id, key,
             name.empty() ? key : name, write.now);
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("custom_field")->number, id.value);
    return id;
}

void CustomFieldRepository::insert(WriteContext& write, CustomField& field) {
    if (find(field.key))
        throw StoreException(Error(ErrorCode::AlreadyExists, field.name));
    field.id = write.newId<CustomFieldId>();
    field.position = 1 + int(m_db.integer("SELECT coalesce(max(position), 0) FROM custom_field"));
    m_db.run("INSERT INTO custom_field(id, key, name, type, created_at, currency, choices, position, archived_at)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
             field.id, field.key, field.name, field.type, write.now, orNothing(field.currency), choicesText(field),
             field.position, field.archivedAt);
}

void CustomFieldRepository::update(WriteContext&, const CustomField& field) {
    m_db.run("UPDATE custom_field SET name = ?2, type = ?3, currency = ?4, choices = ?5, position = ?6, archived_at = ?7"
             " WHERE id = ?1",
             field.id, field.name, field.type, orNothing(field.currency), choicesText(field), field.position, field.archivedAt);
}

std::vector<std::pair<std::string, std::int64_t>> CustomFieldRepository::values(CustomFieldId field, int limit) {
    std::vector<std::pair<std::string, std::int64_t>> values;
    Statement rows = m_db.query("SELECT value, count(*) FROM custom_value INDEXED BY custom_value_field WHERE field_id = ?1"
                                " GROUP BY value ORDER BY value LIMIT ?2",
                                field, limit);
    while (rows.step())
        values.emplace_back(rows.text(0), rows.integer(1));
    return values;
}

void CustomFieldRepository::replaceValue(WriteContext&, CustomFieldId field, std::string_view from, std::string_view to) {
    if (to.empty())
        m_db.run("DELETE FROM custom_value WHERE field_id = ?1 AND value = ?2", field, from);
    else
        m_db.run("UPDATE custom_value SET value = ?3 WHERE field_id = ?1 AND value = ?2", field, from, to);
}

void CustomFieldRepository::eachValue(const std::vector<std::int64_t>& leads, const std::vector<std::string>& keys,
                                      const std::function<void(std::int64_t, std::size_t, std::string_view)>& take) {
    const std::string list = json(leads).dump();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        Statement rows = m_db.query("SELECT lead_id, value FROM custom_value WHERE lead_id IN (SELECT value FROM json_each(?1))"
                                    " AND field_id = (SELECT id FROM custom_field WHERE key = ?2)",
                                    list, keys[i]);
        while (rows.step())
            take(rows.integer(0), i, rows.view(1));
    }
}

} // namespace outrider::store
