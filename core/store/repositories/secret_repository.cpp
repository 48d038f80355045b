// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/secret_repository.h"

namespace outrider::store {

void SecretRepository::set(WriteContext& write, std::string_view name, const SecureBytes& value) {
    m_db.run("INSERT INTO secret(id, name, value) VALUES (?1, ?2, ?3)"
             " ON CONFLICT(name) DO UPDATE SET value = excluded.value",
             write.newId<Id<struct SecretTag>>(), name, value.bytes());
    note(write, name, "written", {});
}

std::optional<SecureBytes> SecretRepository::read(WriteContext& write, std::string_view name, std::string_view why) {
    std::optional<SecureBytes> value;
    {
        Statement row = m_db.query("SELECT value FROM secret WHERE name = ?1", name);
        if (!row.step())
            return std::nullopt;
        value.emplace(row.view(0)); // straight from SQLite's buffer: no copy in between to be forgotten
    }
    note(write, name, "read", why);
    return value;
}

void SecretRepository::remove(WriteContext& write, std::string_view name) {
    m_db.run("DELETE FROM secret WHERE name = ?1", name);
    if (m_db.changeCount() > 0)
        note(write, name, "removed", {});
}

bool SecretRepository::exists(std::string_view name) { return m_db.integer("SELECT 1 FROM secret WHERE name = ?1", name) != 0; }

std::vector<SecretAudit> SecretRepository::audit(int limit) {
    std::vector<SecretAudit> out;
    Statement rows = m_db.query("SELECT name, what, why, at FROM secret_audit ORDER BY id DESC LIMIT ?1", limit);
    while (rows.step())
        out.push_back({rows.text(0), rows.text(1), rows.text(2), rows.instant(3)});
    return out;
}

void SecretRepository::note(WriteContext& write, std::string_view name, std::string_view what, std::string_view why) {
    m_db.run("INSERT INTO secret_audit(id, name, what, why, at) VALUES (?1, ?2, ?3, ?4, ?5)",
             write.newId<Id<struct SecretAuditTag>>(), name, what, why, write.now);
}

} // namespace outrider::store
