// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/byte_source.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// What a hostile archive may make of itself: more is FileTooLarge.
struct ZipLimits {
    std::int64_t bytes = std::int64_t(4) << 30U;      // of one entry, unpacked
    std::int64_t ratio = 200;                         // unpacked to packed …
    std::int64_t ratioFrom = std::int64_t(64) << 20U; // … beyond this many bytes
    std::size_t entries = 20000;
};

// A zip archive read through libzip from a ByteSource, which must outlive it. What an entry says of its size is
// never believed: bytes are counted as they come. Not thread-safe.
class ZipArchive {
public:
    // ErrorCode: UnsupportedFormat (no zip archive, or a damaged one), FileTooLarge.
    static Result<std::unique_ptr<ZipArchive>> open(ByteSource& bytes, const ZipLimits& limits = {});
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    struct Entry {
        std::string name;
        std::int64_t size = 0;   // as it says
        std::int64_t packed = 0; // likewise
        bool encrypted = false;
    };
    const std::vector<Entry>& entries() const { return m_entries; }
    // By its name in any case, with or without a slash in front; nullptr: there is none.
    const Entry* find(std::string_view name) const;

    class Stream {
    public:
        ~Stream();
        Stream(const Stream&) = delete;
        Stream& operator=(const Stream&) = delete;

        // 0 at the end. FileUnreadable (damaged), FileTooLarge.
        Result<std::size_t> read(std::span<char> into);

    private:
        friend class ZipArchive;
        struct State;
        explicit Stream(std::unique_ptr<State> state);
        std::unique_ptr<State> m_state;
    };
    // NotFound; UnsupportedFormat (encrypted).
    Result<std::unique_ptr<Stream>> stream(std::string_view name) const;
    // A whole entry of at most so many bytes.
    Result<std::string> text(std::string_view name, std::size_t atMost) const;

private:
    struct Handle;
    ZipArchive();
    ZipLimits m_limits;
    std::unique_ptr<Handle> m_handle;
    std::vector<Entry> m_entries;
};

} // namespace outrider::exchange
