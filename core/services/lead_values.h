// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company.h"
#include "core/domain/custom_field.h"
#include "core/domain/lead.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

// A lead as a row of an export: what core/services/lead_fields.h reads, written again.
struct LeadRecord {
    Lead lead;
    std::optional<Company> company;
    std::string owner;
    std::string status; // its key
    std::string strategy;
    bool emailSuppressed = false;
    bool phoneSuppressed = false;
};

// The value of a field, as an import reads it; moments are ISO 8601. Empty when there is none.
std::string leadValue(const LeadRecord& record, std::string_view field);

// Every column an export may have, and those it has when none is named: what an import takes again, and since when.
std::vector<std::string> exportColumns(std::span<const CustomField> fields);
bool isExportColumn(std::string_view field);

} // namespace outrider
