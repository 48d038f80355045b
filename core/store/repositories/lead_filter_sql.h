// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/filter.h"
#include "core/domain/lead_list.h"
#include "core/store/sqlite/statement.h"

#include <string>
#include <variant>
#include <vector>

namespace outrider::store {

// A condition on the table lead (alias l) with its parameters, in order, all anonymous.
struct SqlCondition {
    std::string sql; // never empty
    std::vector<std::variant<std::int64_t, double, std::string>> values;

    // Binds the values from place `first` on; returns the place after the last.
    int bind(Statement& statement, int first) const;
};

// The filter as SQL. What is archived or in the trash is left out unless the filter speaks of it.
SqlCondition toSql(const Filter& filter, const FilterContext& context);

// The words of a search box as an FTS5 query, each a prefix: zoe br -> "zoe"* "br"*.
// Empty when there is nothing to look for.
std::string toMatchQuery(std::string_view words);

} // namespace outrider::store
