// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <string>

namespace outrider {

// Whether a lead in this status is still worked on. Stored; never renumber.
enum class StatusKind {
    Open = 0,
    Terminal = 1, // stops every strategy and clears the next task (see auto_stop.h)
};

// Where a lead stands. Five are built in; people add their own.
struct Status {
    StatusId id;
    std::string key;  // machine name, unique: "in_progress"
    std::string name; // what the person sees; the built-in ones are named by ui/text
    StatusKind kind = StatusKind::Open;
    int position = 0; // order on screen
    bool builtIn = false;

    bool isTerminal() const { return kind == StatusKind::Terminal; }
    bool operator==(const Status&) const = default;
};

// The built-in statuses have fixed ids, the same in every workspace.
namespace statuses {
inline constexpr StatusId newLead{1};
inline constexpr StatusId inProgress{2};
inline constexpr StatusId replied{3};
inline constexpr StatusId qualified{4};
inline constexpr StatusId disqualified{5};
} // namespace statuses

} // namespace outrider
