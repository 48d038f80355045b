// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/file_replacement.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#ifdef _WIN32
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace outrider::exchange {

namespace {

std::filesystem::path toPath(const std::string& utf8) { return std::filesystem::path(std::u8string(utf8.begin(), utf8.end())); }

bool makeEmpty(const std::filesystem::path& path) {
#ifdef _WIN32
    std::FILE* file = _wfopen(path.c_str(), L"wbx");
    return file != nullptr && std::fclose(file) == 0;
#else
    // Others must not read an export; exclusively: never follow or overwrite what is there already.
    const int handle = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return handle >= 0 && ::close(handle) == 0;
#endif
}

bool syncToDisk(const std::filesystem::path& path) {
#ifdef _WIN32
    std::FILE* file = _wfopen(path.c_str(), L"r+b");
    return file != nullptr && _commit(_fileno(file)) == 0 && std::fclose(file) == 0;
#else
    const int handle = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (handle < 0)
        return false;
    const bool synced = ::fsync(handle) == 0;
    const int number = errno;
    const bool closed = ::close(handle) == 0;
    if (!synced)
        errno = number;
    return synced && closed;
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

tl::unexpected<Error> failure(const std::string& path, int number) {
    const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    return fail(full ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, path, number);
}

} // namespace

Result<FileReplacement> FileReplacement::begin(const std::string& path) {
    for (int attempt = 0; attempt < 100; ++attempt) {
        std::filesystem::path temporary = toPath(path);
        temporary += ".part" + (attempt == 0 ? std::string() : std::to_string(attempt));
        errno = 0;
        if (makeEmpty(temporary))
            return FileReplacement(path, std::move(temporary));
        if (errno != EEXIST)
            break;
    }
    return failure(path, errno == EEXIST ? 0 : errno);
}

FileReplacement::FileReplacement(FileReplacement&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_temporary(std::move(other.m_temporary)) {
    other.m_temporary.clear();
}

FileReplacement::~FileReplacement() {
    std::error_code ignored;
    if (!m_temporary.empty())
        std::filesystem::remove(m_temporary, ignored);
}

Result<> FileReplacement::commit() {
    errno = 0;
    if (!syncToDisk(m_temporary))
        return failure(m_path, errno);
    std::error_code error;
    std::filesystem::rename(m_temporary, toPath(m_path), error);
    if (error)
        return failure(m_path, error.value());
    m_temporary.clear();
    syncFolderOf(toPath(m_path));
    return {};
}

} // namespace outrider::exchange
