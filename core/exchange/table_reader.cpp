// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/table_reader.h"

#include "core/contact/text.h"
#include "core/exchange/csv_guard.h"
#include "core/exchange/delimiter_detector.h"
#include "core/exchange/header_locator.h"
#include "core/exchange/json_reader.h"
#include "core/exchange/text_decoder.h"
#include "core/exchange/vcard_reader.h"
#include "core/exchange/xlsx_reader.h"

#include <algorithm>
#include <array>

namespace outrider::exchange {

namespace {

constexpr std::size_t pieceBytes = 256 * 1024;
constexpr std::size_t sampleBytes = std::size_t(1) << 20U; // of the file, for delimiter, header and sample

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct Magic {
    std::string_view bytes;
    std::string_view what;
};

// Files people take for tables, by how they begin.
constexpr std::array magics{
    Magic{"%PDF", "pdf"},   Magic{"\x1F\x8B", "gzip"}, Magic{"SQLite format 3", "sqlite"}, Magic{"BEGIN:VCALENDAR", "icalendar"},
    Magic{"{\\rtf", "rtf"}, Magic{"\x89PNG", "png"},   Magic{"\xFF\xD8\xFF", "jpeg"},
};

// What the text is when it is no table; empty when it may be one.
std::string_view notATable(std::string_view bytes, std::string_view text) {
    for (const Magic& magic : magics) {
        if (bytes.starts_with(magic.bytes))
            return magic.what;
    }
    const auto start = contact::trimmed(text.substr(0, 4096));
    const std::string lower = contact::asciiLower(start.substr(0, 64));
    for (const Magic& magic :
         {Magic{"<!doctype html", "html"}, Magic{"<html", "html"}, Magic{"<table", "html"}, Magic{"<?xml", "xml"}}) {
        if (lower.starts_with(magic.bytes))
            return magic.what;
    }
    const auto control = std::count_if(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1B;
    });
    return control * 20 > static_cast<std::ptrdiff_t>(text.size()) ? std::string_view("binary") : std::string_view();
}

bool isCards(std::string_view text) {
    return contact::asciiLower(contact::trimmed(text.substr(0, 4096)).substr(0, 11)) == "begin:vcard";
}

// Objects, or an array of them.
bool isJson(std::string_view text) {
    const auto start = contact::trimmed(text.substr(0, 4096));
    if (start.empty() || (start.front() != '{' && start.front() != '['))
        return false;
    const auto inside = contact::trimmed(start.substr(1));
    return !inside.empty()
           && (inside.front() == (start.front() == '{' ? '"' : '{') || (start.front() == '{' && inside.front() == '}'));
}

bool isBlank(std::span<const std::string_view> cells) {
    return std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
        // Only cells of few bytes can be white space; the others are not looked through.
        return cell.empty() || (cell.size() < 64 && contact::trimmed(cell).empty());
    });
}

} // namespace

std::string_view name(TableContainer container) {
    switch (container) {
    case TableContainer::Workbook:
        return "xlsx";
    case TableContainer::Cards:
        return "vcard";
    case TableContainer::Json:
        return "json";
    case TableContainer::Text:
        break;
    }
    return "text";
}

// The first rows that say something.
struct TableReader::Sample {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::int64_t> numbers;
    std::int64_t filled = 0;
    std::size_t width = 0;

    template <typename Text>
    void take(const Record& record, std::size_t most, const Text& text) {
        if (isBlank(record.cells))
            return;
        ++filled;
        if (rows.size() >= most + 64)
            return;
        width = std::max(width, record.cells.size());
        auto& row = rows.emplace_back();
        for (const auto cell : record.cells)
            row.emplace_back(text(cell));
        numbers.push_back(record.number);
    }
};

std::string columnLetters(std::size_t index) {
    std::string letters;
    for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters;
}

struct TableReader::Decoding {
    TextDecoder decoder;
    std::vector<char> bytes = std::vector<char>(pieceBytes);
    std::int64_t done = 0;
    bool ended = false;
};

void TableReader::Deleter::operator()(Decoding* decoding) const { delete decoding; }

Result<TableReader> TableReader::open(const std::string& path, ReadOptions options, ProgressPtr progress) {
    OUTRIDER_ASSIGN(auto source, openFile(path));
    auto reader = open(std::move(source), std::move(options), std::move(progress));
    if (!reader && reader.error().code == ErrorCode::EmptyFile)
        return fail(ErrorCode::EmptyFile, path);
    return reader;
}

