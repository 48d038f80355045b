// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::store {

// Private to core/store. Bytes as they are kept (zstd). decompressed() throws StoreException(StoreDamaged) for what
// is not a frame, or claims to be larger than anything that was ever kept.
std::string compressed(std::string_view bytes);
std::string decompressed(std::string_view data);

} // namespace outrider::store
