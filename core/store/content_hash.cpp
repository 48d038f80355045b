// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/content_hash.h"

#include "core/store/journal/journaled_tables.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace outrider::store {

namespace {

class Hasher {
public:
    Hasher() {
        if (sodium_init() < 0)
            throw std::runtime_error("libsodium could not start");
        crypto_generichash_init(&m_state, nullptr, 0, crypto_generichash_BYTES);
    }

    void number(std::int64_t value) {
        std::array<unsigned char, 8> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i));
        add(bytes.data(), bytes.size());
    }

    // The length first, so that "ab"+"c" and "a"+"bc" differ.
    void text(std::string_view value) {
        number(static_cast<std::int64_t>(value.size()));
        add(reinterpret_cast<const unsigned char*>(value.data()), value.size());
    }

    std::string hex() {
        std::array<unsigned char, crypto_generichash_BYTES> hash{};
        crypto_generichash_final(&m_state, hash.data(), hash.size());
        std::array<char, 2 * crypto_generichash_BYTES + 1> text{};
        sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
        return text.data();
    }

private:
    void add(const unsigned char* data, std::size_t size) { crypto_generichash_update(&m_state, data, size); }

    crypto_generichash_state m_state{};
};

} // namespace

std::string contentHash(ReadContext& context) {
    Hasher hasher;
    for (const JournaledTable& table : journaledTables()) {
        std::vector<Column> columns;
        std::string select;
        for (Column& column : columnsOf(context.db, table.name)) {
            if (std::find(table.derived.begin(), table.derived.end(), column.name) != table.derived.end())
                continue;
            // Whether a message that waits is held is a switch, not content: it changes by itself when its undo
            // window is over, and when a copy's send fence is raised.
            const bool outboxState = table.name == "outbox" && column.name == "state";
            select += (select.empty() ? "" : ", ") + (outboxState ? "iif(state = 1, 0, state)" : column.name);
            columns.push_back(std::move(column));
        }
        hasher.text(table.name);
        Statement rows = context.db.prepare("SELECT " + select + " FROM " + std::string(table.name) + " ORDER BY id");
        while (rows.step()) {
            for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
                const Column& column = columns[static_cast<std::size_t>(i)];
                // A value that is not there hashes like a column that is not there: a later release
                // may add columns without changing the hash of what was written before.
                if (rows.isNull(i))
                    continue;
                hasher.text(column.name);
                if (column.type == "INTEGER")
                    hasher.number(rows.integer(i));
                else if (column.type == "BLOB")
                    hasher.text(rows.blob(i));
                else
                    hasher.text(rows.view(i));
            }
        }
    }
    return hasher.hex();
}

} // namespace outrider::store
