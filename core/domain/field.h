// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace outrider {

enum class FieldType {
    Text,
    Email,
    Phone,
    Url,
    Number,
    Date,
    Choice, // a status, strategy, owner, channel: one of a known set
    Tags,
    YesNo,
};

// One field of a lead, its company or its history, by the name every part of Outrider uses for it:
// import mapping, filter language, templates, JSON, the command line. The names are a contract.
struct Field {
    std::string_view key;
    FieldType type = FieldType::Text;
    bool importable = false; // a column of a file may go there
    bool editable = false;   // lead add, lead edit, the lead page
    bool filterable = false; // lead list --filter
    bool sortable = false;   // lead list --sort
    bool variable = false;   // {{key}} in a template
};

std::span<const Field> fields();

// nullptr: no such field. Custom fields ("custom:icebreaker") are not in the catalogue.
const Field* findField(std::string_view key);

inline constexpr std::string_view customFieldPrefix = "custom:";

// "icebreaker" for "custom:icebreaker".
std::optional<std::string_view> customFieldKey(std::string_view key);

// A key for a custom field from what a person or a file calls it: "Dock count" -> "dock_count".
std::string toFieldKey(std::string_view name);

} // namespace outrider
