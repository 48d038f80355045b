// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/company.h"
#include "core/domain/lead.h"

#include <map>
#include <string>
#include <string_view>

namespace outrider {

// A lead's fields by their names (core/domain/field.h): what `lead add`, `lead edit` and the lead page
// write. Values are normalised as an import normalises them; an empty value clears the field.
// InvalidField (no such field, or not one a person edits), InvalidEmail, InvalidPhone, InvalidArgument.
// What concerns the company goes into `company`.
Result<> setLeadField(Lead& lead, Company& company, std::string_view field, std::string_view value);

} // namespace outrider
