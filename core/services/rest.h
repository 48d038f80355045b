// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"

namespace outrider {

// Waits that long, or until the work is cancelled: for servers that do not tell when they are ready. Blocks; on worker
// threads only.
void rest(Millis most, const Progress& progress);

} // namespace outrider
