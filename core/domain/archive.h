// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"

#include <cstdint>
#include <string>

namespace outrider {

// What a folder that holds a whole workspace in plain text is made of, beside its manifest.json.
enum class ArchiveFormat {
    Jsonl,  // a file per table, a JSON object a line
    Csv,    // a file per table
    Sqlite, // one SQLite file, unencrypted
};

inline constexpr auto archiveFormatNames = enumNames<ArchiveFormat>({
    {ArchiveFormat::Jsonl, "jsonl"},
    {ArchiveFormat::Csv, "csv"},
    {ArchiveFormat::Sqlite, "sqlite"},
});

constexpr std::string_view name(ArchiveFormat format) { return archiveFormatNames.name(format); }

struct ArchiveFacts {
    ArchiveFormat format = ArchiveFormat::Jsonl;
    std::string hash; // of the content
    std::int64_t rows = 0;
};

} // namespace outrider