Result<TableReader> TableReader::open(std::unique_ptr<ByteSource> source, ReadOptions options, ProgressPtr progress) {
    TableReader reader;
    reader.m_source = std::move(source);
    reader.m_options = std::move(options);
    reader.m_progress = std::move(progress);
    reader.m_format.bytes = reader.m_source->size();
    if (reader.m_progress) {
        reader.m_progress->setPhase(Progress::Phase::Reading);
        reader.m_progress->setTotal(reader.m_format.bytes);
    }
    OUTRIDER_ASSIGN(const bool workbook, reader.openWorkbook());
    if (!workbook)
        OUTRIDER_TRY(reader.openText());
    return reader;
}

Result<bool> TableReader::openWorkbook() {
    std::array<char, 4> start{};
    OUTRIDER_TRY(m_source->rewind());
    OUTRIDER_ASSIGN(const std::size_t count, m_source->read(start));
    const std::string_view magic(start.data(), count);
    if (magic == "\xD0\xCF\x11\xE0") {
        std::string bytes(std::size_t(16) << 20U, '\0'); // with its directory, for workbooks of the usual size
        std::size_t size = 0;
        for (std::size_t more = 1; more > 0 && size < bytes.size(); size += more) {
            OUTRIDER_ASSIGN(more, m_source->read(std::span(bytes).subspan(size)));
        }
        return fail(ErrorCode::UnsupportedFormat, std::string(oleKind(std::string_view(bytes).substr(0, size))));
    }
    if (magic != std::string_view("PK\3\4", 4) && magic != std::string_view("PK\5\6", 4))
        return false;
    OUTRIDER_ASSIGN(auto workbook, XlsxReader::open(*m_source, m_options.sheet, m_options.limits, m_progress));
    m_format.sheets = workbook->sheets();
    m_format.sheet = workbook->sheet();
    OUTRIDER_TRY(openRecords(std::move(workbook), TableContainer::Workbook));
    return true;
}

Result<> TableReader::openText() {
    OUTRIDER_TRY(detectEncoding());
    OUTRIDER_TRY(begin());
    OUTRIDER_ASSIGN(const std::string text, decodeSample());
    if (isCards(text)) {
        OUTRIDER_ASSIGN(auto cards, VcardReader::open(*m_source, m_encoding, m_options.limits, m_progress));
        return openRecords(std::move(cards), TableContainer::Cards);
    }
    if (isJson(text)) {
        OUTRIDER_ASSIGN(auto objects, JsonReader::open(*m_source, m_encoding, m_options.limits, m_progress));
        return openRecords(std::move(objects), TableContainer::Json);
    }
    if (const auto what = notATable({}, text); !what.empty())
        return fail(ErrorCode::UnsupportedFormat, std::string(what));
    return takeSample(text, m_decoding->done);
}

Result<> TableReader::openRecords(std::unique_ptr<RecordSource> records, TableContainer container) {
    m_records = std::move(records);
    m_format.container = container;
    if (m_format.encoding.empty())
        m_format.encoding = "UTF-8";
    return takeRecords();
}

Result<> TableReader::detectEncoding() {
    EncodingDetector detector;
    std::vector<char> bytes(pieceBytes);
    std::string start;
    std::int64_t total = 0;
    OUTRIDER_TRY(m_source->rewind());
    while (!detector.decided()) {
        if (cancelled())
            return fail(ErrorCode::Cancelled);
        OUTRIDER_ASSIGN(const std::size_t count, m_source->read(bytes));
        if (count == 0)
            break;
        if (start.empty())
            start.assign(bytes.data(), std::min<std::size_t>(count, 64));
        total += static_cast<std::int64_t>(count);
        detector.add({bytes.data(), count});
        if (!m_options.encoding.empty())
            break; // only for the byte order mark
    }
    if (total == 0)
        return fail(ErrorCode::EmptyFile);
    if (const auto what = notATable(start, {}); !what.empty())
        return fail(ErrorCode::UnsupportedFormat, std::string(what));
    m_encoding = detector.guess();
    if (!m_options.encoding.empty()) {
        const bool same = contact::asciiLower(m_encoding.name) == contact::asciiLower(m_options.encoding);
        m_encoding.name = m_options.encoding;
        if (!same)
            m_encoding.markBytes = 0;
    }
    m_format.encoding = m_encoding.name;
    m_format.byteOrderMark = m_encoding.markBytes > 0;
    return {};
}

