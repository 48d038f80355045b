// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/setting_repository.h"

namespace outrider::store {

std::string SettingRepository::get(std::string_view key) { return m_db.text("SELECT value FROM setting WHERE key = ?1", key); }

void SettingRepository::set(WriteContext& write, std::string_view key, std::string_view json) {
    if (m_db.integer("SELECT count(*) FROM setting WHERE key = ?1", key) == 0)
        m_db.run("INSERT INTO setting(id, key, value) VALUES (?1, ?2, ?3)", write.newId<Id<struct SettingTag>>(), key, json);
    else
        m_db.run("UPDATE setting SET value = ?2 WHERE key = ?1 AND value <> ?2", key, json);
}

std::string SettingRepository::meta(std::string_view key) { return m_db.text("SELECT value FROM meta WHERE key = ?1", key); }

void SettingRepository::setMeta(WriteContext&, std::string_view key, std::string_view value) {
    m_db.run("INSERT INTO meta(key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value", key, value);
}

void SettingRepository::removeMeta(WriteContext&, std::string_view key) { m_db.run("DELETE FROM meta WHERE key = ?1", key); }

} // namespace outrider::store
