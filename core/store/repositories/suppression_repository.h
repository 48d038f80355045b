// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/suppression.h"
#include "core/store/store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace outrider::store {

class SuppressionRepository {
public:
    explicit SuppressionRepository(Connection& db) : m_db(db) {}

    // Why nothing may be sent to that normalised address: itself, its domain or one above it.
    std::optional<Suppression> forEmail(std::string_view emailKey);
    std::optional<Suppression> forPhone(std::string_view phoneKey);

    // Adding what is there already changes nothing; the first reason stays.
    bool add(WriteContext& write, SuppressionKind kind, std::string_view key, SuppressionReason reason, std::string_view source);
    bool remove(WriteContext& write, SuppressionKind kind, std::string_view key);

    std::vector<Suppression> list(int limit); // newest first
    std::int64_t count();

private:
    std::optional<Suppression> find(SuppressionKind kind, std::string_view key);

    Connection& m_db;
};

} // namespace outrider::store
