// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/ids.h"

#include <string>
#include <vector>

namespace outrider {

// One import that was done.
struct ImportBatch {
    ImportId id;
    std::string fileName;
    std::string format;  // "hubspot_contacts", "plain"…
    std::string mapping; // JSON: column -> field
    std::int64_t rows = 0;
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t errors = 0;
    Instant createdAt{};
};

// A row that could not be taken, kept word for word.
struct ImportError {
    ImportId import;
    std::int64_t rowNumber = 0; // as a spreadsheet counts
    std::string code;           // machine name of the error
    std::string detail;
    std::vector<std::string> cells;
};

} // namespace outrider
