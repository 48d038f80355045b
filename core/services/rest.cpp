// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/rest.h"

#include <condition_variable>
#include <mutex>

namespace outrider {

void rest(Millis most, const Progress& progress) {
    constexpr Millis blink{50}; // how late a wish to stop may be noticed
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    for (const Stopwatch watch; !progress.cancelled() && watch.elapsed() < most;)
        never.wait_for(lock, blink);
}

} // namespace outrider
