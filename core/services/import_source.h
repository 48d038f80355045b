// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/lead_row.h"
#include "core/exchange/table_reader.h"
#include "core/services/import_service.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace outrider {

// A file opened for importing: what it is, what its columns mean, and its rows as leads. Not
// thread-safe; one thread at a time.
class ImportSource {
public:
    // FileNotFound, FileUnreadable, EmptyFile (no rows at all), UnsupportedFormat (no table), NoHeaderRow
    // (and its cells do not speak for themselves), InvalidArgument (no column says who a lead is; no such
    // format), InvalidField, NotFound (no such column), Conflict (two columns for one field), Cancelled.
    static Result<ImportSource> open(const ImportOptions& options, ProgressPtr progress);

    const exchange::TableFormat& table() const { return m_reader->format(); }
    const exchange::TableMapping& mapping() const { return m_mapping; }

    // "hubspot_contacts"; "plain" when of no known product.
    std::string format() const;
    std::string fileName() const { return m_fileName; }
    // Where leads come from when no column says so: the product, or the file's name.
    std::string origin() const;
    // The columns and their fields in the file's order, as JSON: [{"column":…,"field":…}].
    std::string mappingJson() const;
    // How many of the file's headings are the product's own.
    int knownHeadings() const;

    // All rows in order, until `sink` says false. FileUnreadable, FileTooLarge, Cancelled.
    using Sink = std::function<bool(const exchange::TableRow&, exchange::LeadRow)>;
    Result<> read(const Sink& sink);

private:
    ImportSource() = default;

    std::string m_fileName;
    std::unique_ptr<exchange::TableReader> m_reader;
    exchange::TableMapping m_mapping;
    std::unique_ptr<exchange::LeadRowReader> m_rows;
};

// The columns of ImportSource::mappingJson() again.
struct ImportedColumn {
    std::string header;
    std::string field;
};
std::vector<ImportedColumn> importedColumns(const std::string& mappingJson);

// What the column of reasons is called in a file of rejected rows.
inline constexpr std::string_view reasonColumn = "Outrider reason";

} // namespace outrider
