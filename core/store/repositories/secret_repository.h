// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secure_bytes.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

struct SecretAudit {
    std::string name;
    std::string what; // "read", "written", "removed"
    std::string why;
    Instant at{};
};

// The vault: passwords and tokens, inside the encrypted file, outside journal, hash and export. Every
// touch leaves an audit row, which is why reading is a write.
class SecretRepository {
public:
    explicit SecretRepository(Connection& db) : m_db(db) {}

    void set(WriteContext& write, std::string_view name, const SecureBytes& value);
    std::optional<SecureBytes> read(WriteContext& write, std::string_view name, std::string_view why);
    void remove(WriteContext& write, std::string_view name);
    bool exists(std::string_view name);
    std::vector<SecretAudit> audit(int limit); // newest first

private:
    void note(WriteContext& write, std::string_view name, std::string_view what, std::string_view why);

    Connection& m_db;
};

} // namespace outrider::store
