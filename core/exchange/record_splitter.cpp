// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/record_splitter.h"

#include <csv.h>

#include <algorithm>

namespace outrider::exchange {

namespace {

constexpr auto npos = std::string_view::npos;

// A record that libcsv refuses is read again for every line it goes on; not for longer than this.
constexpr std::size_t lenientBytes = 64 * 1024;

bool isLineEnd(char c) { return c == '\n' || c == '\r'; }

// How many cells the line has by itself; 0: it ends inside quotes.
std::size_t countAlone(std::string_view line, char delimiter, bool quotes) {
    std::vector<std::string> cells;
    return splitLeniently(line, delimiter, quotes, cells).end == npos ? 0 : cells.size();
}

std::string_view firstLine(std::string_view text) {
    const auto end = text.find_first_of("\r\n");
    if (end == npos)
        return text;
    return text.substr(0, text.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
}

} // namespace

LenientSplit splitLeniently(std::string_view text, char delimiter, bool quotes, std::vector<std::string>& cells) {
    cells.clear();
    LenientSplit split;
    for (std::size_t at = 0;; ++at) { // a cell each
        std::string& cell = cells.emplace_back();
        const bool quoted = quotes && at < text.size() && text[at] == '"';
        if (quoted) {
            for (++at;; at += 2) {
                const auto quote = text.find('"', at);
                cell += text.substr(at, quote - at);
                if (quote == npos)
                    return {.end = npos, .odd = true};
                at = quote;
                if (at + 1 >= text.size() || text[at + 1] != '"')
                    break;
                cell += '"';
            }
            ++at;
        }
        const auto from = at;
        while (at < text.size() && text[at] != delimiter && !isLineEnd(text[at]))
            ++at;
        cell += text.substr(from, at - from);
        split.odd |= quoted && at > from;
        if (at < text.size() && text[at] == delimiter)
            continue;
        split.end = std::min(text.size(), text.substr(at).starts_with("\r\n") ? at + 2 : at + 1);
        return split;
    }
}

struct RecordSplitter::Parser {
    csv_parser csv{};
    std::string text;              // the cells of the record, joined
    std::vector<std::size_t> ends; // where in it each ends
    std::vector<std::string_view> views;
    bool complete = false;

    explicit Parser(char delimiter) {
        if (csv_init(&csv, CSV_STRICT) != 0)
            throw std::bad_alloc();
        csv_set_delim(&csv, static_cast<unsigned char>(delimiter));
        csv_set_blk_size(&csv, 16 * 1024);                         // grows by as much; the usual 128 bytes make long cells slow
        csv_set_space_func(&csv, [](unsigned char) { return 0; }); // spaces are part of the cell
    }

    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    ~Parser() { csv_free(&csv); }

    // Takes the text and sees whether the record is complete. False: not RFC 4180.
    bool parse(std::string_view line) {
        const auto field = [](void* bytes, std::size_t size, void* self) {
            auto* parser = static_cast<Parser*>(self);
            parser->text.append(static_cast<const char*>(bytes), size);
            parser->ends.push_back(parser->text.size());
        };
        const auto row = [](int, void* self) { static_cast<Parser*>(self)->complete = true; };
        if (csv_parse(&csv, line.data(), line.size(), field, row, this) == line.size())
            return true;
        if (csv_error(&csv) == CSV_ENOMEM)
            throw std::bad_alloc();
        return false;
    }

    void reset() {
        csv_fini(&csv, nullptr, nullptr, nullptr);
        text.clear();
        ends.clear();
        complete = false;
    }

