// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/header_rules.h"

#include <span>
#include <string_view>

namespace outrider::exchange {

// What a product's column is, when not a field's key. "": known, and nothing of ours.
inline constexpr std::string_view deletedFlag = "@deleted"; // rows marked here are not imported

// A column of a product's export. "&company": may share the field with the column before it, and
// counts where that one is empty.
struct KnownColumn {
    std::string_view header;
    std::string_view field;
};

// A product's export: how it is recognised, and what its columns mean. The header lines are those of
// real files or of programs that read them; none is a vendor's own specification.
struct SourceFormat {
    std::string_view key; // "apollo_full": in JSON, --as
    RowObject object = RowObject::Person;
    // Columns that must be there, alternatives between bars: one of each. "Person - *" is a column
    // that begins so; two of them have to be there. "=firstName" must be spelled exactly so.
    std::span<const std::string_view> signature;
    std::span<const KnownColumn> columns;
    bool restIsCustom = false; // columns not listed are variables of the product's templates
};

std::span<const SourceFormat> sourceFormats();

// nullptr: no such format.
const SourceFormat* findSourceFormat(std::string_view key);

// "HubSpot contacts": what people call such a file; empty when there is no such format.
std::string_view titleOf(std::string_view key);

// What we have exported ourselves; the column tells, and every other has the name of our field.
inline constexpr std::string_view outriderFormat = "outrider";
inline constexpr std::string_view outriderIdColumn = "outrider_id";

// Files of vCards: what they are is told by their bytes, not by their columns.
inline constexpr std::string_view vcardFormat = "vcard";

// Files of no known product.
inline constexpr std::string_view genericFormat = "generic";

} // namespace outrider::exchange
