// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace outrider::bench {

// Takes a file out of the system's page cache, so that what is read next comes from the disk. False where the system
// offers no way.
bool dropFromCache(const std::string& path);

} // namespace outrider::bench
