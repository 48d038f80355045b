// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/ids.h"

#include <string>
#include <vector>

namespace outrider {

// What enrolling a selection did, or would do.
struct EnrolReport {
    struct Skipped {
        LeadId lead;
        std::string name;
        Error reason;
    };
    std::int64_t enrolled = 0;
    std::vector<Skipped> skipped;
};

} // namespace outrider
