// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/status.h"
#include "core/store/store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace outrider::store {

class StatusRepository {
public:
    explicit StatusRepository(Connection& db) : m_db(db) {}

    std::vector<Status> all(); // by position
    std::optional<Status> find(StatusId id);
    std::optional<Status> findByKey(std::string_view key); // also by its name, case ignored

    // Throws with AlreadyExists when the key is taken.
    StatusId add(WriteContext& write, const Status& status);

private:
    Connection& m_db;
};

} // namespace outrider::store
