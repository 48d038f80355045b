// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/compression.h"

#include "core/store/sqlite/sqlite_error.h"

#include <zstd.h>

#include <memory>

namespace outrider::store {

namespace {

constexpr int compressionLevel = 3;
constexpr std::size_t mostBytes = std::size_t(256) << 20; // a frame that claims more is damaged

} // namespace

std::string compressed(std::string_view bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    // Kept, as below: its tables are larger than most messages.
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    const auto size = ZSTD_compressCCtx(context.get(), out.data(), out.size(), bytes.data(), bytes.size(), compressionLevel);
    if (ZSTD_isError(size) != 0)
        throw StoreException(Error(ErrorCode::Internal, ZSTD_getErrorName(size)));
    out.resize(size);
    return out;
}

std::string decompressed(std::string_view data) {
    if (data.empty())
        return {};
    const auto size = ZSTD_getFrameContentSize(data.data(), data.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > mostBytes)
        throw StoreException(Error(ErrorCode::StoreDamaged, "a stored message cannot be unpacked"));
    std::string out(size, '\0');
    // Kept: making one takes longer than most messages do.
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    const auto done = ZSTD_decompressDCtx(context.get(), out.data(), out.size(), data.data(), data.size());
    if (ZSTD_isError(done) != 0 || done != size)
        throw StoreException(Error(ErrorCode::StoreDamaged, "a stored message cannot be unpacked"));
    return out;
}

} // namespace outrider::store
