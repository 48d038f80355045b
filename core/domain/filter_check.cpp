// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/filter_check.h"

#include <algorithm>
#include <vector>

namespace outrider {

namespace {

tl::unexpected<Error> wrongAt(const FilterTerm& term, const std::string& what) {
    return fail(ErrorCode::FilterSyntax, std::to_string(term.position) + ": " + what);
}

Result<> checkValue(const FilterTerm& term, const CustomField& field, const std::string& value) {
    const std::string named = "\"" + term.field + "\"";
    switch (field.type) {
    case CustomFieldType::Number:
        if (!plainNumber(value))
            return wrongAt(term, "a number after " + named);
        break;
    case CustomFieldType::Money:
        if (!readCustomValue(field, value))
            return wrongAt(term, "an amount in " + field.currency + " after " + named);
        break;
    case CustomFieldType::Date:
        if (!parseFilterDate(value, {}))
            return wrongAt(term, "a date such as today, 2026-11-19 or 30d after " + named);
        break;
    case CustomFieldType::YesNo:
        if (!readCustomValue(field, value))
            return wrongAt(term, "yes or no after " + named);
        break;
    case CustomFieldType::Choice:
    case CustomFieldType::MultiChoice:
        // ":" finds a part of one, too.
        if ((term.op == FilterOp::Equals || term.op == FilterOp::NotEquals) && !readCustomValue(field, value)) {
            const std::vector<std::string_view> choices(field.choices.begin(), field.choices.end());
            const std::string near = nearestName(value, choices);
            return wrongAt(term, "one of the choices after " + named
                                     + (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
        }
        break;
    case CustomFieldType::Text:
    case CustomFieldType::Url:
        break;
    }
    return {};
}

Result<> checkNamed(const FilterTerm& term, std::string_view name, std::span<const CustomField> fields,
                    const CustomField** found) {
    const auto key = customFieldKey(name);
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const CustomField& one) { return one.key == *key; });
    if (field != fields.end()) {
        *found = &*field;
        return {};
    }
    std::vector<std::string_view> keys;
    for (const CustomField& one : fields)
        keys.push_back(one.key);
    const std::string near = nearestName(*key, keys);
    return wrongAt(term, "there is no field \"" + std::string(name) + "\""
                             + (near.empty() ? std::string() : "; did you mean \"custom:" + near + "\"?"));
}

Result<> checkTerm(const FilterTerm& term, std::span<const CustomField> fields) {
    const CustomField* field = nullptr;
    if (term.field == "has") {
        for (const std::string& value : term.values) {
            if (customFieldKey(value))
                OUTRIDER_TRY(checkNamed(term, value, fields, &field));
        }
        return {};
    }
    if (!customFieldKey(term.field))
        return {};
    OUTRIDER_TRY(checkNamed(term, term.field, fields, &field));
    const bool ordered = term.op != FilterOp::Contains && term.op != FilterOp::Equals && term.op != FilterOp::NotEquals;
    if (ordered && (field->type == CustomFieldType::YesNo || field->type == CustomFieldType::MultiChoice))
        return wrongAt(term, "\"" + term.field + "\" has no order; use \":\"");
    for (const std::string& value : term.values)
        OUTRIDER_TRY(checkValue(term, *field, value));
    return {};
}

Result<> checkNode(const FilterNode& node, std::span<const CustomField> fields) {
    if (node.kind == FilterNode::Kind::Term)
        return checkTerm(node.term, fields);
    for (const FilterNode& child : node.children)
        OUTRIDER_TRY(checkNode(child, fields));
    return {};
}

// Of Damerau and Levenshtein, over two neighbouring rows and the one before.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

Result<> checkFilter(const Filter& filter, std::span<const CustomField> fields) { return checkNode(filter.root, fields); }

std::string nearestName(std::string_view word, std::span<const std::string_view> known) {
    std::string_view best;
    std::size_t least = word.size() <= 4 ? 2 : 3; // slips that are too many
    if (word.empty() || word.size() > 64)
        return {};
    for (const std::string_view name : known) {
        if (name.size() > word.size() + 3 || word.size() > name.size() + 3)
            continue;
        const std::size_t slips = distance(word, name);
        if (slips < least) {
            least = slips;
            best = name;
        }
    }
    if (best.empty() && word.size() >= 3) {
        for (const std::string_view name : known) {
            if (name.starts_with(word) && (best.empty() || name.size() < best.size()))
                best = name;
        }
    }
    return std::string(best);
}

} // namespace outrider
