// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/gmime_library.h"

#include <mutex>

namespace outrider::transport {

void useGMime() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

} // namespace outrider::transport
