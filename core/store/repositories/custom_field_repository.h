// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "core/store/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

struct CustomFieldInfo {
    CustomFieldId id;
    std::string key;
    std::string name;
};

class CustomFieldRepository {
public:
    explicit CustomFieldRepository(Connection& db) : m_db(db) {}

    std::vector<CustomFieldInfo> all();
    // The field of that key, made with the key as its name when there is none.
    CustomFieldId findOrCreate(WriteContext& write, std::string_view key, std::string_view name = {});

private:
    Connection& m_db;
};

} // namespace outrider::store