Result<> TableReader::begin() {
    OUTRIDER_TRY(m_source->rewind());
    OUTRIDER_ASSIGN(auto decoder, TextDecoder::create(m_encoding.name));
    m_decoding.reset(new Decoding{.decoder = std::move(decoder)});
    std::array<char, 4> mark{};
    OUTRIDER_TRY(m_source->read(std::span(mark).first(std::size_t(m_encoding.markBytes))));
    return {};
}

Result<bool> TableReader::nextPiece(std::string& text) {
    Decoding& d = *m_decoding;
    text.clear();
    if (d.ended)
        return false;
    if (cancelled())
        return fail(ErrorCode::Cancelled);
    OUTRIDER_ASSIGN(const std::size_t count, m_source->read(d.bytes));
    d.ended = count == 0;
    d.decoder.decode({d.bytes.data(), count}, d.ended, text);
    d.done += static_cast<std::int64_t>(count);
    if (m_progress)
        m_progress->setDone(d.done);
    return true;
}

Result<std::string> TableReader::decodeSample() {
    std::string text;
    std::string piece;
    while (m_decoding->done < static_cast<std::int64_t>(sampleBytes)) {
        OUTRIDER_ASSIGN(const bool more, nextPiece(piece));
        if (!more)
            break;
        text += piece;
    }
    return text;
}

Result<> TableReader::takeSample(const std::string& text, std::int64_t sampledBytes) {
    const bool whole = m_decoding->ended || sampledBytes + m_encoding.markBytes >= m_format.bytes;
    // The last line of a part of the file may be cut.
    std::string_view lines = text;
    if (!whole) {
        if (const auto end = lines.find_last_of("\r\n"); end != std::string_view::npos)
            lines = lines.substr(0, end + 1);
    }
    m_format.delimiter = m_options.delimiter;
    const char declared = declaredDelimiter(lines.substr(0, lines.find_first_of("\r\n")));
    m_firstRow = declared != 0 ? 2 : 1;
    if (m_format.delimiter == 0)
        m_format.delimiter = declared != 0 ? declared : detectDelimiter(lines);

    Sample sample;
    const auto unguarded = [](std::string_view cell) { return restored(cell); };
    RecordSplitter splitter(
        m_format.delimiter,
        [&](const Record& record) {
            if (record.number >= m_firstRow)
                sample.take(record, m_options.sampleRows, unguarded);
            return true;
        },
        m_options.limits);
    OUTRIDER_TRY(splitter.feed(lines));
    if (whole)
        OUTRIDER_TRY(splitter.finish());
    if (sample.rows.empty()) {
        // A line longer than the sample, or nothing but blank lines
        return whole ? fail(ErrorCode::EmptyFile)
                     : fail(ErrorCode::FileTooLarge, "row 1: more than " + std::to_string(lines.size()) + " bytes");
    }
    OUTRIDER_TRY(settle(std::move(sample), whole));
    if (!whole && sampledBytes > 0)
        m_format.rows = static_cast<std::int64_t>(static_cast<double>(m_format.rows) * static_cast<double>(m_format.bytes)
                                                  / static_cast<double>(sampledBytes));
    return {};
}

// Of a file that is no text: its first records, without reading on.
Result<> TableReader::takeRecords() {
    Sample sample;
    bool whole = true;
    const std::size_t enough = m_options.sampleRows + 64;
    OUTRIDER_TRY(m_records->read(
        [&](const Record& record) {
            sample.take(record, m_options.sampleRows, [](std::string_view cell) { return cell; });
            whole = sample.rows.size() < enough;
            return whole;
        },
        nullptr));
    if (sample.rows.empty())
        return fail(ErrorCode::EmptyFile);
    const auto bytes = m_records->size();
    OUTRIDER_TRY(settle(std::move(sample), whole));
    if (const auto counted = m_records->count()) {
        m_format.rows = *counted;
        m_format.exact = true;
    } else if (!whole) { // some 60 bytes a cell of a sheet, in the middle
        const auto cells = std::max<std::int64_t>(1, std::int64_t(m_format.header.size()));
        m_format.rows = std::max(m_format.rows, bytes / (60 * cells));
    }
    return {};
}

