// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/suppression.h"
#include "core/store/store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace outrider::store {

// Entries of people who were erased hold no address but its fingerprint: "#" and a keyed BLAKE2b hash, under a key that
// is a setting of the workspace, so that it comes along wherever the entries do. Without it the addresses cannot be tried
// out from a list of likely ones.
class SuppressionRepository {
public:
    explicit SuppressionRepository(Connection& db) : m_db(db) {}

    // Why nothing may be sent to that normalised address: itself, its domain or one above it.
    std::optional<Suppression> forEmail(std::string_view emailKey);
    std::optional<Suppression> forPhone(std::string_view phoneKey);

    // Adding what is there already changes nothing; the first reason stays.
    bool add(WriteContext& write, SuppressionKind kind, std::string_view key, SuppressionReason reason, std::string_view source);
    bool remove(WriteContext& write, SuppressionKind kind, std::string_view key);

    // Keeps an address or number suppressed and nothing of it but the fingerprint, nor in the history of the list. For a write
    // that is not journaled, since the journal would keep what is to be forgotten.
    void seal(WriteContext& write, SuppressionKind kind, std::string_view key, SuppressionReason reason, Random& random);

    // That very entry, also by its fingerprint.
    std::optional<Suppression> entry(SuppressionKind kind, std::string_view key);

    std::vector<Suppression> list(int limit); // newest first
    // Newest first, those before `before`; with `words` in what is suppressed or where it comes from, and `fingerprint`,
    // which may be empty.
    std::vector<Suppression> find(std::string_view words, std::string_view fingerprint, int limit, SuppressionId before = {});
    std::int64_t count(std::string_view words = {}, std::string_view fingerprint = {});

    // What an entry's key is once it is sealed; empty while nothing is.
    std::string fingerprint(SuppressionKind kind, std::string_view key);

private:
    std::optional<Suppression> find(SuppressionKind kind, std::string_view key);
    std::optional<Suppression> sealed(SuppressionKind kind, std::string_view key);

    Connection& m_db;
};

} // namespace outrider::store
