// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace outrider::exchange {

// A file that others write, beside the one it takes the place of once it is complete: nobody ever sees half of it, and
// when it is not committed nothing is left behind and what was there is as before. Readable by its owner alone.
// ErrorCode: FileUnwritable, DiskFull.
class FileReplacement {
public:
    static Result<FileReplacement> begin(const std::string& path); // UTF-8
    FileReplacement(FileReplacement&& other) noexcept;
    FileReplacement& operator=(FileReplacement&&) = delete;
    FileReplacement(const FileReplacement&) = delete;
    FileReplacement& operator=(const FileReplacement&) = delete;
    ~FileReplacement();

    // Empty, to be written.
    const std::filesystem::path& temporary() const { return m_temporary; }
    // Synced, and renamed over the target.
    Result<> commit();

private:
    FileReplacement(std::string path, std::filesystem::path temporary)
        : m_path(std::move(path)),
          m_temporary(std::move(temporary)) {}

    std::string m_path;
    std::filesystem::path m_temporary; // empty: nothing to remove any more
};

} // namespace outrider::exchange
