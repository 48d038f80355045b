// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_writer.h"

#include "core/contact/text.h"
#include "core/exchange/csv_guard.h"
#include "core/exchange/file_replacement.h"

#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

namespace outrider::exchange {

namespace {

constexpr std::size_t bufferBytes = 256 * 1024;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

class FileSink final : public ByteSink {
public:
    FileSink(std::FILE* file, std::string path, FileReplacement replacement)
        : m_file(file),
          m_path(std::move(path)),
          m_replacement(std::move(replacement)) {}

    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;

    ~FileSink() override {
        if (m_file != nullptr)
            std::fclose(m_file);
    }

    Result<> write(std::string_view bytes) override {
        if (std::fwrite(bytes.data(), 1, bytes.size(), m_file) != bytes.size())
            return failure(errno);
        return {};
    }

    Result<> commit() override {
        if (std::fclose(std::exchange(m_file, nullptr)) != 0)
            return failure(errno);
        return m_replacement.commit();
    }

private:
    tl::unexpected<Error> failure(int number) const {
        const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
        return fail(full ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, m_path, number);
    }

    std::FILE* m_file;
    std::string m_path;
    FileReplacement m_replacement;
};

// Also what would be taken for something else at the very beginning of a file.
bool needsQuotes(std::string_view cell) {
    return cell.find_first_of(",;\t|\"\r\n") != std::string_view::npos || cell.starts_with(byteOrderMark)
           || contact::asciiLower(cell.substr(0, 4)) == "sep=";
}

} // namespace

void appendRecord(std::string& out, std::span<const std::string_view> cells, const CsvOptions& options) {
    const std::size_t start = out.size();
    bool first = true;
    for (const std::string_view cell : cells) {
        if (!first)
            out += options.delimiter;
        first = false;
        const bool guard = options.guardFormulas && needsGuard(cell);
        const bool quotes = needsQuotes(cell) || cell.find(options.delimiter) != std::string_view::npos;
        if (quotes)
            out += '"';
        if (guard)
            out += '\'';
        if (!quotes) {
            out += cell;
            continue;
        }
        for (std::string_view rest = cell;;) {
            const auto quote = rest.find('"');
            out += rest.substr(0, quote);
            if (quote == std::string_view::npos)
                break;
            out += "\"\"";
            rest.remove_prefix(quote + 1);
        }
        out += '"';
    }
    if (out.size() == start) // one empty cell is not a blank line
        out += "\"\"";
    out += "\r\n";
}

Result<std::unique_ptr<ByteSink>> replaceFile(const std::string& path) {
    OUTRIDER_ASSIGN(FileReplacement replacement, FileReplacement::begin(path));
    errno = 0;
#ifdef _WIN32
    std::FILE* file = _wfopen(replacement.temporary().c_str(), L"wb");
#else
    std::FILE* file = std::fopen(replacement.temporary().c_str(), "wbe");
#endif
    if (file == nullptr)
        return fail(ErrorCode::FileUnwritable, path, errno);
    return std::make_unique<FileSink>(file, path, std::move(replacement));
}

CsvWriter::CsvWriter(std::unique_ptr<ByteSink> sink, CsvOptions options) : m_sink(std::move(sink)), m_options(options) {
    if (m_options.byteOrderMark)
        m_buffer = byteOrderMark;
}

Result<CsvWriter> CsvWriter::create(const std::string& path, CsvOptions options) {
    OUTRIDER_ASSIGN(auto sink, replaceFile(path));
    return CsvWriter(std::move(sink), options);
}

Result<> CsvWriter::write(std::span<const std::string_view> cells) {
    if (!m_state)
        return m_state;
    appendRecord(m_buffer, cells, m_options);
    ++m_records;
    return m_buffer.size() < bufferBytes ? Result<>() : flush();
}

Result<> CsvWriter::write(std::span<const std::string> cells) {
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    return write(views);
}

Result<> CsvWriter::flush() {
    m_state = m_sink->write(m_buffer);
    m_buffer.clear();
    return m_state;
}

Result<> CsvWriter::finish() {
    if (!m_state)
        return m_state;
    OUTRIDER_TRY(flush());
    m_state = m_sink->commit();
    m_sink.reset();
    if (!m_state)
        return m_state;
    m_state = fail(ErrorCode::Internal, "written after finish()");
    return {};
}

} // namespace outrider::exchange
