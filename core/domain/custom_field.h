// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/enum_names.h"
#include "core/domain/field.h"
#include "core/domain/ids.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

// What a custom field holds. Stored; never renumber.
enum class CustomFieldType {
    Text = 0,
    Number = 1,
    Money = 2, // in the field's currency
    Date = 3,
    Choice = 4,
    MultiChoice = 5,
    YesNo = 6,
    Url = 7,
};

inline constexpr auto customFieldTypeNames = enumNames<CustomFieldType>({
    {CustomFieldType::Text, "text"},
    {CustomFieldType::Number, "number"},
    {CustomFieldType::Money, "money"},
    {CustomFieldType::Date, "date"},
    {CustomFieldType::Choice, "choice"},
    {CustomFieldType::MultiChoice, "multi_choice"},
    {CustomFieldType::YesNo, "yes_no"},
    {CustomFieldType::Url, "url"},
});

constexpr std::string_view name(CustomFieldType type) { return customFieldTypeNames.name(type); }

// A field of leads that the person made: "custom:dock_count" everywhere. The key never changes once made, so that
// filters, templates and mappings that use it keep meaning it; the name may.
struct CustomField {
    CustomFieldId id;
    std::string key;
    std::string name;
    CustomFieldType type = CustomFieldType::Text;
    std::string currency;              // of money: ISO 4217
    std::vector<std::string> choices;  // in their order
    int position = 0;                  // among the fields
    std::optional<Instant> archivedAt; // no longer offered; what leads have of it stays

    bool operator==(const CustomField&) const = default;
};

// Whether the field makes sense by itself: a name, a currency of three letters for money, choices that differ and have
// none of the characters that part them (",", ";", "|"). InvalidArgument.
Result<> checkCustomField(const CustomField& field);

// What a person or a file wrote as the field keeps it; an empty text stays empty.
//   number  "1234.5"         from 1,234.50 and 1.234,50 as well; up to 15 digits
//   money   "1234.50 EUR"    with or without the currency; another one is refused
//   date    "2026-11-19"     from 19.11.2026 as well
//   choice  as it is spelled among the choices; several: "north, south" in their order
//   yes/no  "yes" or "no"
//   url     with its scheme, http or https
// InvalidArgument: "Dock count: a number, such as 12 or 3.5: many".
Result<std::string> readCustomValue(const CustomField& field, std::string_view text);

// The number a value of that type begins with, for comparing: numbers and money. Nothing for the other types.
std::optional<double> customNumber(CustomFieldType type, std::string_view value);

// "12 or 3.5" as a number, in the ways people write it; nothing when it is none.
std::optional<std::string> plainNumber(std::string_view text);

// The kind of field it is to filters and their completion.
FieldType fieldTypeOf(CustomFieldType type);

} // namespace outrider
