// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/import_source.h"

#include "core/contact/text.h"
#include "core/exchange/format_signature.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace outrider {

using nlohmann::json;

namespace {

constexpr std::string_view pastedName = "clipboard";
constexpr std::string_view plainFormat = "plain"; // what the façade calls exchange::genericFormat

std::string fileNameOf(const std::string& path) {
    const auto slash = path.find_last_of("/\\");
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

Result<exchange::MappingOptions> mappingOptions(const ImportOptions& options, const exchange::TableFormat& table) {
    exchange::MappingOptions mapping{.format = options.format, .hasHeader = table.named};
    if (mapping.format.empty() && table.container == exchange::TableContainer::Cards)
        mapping.format = exchange::vcardFormat;
    if (mapping.format == plainFormat)
        mapping.format = exchange::genericFormat;
    if (!mapping.format.empty() && mapping.format != exchange::genericFormat
        && exchange::findSourceFormat(mapping.format) == nullptr) {
        std::string known(plainFormat);
        for (const exchange::SourceFormat& format : exchange::sourceFormats())
            known += ", " + std::string(format.key);
        return fail(ErrorCode::InvalidArgument, "no format is called " + options.format + "; there are " + known);
    }
    for (const auto& [column, field] : options.mapping)
        mapping.overrides.push_back({column, field.empty() ? "ignore" : field});
    // Our own column of reasons is nothing to import.
    const bool ours = std::find(table.header.begin(), table.header.end(), reasonColumn) != table.header.end();
    if (ours && !options.mapping.contains(std::string(reasonColumn)))
        mapping.overrides.push_back({std::string(reasonColumn), "ignore"});
    return mapping;
}

} // namespace

Result<ImportSource> ImportSource::open(const ImportOptions& options, ProgressPtr progress) {
    ImportSource source;
    source.m_fileName = options.text.empty() ? fileNameOf(options.path) : std::string(pastedName);
    const exchange::ReadOptions how{.sheet = options.sheet};
    OUTRIDER_ASSIGN(auto reader, options.text.empty()
                                     ? exchange::TableReader::open(options.path, how, std::move(progress))
                                     : exchange::TableReader::open(exchange::fromMemory(options.text), how, std::move(progress)));
    source.m_reader = std::make_unique<exchange::TableReader>(std::move(reader));
    const exchange::TableFormat& table = source.table();
    if (source.m_reader->sample().empty())
        return fail(ErrorCode::EmptyFile, options.path);
    OUTRIDER_ASSIGN(const auto wishes, mappingOptions(options, table));
    OUTRIDER_ASSIGN(source.m_mapping, exchange::mapColumns(table.header, source.m_reader->sample(), wishes));
    source.m_rows = std::make_unique<exchange::LeadRowReader>(source.m_mapping, source.m_reader->sample());
    if (!source.m_rows->canIdentify()) {
        if (!table.named)
            return fail(ErrorCode::NoHeaderRow, options.path);
        return fail(ErrorCode::InvalidArgument,
                    "no column holds a name, an e-mail address, a phone number, a LinkedIn profile or a "
                    "company");
    }
    return source;
}

std::string ImportSource::format() const {
    return m_mapping.format == exchange::genericFormat ? std::string(plainFormat) : m_mapping.format;
}

std::string ImportSource::origin() const {
    if (m_mapping.format != exchange::genericFormat)
        return m_mapping.format.substr(0, m_mapping.format.find('_'));
    return m_fileName.substr(0, m_fileName.rfind('.'));
}

std::string ImportSource::mappingJson() const {
    json columns = json::array();
    for (const exchange::ColumnMapping& column : m_mapping.columns)
        columns.push_back({{"column", column.header}, {"field", column.field}});
    return columns.dump(-1, ' ', false, json::error_handler_t::replace);
}

int ImportSource::knownHeadings() const {
    const exchange::SourceFormat* format = exchange::findSourceFormat(m_mapping.format);
    if (format == nullptr)
        return 0;
    return static_cast<int>(std::count_if(m_mapping.columns.begin(), m_mapping.columns.end(), [&](const auto& column) {
        return exchange::knownColumn(*format, column.header) != nullptr;
    }));
}

Result<> ImportSource::read(const Sink& sink) {
    OUTRIDER_TRY(m_reader->read([&](const exchange::TableRow& row) { return sink(row, m_rows->read(row)); }));
    return {};
}

std::vector<ImportedColumn> importedColumns(const std::string& mappingJson) {
    std::vector<ImportedColumn> columns;
    const json stored = json::parse(mappingJson, nullptr, false);
    if (!stored.is_array())
        return columns;
    for (const json& column : stored) {
        if (column.is_object() && column.contains("column") && column["column"].is_string() && column.contains("field")
            && column["field"].is_string())
            columns.push_back({column["column"].get<std::string>(), column["field"].get<std::string>()});
    }
    return columns;
}

} // namespace outrider
