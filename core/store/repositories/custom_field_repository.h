// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/custom_field.h"
#include "core/domain/ids.h"
#include "core/store/store.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outrider::store {

struct CustomFieldInfo {
    CustomFieldId id;
    std::string key;
    std::string name;
};

// The fields of leads that the person made, and what leads have of them. Values are kept as readCustomValue() reads
// them (core/domain/custom_field.h).
class CustomFieldRepository {
public:
    explicit CustomFieldRepository(Connection& db) : m_db(db) {}

    std::vector<CustomFieldInfo> all();
    // With their types, in the person's order; those put away only when asked for.
    std::vector<CustomField> fields(bool archivedToo = false);
    std::optional<CustomField> find(std::string_view key);

    // The text field of that key, made with the key as its name when there is none.
    CustomFieldId findOrCreate(WriteContext& write, std::string_view key, std::string_view name = {});
    // Sets the id, and the position behind the others. AlreadyExists (StoreException): the key.
    void insert(WriteContext& write, CustomField& field);
    // Everything but the key. Values are left as they are.
    void update(WriteContext& write, const CustomField& field);

    // The values leads have of it, each once with how many have it.
    std::vector<std::pair<std::string, std::int64_t>> values(CustomFieldId field, int limit = -1);
    // Another text for one of them; an empty one takes it away.
    void replaceValue(WriteContext& write, CustomFieldId field, std::string_view from, std::string_view to);
    // What some leads have of some fields, in the order of `keys`, for lists.
    void eachValue(const std::vector<std::int64_t>& leads, const std::vector<std::string>& keys,
                   const std::function<void(std::int64_t lead, std::size_t key, std::string_view value)>& take);

private:
    Connection& m_db;
};

} // namespace outrider::store
