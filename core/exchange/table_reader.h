// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/exchange/byte_source.h"
#include "core/exchange/encoding_detector.h"
#include "core/exchange/record_source.h"
#include "core/exchange/record_splitter.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

enum class HeaderMode {
    Detect,   // by what is written there
    FirstRow, // the first row that is not blank
    None,     // all rows are data
};

struct ReadOptions {
    std::string encoding; // as ICU calls it; empty: found out
    char delimiter = 0;   // 0: found out
    std::string sheet;    // of a workbook: its name or "#2"; empty: the one with the most cells
    HeaderMode header = HeaderMode::Detect;
    std::size_t sampleRows = 1000;
    bool keepBlankRows = false;
    SplitterLimits limits;
};

// What holds a table. The names are machine names, stable.
enum class TableContainer { Text, Workbook, Cards, Json };

std::string_view name(TableContainer container); // "text", "xlsx", "vcard", "json"

// What a table's file looks like.
struct TableFormat {
    TableContainer container = TableContainer::Text;
    std::vector<std::string> sheets; // of a workbook, those with anything in them
    std::string sheet;               // which of them this is
    std::string encoding;
    bool byteOrderMark = false;
    char delimiter = ',';
    bool named = false;              // whether the columns have names
    std::int64_t headerRow = 0;      // which row has them, as a spreadsheet counts; 0: none
    std::vector<std::string> header; // trimmed; without a header "A", "B"… as a spreadsheet says
    std::int64_t bytes = 0;
    std::int64_t rows = 0; // data rows
    bool exact = false;    // whether `rows` is counted, not estimated
};

// One data row; the cells live until the callback returns.
struct TableRow {
    std::int64_t number = 0; // as a spreadsheet counts
    // At least as many as there are columns; more when the row is longer than the header.
    std::span<const std::string_view> cells;
    std::size_t columns = 0; // how many of the cells have a column
    std::size_t given = 0;   // how many cells the row really has
    bool repaired = false;   // its quotes were wrong (RecordSplitter)
    bool suspicious = false; // a cell holds lines that look like rows: a quote may be missing
    bool damaged = false;    // bytes in it could not be read (U+FFFD)
};

// What reading a table came upon.
struct ReadSummary {
    std::int64_t rows = 0;  // data rows given to the callback
    std::int64_t blank = 0; // blank, or delimiters only
    std::int64_t shorter = 0;
    std::int64_t longer = 0;
    std::int64_t repaired = 0;
    std::int64_t suspicious = 0;
    std::int64_t damaged = 0;       // rows with U+FFFD
    std::int64_t replacedBytes = 0; // sequences the encoding has no character for
    std::int64_t zeroBytes = 0;     // kept in their cells

    bool operator==(const ReadSummary&) const = default;
};

// Reads a file of any size as a table, in bounded memory: the bytes come in pieces, one row is held at a time.
// What it is is told by its bytes, never by its name: a delimited text, an Excel workbook (XlsxReader), vCards
// (VcardReader), JSON (JsonReader). open() finds out the encoding, the delimiter and the header and takes a
// sample; read() goes through all rows, as often as wanted. Not thread-safe; one thread at a time.
class TableReader {
public:
    // False ends the reading without an error.
    using RowSink = std::function<bool(const TableRow&)>;

    // ErrorCode: FileNotFound, FileUnreadable, EmptyFile, UnsupportedFormat (no table; detail
    // says what it is: "pdf", "an Excel workbook with a password"…), NotFound (the sheet), Unsupported (the encoding),
    // FileTooLarge, Cancelled.
    static Result<TableReader> open(const std::string& path, ReadOptions options = {}, ProgressPtr progress = {});
    static Result<TableReader> open(std::unique_ptr<ByteSource> source, ReadOptions options = {}, ProgressPtr progress = {});

    const TableFormat& format() const { return m_format; }

    // The first data rows, padded to the header's width.
    const std::vector<std::vector<std::string>>& sample() const { return m_sample; }

    // Calls `sink` for every data row in order and counts them; format().rows is exact afterwards.
    // Progress counts bytes. ErrorCode: FileUnreadable, FileTooLarge, Cancelled.
    Result<ReadSummary> read(const RowSink& sink);

private:
    TableReader() = default;
    Result<> openText();
    Result<> openRecords(std::unique_ptr<RecordSource> records, TableContainer container);
    Result<bool> openWorkbook(); // false: the file is none
    Result<> detectEncoding();
    Result<std::string> decodeSample();
    struct Sample;
    Result<> takeSample(const std::string& text, std::int64_t sampledBytes);
    Result<> takeRecords();
    Result<> settle(Sample sample, bool whole);
    Result<> readText(const RecordSplitter::Sink& sink, ReadSummary& summary);
    Result<bool> nextPiece(std::string& text); // false: the end
    Result<> begin();

    bool cancelled() const { return m_progress && m_progress->cancelled(); }

    struct Decoding;

    struct Deleter {
        void operator()(Decoding* decoding) const;
    };

    std::unique_ptr<ByteSource> m_source;
    std::unique_ptr<RecordSource> m_records; // of m_source, when it is no text
    ReadOptions m_options;
    ProgressPtr m_progress;
    EncodingGuess m_encoding;
    TableFormat m_format;
    std::int64_t m_firstRow = 1; // of the data; 2 behind Excel's "sep=;"
    std::vector<std::vector<std::string>> m_sample;
    std::unique_ptr<Decoding, Deleter> m_decoding;
};

// "A" for 0, "Z" for 25, "AA" for 26: what a spreadsheet calls its columns.
std::string columnLetters(std::size_t index);

} // namespace outrider::exchange
