// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/archive.h"
#include "core/store/journal/journaled_tables.h"
#include "core/store/sqlite/connection.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace outrider::store {

// The rows of an archive, one table after another, in each of its formats.

struct Blob {
    std::string bytes;
};
using ArchiveValue = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

// What is wrong with an archive, and where. Thrown while reading one; never leaves the archive.
class ArchiveError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class ArchiveWriter {
public:
    virtual ~ArchiveWriter() = default;
    virtual void begin(const std::string& table, const std::vector<Column>& columns) = 0;
    virtual void row(const std::vector<ArchiveValue>& values) = 0;
    virtual void end() = 0; // of the table
};

class ArchiveReader {
public:
    virtual ~ArchiveReader() = default;
    // Columns: which the archive says it has, each with the type the schema gives it.
    virtual void begin(const std::string& table, const std::vector<Column>& columns) = 0;
    // False: no more rows. Values are of the columns' types, or ArchiveError.
    virtual bool next(std::vector<ArchiveValue>& values) = 0;
    virtual std::string where() const = 0; // "lead.jsonl, line 7"
};

// Throw StoreException (DiskFull, FileUnwritable, FileUnreadable…).
std::unique_ptr<ArchiveWriter> archiveWriter(ArchiveFormat format, const std::string& folder);
std::unique_ptr<ArchiveReader> archiveReader(ArchiveFormat format, const std::string& folder);

// The files an archive of these tables has, without the manifest.
std::vector<std::string> archiveFiles(ArchiveFormat format, const std::vector<std::string>& tables);

} // namespace outrider::store
