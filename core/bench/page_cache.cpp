// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/page_cache.h"

#include <QtGlobal>

#if defined(Q_OS_LINUX)
#include <fcntl.h>
#include <unistd.h>
#endif

namespace outrider::bench {

bool dropFromCache([[maybe_unused]] const std::string& path) {
#if defined(Q_OS_LINUX)
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ::fdatasync(file); // what is dirty cannot be dropped
    const bool dropped = ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0;
    ::close(file);
    return dropped;
#else
    return false;
#endif
}

} // namespace outrider::bench
