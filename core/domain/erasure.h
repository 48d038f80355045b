// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace outrider {

// What kinds of rows a person has or had, each with how many; by the names of the store's tables, and "change" and
// "action" for the journal, "suppression" for what is kept as a hash.
using RowCounts = std::vector<std::pair<std::string, std::int64_t>>;

// That a person was erased, and of what: nothing in it says who it was.
struct ErasureCertificate {
    std::int64_t id = 0; // 0: not done, what it would remove
    Instant at{};
    RowCounts removed;
    RowCounts mentions;              // rows of others that name an address or number of theirs, and stay
    std::vector<std::string> prints; // keyed hashes of the lead, the addresses and the numbers
    struct Backup {
        std::string path;
        Instant at{};
        std::optional<Instant> until; // when it is let go of, at the latest; nothing: it is never removed by itself
    };
    std::vector<Backup> backups; // made before, and still holding the person
};

} // namespace outrider
