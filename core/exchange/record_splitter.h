// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// One record of a delimited text. The cells are views that live until the callback returns.
struct Record {
    std::int64_t number = 0; // counted from 1 as a spreadsheet does: blank lines count, line breaks in cells do not
    std::span<const std::string_view> cells; // none: a blank line
    bool repaired = false;                   // its quotes are not those of RFC 4180; see RecordSplitter
    bool suspicious = false;                 // well-formed, but lines inside a cell look like records
};

struct SplitterLimits {
    std::size_t recordBytes = std::size_t(4) << 20U; // a longer record is FileTooLarge
    std::size_t cells = 16384;                       // as many columns as a spreadsheet has
};

// Splits UTF-8 text, given piece by piece, into records. Where the text is cut makes no difference.
//
// libcsv reads what RFC 4180 describes, strictly, with CR LF, LF or CR at the line ends. What it
// refuses is read again as spreadsheets do: a quote inside an unquoted cell is itself, and what
// follows a closing quote belongs to the cell. A quote that is never closed would swallow all rows
// behind it; so when the line that opens it and the one behind have the number of cells a record
// has, each by itself, it is taken as a plain character. What is well-formed is never read
// otherwise, only marked as suspicious. Memory: one record. Not thread-safe.
class RecordSplitter {
public:
    // False ends the reading: feed() and finish() then do nothing more.
    using Sink = std::function<bool(const Record&)>;

    RecordSplitter(char delimiter, Sink sink, SplitterLimits limits = {});
    RecordSplitter(const RecordSplitter&) = delete;
    RecordSplitter& operator=(const RecordSplitter&) = delete;
    ~RecordSplitter();

    // ErrorCode::FileTooLarge when a record passes the limits.
    Result<> feed(std::string_view text);
    Result<> finish();

    // How many cells a record has. Not said: as many as the last one.
    void expectCells(std::size_t count) { m_expected = count; }

    bool stopped() const { return m_stopped; }

private:
    struct Parser;

    Result<> process(bool last);
    Result<> takeLine(std::size_t end);
    std::size_t lineEnd(std::size_t from, bool last) const;
    bool opensByMistake(std::size_t end) const;
    Result<> emit(std::size_t end, bool repaired);
    Result<> emitLiterally();
    Result<> readLeniently(std::size_t end, bool last);
    Result<> tooLarge(std::string_view what) const;

    std::unique_ptr<Parser> m_parser;
    Sink m_sink;
    SplitterLimits m_limits;
    char m_delimiter;
    std::string m_buffer;
    std::size_t m_start = 0; // where in it the current record begins
    std::size_t m_next = 0;  // where in it the next line to parse begins
    std::int64_t m_number = 0;
    std::size_t m_expected = 0;
    std::size_t m_lastCount = 0;
    bool m_lenient = false; // the current record was refused by libcsv and goes on
    bool m_suspicious = false;
    bool m_stopped = false;
};

struct LenientSplit {
    std::size_t end = 0; // behind the record's line end; npos: the text ended inside quotes
    bool odd = false;    // something follows a closing quote, or there is none
};

// Splits the first record of `text` as spreadsheets do; with `quotes` unset they are characters like
// any other. Replaces `cells`; when the text ends inside quotes, the last is what there was.
LenientSplit splitLeniently(std::string_view text, char delimiter, bool quotes, std::vector<std::string>& cells);

} // namespace outrider::exchange
