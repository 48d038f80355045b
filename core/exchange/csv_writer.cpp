// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_writer.h"

#include "core/contact/text.h"
#include "core/exchange/csv_guard.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

#ifdef _WIN32
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace outrider::exchange {

namespace {

constexpr std::size_t bufferBytes = 256 * 1024;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

std::filesystem::path toPath(const std::string& utf8) { return std::filesystem::path(std::u8string(utf8.begin(), utf8.end())); }

std::FILE* openForWriting(const std::filesystem::path& path) {
#ifdef _WIN32
    return _wfopen(path.c_str(), L"wbx");
#else
    // Others must not read an export; "x": never follow or overwrite what is there already.
    const int handle = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return handle < 0 ? nullptr : ::fdopen(handle, "wb");
#endif
}

bool syncToDisk(std::FILE* file) {
#ifdef _WIN32
    return _commit(_fileno(file)) == 0;
#else
    return ::fsync(::fileno(file)) == 0;
#endif
}

// So that the new name survives a power cut too. Not every file system can; then nothing is lost.
void syncFolderOf(const std::filesystem::path& path) {
#ifndef _WIN32
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
#else
    static_cast<void>(path);
#endif
}

class FileSink final : public ByteSink {
public:
    FileSink(std::FILE* file, std::string path, std::filesystem::path temporary)
        : m_file(file),
          m_path(std::move(path)),
          m_temporary(std::move(temporary)) {}

    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;

    ~FileSink() override {
        if (m_file != nullptr)
            std::fclose(m_file);
        std::error_code ignored;
        if (!m_committed)
            std::filesystem::remove(m_temporary, ignored);
    }

    Result<> write(std::string_view bytes) override {
        if (std::fwrite(bytes.data(), 1, bytes.size(), m_file) != bytes.size())
            return failure(errno);
        return {};
    }

    Result<> commit() override {
        if (std::fflush(m_file) != 0 || !syncToDisk(m_file))
            return failure(errno);
        std::FILE* file = m_file;
        m_file = nullptr;
        if (std::fclose(file) != 0)
            return failure(errno);
        std::error_code error;
        std::filesystem::rename(m_temporary, toPath(m_path), error);
        if (error)
            return failure(error.value());
        m_committed = true;
        syncFolderOf(toPath(m_path));
        return {};
    }

private:
    tl::unexpected<Error> failure(int number) const {
        const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
        return fail(full ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, m_path, number);
    }

    std::FILE* m_file;
    std::string m_path;
    std::filesystem::path m_temporary;
    bool m_committed = false;
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
    std::FILE* file = nullptr;
    std::filesystem::path temporary;
    for (int attempt = 0; file == nullptr && attempt < 100; ++attempt) {
        temporary = toPath(path);
        temporary += ".part" + (attempt == 0 ? std::string() : std::to_string(attempt));
        errno = 0;
        file = openForWriting(temporary);
        if (file == nullptr && errno != EEXIST)
            break;
    }
    if (file == nullptr)
        return fail(ErrorCode::FileUnwritable, path, errno);
    return std::make_unique<FileSink>(file, path, std::move(temporary));
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
