// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/custom_field_repository.h"

#include "core/store/journal/journaled_tables.h"

namespace outrider::store {

std::vector<CustomFieldInfo> CustomFieldRepository::all() {
    std::vector<CustomFieldInfo> fields;
    Statement rows = m_db.prepare("SELECT id, key, name FROM custom_field ORDER BY name");
    while (rows.step())
        fields.push_back({rows.id<CustomFieldId>(0), rows.text(1), rows.text(2)});
    return fields;
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

} // namespace outrider::store
