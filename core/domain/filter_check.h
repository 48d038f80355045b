// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/custom_field.h"
#include "core/domain/filter.h"

#include <span>
#include <string>
#include <string_view>

namespace outrider {

// What parseFilter() cannot know: whether there are the custom fields a filter names, and whether what it compares them
// with is a number, a date, one of their choices. FilterSyntax: "position: what is wrong", with the field that was
// probably meant.
Result<> checkFilter(const Filter& filter, std::span<const CustomField> fields);

// The one of `known` that differs from the word by a slip or two, or begins with it; empty when there is none.
std::string nearestName(std::string_view word, std::span<const std::string_view> known);

} // namespace outrider