Result<> TableReader::settle(Sample sample, bool whole) {
    auto& rows = sample.rows;
    std::optional<std::size_t> header;
    const bool given = m_records && !m_records->columns().empty();
    if (!given && m_options.header == HeaderMode::FirstRow)
        header = 0;
    else if (!given && m_options.header == HeaderMode::Detect)
        header = findHeader(rows);
    m_format.named = given || header;
    if (given) {
        m_format.header = m_records->columns();
    } else if (header) {
        m_format.headerRow = sample.numbers[*header];
        for (const std::string& name : rows[*header])
            m_format.header.emplace_back(contact::trimmed(name));
        while (m_format.header.size() > 1 && m_format.header.back().empty()) // a delimiter at the line's end
            m_format.header.pop_back();
    } else {
        for (std::size_t i = 0; i < sample.width; ++i)
            m_format.header.push_back(columnLetters(i));
    }

    const std::size_t first = header ? *header + 1 : 0;
    for (std::size_t i = first; i < rows.size() && m_sample.size() < m_options.sampleRows; ++i) {
        auto& row = m_sample.emplace_back(std::move(rows[i]));
        row.resize(std::max(row.size(), m_format.header.size()));
    }
    m_format.rows = std::max<std::int64_t>(0, sample.filled - static_cast<std::int64_t>(first));
    m_format.exact = whole;
    return {};
}

Result<ReadSummary> TableReader::read(const RowSink& sink) {
    if (!m_records)
        OUTRIDER_TRY(begin());
    if (m_progress) {
        m_progress->setPhase(Progress::Phase::Reading);
        m_progress->setTotal(m_records ? m_records->size() : m_format.bytes);
        m_progress->setDone(0);
    }
    ReadSummary summary;
    std::vector<std::string_view> cells;
    const std::size_t columns = m_format.header.size();
    const std::int64_t first = std::max(m_firstRow, m_format.headerRow + 1);
    const bool guarded = !m_records;
    bool stopped = false;
    const auto take = [&](const Record& record) {
        if (record.number < first)
            return true;
        const bool blank = isBlank(record.cells);
        if (blank && !m_options.keepBlankRows) {
            ++summary.blank;
            return true;
        }
        TableRow row{.number = record.number,
                     .columns = columns,
                     .given = record.cells.size(),
                     .repaired = record.repaired,
                     .suspicious = record.suspicious};
        cells.clear();
        for (const auto cell : record.cells)
            cells.push_back(guarded ? restored(cell) : cell);
        while (cells.size() > columns && contact::trimmed(cells.back()).empty())
            cells.pop_back();
        summary.blank += blank ? 1 : 0;
        summary.longer += cells.size() > columns ? 1 : 0;
        summary.shorter += record.cells.size() < columns ? 1 : 0;
        summary.repaired += record.repaired ? 1 : 0;
        summary.suspicious += record.suspicious ? 1 : 0;
        cells.resize(std::max(cells.size(), columns));
        const auto anyCellHas = [&](std::string_view text) {
            return std::any_of(cells.begin(), cells.end(),
                               [text](std::string_view c) { return c.find(text) != std::string_view::npos; });
        };
        row.damaged = guarded && m_decoding->decoder.replaced() > 0 && anyCellHas(replacement);
        summary.damaged += row.damaged ? 1 : 0;
        row.cells = cells;
        ++summary.rows;
        stopped = !sink(row);
        return !stopped;
    };
    if (m_records)
        OUTRIDER_TRY(m_records->read(take, m_progress));
    else
        OUTRIDER_TRY(readText(take, summary));
    if (!stopped) {
        m_format.rows = summary.rows;
        m_format.exact = true;
    }
    return summary;
}

Result<> TableReader::readText(const RecordSplitter::Sink& sink, ReadSummary& summary) {
    RecordSplitter splitter(m_format.delimiter, sink, m_options.limits);
    splitter.expectCells(m_format.header.size());
    std::string piece;
    while (!splitter.stopped()) {
        OUTRIDER_ASSIGN(const bool more, nextPiece(piece));
        if (!more)
            break;
        summary.zeroBytes += std::count(piece.begin(), piece.end(), '\0');
        OUTRIDER_TRY(splitter.feed(piece));
    }
    if (!splitter.stopped())
        OUTRIDER_TRY(splitter.finish());
    summary.replacedBytes = m_decoding->decoder.replaced();
    return {};
}

} // namespace outrider::exchange