    void take(const std::vector<std::string>& cells) {
        reset();
        for (const std::string& cell : cells) {
            text += cell;
            ends.push_back(text.size());
        }
    }
};

RecordSplitter::RecordSplitter(char delimiter, Sink sink, SplitterLimits limits)
    : m_parser(std::make_unique<Parser>(delimiter)),
      m_sink(std::move(sink)),
      m_limits(limits),
      m_delimiter(delimiter) {}

RecordSplitter::~RecordSplitter() = default;

Result<> RecordSplitter::feed(std::string_view text) {
    if (m_stopped)
        return {};
    m_buffer += text;
    OUTRIDER_TRY(process(false));
    m_buffer.erase(0, m_start);
    m_next -= m_start;
    m_start = 0;
    return {};
}

Result<> RecordSplitter::finish() { return process(true); }

// Behind the line's end; npos when the line may go on.
std::size_t RecordSplitter::lineEnd(std::size_t from, bool last) const {
    const std::string_view rest = std::string_view(m_buffer).substr(from);
    const auto feed = rest.find('\n');
    const auto carriage = rest.substr(0, feed).find('\r');
    if (carriage == npos)
        return feed != npos ? from + feed + 1 : last && !rest.empty() ? m_buffer.size() : npos;
    if (carriage + 1 == feed)
        return from + feed + 1;
    if (carriage + 1 == rest.size() && !last)
        return npos; // a line feed may follow
    return from + carriage + 1;
}

Result<> RecordSplitter::process(bool last) {
    while (!m_stopped) {
        const std::size_t end = lineEnd(m_next, last);
        const std::size_t known = end == npos ? m_buffer.size() : end;
        if (known - m_start > m_limits.recordBytes) {
            if (!opensByMistake(m_next))
                return tooLarge(std::to_string(m_limits.recordBytes) + " bytes");
            OUTRIDER_TRY(emitLiterally());
        } else if (end == npos) {
            if (!last || m_next == m_start)
                break;
            OUTRIDER_TRY(readLeniently(m_next, true)); // the text ends inside quotes
        } else {
            OUTRIDER_TRY(takeLine(end));
        }
    }
    return {};
}

// The line from m_next to `end` begins the current record or goes on with it.
Result<> RecordSplitter::takeLine(std::size_t end) {
    const auto line = std::string_view(m_buffer).substr(m_next, end - m_next);
    const bool begins = m_start == m_next;
    if (begins && isLineEnd(line.front()))
        return emit(end, false);
    if (m_lenient || !m_parser->parse(line))
        return readLeniently(end, false);
    if (!m_parser->complete && !isLineEnd(line.back()))
        m_parser->parse("\n"); // the text's last line
    if (!m_parser->complete) {
        m_next = end;
        return {};
    }
    m_suspicious = !begins && opensByMistake(m_next);
    return emit(end, false);
}

// Whether the quote that goes on behind the record's first line is no beginning of a quoted cell:
// that line, and the next one, which ends before `end`, are records by themselves.
bool RecordSplitter::opensByMistake(std::size_t end) const {
    const std::size_t expected = m_expected > 0 ? m_expected : m_lastCount;
    const auto record = std::string_view(m_buffer).substr(m_start, end - m_start);
    const auto first = firstLine(record);
    const auto second = firstLine(record.substr(first.size()));
    return !second.empty() && expected > 1 && countAlone(first, m_delimiter, false) == expected
           && countAlone(second, m_delimiter, true) == expected;
}

// The record up to `end` in the buffer is what the parser holds; none: a blank line.
Result<> RecordSplitter::emit(std::size_t end, bool repaired) {
    Parser& parser = *m_parser;
    if (parser.ends.size() > m_limits.cells)
        return tooLarge(std::to_string(m_limits.cells) + " cells");
    parser.views.clear();
    std::size_t from = 0;
    for (const std::size_t to : parser.ends) {
        parser.views.push_back(std::string_view(parser.text).substr(from, to - from));
        from = to;
    }
    if (!parser.views.empty())
        m_lastCount = parser.views.size();
    m_stopped = !m_sink({.number = ++m_number, .cells = parser.views, .repaired = repaired, .suspicious = m_suspicious});
    m_suspicious = false;
    parser.text.clear();
    parser.ends.clear();
    parser.complete = false;
    m_lenient = false;
    m_start = end;
    m_next = end;
    return {};
}

Result<> RecordSplitter::emitLiterally() {
    const auto line = firstLine(std::string_view(m_buffer).substr(m_start));
    std::vector<std::string> cells;
    splitLeniently(line, m_delimiter, false, cells);
    m_parser->take(cells);
    return emit(m_start + line.size(), true);
}

// libcsv has refused the record, of which the text up to `end` is known.
Result<> RecordSplitter::readLeniently(std::size_t end, bool last) {
    if (opensByMistake(end))
        return emitLiterally();
    const auto record = std::string_view(m_buffer).substr(m_start, end - m_start);
    std::vector<std::string> cells;
    const LenientSplit split = splitLeniently(record, m_delimiter, true, cells);
    if (split.end == npos && !last) {
        if (record.size() > lenientBytes)
            return emitLiterally();
        m_lenient = true;
        m_next = end;
        return {};
    }
    m_parser->take(cells);
    return emit(split.end == npos ? end : m_start + split.end, split.odd);
}

Result<> RecordSplitter::tooLarge(std::string_view what) const {
    return fail(ErrorCode::FileTooLarge, "row " + std::to_string(m_number + 1) + ": more than " + std::string(what));
}

} // namespace outrider::exchange
