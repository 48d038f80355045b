// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

// The filter language: what the search box, saved views, the command line and bulk actions share.
//
//   status:open strategy:"Q4 fintech" due<=today city:Berlin -tag:customer last_touch>30d has:phone
//
//   filter   = any { "or" any }          words beside each other all have to hold
//   any      = one { one }
//   one      = [ "-" ] ( "(" filter ")" | field op values | word )
//   op       = ":" | "=" | "!=" | "<" | "<=" | ">" | ">="
//   values   = value { "," value }       any of them
//   value    = word | "quoted text"
//
// A bare word searches names, company, e-mail and domain. `field:` on text means "contains", `=`
// means "is". Dates: today, tomorrow, yesterday, 2026-11-19, +7d (in 7 days), -7d or 7d (7 days
// ago); due<=today means until the end of today. last_touch>30d reads "longer ago than 30 days".
// `field:none` is empty, `has:field` is not empty. Custom fields: custom:dock_count>5.

enum class FilterOp { Contains, Equals, NotEquals, Less, LessOrEqual, Greater, GreaterOrEqual };

struct FilterTerm {
    std::string field; // empty: a bare word
    FilterOp op = FilterOp::Contains;
    std::vector<std::string> values; // any of them; "none" (unquoted) means empty
    bool none = false;
    int position = 0; // where it starts in the text, for messages

    bool operator==(const FilterTerm&) const = default;
};

// A node is a term, or a group of nodes that must all hold or of which one must.
struct FilterNode {
    enum class Kind { Term, All, Any };
    Kind kind = Kind::All;
    bool negated = false;
    FilterTerm term;
    std::vector<FilterNode> children;

    bool operator==(const FilterNode&) const = default;
};

struct Filter {
    FilterNode root; // All, without children: everything

    bool matchesEverything() const { return root.kind == FilterNode::Kind::All && root.children.empty(); }
    bool operator==(const Filter&) const = default;
};

// ErrorCode::FilterSyntax with "position: what is wrong" (0-based, in bytes) as its detail.
// Field names are checked against the catalogue (core/domain/field.h).
Result<Filter> parseFilter(std::string_view text);

// The text of a filter that parses to the same one; the canonical spelling.
std::string toText(const Filter& filter);

// A date of the language: the local days [first, last] it covers, as days since 1970.
// `today` is the person's local date.
struct DateRange {
    std::chrono::sys_days first;
    std::chrono::sys_days last;
};
Result<DateRange> parseFilterDate(std::string_view text, std::chrono::sys_days today);

// Whether "30d" and the like stand for an age: then "greater" means "longer ago".
bool isAge(std::string_view text);

} // namespace outrider
