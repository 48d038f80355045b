// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace outrider::bench {

// A HubSpot contacts export as wide as real ones, 20 columns: names and numbers in no order, ten people a company.
Result<> writeExport(const std::string& path, int rows);

} // namespace outrider::bench
