// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/filter.h"
#include "core/domain/ids.h"

#include <functional>
#include <optional>
#include <vector>

namespace outrider {

class ServiceContext;

// Which leads an action is for: some, or all a filter finds.
struct LeadSelection {
    std::vector<LeadId> ids;
    std::optional<Filter> filter; // when set, ids are not looked at
    std::vector<LeadId> except;   // of what the filter finds, these not

    static LeadSelection one(LeadId id) { return {{id}, std::nullopt, {}}; }
};

// Reads which leads those are; to be called on a thread that may wait.
std::function<Result<std::vector<LeadId>>()> leadsOf(ServiceContext& context, LeadSelection selection);

} // namespace outrider
