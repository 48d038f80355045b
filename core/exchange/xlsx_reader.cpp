// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/xlsx_reader.h"

#include "core/contact/text.h"
#include "core/exchange/xlsx_workbook.h"
#include "core/exchange/xml_pull.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace outrider::exchange {

namespace {

constexpr std::size_t enoughCells = 20000; // of a sheet, to say how many it has
constexpr std::size_t mostMerges = 100'000;
constexpr std::int64_t lastRow = 1'048'576; // of a sheet
constexpr std::size_t lastColumn = 16384;

// "BC12" -> column 54 (from 0), row 12; row 0: no reference.
struct CellReference {
    std::size_t column = 0;
    std::int64_t row = 0;
};

CellReference referenceOf(std::string_view text) {
    std::size_t column = 0;
    std::size_t at = 0;
    for (; at < text.size() && at < 4 && text[at] >= 'A' && text[at] <= 'Z'; ++at)
        column = column * 26 + std::size_t(text[at] - 'A') + 1;
    std::int64_t row = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), row);
    if (column == 0 || column > lastColumn || error != std::errc() || row < 1 || row > lastRow)
        return {};
    return {column - 1, row};
}

// A merged cell that spans rows: its text counts for all of them.
struct Merge {
    std::size_t column = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::string text = {};
};

// Merged cells are said behind the rows they concern, so they are looked for before: by their letters, which is
// many times as fast as parsing.
Result<std::vector<Merge>> mergesOf(const ZipArchive& zip, const std::string& part, const ProgressPtr& progress) {
    constexpr std::string_view opening = "mergeCell ref=\"";
    std::vector<Merge> merges;
    OUTRIDER_ASSIGN(const auto stream, zip.stream(part));
    std::vector<char> piece(std::size_t(256) * 1024);
    std::string text; // with the end of the piece before
    for (;;) {
        OUTRIDER_ASSIGN(const std::size_t count, stream->read(piece));
        if (count == 0)
            break;
        if (progress && progress->cancelled())
            return fail(ErrorCode::Cancelled);
        text.append(piece.data(), count);
        std::size_t at = 0;
        for (std::size_t found = text.find(opening); found != std::string::npos; found = text.find(opening, at)) {
            const std::size_t from = found + opening.size();
            const std::size_t end = text.find('"', from);
            if (end == std::string::npos)
                break;
            at = end;
            const auto range = std::string_view(text).substr(from, end - from);
            const auto colon = range.find(':');
            const CellReference first = referenceOf(range.substr(0, colon));
            const CellReference last = colon == std::string_view::npos ? first : referenceOf(range.substr(colon + 1));
            if (first.row > 0 && last.row > first.row && merges.size() < mostMerges)
                merges.push_back({.column = first.column, .first = first.row, .last = last.row});
        }
        constexpr std::size_t kept = 64; // an opening and its reference
        text.erase(0, std::max(at, text.size() > kept ? text.size() - kept : 0));
    }
    std::sort(merges.begin(), merges.end(), [](const Merge& a, const Merge& b) { return a.first < b.first; });
    return merges;
}

// A sheet's rows, cell by cell.
class SheetReader {
public:
    SheetReader(const XlsxWorkbook& book, const SplitterLimits& limits, std::vector<Merge> merges)
        : m_book(book),
          m_limits(limits),
          m_merges(std::move(merges)) {}

