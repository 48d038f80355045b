// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/filter.h"
#include "core/domain/lead_list.h"
#include "core/store/sqlite/statement.h"

#include <cstdint>
#include <optional>
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

// One term of it.
SqlCondition toSql(const FilterTerm& term, const FilterContext& context);

// The ids of what a term about status, owner, tag or strategy names with its values.
SqlCondition namedSql(const FilterTerm& term, const FilterContext& context);
// Leads by an index, of which the term finds no others; empty when there is no such index.
SqlCondition candidatesSql(const FilterTerm& term, const FilterContext& context);

// The moments a date of the filter stands for with its operator (`!=` as `=`): from `from` on, before `before`. None:
// it is no date, which nothing fulfils.
struct FilterMoments {
    std::int64_t from = INT64_MIN;
    std::int64_t before = INT64_MAX;
};
std::optional<FilterMoments> momentsOf(FilterOp op, const std::string& value, const FilterContext& context);

// The filter as a list is read by it.
struct FilterPlan {
    enum class Scope {
        Live,   // neither archived nor in the trash: what the indexes of the sort columns hold
        Hidden, // only what is archived or in the trash
        Any,
    };
    Scope scope = Scope::Live;
    bool everything = false; // all of the scope
    bool hasWords = false;   // looked up in the search index
    // Beside the scope: of lead l, to be judged lead by lead.
    SqlCondition condition;
    // Each a SELECT of the ids of leads by an index, of which the filter finds no others. When one of them has
    // few, these are looked at instead of the list.
    std::vector<SqlCondition> candidates;
};
FilterPlan planOf(const Filter& filter, const FilterContext& context);

// What the scope is, of a table or alias.
std::string scopeSql(FilterPlan::Scope scope, std::string_view alias);

} // namespace outrider::store
