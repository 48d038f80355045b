// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/cell_dates.h"
#include "core/exchange/format_signature.h"
#include "core/exchange/header_rules.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// Why a column is mapped as it is. The names are machine names, stable.
enum class MappingReason {
    Signature,         // the product's own column
    SharedBySignature, // so is another; this one counts where that one is empty
    Name,              // the header's words
    NameAndContent,
    Content,  // the cells; the header says nothing
    Variable, // a variable of the product's templates
    Override, // the person said so
    // Not mapped:
    Ignored, // the person said so
    NoField, // understood, and nothing of ours
    NotUnderstood,
    Empty,        // no header and no cells
    Contradicted, // the header says one thing, the cells another
    Taken,        // another column has a better claim to the field
    Label,        // says of what kind another column's cells are
    DeletedFlag,  // rows marked here are not imported
};

std::string_view name(MappingReason reason);

// How the cells of a refusal column are to be read.
enum class RefusalReading {
    Plain,       // yes refuses
    Inverted,    // a permission: no refuses
    VerdictOnly, // only words like "unsubscribed" refuse
};

struct ColumnMapping {
    std::size_t index = 0;
    std::string header;
    std::string field; // a key of the catalogue or "custom:key"; empty: not mapped
    double confidence = 0;
    MappingReason reason = MappingReason::NotUnderstood;
    std::string evidence; // product, other column, what the cells are
    std::vector<std::string> samples;

    std::optional<std::size_t> labels; // the column with this one's labels ("Phone 1 - Label")
    RefusalScope scope = RefusalScope::Email;
    RefusalReading reading = RefusalReading::Plain;
    DateOrder dateOrder = DateOrder::Unknown;
    bool dateOrderUndecidable = false;

    bool mapped() const { return !field.empty(); }

    bool operator==(const ColumnMapping&) const = default;
};

// "signature:apollo_full", "taken:Email": the reason and its evidence.
std::string reasonText(const ColumnMapping& column);

struct TableMapping {
    std::string format; // a product's key or "generic"
    double formatConfidence = 0;
    RowObject object = RowObject::Person;
    std::vector<ColumnMapping> columns;

    bool has(std::string_view field) const;
    bool operator==(const TableMapping&) const = default;
};

// A person's own word on one column.
struct MappingOverride {
    std::string column; // its header in any case, or "#3" for the third
    std::string field;  // a field's key, "custom:key", or "ignore"
};

struct MappingOptions {
    std::string format; // --as; empty: recognised
    std::vector<MappingOverride> overrides;
    bool hasHeader = true; // false: the header is "A", "B"… and says nothing
};

// Decides what every column is. Two columns never get the same field, except those that can have
// several (refusals, bounces, replies, tags, notes, labelled numbers, the company's number) and those
// a product shares; the others get the next free field of their kind (email_2) or none, and say why.
// A refusal, bounce or reply is never mapped to anything else, and never dropped for its cells.
// ErrorCode: NotFound (no such column or format; detail: which), InvalidField, Conflict (two columns
// said to be the same field).
Result<TableMapping> mapColumns(std::span<const std::string> header, const std::vector<std::vector<std::string>>& sample,
                                const MappingOptions& options = {});

} // namespace outrider::exchange