    Result<> read(XmlPull& xml, const RecordSplitter::Sink& sink, const std::function<Result<>()>& eachRow) {
        bool inRow = false;
        for (;;) {
            OUTRIDER_ASSIGN(const bool more, xml.next());
            if (!more || xml.ends(QLatin1String("sheetData")))
                return {};
            if (xml.starts(QLatin1String("row"))) {
                startRow(xml.attribute(QLatin1String("r")));
                inRow = true;
            } else if (inRow && xml.starts(QLatin1String("c"))) {
                startCell(xml);
            } else if (inRow && (xml.starts(QLatin1String("v")) || xml.starts(QLatin1String("t")))) {
                m_inText = m_phonetic == 0;
            } else if (xml.ends(QLatin1String("v")) || xml.ends(QLatin1String("t"))) {
                m_inText = false;
            } else if (xml.starts(QLatin1String("rPh"))) {
                ++m_phonetic;
            } else if (xml.ends(QLatin1String("rPh"))) {
                --m_phonetic;
            } else if (m_inText && xml.isText()) {
                xml.appendText(m_text);
            } else if (inRow && xml.ends(QLatin1String("c"))) {
                OUTRIDER_TRY(endCell());
            } else if (inRow && xml.ends(QLatin1String("row"))) {
                inRow = false;
                if (!endRow(sink))
                    return {};
                OUTRIDER_TRY(eachRow());
            }
        }
    }

private:
    void startRow(const std::string& number) {
        std::int64_t said = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), said);
        m_row = error == std::errc() && said > m_row ? said : m_row + 1;
        m_cells.clear();
        m_bytes = 0;
        m_column = 0;
    }

    void startCell(const XmlPull& xml) {
        if (const CellReference at = referenceOf(xml.attribute(QLatin1String("r"))); at.row > 0)
            m_column = at.column;
        m_type = xml.attribute(QLatin1String("t"));
        const std::string style = xml.attribute(QLatin1String("s"));
        m_style = 0;
        std::from_chars(style.data(), style.data() + style.size(), m_style);
        m_text.clear();
        m_inText = false;
    }

    Result<> endCell() {
        std::string text = cellText();
        const std::size_t column = m_column++;
        if (text.empty() || column >= std::min(lastColumn, m_limits.cells))
            return {};
        m_bytes += text.size();
        if (m_bytes > m_limits.recordBytes)
            return fail(ErrorCode::FileTooLarge,
                        "row " + std::to_string(m_row) + ": more than " + std::to_string(m_limits.recordBytes) + " bytes");
        if (column >= m_cells.size())
            m_cells.resize(column + 1);
        m_cells[column] = std::move(text);
        return {};
    }

    std::string cellText() const {
        if (m_text.empty() || m_type == "e")
            return {};
        if (m_type == "s") {
            std::size_t index = std::string::npos;
            std::from_chars(m_text.data(), m_text.data() + m_text.size(), index);
            return std::string(m_book.text(index));
        }
        if (m_type == "b")
            return m_text == "1" ? "TRUE" : "FALSE";
        if (m_type == "inlineStr" || m_type == "str")
            return unescapedText(m_text);
        if (m_type == "d") { // 2024-03-12T00:00:00
            std::string text = m_text;
            if (const auto t = text.find('T'); t != std::string::npos)
                text[t] = ' ';
            return text.ends_with(" 00:00:00") ? text.substr(0, 10) : text;
        }
        static const NumberFormat plain;
        return numberText(m_text, m_style < m_book.styles.size() ? m_book.styles[m_style] : plain, m_book.from1904);
    }

    bool endRow(const RecordSplitter::Sink& sink) {
        fillMerged();
        m_views.assign(m_cells.begin(), m_cells.end());
        return sink({.number = m_row, .cells = m_views});
    }

    void fillMerged() {
        while (m_nextMerge < m_merges.size() && m_merges[m_nextMerge].first <= m_row) {
            Merge merge = m_merges[m_nextMerge++];
            if (merge.first == m_row && merge.column < m_cells.size())
                merge.text = m_cells[merge.column];
            if (merge.last > m_row)
                m_open.push_back(std::move(merge));
        }
        std::erase_if(m_open, [this](const Merge& merge) { return merge.last < m_row; });
        for (const Merge& merge : m_open) {
            const bool follows = merge.first < m_row && !merge.text.empty();
            if (!follows || m_cells.empty()) // a row without anything else stays blank
                continue;
            if (merge.column >= m_cells.size())
                m_cells.resize(merge.column + 1);
            if (m_cells[merge.column].empty())
                m_cells[merge.column] = merge.text;
        }
    }

    const XlsxWorkbook& m_book;
    const SplitterLimits m_limits;
    std::vector<Merge> m_merges;
    std::vector<Merge> m_open;
    std::size_t m_nextMerge = 0;
    std::vector<std::string> m_cells;
    std::vector<std::string_view> m_views;
    std::string m_type;
    std::string m_text;
    std::size_t m_style = 0;
    std::size_t m_column = 0;
    std::size_t m_bytes = 0;
    std::int64_t m_row = 0;
    int m_phonetic = 0;
    bool m_inText = false;
};

