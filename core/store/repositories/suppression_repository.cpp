// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/suppression_repository.h"

#include "core/store/journal/journaled_tables.h"

namespace outrider::store {

namespace {

const std::string columns = "SELECT id, kind, key, reason, source, created_at FROM suppression";

Suppression read(const Statement& row) {
    return {.id = row.id<SuppressionId>(0),
            .kind = row.value<SuppressionKind>(1),
            .key = row.text(2),
            .reason = row.value<SuppressionReason>(3),
            .source = row.text(4),
            .createdAt = row.instant(5)};
}

} // namespace

std::optional<Suppression> SuppressionRepository::find(SuppressionKind kind, std::string_view key) {
    if (key.empty())
        return std::nullopt;
    Statement row = m_db.query(columns + " WHERE kind = ?1 AND key = ?2", kind, key);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::optional<Suppression> SuppressionRepository::forEmail(std::string_view emailKey) {
    if (auto found = find(SuppressionKind::Email, emailKey))
        return found;
    const auto at = emailKey.rfind('@');
    if (at == std::string_view::npos)
        return std::nullopt;
    for (auto domain = emailKey.substr(at + 1); !domain.empty();) {
        if (auto found = find(SuppressionKind::Domain, domain))
            return found;
        const auto dot = domain.find('.');
        domain = dot == std::string_view::npos ? std::string_view() : domain.substr(dot + 1);
    }
    return std::nullopt;
}

std::optional<Suppression> SuppressionRepository::forPhone(std::string_view phoneKey) {
    return find(SuppressionKind::Phone, phoneKey);
}

bool SuppressionRepository::add(WriteContext& write, SuppressionKind kind, std::string_view key, SuppressionReason reason,
                                std::string_view source) {
    if (key.empty() || find(kind, key))
        return false;
    const auto id = write.newId<SuppressionId>();
    m_db.run("INSERT INTO suppression(id, kind, key, reason, source, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", id, kind, key,
             reason, source, write.now);
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("suppression")->number, id.value);
    return true;
}

bool SuppressionRepository::remove(WriteContext&, SuppressionKind kind, std::string_view key) {
    m_db.run("DELETE FROM suppression WHERE kind = ?1 AND key = ?2", kind, key);
    return m_db.changeCount() > 0;
}

std::vector<Suppression> SuppressionRepository::list(int limit) {
    std::vector<Suppression> out;
    Statement rows = m_db.query(columns + " ORDER BY id DESC LIMIT ?1", limit);
    while (rows.step())
        out.push_back(read(rows));
    return out;
}

std::int64_t SuppressionRepository::count() { return m_db.integer("SELECT count(*) FROM suppression"); }

} // namespace outrider::store
