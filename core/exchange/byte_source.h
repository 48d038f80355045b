// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace outrider::exchange {

// Where a table's bytes come from: read forwards in pieces, and from the start again. What can only do that reads
// on to the place it is asked to seek. Not thread-safe.
class ByteSource {
public:
    virtual ~ByteSource() = default;

    // Fills as much of `into` as there is; 0 at the end. ErrorCode::FileUnreadable, also when it ends before its size.
    virtual Result<std::size_t> read(std::span<char> into) = 0;
    virtual Result<> rewind() = 0;
    // From there on; `offset` is at most the size.
    virtual Result<> seek(std::int64_t offset);

    // In bytes.
    virtual std::int64_t size() const = 0;
};

// A regular file; `path` is UTF-8. Devices, pipes and folders are FileUnreadable: they need not end.
Result<std::unique_ptr<ByteSource>> openFile(const std::string& path);

std::unique_ptr<ByteSource> fromMemory(std::string bytes);

} // namespace outrider::exchange