// About how many cells with something in them.
Result<double> cellsIn(const ZipArchive& zip, const XlsxWorkbook& book, const std::string& part, const SplitterLimits& limits) {
    OUTRIDER_ASSIGN(auto stream, zip.stream(part));
    XmlPull xml(std::move(stream));
    SheetReader reader(book, limits, {});
    std::size_t cells = 0;
    bool whole = true;
    const auto count = [&](const Record& record) {
        cells += std::size_t(std::count_if(record.cells.begin(), record.cells.end(), [](auto cell) { return !cell.empty(); }));
        whole = cells < enoughCells;
        return whole;
    };
    OUTRIDER_TRY(reader.read(xml, count, [] { return Result<>(); }));
    const double share =
        double(std::max<std::int64_t>(zip.find(part)->size, xml.bytes())) / double(std::max<std::int64_t>(xml.bytes(), 1));
    return double(cells) * (whole ? 1 : share);
}

} // namespace

struct XlsxReader::Workbook {
    XlsxWorkbook book;
    std::vector<Merge> merges;
};

XlsxReader::XlsxReader() = default;
XlsxReader::~XlsxReader() = default;

Result<std::unique_ptr<XlsxReader>> XlsxReader::open(ByteSource& bytes, std::string_view sheet, const SplitterLimits& limits,
                                                     const ProgressPtr& progress, const ZipLimits& zip) {
    std::unique_ptr<XlsxReader> reader(new XlsxReader);
    reader->m_limits = limits;
    OUTRIDER_ASSIGN(reader->m_zip, ZipArchive::open(bytes, zip));
    OUTRIDER_ASSIGN(auto book, XlsxWorkbook::read(*reader->m_zip, progress));
    reader->m_book = std::make_unique<Workbook>(Workbook{std::move(book), {}});

    struct Candidate {
        std::size_t index;
        double cells;
    };
    std::vector<Candidate> filled;
    const auto& sheets = reader->m_book->book.sheets;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        OUTRIDER_ASSIGN(const double cells, cellsIn(*reader->m_zip, reader->m_book->book, sheets[i].part, limits));
        if (cells == 0)
            continue;
        filled.push_back({i, cells});
        reader->m_names.push_back(sheets[i].name);
    }
    if (filled.empty())
        return fail(ErrorCode::EmptyFile);
    const XlsxWorkbook::Sheet* chosen = nullptr;
    if (sheet.empty()) {
        const auto rank = [&](const Candidate& c) { return std::pair(!sheets[c.index].hidden, c.cells); };
        const auto most = std::max_element(filled.begin(), filled.end(),
                                           [&](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
        chosen = &sheets[most->index];
    } else {
        std::size_t number = 0;
        if (sheet.starts_with('#'))
            std::from_chars(sheet.data() + 1, sheet.data() + sheet.size(), number);
        for (std::size_t i = 0; i < sheets.size(); ++i) {
            if (contact::folded(sheets[i].name) == contact::folded(sheet) || i + 1 == number)
                chosen = &sheets[i];
        }
        if (chosen == nullptr)
            return fail(ErrorCode::NotFound, "sheet " + std::string(sheet));
    }
    reader->m_chosen = chosen->name;
    reader->m_part = chosen->part;
    reader->m_size = reader->m_zip->find(chosen->part)->size;
    OUTRIDER_ASSIGN(reader->m_book->merges, mergesOf(*reader->m_zip, reader->m_part, progress));
    return reader;
}

Result<> XlsxReader::read(const RecordSplitter::Sink& sink, const ProgressPtr& progress) {
    OUTRIDER_ASSIGN(auto stream, m_zip->stream(m_part));
    XmlPull xml(std::move(stream));
    SheetReader reader(m_book->book, m_limits, m_book->merges);
    return reader.read(xml, sink, [&]() -> Result<> {
        if (!progress)
            return {};
        if (progress->cancelled())
            return fail(ErrorCode::Cancelled);
        progress->setDone(xml.bytes());
        return {};
    });
}

std::string_view oleKind(std::string_view bytes) {
    // The name of a stream, as the directory of an OLE file has it.
    constexpr std::string_view name = "EncryptedPackage";
    std::string wide;
    for (const char c : name) {
        wide += c;
        wide += '\0';
    }
    return bytes.find(wide) == std::string_view::npos ? "an Excel workbook of before 2007 (.xls)"
                                                      : "an Excel workbook with a password";
}

} // namespace outrider::exchange
