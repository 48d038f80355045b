// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/suppression_repository.h"

#include "core/store/journal/journaled_tables.h"
#include "core/store/repositories/setting_repository.h"

#include <sodium.h>

#include <array>

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

constexpr const char* keySetting = "suppression.key"; // JSON: a string of hexadecimal digits
constexpr std::size_t keyDigits = 2 * crypto_generichash_KEYBYTES;

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
    std::string text(2 * size + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

// Of one list, or of what words find in it.
constexpr const char* matching = " WHERE (?1 = '' OR instr(lower(key), ?1) > 0 OR instr(lower(source), ?1) > 0 OR key = ?2)";

std::string asciiLower(std::string_view words) {
    std::string text(words);
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return text;
}

} // namespace

std::string SuppressionRepository::fingerprint(SuppressionKind kind, std::string_view key) {
    const std::string stored = SettingRepository(m_db).get(keySetting);
    std::array<unsigned char, crypto_generichash_KEYBYTES> secret{};
    if (key.empty() || stored.size() != keyDigits + 2
        || sodium_hex2bin(secret.data(), secret.size(), stored.data() + 1, keyDigits, nullptr, nullptr, nullptr) != 0)
        return {};
    const std::string text = std::to_string(int(kind)) + " " + std::string(key);
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), secret.data(),
                       secret.size());
    return "#" + hexadecimal(hash.data(), hash.size());
}

std::optional<Suppression> SuppressionRepository::sealed(SuppressionKind kind, std::string_view key) {
    // Usually nobody was erased, and then nothing has to be hashed.
    if (m_db.integer("SELECT EXISTS (SELECT 1 FROM suppression WHERE kind = ?1 AND key >= '#' AND key < '$')", kind) == 0)
        return std::nullopt;
    return find(kind, fingerprint(kind, key));
}

std::optional<Suppression> SuppressionRepository::entry(SuppressionKind kind, std::string_view key) {
    auto found = find(kind, key);
    return found ? found : sealed(kind, key);
}

void SuppressionRepository::seal(WriteContext& write, SuppressionKind kind, std::string_view key, SuppressionReason reason,
                                 Random& random) {
    if (key.empty())
        return;
    SettingRepository settings(m_db);
    if (settings.get(keySetting).empty()) {
        std::array<std::byte, crypto_generichash_KEYBYTES> secret{};
        random.fill(secret);
        settings.set(write, keySetting,
                     "\"" + hexadecimal(reinterpret_cast<const unsigned char*>(secret.data()), secret.size()) + "\"");
    }
    const auto plain = find(kind, key);
    const std::string print = fingerprint(kind, key);
    // What the history says of it by name goes, too.
    m_db.run("UPDATE action SET subject = '' WHERE subject = ?1 AND name IN ('suppress.add', 'suppress.remove')", key);
    m_db.run("DELETE FROM change WHERE tbl = ?1 AND instr(CAST(old AS TEXT), ?2) > 0", journaledTable("suppression")->number,
             key);
    // A row of its own: undoing what once added the address must not find it.
    remove(write, kind, key);
    if (!find(kind, print))
        m_db.run("INSERT INTO suppression(id, kind, key, reason, source, created_at) VALUES (?1, ?2, ?3, ?4, '', ?5)",
                 write.newId<SuppressionId>(), kind, print, plain ? plain->reason : reason, plain ? plain->createdAt : write.now);
}

std::optional<Suppression> SuppressionRepository::find(SuppressionKind kind, std::string_view key) {
    if (key.empty())
        return std::nullopt;
    Statement row = m_db.query(columns + " WHERE kind = ?1 AND key = ?2", kind, key);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::optional<Suppression> SuppressionRepository::forEmail(std::string_view emailKey) {
    if (auto found = entry(SuppressionKind::Email, emailKey))
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
    return entry(SuppressionKind::Phone, phoneKey);
}

bool SuppressionRepository::add(WriteContext& write, SuppressionKind kind, std::string_view key, SuppressionReason reason,
                                std::string_view source) {
    if (key.empty() || entry(kind, key))
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

std::vector<Suppression> SuppressionRepository::find(std::string_view words, std::string_view fingerprint, int limit,
                                                     SuppressionId before) {
    std::vector<Suppression> out;
    Statement rows = m_db.query(columns + matching + " AND (?3 = 0 OR id < ?3) ORDER BY id DESC LIMIT ?4", asciiLower(words),
                                fingerprint, before, limit);
    while (rows.step())
        out.push_back(read(rows));
    return out;
}

std::int64_t SuppressionRepository::count(std::string_view words, std::string_view fingerprint) {
    return m_db.integer(std::string("SELECT count(*) FROM suppression") + matching, asciiLower(words), fingerprint);
}

} // namespace outrider::store
