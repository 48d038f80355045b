// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/ids.h"

#include <cstdint>
#include <optional>
#include <string>

namespace outrider {

// A list a person puts leads on by hand. (A search that finds them anew each time is a saved view.)
struct PersonList {
    ListId id;
    std::string name;
    std::int64_t leads = 0; // not in the trash; kept by the store
    Instant createdAt{};
    std::optional<Instant> archivedAt; // no longer offered

    bool operator==(const PersonList&) const = default;
};

// Where leads of a strategy came from: a list, a search, a file, as was told when they were enrolled.
struct StrategySource {
    std::string source; // empty: nothing was told
    std::int64_t enrolled = 0;
    std::int64_t running = 0;
    std::int64_t replied = 0;

    bool operator==(const StrategySource&) const = default;
};

} // namespace outrider
