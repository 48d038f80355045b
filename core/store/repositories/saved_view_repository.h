// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/saved_view.h"
#include "core/store/store.h"

#include <vector>

namespace outrider::store {

class SavedViewRepository {
public:
    explicit SavedViewRepository(Connection& db) : m_db(db) {}

    std::vector<SavedView> all(); // by position
    // Throws with AlreadyExists when the name is taken.
    void insert(WriteContext& write, SavedView& view);
    void update(WriteContext& write, const SavedView& view);
    void remove(WriteContext& write, SavedViewId id);

private:
    Connection& m_db;
};

} // namespace outrider::store
