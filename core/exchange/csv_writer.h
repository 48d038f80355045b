// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace outrider::exchange {

struct CsvOptions {
    char delimiter = ',';
    bool byteOrderMark = true; // without it Excel takes UTF-8 for the machine's old code page
    bool guardFormulas = true; // see csv_guard.h; our own reader takes the guard away again
};

// Appends one record (RFC 4180, CR LF) of UTF-8 cells. Cells with any usual delimiter in them are
// quoted, whichever delimiter is used, so that no program splits them differently.
void appendRecord(std::string& out, std::span<const std::string_view> cells, const CsvOptions& options);

// Where a writer's bytes go.
class ByteSink {
public:
    virtual ~ByteSink() = default;

    // ErrorCode: DiskFull, FileUnwritable.
    virtual Result<> write(std::string_view bytes) = 0;
    // Makes what was written last, all or nothing; without it nothing is left behind.
    virtual Result<> commit() = 0;
};

// A file that appears under `path` (UTF-8) complete and synced, or not at all: written beside it and
// renamed over it by commit(). ErrorCode: FileUnwritable.
Result<std::unique_ptr<ByteSink>> replaceFile(const std::string& path);

// Writes a table record by record in bounded memory. The first failure is final: every later call
// returns it. Not thread-safe.
class CsvWriter {
public:
    explicit CsvWriter(std::unique_ptr<ByteSink> sink, CsvOptions options = {});

    static Result<CsvWriter> create(const std::string& path, CsvOptions options = {});

    Result<> write(std::span<const std::string_view> cells);
    Result<> write(std::span<const std::string> cells);

    // Nothing may be written afterwards. Not called: nothing is left of the file.
    Result<> finish();

    std::int64_t records() const { return m_records; }

private:
    Result<> flush();

    std::unique_ptr<ByteSink> m_sink;
    CsvOptions m_options;
    std::string m_buffer;
    std::int64_t m_records = 0;
    Result<> m_state;
};

} // namespace outrider::exchange
